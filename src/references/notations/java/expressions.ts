import type { Node } from 'web-tree-sitter';
import { readsEnvironment, readsFile } from '../code/helperNames';
import type { Expression } from '../code/language';
import { callName } from '../code/returned';
import { fieldText, operands } from '../code/tree';
import { decodeJavaString } from './literal';
import { readSpring } from './spring';

/** Methods that give the text they are called on, as far as a password or a path goes. */
const SAME_AS_OBJECT =
  /^(?:trim|strip|stripIndent|stripTrailing|toString|intern|toCharArray|getBytes|toAbsolutePath|normalize|toRealPath|toFile|toPath|getPath|getFile|getAbsolutePath|getCanonicalPath|toURI|toUri|getURI|getURL|getInputStream|openStream|toExternalForm|findFirst|orElseThrow)$/;
/** Functions that give their argument. */
const SAME_AS_ARGUMENT =
  /^(?:valueOf|requireNonNull|trim|trimToNull|trimToEmpty|strip|checkNotNull|newInputStream|newBufferedReader|wrap|asCharSource|asByteSource)$/;
/** Functions that read a file or stream given first; `toString` and the like do where one is given. */
const READS =
  /^(?:readString|readAllBytes|readAllLines|lines|readFileToString|readFileToByteArray|readUtf8Str(?:ing)?|readUtf8|readStr|copyToString|copyToByteArray|toByteArray|readFully|readFirstLine|readLines)$/;
/** Methods of what is opened. */
const READS_OBJECT = /^(?:readAllBytes|readLine|nextLine|next|read|readNBytes|getContentAsString)$/;
const OPENED =
  /^(?:FileInputStream|FileReader|InputStreamReader|BufferedReader|BufferedInputStream|Scanner|ClassPathResource|FileSystemResource)$/;
const RUN_FOLDER: Expression = { kind: 'path', parts: [], fromFile: false, fromRun: true };
const WITH_DEFAULT =
  /^(?:requireNonNullElse|defaultString|defaultIfEmpty|defaultIfBlank|firstNonNull|firstNonEmpty)$/;
const SETTING = /^(?:getProperty|getRequiredProperty)$/;
const SETTINGS_OBJECT = /prop|conf|setting|env|bundle/i;
const OTHER: Expression = { kind: 'other' };

/** What a Java expression is, as far as values go. */
export function readJava(node: Node): Expression {
  switch (node.type) {
    case 'null_literal':
      return { kind: 'nothing' };
    case 'parenthesized_expression':
    case 'cast_expression':
      return wrapped(node.childForFieldName('value') ?? operands(node)[0]);
    case 'assignment_expression':
      return wrapped(node.childForFieldName('right'));
    case 'string_literal': {
      const value = decodeJavaString(node.text);
      return value === undefined ? { kind: 'interpolated' } : { kind: 'literal', value };
    }
    case 'template_expression':
      return { kind: 'interpolated' };
    case 'binary_expression':
      return node.childForFieldName('operator')?.type === '+'
        ? { kind: 'join', parts: operands(node) }
        : OTHER;
    case 'ternary_expression':
      return {
        kind: 'choice',
        options: ['consequence', 'alternative'].flatMap((field) => node.childForFieldName(field) ?? []),
      };
    case 'switch_expression':
      return { kind: 'choice' };
    case 'identifier':
      return { kind: 'name', name: node.text };
    case 'field_access':
      return readField(node);
    case 'method_invocation':
      return readCall(node);
    case 'object_creation_expression':
      return readCreation(node);
    case 'annotation':
      return readSpring(node);
    default:
      return OTHER;
  }
}

function wrapped(inner: Node | null | undefined): Expression {
  return inner === null || inner === undefined ? OTHER : { kind: 'wrapped', inner };
}

function readField(node: Node): Expression {
  const object = node.childForFieldName('object');
  const name = fieldText(node, 'field');
  // Between the parts of a path, nothing more than a slash.
  if (/^separator(?:Char)?$/.test(name) && object !== null && lastName(object) === 'File') return RUN_FOLDER;
  if (object?.type === 'this') return { kind: 'name', name, owner: 'this' };
  if (object?.type === 'identifier') return { kind: 'name', name, owner: object.text };
  return object?.type === 'field_access' ? { kind: 'name', name, owner: fieldText(object, 'field') } : OTHER;
}

