import type { Node } from 'web-tree-sitter';
import { readsEnvironment, readsFile } from '../code/helperNames';
import type { Expression } from '../code/language';
import { callName } from '../code/returned';
import { fieldText, operands } from '../code/tree';
import { folderOfFile } from './fileFolder';
import { decodePythonString } from './literal';

const SAME_AS_OBJECT =
  /^(?:[lr]?strip|decode|encode|removesuffix|resolve|absolute|as_posix|expanduser|__str__|replace|splitlines)$/;
const SAME_AS_ARGUMENT =
  /^(?:str|bytes|unicode|text_type|SecretStr|open|PurePath|Path|PosixPath|abspath|realpath|normpath|expanduser|expandvars|fspath|to_text)$/;
const OTHER: Expression = { kind: 'other' };
/** The folder that the program runs in. */
const RUN_FOLDER: Expression = { kind: 'path', parts: [], fromFile: false, fromRun: true };
const IS_RUN_FOLDER = /^(?:os\.getcwdu?|(?:pathlib\.)?Path(?:\.cwd)?)\(\)$/;

/** What a Python expression is, as far as values go. */
export function readPython(node: Node): Expression {
  const up = folderOfFile(node);
  if (up !== undefined) return up < 0 ? OTHER : { kind: 'path', parts: [], fromFile: true, up };
  switch (node.type) {
    case 'none':
      return { kind: 'nothing' };
    case 'string':
      return readString(node);
    case 'concatenated_string':
      return { kind: 'join', parts: operands(node) };
    case 'binary_operator':
      return readOperator(node);
    case 'parenthesized_expression':
      return wrapped(operands(node)[0]);
    case 'named_expression':
      return wrapped(node.childForFieldName('value'));
    case 'conditional_expression': {
      const [one, , other] = operands(node);
      return one === undefined || other === undefined ? OTHER : { kind: 'choice', options: [one, other] };
    }
    case 'boolean_operator':
      return readOr(node);
    case 'identifier':
      return { kind: 'name', name: node.text };
    case 'attribute': {
      // Between the parts of a path, nothing more than a slash.
      if (/^os\.(?:path\.)?sep$/.test(node.text)) return RUN_FOLDER;
      const object = node.childForFieldName('object');
      const name = fieldText(node, 'attribute');
      return object?.type === 'identifier' ? { kind: 'name', name, owner: object.text } : OTHER;
    }
    case 'subscript':
      return readSubscript(node);
    case 'call':
      return readCall(node);
    default:
      return OTHER;
  }
}

function wrapped(inner: Node | null | undefined): Expression {
  return inner === null || inner === undefined ? OTHER : { kind: 'wrapped', inner };
}

function readString(node: Node): Expression {
  if (operands(node).some((child) => child.type === 'interpolation')) return { kind: 'interpolated' };
  const value = decodePythonString(node.text);
  return value === undefined ? { kind: 'interpolated' } : { kind: 'literal', value };
}

function readOperator(node: Node): Expression {
  const operator = node.childForFieldName('operator')?.type;
  if (operator === '+') return { kind: 'join', parts: operands(node) };
  if (operator === '%') return { kind: 'interpolated' };
  return operator === '/' ? { kind: 'path', parts: operands(node), fromFile: false } : OTHER;
}

/** `os.getenv("X") or "default"` */
function readOr(node: Node): Expression {
  const [left, right] = operands(node);
  if (left === undefined || right === undefined || fieldText(node, 'operator') !== 'or')
    return { kind: 'choice' };
  const read = readPython(left);
  return read.kind === 'lookup' && read.fallback === undefined
    ? { ...read, fallback: right }
    : { kind: 'choice', options: [left, right] };
}

/** `os.environ["X"]`, or `settings["x"]` of a dictionary of this file. */
function readSubscript(node: Node): Expression {
  const object = node.childForFieldName('value');
  const named = node.childForFieldName('subscript');
  if (object === null || named === null) return OTHER;
  if (/(?:^|\.)environb?$/.test(object.text)) return lookup(named, undefined);
  if (named.type === 'integer' || named.type === 'slice') return wrapped(object);
  const key = readPython(named);
  return object.type === 'identifier' && key.kind === 'literal'
    ? { kind: 'name', name: key.value, owner: object.text }
    : OTHER;
}

