import type { Node } from 'web-tree-sitter';
import type { Variable } from '../code/language';
import type { Scopes } from '../code/scopes';
import { around, enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { placeOf } from './declarations';
import { calledName } from './expressions';
import { CONFIG_TYPES } from './types';

const MAX_CHAIN = 500;

/** The object that a member is set on: what makes two writes belong to one client. */
export interface Receiver {
  readonly owner: unknown;
  readonly anchor: string;
  readonly type: string;
  readonly name: string;
}

/**
 * Finds the object behind `Config{…}`, `c.Password = …` and `new(Config).SetA(…).SetPassword(…)`. A literal counts for the
 * variable it is assigned to, one inside a `DkmsConfig` for that. Undefined for the receiver of a method: inside the type
 * itself nothing is a reference.
 */
export function receiverOf(object: Node, root: Node, scopes: Scopes): Receiver | undefined {
  const first = chainRoot(object);
  const type = createdType(first);
  if (type !== undefined) {
    const outer = outerConfig(first);
    if (outer !== undefined) return receiverOf(outer, root, scopes);
    const target = assignedTo(first);
    const variable = target?.type === 'identifier' ? resolve(target, scopes) : undefined;
    if (variable !== undefined && target !== undefined) return { ...ofVariable(variable, target), type };
    if (target !== undefined && target.type !== 'identifier') return { ...ofText(target), type };
    return { owner: first.id, anchor: `${placeOf(first)}/new ${simpleName(type)}`, type, name: '' };
  }
  if (first.type === 'identifier') {
    const variable = resolve(first, scopes);
    if (variable === undefined || isMethodReceiver(variable, first)) return undefined;
    return { ...ofVariable(variable, first), type: typeOf(variable) };
  }
  return first.type === 'selector_expression'
    ? { ...ofText(first), type: fieldType(first, root) }
    : undefined;
}

/** The type that an expression makes an object of. */
function createdType(node: Node): string | undefined {
  if (node.type === 'composite_literal') return fieldText(node, 'type');
  // `{…}` in a list of them.
  if (node.type === 'literal_value') {
    const list = enclosing(node, ['composite_literal'])?.childForFieldName('type');
    return list?.childForFieldName('element')?.text ?? list?.childForFieldName('value')?.text ?? '';
  }
  if (node.type !== 'call_expression') return undefined;
  const { holder, name } = calledName(node);
  const made = /^New(\w+)$/.exec(name)?.[1];
  if (made !== undefined) return holder === '' ? made : `${holder}.${made}`;
  return name === 'new' ? (operands(node.childForFieldName('arguments'))[0]?.text ?? '') : undefined;
}

function resolve(node: Node, scopes: Scopes): Variable | undefined {
  return scopes.resolve({ kind: 'name', name: node.text }, node.startIndex);
}

function ofVariable(variable: Variable, use: Node): Omit<Receiver, 'type'> {
  const creations = variable.values.filter((value) => createdType(chainRoot(value)) !== undefined);
  // Functions run in any order: only the text of one tells which object a local holds.
  const generation =
    variable.kind === 'field' ? 0 : creations.filter((value) => startOfWrite(value) <= use.startIndex).length;
  const place = variable.kind === 'field' ? '' : placeOf(use);
  const name = generation > 1 ? `${variable.name}~${generation}` : variable.name;
  return { owner: variable, anchor: `${place}/${name}`, name: variable.name };
}

function ofText(node: Node): Omit<Receiver, 'type'> {
  const anchor = `${placeOf(node)}/${node.text.replace(/\s/g, '').slice(0, 80)}`;
  return { owner: anchor, anchor, name: node.text };
}

function typeOf(variable: Variable): string {
  const [value] = variable.values;
  return variable.type !== '' || value === undefined ? variable.type : (createdType(chainRoot(value)) ?? '');
}

/** The type of a field that one struct of the file has. */
function fieldType(selector: Node, root: Node): string {
  const name = fieldText(selector, 'field');
  const types = nodesOf(root, ['field_declaration'])
    .filter((field) => field.childrenForFieldName('name').some((one) => one?.text === name))
    .map((field) => fieldText(field, 'type'));
  return new Set(types).size === 1 ? (types[0] ?? '') : '';
}

function isMethodReceiver({ name, kind }: Variable, use: Node): boolean {
  const method = enclosing(use, ['method_declaration']);
  const receiver = method?.childForFieldName('receiver');
  return (
    kind === 'parameter' &&
    operands(receiver ?? null).some((one) =>
      one.childrenForFieldName('name').some((given) => given?.text === name),
    )
  );
}

/** The first object of `a.SetB(…).SetC(…)`, without `&` and parentheses. */
function chainRoot(node: Node): Node {
  let root = node;
  for (let step = 0; step < MAX_CHAIN; step += 1) {
    const inner = innerOf(root);
    if (inner === null || inner === undefined) return root;
    root = inner;
  }
  return root;
}

function innerOf(node: Node): Node | null | undefined {
  if (node.type === 'parenthesized_expression') return operands(node)[0];
  if (node.type === 'unary_expression') return node.childForFieldName('operand');
  if (node.type !== 'call_expression' || !/^Set[A-Z]/.test(calledName(node).name)) return undefined;
  return node.childForFieldName('function')?.childForFieldName('operand');
}

/** The literal of a `DkmsConfig` that the literal of a `Config` stands in. */
function outerConfig(literal: Node): Node | undefined {
  for (const above of around(literal)) {
    if (above.type === 'composite_literal') {
      const type = fieldText(above, 'type');
      // A list of them holds one client each.
      return !/^(?:\[|map\b)/.test(type) && CONFIG_TYPES.test(simpleName(type)) ? above : undefined;
    }
    if (!/^(?:literal_value|literal_element|keyed_element|unary_expression)$/.test(above.type))
      return undefined;
  }
  return undefined;
}

function simpleName(type: string): string {
  return type.replace(/^.*[.\]*]/, '');
}

/** What the whole chain that begins with a node is assigned to. */
function assignedTo(node: Node): Node | undefined {
  let top = node;
  for (const above of around(node)) {
    const continues = [
      'parenthesized_expression',
      'unary_expression',
      'selector_expression',
      'call_expression',
    ].includes(above.type);
    if (
      continues &&
      (above.type !== 'call_expression' || above.childForFieldName('function')?.id === top.id)
    ) {
      top = above;
      continue;
    }
    if (above.type !== 'expression_list') return undefined;
    const statement = above.parent;
    const index = operands(above).findIndex((one) => one.id === top.id);
    const left = statement?.childForFieldName('left');
    if (left !== null && left !== undefined) return left.id === above.id ? undefined : operands(left)[index];
    return statement?.childrenForFieldName('name').filter((name) => name?.isNamed)[index] ?? undefined;
  }
  return undefined;
}

function startOfWrite(value: Node): number {
  return value.parent?.parent?.startIndex ?? value.startIndex;
}
