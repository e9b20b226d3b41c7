import type { Node } from 'web-tree-sitter';
import { readsEnvironment, readsFile } from '../code/helperNames';
import type { Expression } from '../code/language';
import { fieldText, operands } from '../code/tree';
import { innermost, shortText } from '../code/wrapped';
import { decodeJavaScriptString } from './literal';
import { isPathCall, readBelow, readPath } from './paths';

const WRAPPERS = [
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'await_expression',
];
/** The form of the text in a template behind a hole: it has no quotes of its own. */
export const FRAGMENT = 'fragment';

const READERS = /^(?:(?:\w+\.)*(?:readFileSync|readFile|readTextFile|readTextFileSync)|Bun\.file)$/;
const WRAPPING_CALLS = /^(?:String|(?:\w+\.)?(?:fileURLToPath|normalize|secret|toNamespacedPath))$/;
const KEEPERS = /^(?:trim|trimEnd|trimStart|toString|text|valueOf)$/;
/** An object of the file itself with that name. */
const OWN_ENV = /\b(?:const|let|var)\s+env\b[^=;]*=\s*(?:Object\.freeze\()?\{/;

/** What an expression of JavaScript or TypeScript is. */
export function readExpression(node: Node): Expression {
  switch (node.type) {
    case 'string':
    case 'template_string':
      return readString(node);
    case 'string_fragment':
      return readFragment(node);
    case 'null':
    case 'undefined':
      return { kind: 'nothing' };
    case 'identifier':
    case 'shorthand_property_identifier':
      return node.text === 'undefined' ? { kind: 'nothing' } : { kind: 'name', name: node.text };
    case 'shorthand_property_identifier_pattern':
    case 'pair_pattern':
      return readPattern(node);
    case 'binary_expression':
      return readBinary(node);
    case 'ternary_expression':
      return { kind: 'choice' };
    case 'member_expression':
    case 'subscript_expression':
      return readMember(node);
    case 'call_expression':
      return readCall(node);
    case 'new_expression':
      return readNew(node);
    default: {
      const inner = WRAPPERS.includes(node.type) ? innerOf(node) : undefined;
      return inner === undefined ? { kind: 'other' } : { kind: 'wrapped', inner };
    }
  }
}

/** What stands in parentheses, casts, `Object.freeze(…)`. */
export function unwrap(node: Node): Node {
  let inner = node;
  for (let step = 0; step < 50; step += 1) {
    const next =
      inner.type === 'call_expression' &&
      /^(?:Object\.freeze|Object\.seal)$/.test(fieldText(inner, 'function'))
        ? operands(inner.childForFieldName('arguments'))[0]
        : WRAPPERS.includes(inner.type)
          ? innerOf(inner)
          : undefined;
    if (next === undefined) return inner;
    inner = next;
  }
  return inner;
}

/** Whether this is the object of the environment's variables. */
export function isEnvironment(node: Node): boolean {
  const text = shortText(node);
  return /^(?:process\s*\??\.\s*env|import\.meta\.env|Bun\.env)$/.test(text);
}

function innerOf(node: Node): Node | undefined {
  const inside = operands(node);
  return node.type === 'type_assertion' ? inside[1] : inside[0];
}

function readString(node: Node): Expression {
  const holes = operands(node).filter((part) => part.type === 'template_substitution');
  if (holes.length === 0) {
    const value = decodeJavaScriptString(node.text);
    return value === undefined ? { kind: 'interpolated' } : { kind: 'literal', value };
  }
  // `${__dirname}/keys/x.json`
  const [hole, fragment, ...more] = operands(node);
  const folder = hole?.type === 'template_substitution' ? operands(hole)[0] : undefined;
  if (folder !== undefined && fragment === undefined) return { kind: 'wrapped', inner: folder };
  const isPath = fragment?.type === 'string_fragment' && more.length === 0 && /^[\\/]/.test(fragment.text);
  if (fragment === undefined || folder === undefined || !isPath) return { kind: 'interpolated' };
  return readBelow(folder, fragment) ?? { kind: 'interpolated' };
}

function readFragment(node: Node): Expression {
  const value = decodeJavaScriptString(`\`${node.text}\``);
  return value === undefined ? { kind: 'other' } : { kind: 'literal', value, form: FRAGMENT };
}

/** A name that is taken out of `process.env`, with its default. */
function readPattern(node: Node): Expression {
  const key = node.type === 'pair_pattern' ? fieldText(node, 'key') : node.text;
  const assigned = node.type === 'pair_pattern' ? node.childForFieldName('value') : node.parent;
  const fallback = /assignment_pattern$/.test(assigned?.type ?? '')
    ? assigned?.childForFieldName('right')
    : null;
  return {
    kind: 'lookup',
    lookup: { in: 'environment', name: key.replace(/^["']|["']$/g, '') },
    ...(fallback == null ? {} : { fallback }),
  };
}

function readBinary(node: Node): Expression {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator')?.type;
  if (left === null || right === null) return { kind: 'other' };
  if (operator === '||' || operator === '??') {
    const lookup = readLookup(left);
    return lookup === undefined ? { kind: 'choice' } : { ...lookup, fallback: right };
  }
  if (operator !== '+') return { kind: 'other' };
  return readBelow(left, right) ?? { kind: 'join', parts: [left, right] };
}

function readLookup(node: Node): Extract<Expression, { kind: 'lookup' }> | undefined {
  const is = readExpression(innermost(node, readExpression));
  return is.kind === 'lookup' && is.fallback === undefined ? is : undefined;
}

function readMember(node: Node): Expression {
  const object = node.childForFieldName('object');
  if (object === null) return { kind: 'other' };
  const index = node.childForFieldName('index');
  const key = index === null ? fieldText(node, 'property') : decodeJavaScriptString(index.text);
  if (isEnvironment(object)) {
    if (key !== undefined) return { kind: 'lookup', lookup: { in: 'environment', name: key } };
    return index === null
      ? { kind: 'other' }
      : { kind: 'lookup', lookup: { in: 'environment', name: '' }, named: index };
  }
  // `const env = process.env`, `import { env } from 'node:process'`
  if (
    shortText(object) === 'env' &&
    /^[A-Z][A-Z0-9_]+$/.test(key ?? '') &&
    !OWN_ENV.test(node.tree.rootNode.text)
  )
    return { kind: 'lookup', lookup: { in: 'environment', name: key ?? '' } };
  if (key === undefined || !/^[\w$.]+$/.test(shortText(object))) return { kind: 'other' };
  return { kind: 'name', name: key, owner: shortText(object) };
}

function readCall(node: Node): Expression {
  const callee = node.childForFieldName('function');
  const list = node.childForFieldName('arguments');
  // A tagged template makes of its text what it likes.
  if (callee === null || list?.type !== 'arguments') return { kind: 'interpolated' };
  const given = operands(list);
  const [first] = given;
  const name = shortText(callee).replace(/\s+/g, '');
  const object = callee.childForFieldName('object');
  const method = object === null ? '' : fieldText(callee, 'property');
  if (KEEPERS.test(method) && object !== null) return { kind: 'wrapped', inner: object };
  if (/^(?:concat|format|replace|replaceAll)$/.test(method)) return { kind: 'interpolated' };
  if (first === undefined) return { kind: 'other' };
  if (name === 'JSON.stringify') return readStringified(first);
  if (READERS.test(name) || (object === null && given.length === 1 && readsFile(name)))
    return { kind: 'readFile', path: first };
  if (isPathCall(name, given)) return readPath(given);
  if (name === 'require.resolve') return { kind: 'path', parts: [first], fromFile: true };
  if (WRAPPING_CALLS.test(name)) return { kind: 'wrapped', inner: first };
  const place = placeOfLookup(object === null ? '' : shortText(object) || '.', method, name);
  return place === undefined ? { kind: 'other' } : lookup(place, given);
}

/** `JSON.stringify(require('./x.json'))` is the content of that file again. */
function readStringified(object: Node): Expression {
  const [path] = operands(object.childForFieldName('arguments'));
  const isRequired = object.type === 'call_expression' && fieldText(object, 'function') === 'require';
  return isRequired && path !== undefined ? { kind: 'readFile', path } : { kind: 'interpolated' };
}

/** Where a call looks its first argument up. `map.get('x')` is no setting. */
function placeOfLookup(object: string, method: string, name: string): 'environment' | 'either' | undefined {
  if (object === '') return readsEnvironment(name) ? 'environment' : undefined;
  if (readsEnvironment(method) || (method === 'get' && /env/i.test(object))) return 'environment';
  return /^(?:get|getOrThrow)$/.test(method) && /conf|setting/i.test(object) ? 'either' : undefined;
}

function lookup(place: 'environment' | 'either', [name, fallback]: readonly Node[]): Expression {
  const text = name === undefined ? undefined : decodeJavaScriptString(name.text);
  return {
    kind: 'lookup',
    lookup: { in: place, name: text ?? '' },
    ...(text === undefined && name !== undefined ? { named: name } : {}),
    ...(fallback === undefined ? {} : { fallback }),
  };
}

function readNew(node: Node): Expression {
  const [first, second] = operands(node.childForFieldName('arguments'));
  const type = fieldText(node, 'constructor');
  if (first === undefined) return { kind: 'other' };
  if (type === 'String') return { kind: 'wrapped', inner: first };
  if (type !== 'URL') return { kind: 'other' };
  if (second === undefined) return { kind: 'wrapped', inner: first };
  return second.text === 'import.meta.url'
    ? { kind: 'path', parts: [first], fromFile: true }
    : { kind: 'interpolated' };
}
