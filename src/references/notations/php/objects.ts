import type { Node } from 'web-tree-sitter';
import type { MemberWrite, Objects } from '../code/memberSites';
import { fieldText, nodesOf, operands } from '../code/tree';
import { shortText } from '../code/wrapped';
import { lastName, literalText } from './expressions';
import { argumentsOf, createdType, placeOf } from './variables';

/** Namespaces of the SDKs: `AlibabaCloud\Dkms\Gcs\…`, `AlibabaCloud\Kms\…`, `AlibabaCloud\SDK\Kms\…`. */
export const KMS_NAMESPACE = /^\\?AlibabaCloud\\(?:\w+\\)*D?Kms(?:\\|$)/i;

/** Sources of the SDK itself, wherever they lie: its members are no client's. */
const SDK_NAMESPACE =
  /^\\?AlibabaCloud\\Dkms\\Gcs(?:\\(?:OpenApi|Sdk)(?:\\(?!Examples?|Samples?|Tests?)\w+)*)?$/;

/** No chain that people write is longer; each call of a longer one would walk it again. */
const MAX_CHAIN = 500;
const CHAIN = /^(?:(?:nullsafe_)?member_call|parenthesized)_expression$/;

/** The objects of a script: arrays, named arguments, members, setters. `imports`: short names and what they stand for. */
export function readObjects(
  root: Node,
  imports: ReadonlyMap<string, string>,
  checkTime: () => void,
): Objects {
  const members = [
    'array_element_initializer',
    'argument',
    'assignment_expression',
    'member_call_expression',
    'nullsafe_member_call_expression',
  ];
  const calls = [
    'object_creation_expression',
    'function_call_expression',
    'member_call_expression',
    'scoped_call_expression',
  ];
  return {
    members: nodesOf(root, members).flatMap((node) => {
      checkTime();
      return memberOf(node) ?? [];
    }),
    calls: nodesOf(root, calls).map((call) => ({ callee: () => calleeOf(call), given: argumentsOf(call) })),
    placeOf,
    wordsOf,
    creationAround(within) {
      if (within.type === 'object_creation_expression') return within;
      const creation = within.parent?.parent?.parent;
      return within.parent?.type === 'argument' && creation?.type === 'object_creation_expression'
        ? creation
        : undefined;
    },
    typeOf: (value) => (value.type === 'object_creation_expression' ? createdType(value) : undefined),
    judge(name) {
      const full = imports.get(name) ?? (name.includes('\\') ? name : '');
      return {
        verdict: KMS_NAMESPACE.test(full) ? 'specific' : full === '' ? 'unknown' : 'other',
        words: full.replaceAll('\\', ' '),
      };
    },
  };
}

/** Whether the file is one of the SDK. */
export function isSdk(root: Node): boolean {
  return nodesOf(root, ['namespace_definition']).some((node) => SDK_NAMESPACE.test(fieldText(node, 'name')));
}

/** Short names of the file and the full names that they stand for. */
export function importsOf(root: Node): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const clause of nodesOf(root, ['namespace_use_clause'])) {
    const [name] = operands(clause);
    const group = clause.parent?.type === 'namespace_use_group' ? clause.parent.parent : null;
    const prefix =
      group === null ? undefined : operands(group).find((one) => one.type === 'namespace_name')?.text;
    const full = `${prefix === undefined ? '' : `${prefix}\\`}${name?.text ?? ''}`;
    imports.set(fieldText(clause, 'alias') || lastName(full), full);
  }
  return imports;
}

function memberOf(node: Node): MemberWrite | undefined {
  switch (node.type) {
    case 'array_element_initializer': {
      const [key, value] = operands(node);
      const name = value === undefined ? undefined : literalText(key);
      return name === undefined || value === undefined || node.parent === null
        ? undefined
        : { name, value, within: node.parent };
    }
    case 'argument': {
      const name = fieldText(node, 'name');
      const value = operands(node).at(-1);
      const call = node.parent?.parent;
      return name === '' || value === undefined || call == null ? undefined : { name, value, within: call };
    }
    case 'assignment_expression':
      return memberWrite(node);
    default:
      return setterCall(node);
  }
}

/** `$config->password = …`, `$config['password'] = …`. */
function memberWrite(node: Node): MemberWrite | undefined {
  const left = node.childForFieldName('left');
  const value = node.childForFieldName('right');
  if (left === null || value === null) return undefined;
  if (left.type === 'member_access_expression') {
    const object = left.childForFieldName('object');
    return object === null ? undefined : { name: fieldText(left, 'name'), object, value };
  }
  const [object, index] = left.type === 'subscript_expression' ? operands(left) : [];
  const name = literalText(index);
  return object === undefined || name === undefined ? undefined : { name, object, value };
}

/** `$config->setPassword(…)`, `$config->set('password', …)`, in a chain as well. */
function setterCall(node: Node): MemberWrite | undefined {
  const method = fieldText(node, 'name');
  let object = node.childForFieldName('object');
  for (let step = 0; step < MAX_CHAIN && object !== null && CHAIN.test(object.type); step += 1)
    object = object.childForFieldName('object') ?? operands(object)[0] ?? null;
  const [first, second, ...others] = argumentsOf(node);
  if (object === null || first === undefined || others.length > 0) return undefined;
  const name =
    second !== undefined
      ? /^(?:set|put|offsetSet)$/.test(method)
        ? literalText(first)
        : undefined
      : /^(?:set|with)[A-Z]/.test(method)
        ? method.replace(/^(?:set|with)/, '')
        : undefined;
  if (name === undefined) return undefined;
  const value = second ?? first;
  return object.type === 'object_creation_expression'
    ? { name, value, within: object }
    : { name, value, object };
}

function wordsOf(within: Node): string {
  const words: string[] = [];
  let node = within;
  if (/call|creation/.test(within.type) && within.type !== 'array_creation_expression')
    return calleeOf(within);
  for (let step = 0; step < 50; step += 1) {
    const above = node.parent;
    if (above === null) break;
    const last = holderOf(above);
    if (last !== undefined) {
      words.unshift(last);
      break;
    }
    if (above.type === 'array_element_initializer') words.unshift(literalText(operands(above)[0]) ?? '');
    node = above;
  }
  return words
    .filter((word) => word !== '')
    .join('.')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

function holderOf(node: Node): string | undefined {
  switch (node.type) {
    case 'object_creation_expression':
    case 'function_call_expression':
    case 'member_call_expression':
    case 'scoped_call_expression':
      return calleeOf(node);
    case 'assignment_expression':
      return fieldText(node, 'left');
    case 'property_element':
    case 'const_element':
      return operands(node)[0]?.text ?? '';
    default:
      return /statement|arrow_function|declaration/.test(node.type) ? 'return' : undefined;
  }
}

function calleeOf(call: Node): string {
  if (call.type === 'object_creation_expression') return `new ${createdType(call) ?? ''}`;
  const holder = call.childForFieldName('scope') ?? call.childForFieldName('object');
  const scope = holder === null ? '' : shortText(holder, 60) || '…';
  const name = fieldText(call, 'function') || fieldText(call, 'name');
  return scope === '' ? name : `${scope}.${name}`;
}
