import type { Node } from 'web-tree-sitter';
import type { Variable } from '../code/language';
import { type CallOfFile, type FunctionOfFile, passArguments } from '../code/passArguments';
import { returnedBy } from '../code/returned';
import { countNames } from '../code/scopes';
import { around, enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { argumentsOf, calledName, readPython } from './expressions';

const FUNCTIONS = ['function_definition', 'lambda'];
const ASSIGNMENTS = ['assignment', 'augmented_assignment', 'named_expression', 'as_pattern'];

/** Reads the variables of a file: those of the module, of functions, of classes and of `self`. */
export function readVariables(root: Node, checkTime: () => void): readonly Variable[] {
  const variables: Variable[] = [];
  const parameters = new Map<number, readonly Variable[]>();
  for (const node of nodesOf(root, FUNCTIONS)) {
    checkTime();
    const own = parametersOf(node);
    parameters.set(node.id, own);
    variables.push(...own, ...resultOf(node, own));
  }
  const known = new Map<string, Variable>();
  for (const node of nodesOf(root, ASSIGNMENTS)) {
    checkTime();
    for (const [target, value] of assignmentsOf(node)) assign(target, value, known);
  }
  variables.push(...known.values());
  variables.push(...entriesOf(variables));
  passArguments(functionsOf(root, parameters), callsOf(root, checkTime));
  return variables;
}

/** `Class.method`, `function` or nothing: where a node stands, in words that survive edits. */
export function placeOf(node: Node): string {
  const names: string[] = [];
  for (const above of around(node))
    if (/^(?:class|function)_definition$/.test(above.type)) names.unshift(fieldText(above, 'name'));
  return names.join('.');
}

/** A function without arguments stands for what it returns. */
function resultOf(node: Node, parameters: readonly Variable[]): readonly Variable[] {
  if (node.type !== 'function_definition' || parameters.some(({ name }) => !/^(?:self|cls)$/.test(name)))
    return [];
  const scope = enclosing(node, ['function_definition', 'class_definition', 'module']);
  if (scope === undefined) return [];
  const { startIndex: scopeStart, endIndex: scopeEnd } = scope;
  const name = fieldText(node, 'name');
  return scope.type === 'class_definition'
    ? [
        returnedBy(node, FUNCTIONS, {
          name,
          kind: 'field',
          owner: fieldText(scope, 'name'),
          scopeStart,
          scopeEnd,
        }),
      ]
    : [
        returnedBy(node, FUNCTIONS, {
          name,
          kind: 'local',
          scopeStart: scope.type === 'module' ? 0 : scopeStart,
          scopeEnd,
        }),
      ];
}

/** What is assigned to what: `a, b = 1, 2` are two. */
export function assignmentsOf(node: Node): readonly (readonly [target: Node, value: Node])[] {
  if (node.type === 'as_pattern') {
    const [value, alias] = operands(node);
    const target = alias === undefined ? undefined : operands(alias)[0];
    return value === undefined || target === undefined ? [] : [[target, value]];
  }
  const target = node.childForFieldName('left') ?? node.childForFieldName('name');
  const value = node.childForFieldName('right') ?? node.childForFieldName('value');
  if (target === null || value === null) return [];
  // `a = b = "x"`
  if (value.type === 'assignment') {
    const last = assignmentsOf(value)[0]?.[1];
    return last === undefined ? [] : [[target, last]];
  }
  if (!/^(?:pattern_list|tuple_pattern)$/.test(target.type)) return [[target, value]];
  const values = operands(value);
  return /^(?:expression_list|tuple)$/.test(value.type)
    ? operands(target).flatMap((one, index) =>
        values[index] === undefined ? [] : [[one, values[index]] as const],
      )
    : [];
}

/** One variable per name and scope, however often it is assigned to. */
function assign(target: Node, value: Node, known: Map<string, Variable>): void {
  const made = declarationOf(target);
  if (made === undefined) return;
  const key = [made.kind, made.scopeStart, made.scopeEnd, made.name].join();
  const variable = known.get(key) ?? made;
  known.set(key, variable);
  if (value.type !== 'none') variable.values.push(value);
}

function declarationOf(target: Node): Variable | undefined {
  if (target.type === 'attribute') {
    const scope = enclosing(target, ['class_definition']);
    if (scope === undefined || !/^(?:self|cls)$/.test(fieldText(target, 'object'))) return undefined;
    return field(scope, fieldText(target, 'attribute'));
  }
  if (target.type !== 'identifier') return undefined;
  const scope = enclosing(target, ['function_definition', 'class_definition', 'module']);
  if (scope === undefined) return undefined;
  if (scope.type === 'class_definition') return field(scope, target.text);
  const { startIndex: scopeStart, endIndex: scopeEnd } = scope;
  const start = scope.type === 'module' ? 0 : scopeStart;
  return { name: target.text, kind: 'local', type: '', scopeStart: start, scopeEnd, values: [] };
}

function field(scope: Node, name: string): Variable {
  const { startIndex: scopeStart, endIndex: scopeEnd } = scope;
  return { name, kind: 'field', type: '', owner: fieldText(scope, 'name'), scopeStart, scopeEnd, values: [] };
}

function parametersOf(scope: Node): readonly Variable[] {
  return operands(scope.childForFieldName('parameters')).flatMap((node) => {
    const name = node.childForFieldName('name') ?? (node.type === 'identifier' ? node : operands(node)[0]);
    if (name?.type !== 'identifier') return [];
    const value = node.childForFieldName('value');
    return [
      {
        name: name.text,
        kind: 'parameter' as const,
        type: fieldText(node, 'type'),
        scopeStart: scope.startIndex,
        scopeEnd: scope.endIndex,
        values: value === null || value.type === 'none' ? [] : [value],
        given: [],
      },
    ];
  });
}

/** Entries of `settings = {"key": …}`, reached as `settings["key"]`, where the name is taken once. */
function entriesOf(variables: readonly Variable[]): readonly Variable[] {
  const counts = countNames(variables);
  return variables.flatMap((variable) => {
    const [value, ...others] = variable.values;
    if (value?.type !== 'dictionary' || others.length > 0 || counts.get(variable.name) !== 1) return [];
    return operands(value).flatMap((pair) => {
      const key = pair.childForFieldName('key');
      const entry = pair.childForFieldName('value');
      const name = key === null ? undefined : readPython(key);
      if (entry === null || name?.kind !== 'literal') return [];
      const { scopeStart, scopeEnd } = variable;
      return [
        {
          name: name.value,
          kind: 'field',
          type: '',
          owner: variable.name,
          scopeStart,
          scopeEnd,
          values: [entry],
        } as const,
      ];
    });
  });
}

/** A constructor is called by the name of its class; the first parameter of a method is not passed. */
function functionsOf(
  root: Node,
  parameters: ReadonlyMap<number, readonly Variable[]>,
): readonly FunctionOfFile[] {
  return nodesOf(root, ['function_definition']).map((node) => {
    const name = fieldText(node, 'name');
    const around =
      node.parent?.type === 'decorated_definition' ? node.parent.parent?.parent : node.parent?.parent;
    const isMethod = around?.type === 'class_definition';
    const own = parameters.get(node.id) ?? [];
    const isPassed = ({ name: given }: Variable) => !isMethod || !/^(?:self|cls)$/.test(given);
    const called = isMethod && name === '__init__' ? fieldText(around, 'name') : isMethod ? `.${name}` : name;
    return { name: called, parameters: own.filter(isPassed) };
  });
}

function callsOf(root: Node, checkTime: () => void): readonly CallOfFile[] {
  return nodesOf(root, ['call']).map((node) => {
    checkTime();
    const { object, name } = calledName(node);
    return { name: object === undefined ? name : `.${name}`, given: argumentsOf(node) };
  });
}
