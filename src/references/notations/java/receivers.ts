import type { Node } from 'web-tree-sitter';
import type { Variable } from '../code/language';
import type { Scopes } from '../code/scopes';
import { around, fieldText, operands } from '../code/tree';
import { placeOf } from './declarations';
import { readJava } from './expressions';

const MAX_CHAIN = 500;

/** The object that a member is set on: what makes two calls belong to one client. */
export interface Receiver {
  /** The same object for every call on the same client: the variable or the creation itself. */
  readonly owner: Variable | number;
  /** In words that survive edits. */
  readonly anchor: string;
  /** The name of its class, where it can be told, and of the variable. */
  readonly type: string | undefined;
  readonly name: string;
}

/**
 * Finds the object behind `x.setPassword(…)`, `new Config().setA(…).setPassword(…)` or `this.config.password = …`: a chain
 * counts for the variable it is assigned to; a variable that gets a new object later is a new client from there on.
 * Undefined for `this` and for calls without an object: inside the class itself nothing is a reference.
 */
export function receiverOf(object: Node, scopes: Scopes): Receiver | undefined {
  const root = chainRoot(object);
  if (root.type === 'object_creation_expression') {
    const target = assignedTo(topOfChain(root));
    const type = fieldText(root, 'type');
    const variable = target === undefined ? undefined : resolve(target, scopes);
    if (variable !== undefined && target !== undefined)
      return { ...ofVariable(variable, target, scopes), type };
    return { owner: root.id, anchor: `${placeOf(root)}/new ${type}`, type, name: '' };
  }
  const variable = resolve(root, scopes);
  return variable === undefined ? undefined : ofVariable(variable, root, scopes);
}

/** What `Type.builder()` begins. */
export function builderOf(object: Node): Receiver | undefined {
  const root = chainRoot(object);
  const type = root.type === 'identifier' && /^[A-Z]/.test(root.text) ? root.text : undefined;
  return type === undefined
    ? undefined
    : { owner: root.id, anchor: `${placeOf(root)}/${type}.builder`, type, name: '' };
}

function resolve(node: Node, scopes: Scopes): Variable | undefined {
  if (node.type !== 'identifier' && node.type !== 'field_access') return undefined;
  const name = readJava(node);
  return name.kind === 'name' ? scopes.resolve(name, node.startIndex) : undefined;
}

function ofVariable(variable: Variable, use: Node, scopes: Scopes): Receiver {
  const creations = variable.values.filter((value) => chainRoot(value).type === 'object_creation_expression');
  // Methods of a class run in any order: only the text of one method tells which object a local holds.
  const generation =
    variable.kind === 'field' ? 0 : creations.filter((value) => startOfWrite(value) <= use.startIndex).length;
  const place = variable.kind === 'field' ? (variable.owner ?? '') : placeOf(use);
  const name = generation > 1 ? `${variable.name}~${generation}` : variable.name;
  return { owner: variable, anchor: `${place}/${name}`, type: typeOf(variable, scopes), name: variable.name };
}

function typeOf(variable: Variable, scopes: Scopes): string | undefined {
  if (variable.type !== 'var') return variable.type;
  const [value] = variable.values;
  if (value === undefined) return undefined;
  const root = chainRoot(value);
  if (root.type === 'object_creation_expression') return fieldText(root, 'type');
  const other = resolve(root, scopes);
  return other === undefined || other === variable ? undefined : other.type;
}

/** The first object of `a.b().c()`: `a`. */
function chainRoot(node: Node): Node {
  let root = node;
  // No chain that people write is longer; each call of a longer one would walk it again.
  for (let step = 0; step < MAX_CHAIN; step += 1) {
    const inner =
      root.type === 'method_invocation'
        ? root.childForFieldName('object')
        : root.type === 'parenthesized_expression'
          ? operands(root)[0]
          : null;
    if (inner === null || inner === undefined) return root;
    root = inner;
  }
  return root;
}

/** The whole chain that begins with a node. */
function topOfChain(node: Node): Node {
  let top = node;
  for (const above of around(node)) {
    const continues =
      above.type === 'parenthesized_expression' ||
      (above.type === 'method_invocation' && above.childForFieldName('object')?.id === top.id);
    if (!continues) break;
    top = above;
  }
  return top;
}

/** The name or `this.name` that a value is written into. */
function assignedTo(value: Node): Node | undefined {
  const above = value.parent;
  if (above === null) return undefined;
  if (above.type === 'variable_declarator' || above.type === 'resource')
    return above.childForFieldName('name') ?? undefined;
  if (above.type === 'assignment_expression' && above.childForFieldName('right')?.id === value.id)
    return above.childForFieldName('left') ?? undefined;
  return undefined;
}

function startOfWrite(value: Node): number {
  return value.parent?.startIndex ?? value.startIndex;
}
