import type { Node } from 'web-tree-sitter';
import type { Language, Variable } from '../code/language';
import { type CallOfFile, type FunctionOfFile, passArguments } from '../code/passArguments';
import { createScopes } from '../code/scopes';
import { around, enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { lastName, literalText, MAX_DEPTH } from './expressions';

const FUNCTIONS = [
  'function_definition',
  'method_declaration',
  'anonymous_function',
  'anonymous_function_creation_expression',
];
const CLASSES = [
  'class_declaration',
  'trait_declaration',
  'interface_declaration',
  'enum_declaration',
  'anonymous_class',
];

/**
 * All variables, constants and fields of a script, members of array literals among them. A variable belongs to its function
 * unless that takes it from outside (`global`, `use`).
 */
export function readVariables(
  root: Node,
  read: Language['read'],
  checkTime: () => void,
): readonly Variable[] {
  const variables = [...constantsOf(root), ...fieldsOf(root)];
  const functions = nodesOf(root, [...FUNCTIONS, 'arrow_function']).map((node): FunctionOfFile => {
    checkTime();
    const parameters = parametersOf(node);
    variables.push(...parameters);
    return { name: functionName(node), parameters };
  });
  passArguments(functions, callsOf(root));
  const parameters = new Set(
    variables
      .filter(({ kind }) => kind === 'parameter')
      .map(({ scopeStart, name }) => `${scopeStart} ${name}`),
  );
  const byScope = new Map<string, Variable>();
  const assignments = nodesOf(root, ['assignment_expression', 'augmented_assignment_expression']);
  for (const node of assignments) {
    checkTime();
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (left?.type !== 'variable_name' || right === null) continue;
    const scope = scopeOf(left, root);
    const key = `${scope.id} ${left.text}`;
    if (parameters.has(`${scope.startIndex} ${left.text}`)) continue;
    const known = byScope.get(key) ?? variable(left.text, 'local', scope, null);
    byScope.set(key, known);
  }
  variables.push(...byScope.values());
  const scopes = createScopes(variables, { fieldsNeedOwner: true });
  const members: Variable[] = [];
  for (const node of assignments) {
    checkTime();
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const is = left === null ? undefined : read(left);
    if (left === null || right === null || right.type === 'null' || is?.kind !== 'name') continue;
    const inFunction = left.type === 'variable_name' ? scopeOf(left, root) : undefined;
    const target =
      (inFunction === undefined ? undefined : byScope.get(`${inFunction.id} ${left.text}`)) ??
      scopes.resolve(is, left.startIndex);
    target?.values.push(right);
    if (target !== undefined && left.type === 'variable_name')
      members.push(...membersOf(right, target, left.text));
  }
  return [...variables, ...members];
}

/** What `['a' => …]` has, as fields of the variable that it is given to. */
function membersOf(array: Node, holder: Variable, path: string, depth = 0): readonly Variable[] {
  if (array.type !== 'array_creation_expression' || depth > MAX_DEPTH) return [];
  return operands(array).flatMap((element) => {
    const [key, value] = operands(element);
    const name = literalText(key);
    if (name === undefined || value === undefined) return [];
    const member: Variable = { ...holder, name, kind: 'field', type: '', owner: path, values: [value] };
    return [member, ...membersOf(value, holder, `${path}.${name}`, depth + 1)];
  });
}

function constantsOf(root: Node): readonly Variable[] {
  const declared = nodesOf(root, ['const_element']).flatMap((element) => {
    const [name, value] = operands(element);
    if (name === undefined || value === undefined) return [];
    const scope = enclosing(element, CLASSES);
    return scope === undefined
      ? variable(name.text, 'local', root, value)
      : variable(name.text, 'field', scope, value, '', fieldText(scope, 'name'));
  });
  const defined = nodesOf(root, ['function_call_expression']).flatMap((call) => {
    const [name, value] = lastName(fieldText(call, 'function')) === 'define' ? argumentsOf(call) : [];
    const text = literalText(name);
    return text === undefined || value === undefined ? [] : variable(text, 'local', root, value);
  });
  return [...declared, ...defined];
}

function fieldsOf(root: Node): readonly Variable[] {
  const fields = nodesOf(root, ['property_element']).flatMap((element) => {
    const scope = enclosing(element, CLASSES);
    const name = operands(element).find((one) => one.type === 'variable_name')?.text ?? '';
    const declaration = element.parent;
    if (scope === undefined || declaration === null) return [];
    const isStatic = operands(declaration).some((one) => one.type === 'static_modifier');
    const value = element.childForFieldName('default_value');
    return variable(
      isStatic ? name : name.slice(1),
      'field',
      scope,
      value,
      fieldText(declaration, 'type'),
      fieldText(scope, 'name'),
    );
  });
  const promoted = nodesOf(root, ['property_promotion_parameter']).flatMap((parameter) => {
    const scope = enclosing(parameter, CLASSES);
    if (scope === undefined) return [];
    const value = parameter.childForFieldName('default_value');
    return variable(
      fieldText(parameter, 'name').slice(1),
      'field',
      scope,
      value,
      fieldText(parameter, 'type'),
      fieldText(scope, 'name'),
    );
  });
  return [...fields, ...promoted];
}

function parametersOf(node: Node): readonly Variable[] {
  return operands(node.childForFieldName('parameters')).map((parameter) => ({
    ...variable(
      fieldText(parameter, 'name'),
      'parameter',
      node,
      parameter.childForFieldName('default_value'),
      fieldText(parameter, 'type'),
    ),
    given: [],
  }));
}

function callsOf(root: Node): readonly CallOfFile[] {
  const types = [
    'function_call_expression',
    'member_call_expression',
    'scoped_call_expression',
    'object_creation_expression',
  ];
  return nodesOf(root, types).flatMap((call) => {
    const isNew = call.type === 'object_creation_expression';
    const name = isNew ? createdType(call) : lastName(fieldText(call, 'function') || fieldText(call, 'name'));
    if (name === undefined || name === '') return [];
    const given = operands(argumentListOf(call)).flatMap((argument) => {
      const value = operands(argument).at(-1);
      const named = fieldText(argument, 'name');
      return value === undefined ? [] : { value, ...(named === '' ? {} : { name: `$${named}` }) };
    });
    return { name: isNew ? `new ${name}` : name, given };
  });
}

/** The class that `new` makes an object of. */
export function createdType(creation: Node): string | undefined {
  return operands(creation).find((one) => /^(?:name|qualified_name)$/.test(one.type))?.text;
}

/** The values that a call is given. */
export function argumentsOf(call: Node): readonly Node[] {
  return operands(argumentListOf(call)).flatMap((argument) => operands(argument).at(-1) ?? []);
}

/** The arguments with the names that some have. */
function argumentListOf(call: Node): Node | null {
  return (
    call.childForFieldName('arguments') ?? operands(call).find((one) => one.type === 'arguments') ?? null
  );
}

/** The function that a variable belongs to; the whole script where it is taken from there. */
function scopeOf(name: Node, root: Node): Node {
  for (const node of around(name)) {
    if (!FUNCTIONS.includes(node.type)) continue;
    const taken = operands(node).some(
      (one) =>
        one.type === 'anonymous_function_use_clause' &&
        nodesOf(one, ['variable_name']).some(({ text }) => text === name.text),
    );
    if (taken) continue;
    const isGlobal = nodesOf(node, ['global_declaration']).some((one) =>
      operands(one).some(({ text }) => text === name.text),
    );
    return isGlobal ? root : node;
  }
  return root;
}

function functionName(node: Node): string {
  const name = fieldText(node, 'name');
  return name === '__construct' ? `new ${fieldText(enclosing(node, CLASSES) ?? node, 'name')}` : name;
}

function variable(
  name: string,
  kind: Variable['kind'],
  scope: Node,
  value: Node | null,
  type = '',
  owner?: string,
): Variable {
  return {
    name,
    kind,
    type,
    ...(owner === undefined ? {} : { owner }),
    scopeStart: scope.startIndex,
    scopeEnd: scope.endIndex,
    values: value === null || value.type === 'null' ? [] : [value],
  };
}

/** Names of the classes and functions around a node. */
export function placeOf(node: Node): string {
  const names: string[] = [];
  for (const above of around(node))
    if (CLASSES.includes(above.type) || FUNCTIONS.includes(above.type))
      names.unshift(fieldText(above, 'name'));
  return names.filter((name) => name !== '').join('.');
}
