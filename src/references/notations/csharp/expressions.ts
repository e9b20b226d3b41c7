import type { Node } from 'web-tree-sitter';
import { readsEnvironment, readsFile } from '../code/helperNames';
import type { Expression } from '../code/language';
import { fieldText, nodesOf, operands } from '../code/tree';
import { innermost, shortText } from '../code/wrapped';
import { decodeCsharpString } from './literal';

/** Folders that the program runs in: its files are copied there from the project. */
const RUN_FOLDER =
  /^(?:(?:System\.)?AppContext\.BaseDirectory|(?:System\.)?AppDomain\.CurrentDomain\.BaseDirectory|(?:\w+\.)*Directory\.GetCurrentDirectory\(\)|(?:System\.)?Environment\.CurrentDirectory|(?:\w+\.)*ContentRootPath|(?:\w+\.)*Path\.GetDirectoryName\((?:\w+\.)*Assembly\.\w+\(\)\.Location\))!?$/;

/** No code that people write nests sections deeper. */
const MAX_SECTIONS = 20;

/** What an expression of C# is. */
export function readExpression(node: Node): Expression {
  switch (node.type) {
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal': {
      const value = decodeCsharpString(node.text);
      return value === undefined ? { kind: 'other' } : { kind: 'literal', value };
    }
    case 'interpolated_string_expression':
      return { kind: 'interpolated' };
    case 'null_literal':
    case 'default_expression':
      return { kind: 'nothing' };
    case 'parenthesized_expression':
    case 'postfix_unary_expression':
    case 'await_expression':
    case 'arrow_expression_clause':
      return wrapped(operands(node)[0]);
    case 'cast_expression':
      return wrapped(node.childForFieldName('value') ?? undefined);
    case 'as_expression':
      return wrapped(node.childForFieldName('left') ?? undefined);
    case 'argument':
      return wrapped(operands(node).at(-1));
    case 'binary_expression':
      return readBinary(node);
    case 'conditional_expression':
      return { kind: 'choice' };
    case 'identifier':
      return { kind: 'name', name: node.text.replace(/^@/, '') };
    case 'member_access_expression':
      return readMember(node);
    case 'element_access_expression':
      return readElement(node);
    case 'invocation_expression':
      return readInvocation(node);
    default:
      return { kind: 'other' };
  }
}

/** The text of an argument that is a literal. */
export function literalText(node: Node | undefined): string | undefined {
  const is = node === undefined ? undefined : readExpression(innermost(node, readExpression));
  return is?.kind === 'literal' ? is.value : undefined;
}

/** The values that a call is given. */
export function argumentsOf(call: Node): readonly Node[] {
  const list =
    call.childForFieldName('arguments') ?? call.childForFieldName('subscript') ?? argumentList(call);
  return operands(list).flatMap((argument) => operands(argument).at(-1) ?? []);
}

/** The list of arguments of `new(…)`, which has no name in the grammar. */
export function argumentList(call: Node): Node | null {
  return operands(call).find((one) => one.type === 'argument_list') ?? null;
}

/** The last name of `A.B.C<T>`. */
export function lastName(name: string): string {
  const plain = name.replace(/<.*>|[\s?!]/gs, '');
  return plain.slice(plain.lastIndexOf('.') + 1);
}

function wrapped(inner: Node | undefined): Expression {
  return inner === undefined ? { kind: 'other' } : { kind: 'wrapped', inner };
}

function readBinary(node: Node): Expression {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator')?.type;
  if (left === null || right === null) return { kind: 'other' };
  if (operator === '??') {
    const lookup = lookupOf(left);
    return lookup === undefined ? { kind: 'choice' } : { ...lookup, fallback: right };
  }
  if (operator !== '+') return { kind: 'other' };
  return isRunFolder(left)
    ? { kind: 'path', parts: [right], fromFile: false, fromRun: true }
    : { kind: 'join', parts: [left, right] };
}

function lookupOf(node: Node): Extract<Expression, { kind: 'lookup' }> | undefined {
  const is = readExpression(innermost(node, readExpression));
  return is.kind === 'lookup' && is.fallback === undefined ? is : undefined;
}

function readMember(node: Node): Expression {
  const object = node.childForFieldName('expression');
  const name = fieldText(node, 'name');
  if (object === null) return { kind: 'other' };
  if (/^(?:string|String)$/.test(object.text) && name === 'Empty') return { kind: 'nothing' };
  if (name === 'Value' && object.type === 'invocation_expression') {
    const section = sectionOf(object);
    if (section !== undefined) return settings(section);
  }
  return /^[\w.@]+$/.test(shortText(object))
    ? { kind: 'name', name, owner: lastName(object.text) }
    : { kind: 'other' };
}

/** `configuration["Kms:Password"]`, `configuration.GetSection("Kms")["Password"]`. */
function readElement(node: Node): Expression {
  const object = node.childForFieldName('expression');
  const [index] = argumentsOf(node);
  if (object === null || index === undefined) return { kind: 'other' };
  return lookUp(object, index, undefined);
}

