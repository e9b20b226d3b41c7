import type { Node } from 'web-tree-sitter';
import type { Variable } from '../code/language';
import { type CallOfFile, type FunctionOfFile, passArguments } from '../code/passArguments';
import { returnedBy } from '../code/returned';
import { countNames, createScopes } from '../code/scopes';
import { around, enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { calledName, readGo } from './expressions';

const SCOPES = [
  'block',
  'if_statement',
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'select_statement',
  'expression_case',
  'default_case',
  'communication_case',
  'source_file',
];
const FUNCTIONS = ['function_declaration', 'method_declaration', 'func_literal'];

/** Reads the constants, variables and parameters of a file and everything that is assigned to them. */
export function readVariables(root: Node, checkTime: () => void): readonly Variable[] {
  const variables: Variable[] = [];
  const parameters = new Map<number, Variable>();
  for (const node of nodesOf(root, ['parameter_declaration', 'variadic_parameter_declaration'])) {
    checkTime();
    for (const [id, parameter] of parametersOf(node)) {
      parameters.set(id, parameter);
      variables.push(parameter);
    }
  }
  const known = new Map<string, Variable>();
  for (const node of nodesOf(root, ['const_spec', 'var_spec', 'short_var_declaration'])) {
    checkTime();
    declare(node, known);
  }
  variables.push(...known.values());
  for (const node of nodesOf(root, ['function_declaration'])) {
    if (operands(node.childForFieldName('parameters')).length > 0) continue;
    const variable = { name: fieldText(node, 'name'), kind: 'field' as const };
    variables.push(returnedBy(node, FUNCTIONS, { ...variable, scopeStart: 0, scopeEnd: root.endIndex }));
  }
  const scopes = createScopes(variables);
  for (const node of nodesOf(root, ['assignment_statement'])) {
    checkTime();
    const values = valuesOf(node, 'right');
    operands(node.childForFieldName('left')).forEach((target, index) => {
      const value = values[index];
      if (target.type !== 'identifier' || value === undefined || value.type === 'nil') return;
      scopes.resolve({ kind: 'name', name: target.text }, target.startIndex)?.values.push(value);
    });
  }
  variables.push(...fieldsOf(variables), ...boundFieldsOf(root, variables));
  passArguments(functionsOf(root, parameters), callsOf(root, checkTime));
  return variables;
}

/** `function` or `Type.method`: where a node stands, in words that survive edits. */
export function placeOf(node: Node): string {
  for (const above of [node, ...around(node)]) {
    if (above.type === 'function_declaration') return fieldText(above, 'name');
    if (above.type === 'method_declaration') {
      const type = /(\w+)(?:\[[^\]]*\])?\s*\)$/.exec(fieldText(above, 'receiver'))?.[1] ?? '';
      return `${type}.${fieldText(above, 'name')}`;
    }
  }
  return '';
}

function parametersOf(node: Node): readonly (readonly [number, Variable])[] {
  const scope = enclosing(node, FUNCTIONS);
  if (
    scope === undefined ||
    enclosing(node, ['parameter_list'])?.id === scope.childForFieldName('result')?.id
  )
    return [];
  return node
    .childrenForFieldName('name')
    .filter((name) => name !== null)
    .map((name) => [
      name.id,
      {
        name: name.text,
        kind: 'parameter',
        type: fieldText(node, 'type'),
        scopeStart: scope.startIndex,
        scopeEnd: scope.endIndex,
        values: [],
        given: [],
      },
    ]);
}

/** A short declaration gives a new value to a variable that the same block has already. */
function declare(node: Node, known: Map<string, Variable>): void {
  const scope = enclosing(node, SCOPES);
  if (scope === undefined) return;
  const isPackage = scope.type === 'source_file';
  const short = node.type === 'short_var_declaration';
  const names = short ? operands(node.childForFieldName('left')) : node.childrenForFieldName('name');
  const values = valuesOf(node, short ? 'right' : 'value');
  const identifiers = names.filter((name) => name?.type === 'identifier');
  identifiers.forEach((name, index) => {
    if (name === null || name.text === '_') return;
    const key = `${scope.id} ${name.text}`;
    const variable = known.get(key) ?? {
      name: name.text,
      kind: isPackage ? 'field' : 'local',
      type: short ? '' : fieldText(node, 'type'),
      scopeStart: isPackage ? 0 : node.startIndex,
      scopeEnd: scope.endIndex,
      values: [],
    };
    known.set(key, variable);
    const value = values[index];
    if (value !== undefined && value.type !== 'nil') variable.values.push(value);
  });
}

