import type { Node } from 'web-tree-sitter';
import type { MemberWrite, Objects } from '../code/memberSites';
import { fieldText, nodesOf, operands } from '../code/tree';
import { shortText } from '../code/wrapped';
import { argumentList, argumentsOf, lastName, literalText } from './expressions';
import { placeOf } from './variables';

/** Namespaces of the SDKs: `AlibabaCloud.Dkms.Gcs…`, `AlibabaCloud.SDK.Kms…`, `Aliyun.…Kms`. */
export const KMS_NAMESPACE = /^(?:AlibabaCloud|Aliyun)\.(?:\w+\.)*D?Kms\w*(?:\.|$)/i;
/** Sources of the SDK itself: its members are no client's. */
const SDK_NAMESPACE = /^AlibabaCloud\.Dkms\.Gcs\.(?:OpenApi|OpenApiCredential|OpenApiUtil|Sdk)(?:\.Models)?$/;
const CONFIG_TYPES = /^(?:D?Kms)?Config$/i;
/** Arguments of the resource in Pulumi: `new AliCloud.Kms.ClientKeyArgs { … }`. */
const RESOURCE = /(?:^|\.)ClientKeyArgs$/;
const CREATIONS = ['object_creation_expression', 'implicit_object_creation_expression'];

/** The objects of a file: initialisers, named arguments, members, setters. */
export function readObjects(root: Node, imports: ImportsOfFile, checkTime: () => void): Objects {
  const members = [
    'assignment_expression',
    'initializer_expression',
    'with_initializer',
    'argument',
    'invocation_expression',
  ];
  return {
    members: nodesOf(root, members).flatMap((node) => {
      checkTime();
      return memberOf(node) ?? [];
    }),
    calls: nodesOf(root, [...CREATIONS, 'invocation_expression']).map((call) => ({
      callee: () => calleeOf(call),
      given: argumentsOf(call),
    })),
    placeOf,
    wordsOf,
    creationAround: (within) => (CREATIONS.includes(within.type) ? within : undefined),
    typeOf: (value) => (CREATIONS.includes(value.type) ? fieldText(value, 'type') : undefined),
    judge: (name) => judge(name, imports),
    isResource: (name) => RESOURCE.test(name) && /alicloud/i.test([name, ...imports.namespaces].join(' ')),
  };
}

interface ImportsOfFile {
  readonly namespaces: readonly string[];
  readonly aliases: ReadonlyMap<string, string>;
  readonly declared: ReadonlySet<string>;
}

export function importsOf(root: Node): ImportsOfFile {
  const aliases = new Map<string, string>();
  const namespaces: string[] = [];
  for (const directive of nodesOf(root, ['using_directive'])) {
    const alias = fieldText(directive, 'name');
    const name = operands(directive).at(-1)?.text ?? '';
    if (alias === '' || alias === name) namespaces.push(name);
    else aliases.set(alias, name);
  }
  const types = nodesOf(root, ['class_declaration', 'record_declaration', 'struct_declaration']);
  return { namespaces, aliases, declared: new Set(types.map((type) => fieldText(type, 'name'))) };
}

/** Whether the file is one of the SDK. */
export function isSdk(root: Node): boolean {
  return nodesOf(root, ['namespace_declaration', 'file_scoped_namespace_declaration']).some((node) =>
    SDK_NAMESPACE.test(fieldText(node, 'name')),
  );
}

/** A directive imports all of a namespace: which type is meant, its name must tell. */
function judge(name: string, { namespaces, aliases, declared }: ImportsOfFile): ReturnType<Objects['judge']> {
  const plain = name.replace(/^new\s+|<.*>|[?\s]/gs, '');
  const full = aliases.get(plain) ?? plain;
  const simple = lastName(full);
  if (full.includes('.') && KMS_NAMESPACE.test(full)) return { verdict: 'specific', words: full };
  if (aliases.has(plain)) return { verdict: 'other', words: full };
  const isConfig = CONFIG_TYPES.test(simple) && !declared.has(simple) && !full.includes('.');
  return {
    verdict: isConfig && namespaces.some((one) => KMS_NAMESPACE.test(one)) ? 'specific' : 'unknown',
    words: '',
  };
}