function readCall(node: Node): Expression {
  const name = fieldText(node, 'name');
  const object = node.childForFieldName('object');
  const given = operands(node.childForFieldName('arguments'));
  const [first, second] = given;
  if (/^(?:format|formatted|join)$/.test(name)) return { kind: 'interpolated' };
  if (object !== null && name === 'concat' && first !== undefined)
    return { kind: 'join', parts: [object, first] };
  const lookup = readLookup(name, object, given);
  if (lookup !== undefined) return lookup;
  // On the class path, where a slash in front means its root.
  if (first !== undefined && /^getResource(?:AsStream)?$/.test(name))
    return { kind: 'path', parts: [first], fromFile: false, fromRun: true };
  const reading = readFile(name, object, given);
  if (reading !== undefined) return reading;
  if (
    object !== null &&
    /^Paths?$/.test(lastName(object)) &&
    /^(?:get|of)$/.test(name) &&
    first !== undefined
  )
    return { kind: 'path', parts: given, fromFile: false };
  if (object !== null && name === 'resolve' && first !== undefined)
    return { kind: 'path', parts: [object, first], fromFile: false };
  if (first !== undefined && second !== undefined && WITH_DEFAULT.test(name))
    return withDefault(first, second);
  if (object !== null && first !== undefined && /^orElse(?:Get)?$/.test(name)) return orElse(object, first);
  const isAtFirst = given.length === 0 || first?.type === 'decimal_integer_literal';
  if (object !== null && name === 'get' && given.length <= 1 && isAtFirst) return wrapped(object);
  if (object !== null && (given.length === 0 || name === 'getBytes') && SAME_AS_OBJECT.test(name))
    return wrapped(object);
  if (first !== undefined) return SAME_AS_ARGUMENT.test(name) ? wrapped(first) : OTHER;
  if (object === null) return { kind: 'name', name: callName(name) };
  return object.type === 'this' || object.type === 'identifier'
    ? { kind: 'name', name: callName(name), owner: object.text }
    : OTHER;
}

/** `java.nio.file.Paths` is `Paths`. */
function lastName(object: Node): string {
  return object.type === 'field_access' ? fieldText(object, 'field') : object.text;
}

function readFile(name: string, object: Node | null, given: readonly Node[]): Expression | undefined {
  const [first] = given;
  if (object !== null && given.length === 0 && READS_OBJECT.test(name)) return opened(object);
  if (first === undefined) return undefined;
  if (READS.test(name) || (given.length === 1 && readsFile(name))) return { kind: 'readFile', path: first };
  const isReader =
    object !== null && /^(?:IO|Io|File|Stream|CharStreams|Files)(?:Utils?|s)?$/.test(lastName(object));
  return isReader && /^(?:toString|read)$/.test(name) ? { kind: 'readFile', path: first } : undefined;
}

/** Something that is read without a file in sight may be anything. */
function opened(object: Node): Expression | undefined {
  const isOpened =
    object.type === 'identifier' ||
    object.type === 'object_creation_expression' ||
    object.type === 'method_invocation';
  return isOpened ? { kind: 'readFile', path: object } : undefined;
}

function readLookup(name: string, object: Node | null, given: readonly Node[]): Expression | undefined {
  const [named, fallback] = given;
  if (named === undefined) return undefined;
  const at = { named, ...(fallback === undefined ? {} : { fallback }) };
  const holder = object?.text ?? '';
  const isEnvironment =
    object === null || /^System$|env(?:ironment)?s?(?:client|reader|loader|helper)?$|util/i.test(holder);
  if (given.length <= 2 && isEnvironment && readsEnvironment(name))
    return { kind: 'lookup', lookup: { in: 'environment', name: '' }, ...at };
  if (name === 'getProperty' && named.text === '"user.dir"') return RUN_FOLDER;
  const isGet = /^(?:get|getOrDefault|getStr(?:ing)?)$/.test(name);
  if (isGet && /\bgetenv\(\)$/.test(holder))
    return { kind: 'lookup', lookup: { in: 'environment', name: '' }, ...at };
  if (SETTING.test(name) || (isGet && SETTINGS_OBJECT.test(holder) && readJava(named).kind !== 'other'))
    return { kind: 'lookup', lookup: { in: 'settings', name: '' }, ...at };
  return undefined;
}

/** `Optional.ofNullable(x).orElse("default")`. */
function orElse(object: Node, given: Node): Expression {
  const inner = operands(object.childForFieldName('arguments'))[0];
  const fallback = given.type === 'lambda_expression' ? given.childForFieldName('body') : given;
  if (inner === undefined || fallback === null || !/^Optional\b/.test(object.text)) return { kind: 'choice' };
  return withDefault(inner, fallback);
}

function withDefault(value: Node, fallback: Node): Expression {
  const read = readJava(value);
  return read.kind === 'lookup' && read.fallback === undefined ? { ...read, fallback } : { kind: 'choice' };
}

function readCreation(node: Node): Expression {
  const given = operands(node.childForFieldName('arguments'));
  const type = fieldText(node, 'type').replace(/^.*\./, '');
  if (given.length === 0) return OTHER;
  if (type === 'File') return { kind: 'path', parts: given, fromFile: false };
  return type === 'String' || OPENED.test(type) ? wrapped(given[0]) : OTHER;
}
