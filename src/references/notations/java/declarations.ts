import type { Node } from 'web-tree-sitter';

/** A variable of the file: where it is known and what is written into it. */
export interface Declaration {
  readonly name: string;
  readonly kind: 'field' | 'local' | 'parameter';
  readonly type: string;
  /** The class of a field. */
  readonly owner: string | undefined;
  readonly scopeStart: number;
  readonly scopeEnd: number;
  /** Everything assigned to it, in the order of the text; `null` is left out. */
  readonly values: Node[];
}

/** The variables of one file, and what a name means at some place. */
export interface Declarations {
  /** The variable that an expression (`x`, `this.x`, `Type.x`) stands for, if it is declared in this file. */
  resolve(expression: Node): Declaration | undefined;
  /** Whether a type of this name is declared in this file. */
  declaresType(name: string): boolean;
}

const TYPES = ['class_declaration', 'interface_declaration', 'enum_declaration', 'record_declaration'];
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
export function readDeclarations(root: Node, checkTime: () => void): Declarations {
  const byName = new Map<string, Declaration[]>();
  const types = new Set(nodesOf(root, TYPES).map((type) => nameOf(type)));

  function add(declaration: Declaration): void {
    const same = byName.get(declaration.name);
    if (same === undefined) byName.set(declaration.name, [declaration]);
    else same.push(declaration);
  }

  function find(name: string, at: number, fits: (one: Declaration) => boolean): Declaration | undefined {
    return (byName.get(name) ?? [])
      .filter((one) => one.scopeStart <= at && at < one.scopeEnd && fits(one))
      .sort((one, other) => one.scopeEnd - one.scopeStart - (other.scopeEnd - other.scopeStart))[0];
  }

  function resolve(expression: Node): Declaration | undefined {
    if (expression.type === 'identifier') return find(expression.text, expression.startIndex, () => true);
    if (expression.type !== 'field_access') return undefined;
    const object = expression.childForFieldName('object');
    const name = expression.childForFieldName('field')?.text ?? '';
    if (object?.type === 'this') return find(name, expression.startIndex, (one) => one.kind === 'field');
    if (object?.type !== 'identifier') return undefined;
    return (byName.get(name) ?? []).find((one) => one.kind === 'field' && one.owner === object.text);
  }

  for (const declarator of nodesOf(root, ['variable_declarator'])) {
    checkTime();
    const declaration = declaratorOf(declarator);
    if (declaration !== undefined) add(declaration);
  }
  for (const parameter of nodesOf(root, PARAMETERS)) {
    checkTime();
    const declaration = parameterOf(parameter);
    if (declaration !== undefined) add(declaration);
  }
  for (const assignment of nodesOf(root, ['assignment_expression'])) {
    checkTime();
    const left = assignment.childForFieldName('left');
    const right = assignment.childForFieldName('right');
    if (left === null || right === null || right.type === 'null_literal') continue;
    resolve(left)?.values.push(right);
  }
  return { resolve, declaresType: (name) => types.has(name) };
}

/** The nodes of some types below a node, in the order of the text. */
export function nodesOf(node: Node, types: readonly string[]): Node[] {
  return node.descendantsOfType([...types]).filter((one) => one !== null);
}

/** Climbing costs as much as a node is deep, each step: no source that people write is deeper. */
const MAX_CLIMB = 500;

/** The nodes around a node, from the inside out. */
export function* around(node: Node): Generator<Node> {
  let above = node.parent;
  for (let step = 0; above !== null && step < MAX_CLIMB; step += 1) {
    yield above;
    above = above.parent;
  }
}

/** The nearest node of some types around a node. */
function enclosing(node: Node, types: readonly string[]): Node | undefined {
  for (const above of around(node)) if (types.includes(above.type)) return above;
  return undefined;
}

/** `Type.method`, `Type.method` of a constructor or `Type`: where a node stands, in words that survive edits. */
export function placeOf(node: Node): string {
  const names: string[] = [];
  for (const above of around(node))
    if (TYPES.includes(above.type) || /^(?:method|constructor)_declaration$/.test(above.type))
      names.unshift(nameOf(above));
  return names.join('.');
}

function declaratorOf(declarator: Node): Declaration | undefined {
  const statement = declarator.parent;
  if (statement === null) return undefined;
  const isField = statement.type === 'field_declaration' || statement.type === 'constant_declaration';
  const scope = isField ? enclosing(statement, TYPES) : statement.parent;
  if (scope === null || scope === undefined) return undefined;
  const value = declarator.childForFieldName('value');
  return {
    name: nameOf(declarator),
    kind: isField ? 'field' : 'local',
    type: statement.childForFieldName('type')?.text ?? '',
    owner: isField ? nameOf(scope) : undefined,
    scopeStart: isField ? scope.startIndex : declarator.startIndex,
    scopeEnd: scope.endIndex,
    values: value === null || value.type === 'null_literal' ? [] : [value],
  };
}

function parameterOf(parameter: Node): Declaration | undefined {
  const scope =
    parameter.type === 'resource'
      ? enclosing(parameter, ['try_with_resources_statement'])
      : enclosing(parameter, METHODS);
  if (scope === undefined) return undefined;
  const value = parameter.childForFieldName('value');
  return {
    name: nameOf(parameter),
    kind: parameter.type === 'resource' ? 'local' : 'parameter',
    type: parameter.childForFieldName('type')?.text ?? '',
    owner: undefined,
    scopeStart: scope.startIndex,
    scopeEnd: scope.endIndex,
    values: value === null ? [] : [value],
  };
}

function nameOf(node: Node): string {
  return node.childForFieldName('name')?.text ?? '';
}
