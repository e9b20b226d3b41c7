import type { Node } from 'web-tree-sitter';
import { createAnchors } from '../code/anchors';
import { textOf } from '../code/follow';
import type { Variable, Write } from '../code/language';
import { looseKeyWrite, memberOfName } from '../code/memberNames';
import { fieldWrites as ownFields, procedureRole, procedureWrites } from '../code/procedureNames';
import { createScopes } from '../code/scopes';
import type { Reading } from '../code/source';
import { enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { placeOf } from './declarations';
import { readJava } from './expressions';
import { builderOf, type Receiver, receiverOf } from './receivers';
import { readTypes, type TypeJudge } from './types';

/** What the Nacos plug-in calls the names of its settings. */
const nacosConstants: ReadonlyMap<string, string> = new Map([
  ['KMS_CLIENT_KEY_FILE_PATH_KEY', 'kmsClientKeyFilePath'],
  ['KMS_CLIENT_KEY_CONTENT_KEY', 'kmsClientKeyContent'],
  ['KMS_PASSWORD_KEY', 'kmsPasswordKey'],
]);

interface File {
  readonly reading: Reading;
  readonly judge: TypeJudge;
  readonly anchorFor: (owner: unknown, words: string) => string;
}

/** All values given to clients: setters, fields, maps, factories, and variables that the procedure names. */
export function readWrites(
  root: Node,
  variables: readonly Variable[],
  checkTime: () => void,
): readonly Write[] {
  const scopes = createScopes(variables);
  const reading = { text: root.text, read: readJava, scopes, checkTime };
  const file = { reading, judge: readTypes(root), anchorFor: createAnchors() };
  const nodes = nodesOf(root, ['method_invocation', 'assignment_expression', 'object_creation_expression']);
  const writes = nodes.flatMap((node) => {
    checkTime();
    if (node.type === 'object_creation_expression') return pairWrites(node, file);
    return node.type === 'method_invocation' ? callWrites(node, file) : fieldWrites(node, file);
  });
  const named = procedureWrites(variables, reading, file.judge.ofFile(), ({ values: [value] }) =>
    value === undefined ? '' : `${placeOf(value)}/clientKey`,
  );
  const fields = ownFields(
    variables,
    reading,
    ({ owner = '' }) => file.judge.ofType(owner, ''),
    ({ owner = '' }) => `${owner}/fields`,
  );
  return [...writes, ...named, ...fields];
}

function callWrites(node: Node, file: File): readonly Write[] {
  const method = fieldText(node, 'name');
  const object = node.childForFieldName('object');
  const given = operands(node.childForFieldName('arguments'));
  const [first, second] = given;
  if (first === undefined) return [];
  if (method === 'of' && given.length % 2 === 0 && /Map$/.test(object?.text ?? ''))
    return given.flatMap((value, index) => {
      const key = index % 2 === 0 ? undefined : given[index - 1];
      return key === undefined ? [] : entryWrites(key, value, `${placeOf(node)}/Map.of`, file, node.id);
    });
  if (given.length === 2 && second !== undefined)
    return method === 'getCredentialsProvider'
      ? factoryWrites(node, first, second, file)
      : mapWrites(node, first, second, file);
  if (given.length !== 1) return [];
  if (!/^set[A-Z]/.test(method)) return object === null ? [] : builderWrites(object, method, first, file);
  const receiver = object === null ? innerObject(node) : receiverOf(object, file.reading.scopes);
  return memberWrites(receiver, method.charAt(3).toLowerCase() + method.slice(4), first, file);
}

/** `KmsOptions.builder().clientKeyFile("…").password("…")`: many products have such methods, so KMS has to be named. */
function builderWrites(object: Node, method: string, value: Node, file: File): readonly Write[] {
  const name = method.replace(/^with(?=[A-Z])/, '');
  if (memberOfName(name)?.family !== 'config' && procedureRole(name, undefined) === undefined) return [];
  const receiver = receiverOf(object, file.reading.scopes) ?? builderOf(object);
  const isOfKms = /kms|aliyun|alicloud/i.test(`${receiver?.type} ${receiver?.name}`);
  return isOfKms || file.judge.ofFile() === 'specific' ? memberWrites(receiver, name, value, file) : [];
}

/** `new Config() {{ setPassword("…"); }}` */
function innerObject(node: Node): Receiver | undefined {
  const creation = enclosing(node, ['class_body'])?.parent;
  if (creation?.type !== 'object_creation_expression') return undefined;
  const type = fieldText(creation, 'type');
  return { owner: creation.id, anchor: `${placeOf(creation)}/new ${type}`, type, name: '' };
}

function fieldWrites(node: Node, file: File): readonly Write[] {
  const left = node.childForFieldName('left');
  const value = node.childForFieldName('right');
  const object = left?.type === 'field_access' ? left.childForFieldName('object') : null;
  if (left === null || object === null || value === null) return [];
  return memberWrites(receiverOf(object, file.reading.scopes), fieldText(left, 'field'), value, file);
}

function memberWrites(
  receiver: Receiver | undefined,
  member: string,
  value: Node,
  file: File,
): readonly Write[] {
  if (receiver === undefined) return [];
  const context = file.judge.ofType(receiver.type, receiver.name);
  const anchor = file.anchorFor(receiver.owner, receiver.anchor);
  const known = memberOfName(member);
  if (known !== undefined && known.family !== 'secrets') {
    const { role, named } = known;
    return [{ role, anchor, context, value, ...(named === undefined ? {} : { named }) }];
  }
  if (context === 'foreign') return [];
  const role = context === 'specific' ? undefined : procedureRole(member, textOf(value, file.reading));
  if (role !== undefined) return [{ role, anchor, context: file.judge.ofFile(), value }];
  return looseKeyWrite(member, { anchor, context, value });
}

/** `ClientKeyUtils.getCredentialsProvider(path, password)` of the Secrets Manager clients. */
function factoryWrites(node: Node, path: Node, password: Node, file: File): readonly Write[] {
  const holder = node.childForFieldName('object')?.text.replace(/^.*\./, '') ?? '';
  if (!/^(?:ClientKeyUtils|CredentialsProviderUtils)$/.test(holder)) return [];
  const anchor = file.anchorFor(node.id, `${placeOf(node)}/${holder}`);
  return [
    { role: 'keyFile', anchor, context: 'specific', value: path },
    { role: 'password', anchor, context: 'specific', value: password },
  ];
}

/** `properties.setProperty("kmsPasswordKey", "…")`, `map.put("clientKeyFile", "…")`. */
function mapWrites(node: Node, key: Node, value: Node, file: File): readonly Write[] {
  const object = node.childForFieldName('object');
  if (!/^(?:put|setProperty|putIfAbsent)$/.test(fieldText(node, 'name'))) return [];
  if (object === null) {
    const inner = innerObject(node);
    return inner === undefined ? [] : entryWrites(key, value, inner.anchor, file, `${inner.owner}`);
  }
  const receiver = receiverOf(object, file.reading.scopes)?.anchor;
  return entryWrites(key, value, receiver ?? `${placeOf(object)}/${object.text.slice(0, 40)}`, file);
}

/** `buildMap(new TeaPair("clientKeyFile", "…"), …)`: those of one call are one client. */
function pairWrites(node: Node, file: File): readonly Write[] {
  const [key, value] = operands(node.childForFieldName('arguments'));
  if (!/(?:^|\.)TeaPair$/.test(fieldText(node, 'type')) || key === undefined || value === undefined)
    return [];
  const around = node.parent;
  return entryWrites(key, value, `${placeOf(node)}/TeaPair`, file, around?.id);
}

/** An entry of a map, by name or by constant. A plain `password` among those of Nacos is that of its login. */
function entryWrites(
  key: Node,
  value: Node,
  words: string,
  file: File,
  owner: string | number = words,
): readonly Write[] {
  const read = readJava(key);
  const name =
    textOf(key, file.reading) ?? (read.kind === 'name' ? nacosConstants.get(read.name) : undefined);
  const member = name === undefined ? undefined : memberOfName(name);
  if (member === undefined) return [];
  const { role, family, named } = member;
  const anchor = file.anchorFor(`${family} ${owner}`, family === 'config' ? `${words}/map` : words);
  const context = family !== 'config' ? 'specific' : role === 'password' ? 'weak' : file.judge.ofFile();
  return [{ role, anchor, context, value, ...(named === undefined ? {} : { named }) }];
}
