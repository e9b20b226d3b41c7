import type { Node } from 'web-tree-sitter';
import type { MemberWrite, Objects } from '../code/memberSites';
import { fieldText, nodesOf, operands } from '../code/tree';
import { shortText } from '../code/wrapped';
import { unwrap } from './expressions';
import { decodeJavaScriptString } from './literal';
import { placeOf } from './variables';

export const KMS_PACKAGE = /(?:alicloud|aliyun|alibaba).*kms/i;
/** Of Pulumi and CDKTF: `new alicloud.kms.ClientKey(…)`, `new KmsClientKey(…)`. */
const RESOURCE = /^(?:\w+\.)*(?:Kms)?ClientKey$/;

/** The objects of a script: literals, members, setters. `packages`: the names of the file and where they come from. */
export function readObjects(
  root: Node,
  packages: ReadonlyMap<string, string>,
  checkTime: () => void,
): Objects {
  const provider = /alicloud|alibaba/i.test([...packages.values()].join(' '));
  return {
    members: nodesOf(root, [
      'pair',
      'shorthand_property_identifier',
      'assignment_expression',
      'call_expression',
    ]).flatMap((node) => {
      checkTime();
      return memberOf(node) ?? [];
    }),
    calls: nodesOf(root, ['new_expression', 'call_expression']).map((call) => ({
      callee: () => calleeOf(call),
      given: operands(call.childForFieldName('arguments')).map(unwrap),
    })),
    merges: [...spreads(root), ...assigns(root)],
    placeOf,
    wordsOf,
    creationAround(object) {
      const call = object.parent?.type === 'arguments' ? object.parent.parent : null;
      return call?.type === 'new_expression' ? call : undefined;
    },
    typeOf: (value) => (unwrap(value).type === 'new_expression' ? calleeOf(unwrap(value)) : undefined),
    judge(name) {
      const words = packages.get(/^[\w$]+/.exec(name)?.[0] ?? '') ?? '';
      return {
        verdict: KMS_PACKAGE.test(words)
          ? 'specific'
          : words === '' || words.startsWith('.')
            ? 'unknown'
            : 'other',
        words,
      };
    },
    isResource: (name) => RESOURCE.test(name) && (provider || /alicloud/i.test(name)),
  };
}

/** `{ ...base, x: 1 }` */
function spreads(root: Node): NonNullable<Objects['merges']> {
  return nodesOf(root, ['spread_element']).flatMap((spread) =>
    spread.parent?.type === 'object' ? { into: spread.parent, from: operands(spread) } : [],
  );
}

/** `Object.assign({}, base, { x: 1 })` */
function assigns(root: Node): NonNullable<Objects['merges']> {
  return nodesOf(root, ['call_expression']).flatMap((call) => {
    if (fieldText(call, 'function') !== 'Object.assign') return [];
    const given = operands(call.childForFieldName('arguments'));
    return given.filter(({ type }) => type === 'object').map((into) => ({ into, from: given }));
  });
}

/** Names of the file with the packages that they come from; the packages themselves too. */
export function packagesOf(root: Node): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const statement of nodesOf(root, ['import_statement'])) {
    const source = statement.childForFieldName('source')?.text.slice(1, -1) ?? '';
    packages.set(source, source);
    for (const name of nodesOf(statement, ['identifier'])) packages.set(name.text, source);
  }
  for (const call of nodesOf(root, ['call_expression'])) {
    if (!/^(?:require|import)$/.test(fieldText(call, 'function'))) continue;
    const source = decodeJavaScriptString(operands(call.childForFieldName('arguments'))[0]?.text ?? '') ?? '';
    packages.set(source, source);
    let holder = call.parent;
    while (holder !== null && /^(?:member|await|parenthesized)_expression$/.test(holder.type))
      holder = holder.parent;
    const target = holder?.type === 'variable_declarator' ? holder.childForFieldName('name') : null;
    if (target === null) continue;
    for (const name of [target, ...nodesOf(target, ['identifier', 'shorthand_property_identifier_pattern'])])
      packages.set(name.text, source);
  }
  return packages;
}

function memberOf(node: Node): MemberWrite | undefined {
  switch (node.type) {
    case 'shorthand_property_identifier':
      return node.parent === null ? undefined : { name: node.text, within: node.parent, value: node };
    case 'pair': {
      const value = node.childForFieldName('value');
      return value === null || node.parent === null
        ? undefined
        : { name: keyOf(node), within: node.parent, value };
    }
    case 'assignment_expression':
      return memberWrite(node);
    default:
      return setterCall(node);
  }
}

function memberWrite(node: Node): MemberWrite | undefined {
  const left = node.childForFieldName('left');
  const value = node.childForFieldName('right');
  const object = left?.childForFieldName('object');
  if (left === null || value === null || object == null) return undefined;
  const index = left.childForFieldName('index');
  const name = index === null ? fieldText(left, 'property') : nameOf(index);
  return name === undefined ? undefined : { name, object, value };
}

/** `config.setKmsPassword(x)`, `map.set('kmsPassword', x)`. */
function setterCall(node: Node): MemberWrite | undefined {
  const callee = node.childForFieldName('function');
  const object = callee?.childForFieldName('object');
  if (callee?.type !== 'member_expression' || object == null) return undefined;
  const method = fieldText(callee, 'property');
  const [first, second, ...others] = operands(node.childForFieldName('arguments'));
  if (first === undefined || others.length > 0) return undefined;
  if (second === undefined) {
    const name = /^(?:set|with)(?=[A-Z])/.test(method) ? method.replace(/^(?:set|with)/, '') : undefined;
    return name === undefined ? undefined : { name, object, value: first };
  }
  const name = /^(?:set|put|setProperty)$/.test(method) ? nameOf(first) : undefined;
  return name === undefined ? undefined : { name, object, value: second };
}

function wordsOf(object: Node): string {
  const words: string[] = [];
  let node = object;
  for (let step = 0; step < 50; step += 1) {
    const above = node.parent;
    if (above === null) break;
    const last = holderOf(above);
    if (last !== undefined) {
      words.unshift(last);
      break;
    }
    if (above.type === 'pair') words.unshift(keyOf(above));
    node = above;
  }
  return words.join('.').replace(/\s+/g, ' ').slice(0, 200);
}

function holderOf(node: Node): string | undefined {
  switch (node.type) {
    case 'new_expression':
      return `new ${calleeOf(node)}`;
    case 'call_expression':
      return calleeOf(node);
    case 'variable_declarator':
      return fieldText(node, 'name');
    case 'assignment_expression':
      return fieldText(node, 'left');
    case 'export_statement':
      return 'export';
    default:
      return /statement|arrow_function|class_body/.test(node.type) ? 'return' : undefined;
  }
}

function calleeOf(call: Node): string {
  const callee = call.childForFieldName('constructor') ?? call.childForFieldName('function');
  return callee === null ? '' : shortText(callee);
}

function keyOf(pair: Node): string {
  const key = pair.childForFieldName('key');
  const inside = key?.type === 'computed_property_name' ? operands(key)[0] : key;
  return inside == null ? '' : (nameOf(inside) ?? inside.text);
}

/** A key as text, or a constant that is called like it: `ClientOptionKeys.KMS_PASSWORD`. */
function nameOf(key: Node): string | undefined {
  return key.type === 'member_expression' ? fieldText(key, 'property') : decodeJavaScriptString(key.text);
}
