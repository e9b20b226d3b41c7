import type { Node } from 'web-tree-sitter';
import type { Language, Variable } from '../code/language';
import { type CallOfFile, type FunctionOfFile, passArguments } from '../code/passArguments';
import { createScopes } from '../code/scopes';
import { around, enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { shortText } from '../code/wrapped';
import { isEnvironment, unwrap } from './expressions';

const FUNCTIONS = [
  'function_declaration',
  'function_expression',
  'generator_function_declaration',
  'generator_function',
  'method_definition',
  'arrow_function',
];
const BLOCKS = ['statement_block', 'for_statement', 'for_in_statement', 'switch_body', 'class_static_block'];
/** No constant that people write nests deeper. */
const MAX_DEPTH = 20;
const CLASSES = ['class_declaration', 'class', 'abstract_class_declaration'];

/** All variables of a script, members of object literals among them: `settings.password` is a constant as any other. */
export function readVariables(
  root: Node,
  read: Language['read'],
  checkTime: () => void,
): readonly Variable[] {
  const variables: Variable[] = [];
  for (const declarator of nodesOf(root, ['variable_declarator'])) {
    checkTime();
    variables.push(...declared(declarator, root));
  }
  for (const field of nodesOf(root, ['field_definition', 'public_field_definition'])) {
    const scope = enclosing(field, CLASSES);
    const name = field.childForFieldName('property') ?? field.childForFieldName('name');
    const value = field.childForFieldName('value');
    if (scope !== undefined && name !== null)
      variables.push(
        ...withMembers(
          variable(name.text, 'field', scope, value, fieldText(field, 'type'), fieldText(scope, 'name')),
        ),
      );
  }
  for (const one of nodesOf(root, ['enum_assignment'])) {
    const scope = enclosing(one, ['enum_declaration']);
    const value = one.childForFieldName('value');
    if (scope !== undefined)
      variables.push(variable(fieldText(one, 'name'), 'field', root, value, '', fieldText(scope, 'name')));
  }
  const functions = nodesOf(root, FUNCTIONS).map((node): FunctionOfFile => {
    checkTime();
    const parameters = parametersOf(node);
    variables.push(...parameters);
    return { name: functionName(node), parameters };
  });
  passArguments(functions, callsOf(root));
  const scopes = createScopes(variables, { fieldsNeedOwner: true });
  for (const node of nodesOf(root, ['assignment_expression', 'augmented_assignment_expression'])) {
    checkTime();
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const is = left === null ? undefined : read(left);
    if (left === null || right === null || is?.kind !== 'name' || isNothing(right)) continue;
    scopes.resolve(is, left.startIndex)?.values.push(right);
  }
  return variables;
}

function declared(declarator: Node, root: Node): readonly Variable[] {
  const name = declarator.childForFieldName('name');
  const value = declarator.childForFieldName('value');
  const isVar = declarator.parent?.type === 'variable_declaration';
  const scope = enclosing(declarator, isVar ? FUNCTIONS : [...BLOCKS, ...FUNCTIONS]) ?? root;
  if (name === null) return [];
  if (name.type === 'identifier')
    return withMembers(variable(name.text, 'local', scope, value, fieldText(declarator, 'type')));
  // `const { KMS_PASSWORD = 'x' } = process.env`: the pattern itself is the look-up.
  const fromEnvironment = value !== null && isEnvironment(unwrap(value));
  return nodesOf(name, ['shorthand_property_identifier_pattern', 'pair_pattern']).flatMap((pattern) => {
    const inner = pattern.type === 'pair_pattern' ? pattern.childForFieldName('value') : pattern;
    const target = inner?.type === 'assignment_pattern' ? inner.childForFieldName('left') : inner;
    if (target === null || target === undefined || !/identifier/.test(target.type)) return [];
    return variable(target.text, 'local', scope, fromEnvironment ? pattern : null, '');
  });
}

/** A variable with the members of the object literal that it holds. */
function withMembers(holder: Variable, path = holder.name, depth = 0): Variable[] {
  const [value] = holder.values;
  const object = value === undefined ? undefined : unwrap(value);
  if (object?.type !== 'object' || depth > MAX_DEPTH) return [holder];
  const members = operands(object).flatMap((pair) => {
    const key = pair.type === 'pair' ? pair.childForFieldName('key') : null;
    const member = pair.childForFieldName('value');
    if (key === null || member === null || key.type === 'computed_property_name') return [];
    const name = key.text.replace(/^["']|["']$/g, '');
    return withMembers(
      { ...holder, name, kind: 'field', type: '', owner: path, values: [unwrap(member)] },
      `${path}.${name}`,
      depth + 1,
    );
  });
  return [{ ...holder, values: [object] }, ...members];
}

function variable(
  name: string,
  kind: Variable['kind'],
  scope: Node,
  value: Node | null,
  type: string,
  owner?: string,
): Variable {
  return {
    name,
    kind,
    type: type.replace(/^:\s*/, ''),
    ...(owner === undefined ? {} : { owner }),
    scopeStart: scope.startIndex,
    scopeEnd: scope.endIndex,
    values: value === null || isNothing(value) ? [] : [value],
  };
}

function parametersOf(node: Node): readonly Variable[] {
  const single = node.childForFieldName('parameter');
  const given = single === null ? operands(node.childForFieldName('parameters')) : [single];
  return given.map((parameter) => {
    const target = parameter.childForFieldName('pattern') ?? parameter.childForFieldName('left') ?? parameter;
    const value = parameter.childForFieldName('value') ?? parameter.childForFieldName('right');
    const name = target.type === 'identifier' ? target.text : '';
    return { ...variable(name, 'parameter', node, value, fieldText(parameter, 'type')), given: [] };
  });
}

function functionName(node: Node): string {
  const own = fieldText(node, 'name');
  if (own === 'constructor') return `new ${fieldText(enclosing(node, CLASSES) ?? node, 'name')}`;
  if (own !== '') return own;
  const above = node.parent;
  return above?.type === 'variable_declarator' ? fieldText(above, 'name') : '';
}

function callsOf(root: Node): readonly CallOfFile[] {
  return nodesOf(root, ['call_expression', 'new_expression']).flatMap((call) => {
    const callee = call.childForFieldName('function') ?? call.childForFieldName('constructor');
    const name =
      callee?.type === 'member_expression'
        ? fieldText(callee, 'property')
        : callee === null
          ? ''
          : shortText(callee);
    const given = call.childForFieldName('arguments');
    if (name === '' || given?.type !== 'arguments') return [];
    return {
      name: call.type === 'new_expression' ? `new ${name}` : name,
      given: operands(given).map((value) => ({ value })),
    };
  });
}

function isNothing({ type }: Node): boolean {
  return type === 'null' || type === 'undefined';
}

/** Names of the classes and functions around a node. */
export function placeOf(node: Node): string {
  const names: string[] = [];
  for (const above of around(node))
    if (CLASSES.includes(above.type) || FUNCTIONS.includes(above.type)) names.unshift(functionName(above));
  return names.filter((name) => name !== '').join('.');
}
