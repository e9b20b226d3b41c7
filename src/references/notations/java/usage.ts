import type { Node } from 'web-tree-sitter';
import { type Declaration, type Declarations, nodesOf } from './declarations';

/**
 * Whether a variable on the way to a value is read by anything but the given uses, the variables on the same way, and
 * checks such as `x.isEmpty()` or `Objects.requireNonNull(x)`.
 */
export function isUsedElsewhere(
  root: Node,
  variables: readonly Declaration[],
  uses: readonly Node[],
  declarations: Declarations,
): boolean {
  if (variables.length === 0) return false;
  const names = new Set(variables.map((variable) => variable.name));
  const known = new Set(
    [...uses, ...variables.flatMap((variable) => variable.values)].map((node) => node.id),
  );
  return nodesOf(root, ['identifier', 'field_access']).some((node) => {
    const name = node.type === 'identifier' ? node.text : node.childForFieldName('field')?.text;
    if (name === undefined || !names.has(name) || isPartOfAccess(node)) return false;
    const declaration = declarations.resolve(node);
    if (declaration === undefined || !variables.includes(declaration)) return false;
    return !known.has(node.id) && !isWriteOrCheck(node);
  });
}

function isPartOfAccess(node: Node): boolean {
  return node.parent?.type === 'field_access';
}

function isWriteOrCheck(node: Node): boolean {
  const above = node.parent;
  if (above === null) return true;
  if (above.childForFieldName('name')?.id === node.id) return true;
  if (above.type === 'assignment_expression') return above.childForFieldName('left')?.id === node.id;
  if (above.type === 'method_invocation') return above.childForFieldName('object')?.id === node.id;
  if (above.type === 'binary_expression')
    return /^[=!]=$/.test(above.childForFieldName('operator')?.type ?? '');
  return /requireNon|isEmpty|isBlank|hasText|hasLength/.test(
    above.parent?.childForFieldName('name')?.text ?? '',
  );
}
