import type { Node } from 'web-tree-sitter';
import type { Language, Variable } from '../code/language';
import { type CallOfFile, type FunctionOfFile, passArguments } from '../code/passArguments';
import { createScopes } from '../code/scopes';
import { around, enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { argumentList, lastName } from './expressions';

const TYPES = [
  'class_declaration',
  'struct_declaration',
  'record_declaration',
  'interface_declaration',
  'record_struct_declaration',
];
const FUNCTIONS = ['method_declaration', 'constructor_declaration', 'local_function_statement'];
const LAMBDAS = ['lambda_expression', 'anonymous_method_expression'];
const BLOCKS = [
  'block',
  'for_statement',
  'foreach_statement',
  'using_statement',
  'switch_section',
  ...FUNCTIONS,
  ...LAMBDAS,
];

/** All fields, properties, constants, locals and parameters of a file. */
export function readVariables(
  root: Node,
  read: Language['read'],
  checkTime: () => void,
): readonly Variable[] {
  const variables: Variable[] = [];
  for (const declarator of nodesOf(root, ['variable_declarator'])) {
    checkTime();
    const declaration = declarator.parent;
    const isField = declaration?.parent?.type === 'field_declaration';
    const scope = enclosing(declarator, isField ? TYPES : BLOCKS) ?? root;
    const name = declarator.childForFieldName('name') ?? operands(declarator)[0] ?? null;
    const value = operands(declarator).find(
      (one) => one.id !== name?.id && one.type !== 'bracketed_argument_list',
    );
    const type = declaration === null ? '' : fieldText(declaration, 'type');
    if (name !== null)
      variables.push(
        variable(
          name.text,
          isField ? 'field' : 'local',
          scope,
          value,
          type,
          isField ? fieldText(scope, 'name') : undefined,
        ),
      );
  }
  for (const property of nodesOf(root, ['property_declaration'])) {
    const scope = enclosing(property, TYPES);
    const value = property.childForFieldName('value');
    if (scope !== undefined)
      variables.push(
        variable(
          fieldText(property, 'name'),
          'field',
          scope,
          value,
          fieldText(property, 'type'),
          fieldText(scope, 'name'),
        ),
      );
  }
  const functions = nodesOf(root, [...FUNCTIONS, ...LAMBDAS, ...TYPES]).map((node): FunctionOfFile => {
    checkTime();
    const parameters = parametersOf(node);
    variables.push(...parameters);
    const name = fieldText(node, 'name');
    return {
      name: FUNCTIONS.includes(node.type) && node.type !== 'constructor_declaration' ? name : `new ${name}`,
      parameters,
    };
  });
  passArguments(
    functions.filter(({ name, parameters }) => !name.startsWith('new ') || parameters.length > 0),
    callsOf(root),
  );
  const scopes = createScopes(variables);
  for (const assignment of nodesOf(root, ['assignment_expression'])) {
    checkTime();
    const left = assignment.childForFieldName('left');
    const right = assignment.childForFieldName('right');
    const isMember = assignment.parent?.type === 'initializer_expression';
    const is = left === null || isMember ? undefined : read(left);
    if (left === null || right === null || right.type === 'null_literal' || is?.kind !== 'name') continue;
    scopes.resolve(is, left.startIndex)?.values.push(right);
  }
  return variables;
}

function parametersOf(node: Node): readonly Variable[] {
  const list =
    node.childForFieldName('parameters') ??
    operands(node).find((one) => one.type === 'parameter_list') ??
    null;
  // `o => …`
  if (list !== null && list.type !== 'parameter_list')
    return [{ ...variable(list.text, 'parameter', node, undefined), given: [] }];
  return operands(list).map((parameter) => {
    const name = fieldText(parameter, 'name') || parameter.text;
    const named = operands(parameter);
    const value =
      named.length > 1 && /literal|expression/.test(named.at(-1)?.type ?? '') ? named.at(-1) : undefined;
    return { ...variable(name, 'parameter', node, value, fieldText(parameter, 'type')), given: [] };
  });
}

function callsOf(root: Node): readonly CallOfFile[] {
  return nodesOf(root, ['invocation_expression', 'object_creation_expression']).flatMap((call) => {
    const isNew = call.type === 'object_creation_expression';
    const callee = call.childForFieldName(isNew ? 'type' : 'function');
    const list = call.childForFieldName('arguments') ?? argumentList(call);
    if (callee === null || list === null) return [];
    const given = operands(list).flatMap((argument) => {
      const value = operands(argument).at(-1);
      const named = fieldText(argument, 'name');
      return value === undefined ? [] : { value, ...(named === '' ? {} : { name: named }) };
    });
    return { name: isNew ? `new ${lastName(callee.text)}` : lastName(callee.text), given };
  });
}

function variable(
  name: string,
  kind: Variable['kind'],
  scope: Node,
  value: Node | undefined | null,
  type = '',
  owner?: string,
): Variable {
  return {
    name: name.replace(/^@/, ''),
    kind,
    type: type === 'var' ? '' : type,
    ...(owner === undefined ? {} : { owner }),
    scopeStart: scope.startIndex,
    scopeEnd: scope.endIndex,
    values: value == null || value.type === 'null_literal' ? [] : [value],
  };
}

/** Names of the types and functions around a node. */
export function placeOf(node: Node): string {
  const names: string[] = [];
  for (const above of around(node))
    if (TYPES.includes(above.type) || FUNCTIONS.includes(above.type)) names.unshift(fieldText(above, 'name'));
  return names.filter((name) => name !== '').join('.');
}
