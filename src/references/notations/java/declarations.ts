import type { Node } from 'web-tree-sitter';
import type { Variable } from '../code/language';
import { type CallOfFile, type FunctionOfFile, passArguments } from '../code/passArguments';
import { returnedBy } from '../code/returned';
import { createScopes } from '../code/scopes';
import { around, enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { readJava } from './expressions';

export const TYPES = ['class_declaration', 'interface_declaration', 'enum_declaration', 'record_declaration'];
const METHODS = [
  'method_declaration',
  'constructor_declaration',
  'compact_constructor_declaration',
  'lambda_expression',
  'catch_clause',
  'enhanced_for_statement',
];
const PARAMETERS = ['formal_parameter', 'catch_formal_parameter', 'spread_parameter', 'resource'];

/** Reads the declarations of a file and everything that is assigned to them. `checkTime` throws when it takes too long. */
export function readVariables(root: Node, checkTime: () => void): readonly Variable[] {
  const variables: Variable[] = [];
  for (const declarator of nodesOf(root, ['variable_declarator'])) {
    checkTime();
    variables.push(...declaratorOf(declarator));
  }
  const parameters = new Map<number, Variable>();
  for (const node of nodesOf(root, PARAMETERS)) {
    checkTime();
    const parameter = parameterOf(node);
    if (parameter === undefined) continue;
    parameters.set(node.id, parameter);
    variables.push(parameter);
  }
  const scopes = createScopes(variables);
  for (const assignment of nodesOf(root, ['assignment_expression'])) {
    checkTime();
    const left = assignment.childForFieldName('left');
    const right = assignment.childForFieldName('right');
    if (left === null || right === null || right.type === 'null_literal') continue;
    const target = readJava(left);
    if (target.kind === 'name') scopes.resolve(target, left.startIndex)?.values.push(right);
  }
  variables.push(...resultsOf(root));
  passArguments(functionsOf(root, parameters), callsOf(root, checkTime));
  return variables;
}

/** `Type.method`, `Type.method` of a constructor or `Type`: where a node stands, in words that survive edits. */
export function placeOf(node: Node): string {
  const names: string[] = [];
  for (const above of around(node))
    if (TYPES.includes(above.type) || /^(?:method|constructor)_declaration$/.test(above.type))
      names.unshift(fieldText(above, 'name'));
  return names.join('.');
}

function declaratorOf(declarator: Node): Variable[] {
  const statement = declarator.parent;
  if (statement === null) return [];
  const isField = statement.type === 'field_declaration' || statement.type === 'constant_declaration';
  const scope = isField ? enclosing(statement, TYPES) : statement.parent;
  if (scope === null || scope === undefined) return [];
  const value = declarator.childForFieldName('value');
  const values = value === null || value.type === 'null_literal' ? [] : [value];
  return [
    {
      name: fieldText(declarator, 'name'),
      kind: isField ? 'field' : 'local',
      type: fieldText(statement, 'type'),
      ...(isField ? { owner: fieldText(scope, 'name') } : {}),
      scopeStart: isField ? scope.startIndex : declarator.startIndex,
      scopeEnd: scope.endIndex,
      values: [...values, ...injected(statement)],
    },
  ];
}

function parameterOf(parameter: Node): Variable | undefined {
  const scope =
    parameter.type === 'resource'
      ? enclosing(parameter, ['try_with_resources_statement'])
      : enclosing(parameter, METHODS);
  if (scope === undefined) return undefined;
  const value = parameter.childForFieldName('value');
  return {
    name: fieldText(parameter, 'name'),
    kind: parameter.type === 'resource' ? 'local' : 'parameter',
    type: fieldText(parameter, 'type'),
    scopeStart: scope.startIndex,
    scopeEnd: scope.endIndex,
    values: [...(value === null ? [] : [value]), ...injected(parameter)],
    given: [],
  };
}

/** What `@Value("${…}")` and its like put into a field or parameter. */
function injected(declaration: Node): Node[] {
  const modifiers = operands(declaration).filter((child) => child.type === 'modifiers');
  return modifiers.flatMap((one) =>
    nodesOf(one, ['annotation']).filter((annotation) => readJava(annotation).kind !== 'other'),
  );
}

/** Methods without parameters, which stand for what they return. */
function resultsOf(root: Node): readonly Variable[] {
  return nodesOf(root, ['method_declaration']).flatMap((node) => {
    const scope = enclosing(node, TYPES);
    if (scope === undefined || operands(node.childForFieldName('parameters')).length > 0) return [];
    const { startIndex: scopeStart, endIndex: scopeEnd } = scope;
    const variable = {
      name: fieldText(node, 'name'),
      kind: 'field' as const,
      owner: fieldText(scope, 'name'),
    };
    return [returnedBy(node, METHODS, { ...variable, scopeStart, scopeEnd })];
  });
}

function functionsOf(root: Node, parameters: ReadonlyMap<number, Variable>): readonly FunctionOfFile[] {
  return nodesOf(root, ['method_declaration', 'constructor_declaration']).map((node) => ({
    name: (node.type === 'constructor_declaration' ? 'new ' : '') + fieldText(node, 'name'),
    parameters: operands(node.childForFieldName('parameters')).flatMap(
      (child) => parameters.get(child.id) ?? [],
    ),
  }));
}

function callsOf(root: Node, checkTime: () => void): readonly CallOfFile[] {
  return nodesOf(root, ['method_invocation', 'object_creation_expression', 'enum_constant']).map((node) => {
    checkTime();
    const made = node.type === 'enum_constant' ? enclosing(node, TYPES) : undefined;
    const type = made === undefined ? fieldText(node, 'type') : fieldText(made, 'name');
    const name = node.type === 'method_invocation' ? fieldText(node, 'name') : `new ${type}`;
    return { name, given: operands(node.childForFieldName('arguments')).map((value) => ({ value })) };
  });
}
