import type { Node } from 'web-tree-sitter';
import type { Variable } from './language';
import type { Reading } from './source';

const CHECKS =
  /(?:require\w*|assert\w*|check\w*|(?:not_?|is_?)?(?:null|nil|none|empty|blank)\w*|has_?(?:text|length)|\blen|count|strlen|isset|defined|equals|starts_?with|ends_?with|length)\s*$/i;

/** What is called so is read by nothing that has a password of its own. */
const OF_CLIENT_KEY = /client_?key|kms/i;

/**
 * Whether a variable on the way to a value is read by anything but the given uses, the variables on the same way, and
 * checks such as `x.isEmpty()` or `Objects.requireNonNull(x)`.
 */
export function isUsedElsewhere(
  root: Node,
  variables: readonly Variable[],
  uses: readonly Node[],
  reading: Reading,
): boolean {
  const known = [...uses, ...variables.flatMap(({ values, given }) => [...values, ...(given ?? [])])];
  const others = variables.filter(({ name }) => !OF_CLIENT_KEY.test(name));
  return others.some((variable) =>
    namesOf(root, variable, reading).some(
      (name) =>
        !known.some((node) => node.startIndex <= name.startIndex && name.endIndex <= node.endIndex) &&
        !isWritten(name, variable) &&
        !isCheck(name, reading),
    ),
  );
}

/** All expressions of a file that stand for a variable. */
function namesOf(root: Node, variable: Variable, reading: Reading): readonly Node[] {
  const { text, read, scopes, checkTime } = reading;
  const found: Node[] = [];
  for (
    let at = text.indexOf(variable.name);
    at >= 0 && variable.name !== '';
    at = text.indexOf(variable.name, at + variable.name.length)
  ) {
    checkTime();
    const leaf = root.descendantForIndex(at, at + variable.name.length);
    const name = widest(leaf, variable, read);
    // A member of something else.
    if (name === leaf && /(?:(?<!\.)\.|->|::)\s*$/.test(text.slice(Math.max(0, at - 80), at))) continue;
    const is = name === null ? undefined : read(name);
    if (name !== null && is?.kind === 'name' && scopes.resolve(is, name.startIndex) === variable)
      found.push(name);
  }
  return found;
}

/** `this.x` rather than `x`. */
function widest(leaf: Node | null, { name }: Variable, read: Reading['read']): Node | null {
  let widest = leaf;
  for (let node = leaf?.parent ?? null, step = 0; node !== null && step < 2; node = node.parent, step += 1) {
    const is = read(node);
    if (is.kind === 'name' && is.name === name) widest = node;
  }
  return widest;
}

/** The left side of an assignment, a declaration, a parameter. */
function isWritten(name: Node, { values }: Variable): boolean {
  const above = name.parent;
  if (above === null || /parameter|pattern_list/.test(above.type)) return true;
  const isOperation = /binary|boolean|comparison|logical/.test(above.type);
  for (const field of ['left', 'name', 'pattern'])
    if (!isOperation && above.childForFieldName(field)?.id === name.id) return true;
  const holders = [above, above.parent].flatMap((node) => node?.id ?? []);
  return values.some(
    (value) =>
      name.endIndex <= value.startIndex &&
      [value.parent, value.parent?.parent].some((node) => node != null && holders.includes(node.id)),
  );
}

/** Compared, or given to something that only looks whether it has a value. */
function isCheck(name: Node, { text }: Reading): boolean {
  const above = name.parent;
  if (above === null) return true;
  if (/binary|comparison/.test(above.type))
    return /^\s*(?:[!=]==?|is\b)/.test(text.slice(name.endIndex, above.endIndex));
  if (/unary|not_operator/.test(above.type)) return true;
  // `x.isEmpty()`, then `isEmpty(x)`.
  const after = /^\s*\.\s*(\w+)/.exec(text.slice(name.endIndex, name.endIndex + 80))?.[1];
  if (after !== undefined) return CHECKS.test(after);
  return /\(\s*$/.test(text.slice(0, name.startIndex).slice(-40))
    ? CHECKS.test(text.slice(Math.max(0, name.startIndex - 80), name.startIndex).replace(/\(\s*$/, ''))
    : false;
}
