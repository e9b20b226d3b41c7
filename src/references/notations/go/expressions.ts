import type { Node } from 'web-tree-sitter';
import { readsEnvironment, readsFile } from '../code/helperNames';
import type { Expression } from '../code/language';
import { callName } from '../code/returned';
import { fieldText, operands } from '../code/tree';
import { decodeGoString } from './literal';

/** `tea.String("…")`, `dara.String`, `ptr.To`, `strPtr`: pointers to a value and back. */
const POINTER =
  /^(?:\w*str(?:ing)?_?(?:ptr|pointer|value)?|to_?ptr|\w*ptr(?:to|of)?|pointer(?:to|of)?|to|of)$/i;
/** Functions of `strings`, `bytes`, `filepath` that give their argument, as far as a password or a path goes. */
const SAME_AS_ARGUMENT = /^(?:Trim\w*|Clean|Abs|FromSlash|ToSlash|EvalSymlinks|Clone)$/;
/** Settings of `viper` and the like. */
const SETTING = /^(?:GetString|MustString|String)$/;
const OTHER: Expression = { kind: 'other' };
const RUN_FOLDER: Expression = { kind: 'path', parts: [], fromFile: false, fromRun: true };

/** What a Go expression is, as far as values go. */
export function readGo(node: Node): Expression {
  switch (node.type) {
    case 'interpreted_string_literal':
    case 'raw_string_literal': {
      const bound = node.parent?.type === 'field_declaration' ? environmentTag(node.text) : undefined;
      if (bound !== undefined) return { kind: 'lookup', lookup: { in: 'environment', name: bound } };
      const value = decodeGoString(node.text);
      return value === undefined ? { kind: 'interpolated' } : { kind: 'literal', value };
    }
    case 'nil':
      return { kind: 'nothing' };
    case 'identifier':
      return { kind: 'name', name: node.text };
    case 'selector_expression': {
      const operand = node.childForFieldName('operand');
      const name = fieldText(node, 'field');
      return operand?.type === 'identifier' ? { kind: 'name', name, owner: operand.text } : OTHER;
    }
    case 'parenthesized_expression':
      return wrapped(operands(node)[0]);
    case 'unary_expression':
    case 'type_conversion_expression':
      return wrapped(node.childForFieldName('operand'));
    case 'binary_expression':
      return node.childForFieldName('operator')?.type === '+'
        ? { kind: 'join', parts: operands(node) }
        : OTHER;
    case 'call_expression':
      return readCall(node);
    default:
      return OTHER;
  }
}

/** The variable that fills a field with the tag `env:"X"` or the like. */
function environmentTag(tag: string): string | undefined {
  return /\benv(?:config)?:"(\w+)/.exec(tag)?.[1];
}

function wrapped(inner: Node | null | undefined): Expression {
  return inner === null || inner === undefined ? OTHER : { kind: 'wrapped', inner };
}

/** The package or object that a function is called on, and its name. */
export function calledName(call: Node): { readonly holder: string; readonly name: string } {
  const called = call.childForFieldName('function');
  if (called?.type === 'selector_expression')
    return { holder: fieldText(called, 'operand'), name: fieldText(called, 'field') };
  return { holder: '', name: called?.type === 'identifier' ? called.text : '' };
}

function readCall(node: Node): Expression {
  const { holder, name } = calledName(node);
  const given = operands(node.childForFieldName('arguments'));
  const [first, second] = given;
  if (holder === 'os' && name === 'Getwd') return RUN_FOLDER;
  if (holder === 'fmt' || (holder === 'strings' && name === 'Join')) return { kind: 'interpolated' };
  // Between the parts of a path, nothing more than a slash.
  if (name === 'string' && /\.(?:Path)?Separator$/.test(first?.text ?? '')) return RUN_FOLDER;
  if (first === undefined) return holder === '' ? { kind: 'name', name: callName(name) } : OTHER;
  if (/^(?:file)?path$/.test(holder) && name === 'Join')
    return { kind: 'path', parts: given, fromFile: false };
  if (holder === 'cmp' && name === 'Or' && second !== undefined) {
    const read = readGo(first);
    return read.kind === 'lookup' ? { ...read, fallback: second } : { kind: 'choice' };
  }
  if (given.length <= 2 && readsEnvironment(name)) return lookup('environment', first, second);
  if (/^p?flag$/.test(holder) && name === 'String') return lookup('settings', first, second);
  if (given.length === 1 && SETTING.test(name) && /viper|conf|cfg|setting/i.test(holder) && isText(first))
    return lookup('settings', first, undefined);
  if (/^(?:os|ioutil)$/.test(holder) && name === 'ReadFile') return { kind: 'readFile', path: first };
  if (given.length === 1 && readsFile(name)) return { kind: 'readFile', path: first };
  if (/^(?:strings|bytes|filepath|path)$/.test(holder) && SAME_AS_ARGUMENT.test(name)) return wrapped(first);
  return given.length === 1 && POINTER.test(name) ? wrapped(first) : OTHER;
}

function isText(node: Node): boolean {
  return /string_literal|identifier|selector/.test(node.type);
}

function lookup(where: 'environment' | 'settings', named: Node, fallback: Node | undefined): Expression {
  const by = { in: where, name: '' };
  return { kind: 'lookup', lookup: by, named, ...(fallback === undefined ? {} : { fallback }) };
}