/** The right side, one by one; of a call that gives several the first is the value and the rest is an error or the like. */
function valuesOf(node: Node, field: string): readonly Node[] {
  const side = node.childForFieldName(field);
  return side?.type === 'expression_list' ? operands(side) : side === null ? [] : [side];
}

/** Fields of `settings := Settings{KeyFile: "…"}`, reached as `settings.KeyFile`, where the name is taken once. */
function fieldsOf(variables: readonly Variable[]): readonly Variable[] {
  const counts = countNames(variables);
  return variables.flatMap((variable) => {
    const [value, ...others] = variable.values;
    const literal = value?.type === 'unary_expression' ? value.childForFieldName('operand') : value;
    if (literal?.type !== 'composite_literal' || others.length > 0 || counts.get(variable.name) !== 1)
      return [];
    return operands(literal.childForFieldName('body')).flatMap((element) => {
      const [key, field] = elementOf(element) ?? [];
      if (key?.type !== 'identifier' || field === undefined) return [];
      const { scopeStart, scopeEnd } = variable;
      return [
        {
          name: key.text,
          kind: 'field',
          type: '',
          owner: variable.name,
          scopeStart,
          scopeEnd,
          values: [field],
        } as const,
      ];
    });
  });
}

/** Fields that the environment fills by their tags, reached through variables that have the type of the struct. */
function boundFieldsOf(root: Node, variables: readonly Variable[]): readonly Variable[] {
  const tags = nodesOf(root, ['field_declaration']).flatMap((node) => {
    const tag = node.childForFieldName('tag');
    const struct = enclosing(node, ['type_spec']);
    if (tag === null || struct === undefined || readGo(tag).kind !== 'lookup') return [];
    return node
      .childrenForFieldName('name')
      .flatMap((name) => (name === null ? [] : { struct: fieldText(struct, 'name'), name: name.text, tag }));
  });
  if (tags.length === 0) return [];
  const counts = countNames(variables.filter(({ type }) => type === ''));
  return variables.flatMap((variable) => {
    const types = new Set(variables.filter(({ name }) => name === variable.name).map(({ type }) => type));
    if (types.size > 1 || counts.has(variable.name)) return [];
    return tags
      .filter(({ struct }) => struct === variable.type.replace(/^\*/, ''))
      .map(({ name, tag }) => ({
        ...{ name, kind: 'field' as const, type: '', owner: variable.name, values: [tag] },
        ...{ scopeStart: variable.scopeStart, scopeEnd: variable.scopeEnd },
      }));
  });
}

/** Key and value of `Key: value` in a composite literal. */
export function elementOf(element: Node): readonly [key: Node, value: Node] | undefined {
  if (element.type !== 'keyed_element') return undefined;
  const [key, value] = operands(element).map((side) =>
    side.type === 'literal_element' ? operands(side)[0] : side,
  );
  return key === undefined || value === undefined ? undefined : [key, value];
}

function functionsOf(root: Node, parameters: ReadonlyMap<number, Variable>): readonly FunctionOfFile[] {
  return nodesOf(root, ['function_declaration', 'method_declaration']).map((node) => ({
    name: (node.type === 'method_declaration' ? '.' : '') + fieldText(node, 'name'),
    parameters: operands(node.childForFieldName('parameters')).flatMap((declaration) =>
      declaration
        .childrenForFieldName('name')
        .flatMap((name) => (name === null ? [] : (parameters.get(name.id) ?? []))),
    ),
  }));
}

function callsOf(root: Node, checkTime: () => void): readonly CallOfFile[] {
  return nodesOf(root, ['call_expression']).map((node) => {
    checkTime();
    const { holder, name } = calledName(node);
    return {
      name: holder === '' ? name : `.${name}`,
      given: operands(node.childForFieldName('arguments')).map((value) => ({ value })),
    };
  });
}