function readInvocation(node: Node): Expression {
  const callee = node.childForFieldName('function');
  const given = argumentsOf(node);
  const [first, second] = given;
  if (callee === null) return { kind: 'other' };
  const object = callee.childForFieldName('expression');
  const name = lastName(callee.type === 'member_access_expression' ? fieldText(callee, 'name') : callee.text);
  const owner = object === null ? '' : lastName(shortText(object));
  if (/^(?:Trim|TrimEnd|TrimStart|ToString)$/.test(name) && object !== null)
    return { kind: 'wrapped', inner: object };
  if (/^(?:string|String)$/.test(owner) && /^(?:Format|Concat|Join)$/.test(name))
    return { kind: 'interpolated' };
  if (name === 'Replace') return { kind: 'interpolated' };
  if (first === undefined) return { kind: 'other' };
  if (name === 'GetEnvironmentVariable') return environment(first, undefined);
  if (readsEnvironment(name) && (object === null || /env/i.test(shortText(object))))
    return environment(first, second);
  // DotNetEnv, which reads a `.env`.
  if (owner === 'Env' && name === 'GetString') return environment(first, second);
  if (/^ReadAllText(?:Async)?$/.test(name) || (object === null && second === undefined && readsFile(name)))
    return { kind: 'readFile', path: first };
  if (owner === 'Path' && /^(?:Combine|Join)$/.test(name)) {
    const parts = isRunFolder(first) ? given.slice(1) : given;
    return { kind: 'path', parts, fromFile: false };
  }
  if ((owner === 'Path' && name === 'GetFullPath') || name === 'MapPath')
    return { kind: 'wrapped', inner: first };
  if (object !== null && /^(?:GetValue|GetRequiredValue)$/.test(name)) return lookUp(object, first, second);
  return { kind: 'other' };
}

function isRunFolder(node: Node): boolean {
  return RUN_FOLDER.test(shortText(node).replace(/\s+/g, ''));
}

function environment(name: Node, fallback: Node | undefined): Expression {
  const text = literalText(name);
  return {
    kind: 'lookup',
    lookup: { in: 'environment', name: text ?? '' },
    ...(text === undefined ? { named: name } : {}),
    ...(fallback === undefined ? {} : { fallback }),
  };
}

function lookUp(object: Node, key: Node, fallback: Node | undefined): Expression {
  const section = sectionOf(object);
  // Of a section that comes from elsewhere, where it begins is not known.
  if (section === undefined && !/^(?!.*section).*(?:conf|cfg|settings)/i.test(shortText(object)))
    return { kind: 'other' };
  const text = literalText(key);
  const rest = fallback === undefined ? {} : { fallback };
  if (text !== undefined)
    return { ...settings(section === undefined ? text : `${section}:${text}`), ...rest };
  return { kind: 'lookup', lookup: { in: 'settings', name: '' }, named: key, ...rest };
}

/** `A:B` of `configuration.GetSection("A").GetSection("B")`, or of a variable that holds that and nothing else. */
function sectionOf(section: Node, depth = 0): string | undefined {
  if (depth > MAX_SECTIONS) return undefined;
  if (section.type !== 'invocation_expression') {
    const [held, ...others] = heldBy(section);
    return held === undefined || others.length > 0 ? undefined : sectionOf(held, depth + 1);
  }
  const callee = section.childForFieldName('function');
  if (
    callee?.type !== 'member_access_expression' ||
    !/^Get(?:Required)?Section$/.test(fieldText(callee, 'name'))
  )
    return undefined;
  const own = literalText(argumentsOf(section)[0]);
  const object = callee.childForFieldName('expression');
  const outer = object === null ? undefined : sectionOf(object, depth + 1);
  return own === undefined || outer === undefined ? own : `${outer}:${own}`;
}

/** What calls give to the variables of a file, by name: read once, as a file may have many look-ups. */
const held = new WeakMap<Node['tree'], ReadonlyMap<string, readonly Node[]>>();

/** All that is written into the variables of a name, in the whole file. */
function heldBy(variable: Node): readonly Node[] {
  const known = held.get(variable.tree) ?? valuesByName(variable.tree.rootNode);
  held.set(variable.tree, known);
  return known.get(nameOf(shortText(variable))) ?? [];
}

function valuesByName(root: Node): ReadonlyMap<string, readonly Node[]> {
  const values = new Map<string, Node[]>();
  for (const one of nodesOf(root, ['variable_declarator', 'assignment_expression'])) {
    const isDeclared = one.type === 'variable_declarator';
    const name = nameOf(fieldText(one, isDeclared ? 'name' : 'left'));
    const value = isDeclared ? operands(one).at(-1) : one.childForFieldName('right');
    if (value == null || (isDeclared && operands(one).length < 2)) continue;
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

function nameOf(variable: string): string {
  return variable.replace(/^this\./, '');
}

/** A setting has the same name in JSON files, where a colon is the step into an object. */
function settings(name: string): Extract<Expression, { kind: 'lookup' }> {
  return { kind: 'lookup', lookup: { in: 'settings', name: name.replaceAll(':', '.') } };
}