function memberOf(node: Node): MemberWrite | undefined {
  switch (node.type) {
    case 'assignment_expression':
      return assignment(node);
    case 'initializer_expression': {
      // `{ "clientKeyFile", "x" }` in the initialiser of a dictionary.
      const [key, value, ...others] = operands(node);
      const outer = node.parent?.type === 'initializer_expression' ? creationOf(node.parent) : undefined;
      const name = literalText(key);
      if (outer === undefined || name === undefined || value === undefined || others.length > 0)
        return undefined;
      return { name, value, within: outer };
    }
    case 'with_initializer': {
      const [name, value] = operands(node);
      const within = node.parent;
      return name === undefined || value === undefined || within === null
        ? undefined
        : { name: name.text, value, within };
    }
    case 'argument': {
      const name = fieldText(node, 'name');
      const value = operands(node).at(-1);
      const call = node.parent?.parent;
      return name === '' || value === undefined || call == null ? undefined : { name, value, within: call };
    }
    default:
      return setterCall(node);
  }
}

function assignment(node: Node): MemberWrite | undefined {
  const left = node.childForFieldName('left');
  const value = node.childForFieldName('right');
  if (left === null || value === null) return undefined;
  if (node.parent?.type === 'initializer_expression') {
    const within = creationOf(node.parent);
    const name = left.type === 'identifier' ? left.text : literalText(operands(operands(left)[0] ?? null)[0]);
    return within === undefined || name === undefined ? undefined : { name, value, within };
  }
  let object = left.childForFieldName('expression');
  while (object?.type === 'postfix_unary_expression' || object?.type === 'parenthesized_expression')
    object = operands(object)[0] ?? null;
  if (object === null || object.type === 'this' || object.type === 'base') return undefined;
  if (left.type === 'member_access_expression') return { name: fieldText(left, 'name'), object, value };
  const name = left.type === 'element_access_expression' ? literalText(argumentsOf(left)[0]) : undefined;
  return name === undefined ? undefined : { name, object, value };
}

/** `config.SetPassword(x)`, `options.Add("password", x)`. */
function setterCall(node: Node): MemberWrite | undefined {
  const callee = node.childForFieldName('function');
  const object = callee?.childForFieldName('expression');
  if (callee?.type !== 'member_access_expression' || object == null || !object.isNamed) return undefined;
  const method = fieldText(callee, 'name');
  const [first, second, ...others] = argumentsOf(node);
  if (first === undefined || others.length > 0) return undefined;
  if (second === undefined)
    return /^(?:Set|With)[A-Z]/.test(method)
      ? { name: method.replace(/^(?:Set|With)/, ''), object, value: first }
      : undefined;
  const name = /^(?:Add|TryAdd|Set|SetValue|Put)$/.test(method) ? literalText(first) : undefined;
  return name === undefined ? undefined : { name, object, value: second };
}

function creationOf(initializer: Node): Node | undefined {
  const above = initializer.parent;
  return above !== null && CREATIONS.includes(above.type) ? above : undefined;
}

function wordsOf(within: Node): string {
  const words = [calleeOf(within)];
  let node = within;
  for (let step = 0; step < 50; step += 1) {
    const above = node.parent;
    if (above === null || /statement|declaration|block/.test(above.type)) break;
    if (above.type === 'assignment_expression') words.unshift(fieldText(above, 'left'));
    else if (above.type === 'invocation_expression' || CREATIONS.includes(above.type)) {
      if (above.id !== within.id) words.unshift(calleeOf(above));
      break;
    }
    node = above;
  }
  return words
    .filter((word) => word !== '')
    .join('.')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

function calleeOf(call: Node): string {
  if (CREATIONS.includes(call.type)) return `new ${fieldText(call, 'type')}`.trim();
  return call.type === 'invocation_expression' && argumentList(call) !== null
    ? shortText(call.childForFieldName('function') ?? call).replace(/\(.*\)/gs, '()')
    : '';
}
