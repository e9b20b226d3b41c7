import type { Node } from 'web-tree-sitter';
import { readsEnvironment, readsFile } from '../code/helperNames';
import type { Expression } from '../code/language';
import { fieldText, operands } from '../code/tree';
import { innermost, shortText } from '../code/wrapped';
import { decodePhpString } from './literal';

/** What stands inside a literal that has no variables in it. */
const PLAIN = /^(?:string_content|escape_sequence|heredoc_body|heredoc_start|heredoc_end)$/;
/** No array that people write nests deeper. */
export const MAX_DEPTH = 20;
const KEEPERS = /^(?:trim|rtrim|ltrim|strval|realpath)$/;
const BUILDERS = /^(?:v?sprintf|implode|join|str_replace|json_encode|strtr|base64_decode)$/;
/** Folders of Laravel's helpers below the project's folder. */
const HELPER_FOLDERS: Readonly<Record<string, string>> = {
  base_path: '',
  storage_path: 'storage',
  resource_path: 'resources',
  config_path: 'config',
  app_path: 'app',
  database_path: 'database',
  public_path: 'public',
};

/** The project's folder, as PHP itself and the frameworks name it. */
const RUN_FOLDER =
  /^(?:getcwd\(\)|\\?(?:BASE|ROOT|APP_ROOT)(?:_?PATH|_DIR)|(?:root|base)_path\(\)|app\(\)->(?:getRootPath|basePath)\(\)|\\?Yii::getAlias\(['"]@app['"]\)|.*(?:getParameter\(['"]kernel\.project_dir['"]\)|->getProjectDir\(\)))$/;

/** What an expression of PHP is. Variables have their `$`, constants and fields have none. */
export function readExpression(node: Node): Expression {
  switch (node.type) {
    case 'string':
    case 'nowdoc':
      return literal(node);
    case 'encapsed_string':
    case 'heredoc':
      return hasHole(node) ? { kind: 'interpolated' } : literal(node);
    case 'null':
      return { kind: 'nothing' };
    case 'parenthesized_expression':
    case 'cast_expression':
    case 'error_suppression_expression':
    case 'argument': {
      const inner = operands(node).at(-1);
      return inner === undefined ? { kind: 'other' } : { kind: 'wrapped', inner };
    }
    case 'variable_name':
      // `global $x` and `use ($x)` read nothing yet.
      return /^(?:global_declaration|anonymous_function_use_clause)$/.test(node.parent?.type ?? '')
        ? { kind: 'other' }
        : { kind: 'name', name: node.text };
    case 'name':
    case 'qualified_name':
      return readName(node);
    case 'class_constant_access_expression': {
      const [owner, name] = operands(node);
      return owner === undefined || name === undefined
        ? { kind: 'other' }
        : { kind: 'name', name: name.text, owner: lastName(owner.text) };
    }
    case 'member_access_expression':
    case 'nullsafe_member_access_expression':
    case 'scoped_property_access_expression': {
      const owner = fieldText(node, 'object') || lastName(fieldText(node, 'scope'));
      return { kind: 'name', name: fieldText(node, 'name'), owner };
    }
    case 'subscript_expression':
      return readSubscript(node);
    case 'binary_expression':
      return readBinary(node);
    case 'conditional_expression':
      return readConditional(node);
    case 'function_call_expression':
    case 'scoped_call_expression':
    case 'member_call_expression':
      return readCall(node);
    default:
      return { kind: 'other' };
  }
}

/** The text of a key or an argument that is a literal. */
export function literalText(node: Node | undefined): string | undefined {
  const is = node === undefined ? undefined : readExpression(innermost(node, readExpression));
  return is?.kind === 'literal' ? is.value : undefined;
}

/** `A\B\C` and `\C` without what stands before the last part. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('\\') + 1);
}

/** Path of a member of an array, as the owner of its members: `$config['kms']` is `$config.kms`. */
function ownerPath(node: Node, depth = 0): string | undefined {
  if (node.type === 'variable_name' || depth > MAX_DEPTH)
    return node.type === 'variable_name' ? node.text : undefined;
  const [base, index] = node.type === 'subscript_expression' ? operands(node) : [];
  const path = base === undefined ? undefined : ownerPath(base, depth + 1);
  const key = literalText(index);
  return path === undefined || key === undefined ? undefined : `${path}.${key}`;
}

function literal(node: Node): Expression {
  const value = decodePhpString(node.text);
  return value === undefined ? { kind: 'interpolated' } : { kind: 'literal', value };
}

function hasHole(node: Node): boolean {
  return operands(node).some(
    (part) => !PLAIN.test(part.type) || operands(part).some((inner) => !PLAIN.test(inner.type)),
  );
}

function readName(node: Node): Expression {
  const name = lastName(node.text);
  const above = node.parent;
  if (above?.type === 'variable_name') return { kind: 'other' };
  // The folder that a helper of Laravel stands for, as a part of the path.
  if (above?.type === 'function_call_expression' && above.childForFieldName('function')?.id === node.id) {
    const folder = HELPER_FOLDERS[name];
    return folder === undefined ? { kind: 'other' } : { kind: 'literal', value: folder };
  }
  return /^__\w+__$/.test(name) ? { kind: 'other' } : { kind: 'name', name };
}

function readSubscript(node: Node): Expression {
  const [base, index] = operands(node);
  if (base === undefined || index === undefined) return { kind: 'other' };
  const key = literalText(index);
  if (/^\$_(?:ENV|SERVER)$/.test(base.text))
    return {
      kind: 'lookup',
      lookup: { in: 'environment', name: key ?? '' },
      ...(key === undefined ? { named: index } : {}),
    };
  const owner = ownerPath(base);
  return owner === undefined || key === undefined ? { kind: 'other' } : { kind: 'name', name: key, owner };
}

function readBinary(node: Node): Expression {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left === null || right === null) return { kind: 'other' };
  const operator = node.childForFieldName('operator')?.type;
  if (operator === '??') return withFallback(left, right);
  if (operator !== '.') return { kind: 'other' };
  const [folder, ...parts] = leavesOf(node);
  if (folder === undefined) return { kind: 'join', parts: [left, right] };
  if (isRunFolder(folder)) return { kind: 'path', parts, fromFile: false, fromRun: true };
  const helper = folder.childForFieldName('function');
  if (helper !== null && HELPER_FOLDERS[helper.text] !== undefined && isCalledPlainly(folder))
    return { kind: 'path', parts: [helper, ...parts], fromFile: false };
  if (!isHere(folder) && levelsUp(folder) === 0) return { kind: 'join', parts: [left, right] };
  return { kind: 'path', parts: isHere(folder) ? parts : [folder, ...parts], fromFile: true };
}

function leavesOf(node: Node): readonly Node[] {
  const leaves: Node[] = [];
  let at: Node | null = node;
  while (at?.type === 'binary_expression' && at.childForFieldName('operator')?.type === '.') {
    const right = at.childForFieldName('right');
    if (right !== null) leaves.unshift(right);
    at = at.childForFieldName('left');
  }
  return at === null ? leaves : [at, ...leaves];
}

function isHere(node: Node): boolean {
  return /^(?:__DIR__|dirname\(\s*__FILE__\s*\))$/i.test(shortText(node));
}

function isCalledPlainly(call: Node): boolean {
  return operands(call.childForFieldName('arguments')).length === 0;
}

function isRunFolder(node: Node): boolean {
  return RUN_FOLDER.test(shortText(node).replace(/\s+/g, ''));
}

/** How many folders `dirname(__DIR__, 2)` goes up. */
function levelsUp(node: Node): number {
  const given = /^dirname\(\s*(.*?)\s*(?:,\s*(\d)\s*)?\)$/i.exec(shortText(node));
  if (given === null) return 0;
  const [, inner = '', levels = '1'] = given;
  if (/^__DIR__$/i.test(inner)) return Number(levels);
  if (/^__FILE__$/i.test(inner)) return Number(levels) - 1;
  const nested = operands(operands(node.childForFieldName('arguments'))[0] ?? null)[0];
  if (nested === undefined) return 0;
  return isHere(nested) ? Number(levels) : levelsUp(nested) > 0 ? levelsUp(nested) + Number(levels) : 0;
}

function readConditional(node: Node): Expression {
  const condition = node.childForFieldName('condition');
  const alternative = node.childForFieldName('alternative');
  const isShort = node.childForFieldName('body') === null;
  return isShort && condition !== null && alternative !== null
    ? withFallback(condition, alternative)
    : { kind: 'choice' };
}

function withFallback(looked: Node, fallback: Node): Expression {
  const is = readExpression(innermost(looked, readExpression));
  return is.kind === 'lookup' && is.fallback === undefined ? { ...is, fallback } : { kind: 'choice' };
}

function readCall(node: Node): Expression {
  const [first, second] = operands(node.childForFieldName('arguments'));
  const scope = lastName(fieldText(node, 'scope'));
  const object = fieldText(node, 'object');
  const name = lastName(fieldText(node, 'function') || fieldText(node, 'name'));
  if (first === undefined) return { kind: 'other' };
  if (levelsUp(node) > 0) return { kind: 'literal', value: Array(levelsUp(node)).fill('..').join('/') };
  if (scope === '' && object === '') {
    if (KEEPERS.test(name)) return { kind: 'wrapped', inner: first };
    if (BUILDERS.test(name)) return { kind: 'interpolated' };
    if (name === 'file_get_contents' || (second === undefined && readsFile(name)))
      return { kind: 'readFile', path: first };
    const helper = node.childForFieldName('function');
    const folder = HELPER_FOLDERS[name];
    if (folder !== undefined && helper !== null)
      return { kind: 'path', parts: folder === '' ? [first] : [helper, first], fromFile: false };
  }
  if (scope === 'File' && name === 'get') return { kind: 'readFile', path: first };
  const place = placeOfLookup(scope, object, name);
  if (place === undefined) return { kind: 'other' };
  const text = literalText(first);
  return {
    kind: 'lookup',
    lookup: { in: place, name: text ?? '' },
    ...(text === undefined ? { named: first } : {}),
    ...(second === undefined || name === 'getenv' ? {} : { fallback: second }),
  };
}

/** Where a call looks its first argument up. */
function placeOfLookup(
  scope: string,
  object: string,
  name: string,
): 'environment' | 'settings' | 'either' | undefined {
  if (scope === '' && object === '') {
    if (readsEnvironment(name)) return 'environment';
    return name === 'config' ? 'settings' : undefined;
  }
  if (!/^(?:get|getParameter|getString)$/.test(name)) return undefined;
  if (/^Env$/.test(scope)) return 'environment';
  return /^Config$/.test(scope) || /config|param|container/i.test(object) ? 'either' : undefined;
}