/** Arguments by position and by name. */
export function argumentsOf(call: Node): readonly { readonly name?: string; readonly value: Node }[] {
  return operands(call.childForFieldName('arguments')).flatMap((given) => {
    if (given.type !== 'keyword_argument') return /splat/.test(given.type) ? [] : [{ value: given }];
    const value = given.childForFieldName('value');
    return value === null ? [] : [{ name: fieldText(given, 'name'), value }];
  });
}

/** What a call calls: `os.path` and `join`. */
export function calledName(call: Node): { readonly object: Node | undefined; readonly name: string } {
  const called = call.childForFieldName('function');
  if (called?.type === 'attribute')
    return { object: called.childForFieldName('object') ?? undefined, name: fieldText(called, 'attribute') };
  return { object: undefined, name: called?.type === 'identifier' ? called.text : '' };
}

function readCall(node: Node): Expression {
  if (IS_RUN_FOLDER.test(node.text)) return RUN_FOLDER;
  const { object, name } = calledName(node);
  const given = argumentsOf(node);
  const first = given.find((one) => one.name === undefined)?.value;
  const holder = object?.text ?? '';
  const at = readEnvironment(holder, name, given, first);
  if (at !== undefined) return at;
  if (name === 'format' || (name === 'join' && object?.type === 'string')) return { kind: 'interpolated' };
  if (name === 'join' && /(?:^|\.)path$/.test(holder)) return pathOf(given.map(({ value }) => value));
  if (object !== undefined && /^(?:read|readline|readlines|read_text|read_bytes)$/.test(name))
    return { kind: 'readFile', path: object };
  if (object !== undefined && name === 'joinpath')
    return pathOf([object, ...given.map(({ value }) => value)]);
  if (object !== undefined && SAME_AS_OBJECT.test(name)) return wrapped(object);
  if (first === undefined) {
    if (given.length > 0) return OTHER;
    if (object === undefined) return { kind: 'name', name: callName(name) };
    return object.type === 'identifier' ? { kind: 'name', name: callName(name), owner: object.text } : OTHER;
  }
  if (object === undefined && given.length === 1 && readsFile(name)) return { kind: 'readFile', path: first };
  if (/^(?:PurePath|Path|PosixPath)$/.test(name) && given.length > 1)
    return pathOf(given.map(({ value }) => value));
  return SAME_AS_ARGUMENT.test(name) ? wrapped(first) : OTHER;
}

/** The working folder in front says nothing. */
function pathOf(parts: readonly Node[]): Expression {
  const [first, ...rest] = parts;
  return first !== undefined && IS_RUN_FOLDER.test(first.text)
    ? { kind: 'path', parts: rest, fromFile: false, fromRun: true }
    : { kind: 'path', parts, fromFile: false };
}

function readEnvironment(
  holder: string,
  name: string,
  given: ReturnType<typeof argumentsOf>,
  first: Node | undefined,
): Expression | undefined {
  if (first === undefined) return undefined;
  const positional = given.filter((one) => one.name === undefined);
  const fallback = given.find((one) => one.name === 'default')?.value ?? positional[1]?.value;
  const isEnviron = /(?:^|\.)environb?$/.test(holder) && /^(?:get|pop|setdefault)$/.test(name);
  const isDecouple = holder === '' && name === 'config' && readPython(first).kind === 'literal';
  const isEnv = /^env$/.test(holder) && /^(?:str|path|get)$/.test(name);
  if (isEnviron || isDecouple || isEnv || (positional.length <= 2 && readsEnvironment(name)))
    return lookup(first, fallback);
  return undefined;
}

function lookup(named: Node, fallback: Node | undefined): Expression {
  const by = { in: 'environment', name: '' } as const;
  return { kind: 'lookup', lookup: by, named, ...(fallback === undefined ? {} : { fallback }) };
}
