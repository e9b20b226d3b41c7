import type { Node } from 'web-tree-sitter';
import { createAnchors } from '../code/anchors';
import { textOf } from '../code/follow';
import type { Variable, Write } from '../code/language';
import { looseKeyWrite, memberOfName } from '../code/memberNames';
import { fieldWrites, procedureRole, procedureWrites } from '../code/procedureNames';
import { createScopes } from '../code/scopes';
import type { Reading } from '../code/source';
import { fieldText, nodesOf } from '../code/tree';
import { assignmentsOf, placeOf } from './declarations';
import { argumentsOf, calledName, readPython } from './expressions';
import { type Receiver, receiverOf, receiverOfCall } from './receivers';
import { readTypes, type TypeJudge } from './types';

/** Factories of the SDK's samples that take key and password by position: what each means is not certain. */
const FACTORY = /^create_d?kms(?:_instance)?_config\w*$/;

interface File {
  readonly reading: Reading;
  readonly judge: TypeJudge;
  readonly anchorFor: (owner: unknown, words: string) => string;
  readonly defines: (name: string) => boolean;
}

/** All values given to clients: named arguments, attributes, dictionaries, the environment, names of the procedure. */
export function readWrites(
  root: Node,
  variables: readonly Variable[],
  checkTime: () => void,
): readonly Write[] {
  const scopes = createScopes(variables, { fieldsNeedOwner: true });
  const reading = { text: root.text, read: readPython, scopes, checkTime };
  const functions = new Set(nodesOf(root, ['function_definition']).map((node) => fieldText(node, 'name')));
  const file = {
    reading,
    judge: readTypes(root),
    anchorFor: createAnchors(),
    defines: (name: string) => functions.has(name),
  };
  const writes = nodesOf(root, ['call', 'assignment', 'pair']).flatMap((node) => {
    checkTime();
    if (node.type === 'pair') return pairWrites(node, file);
    return node.type === 'call' ? callWrites(node, file) : assignmentWrites(node, file);
  });
  const named = procedureWrites(variables, reading, file.judge.ofFile(), ({ values: [value] }) =>
    value === undefined ? '' : `${placeOf(value)}/clientKey`,
  );
  const fields = fieldWrites(
    variables,
    reading,
    ({ owner = '' }) => file.judge.ofType(owner, ''),
    ({ owner = '' }) => `${owner}/fields`,
  );
  return [...writes, ...named, ...fields];
}

function callWrites(node: Node, file: File): readonly Write[] {
  const { object, name } = calledName(node);
  const given = argumentsOf(node);
  const [first, second] = given;
  if (FACTORY.test(name) && !file.defines(name) && first?.name === undefined && second?.name === undefined)
    return factoryWrites(node, first?.value, second?.value, file);
  if (given.length === 1 && first !== undefined && object !== undefined && /^set_\w/.test(name))
    return memberWrites(receiverOf(object, file.reading.scopes), name.slice(4), first.value, file);
  const named = given.filter((one) => one.name !== undefined);
  if (named.length === 0 || (object === undefined && file.defines(name))) return [];
  const receiver = receiverOfCall(node, file.reading.scopes);
  return named.flatMap((one) => memberWrites(receiver, one.name ?? '', one.value, file));
}

function factoryWrites(
  node: Node,
  key: Node | undefined,
  password: Node | undefined,
  file: File,
): readonly Write[] {
  const { anchor } = receiverOfCall(node, file.reading.scopes);
  const by = { anchor: file.anchorFor(node.id, anchor), context: 'specific', obstacle: 'lookup' } as const;
  return [
    ...(key === undefined ? [] : [{ ...by, role: 'keyFile' as const, value: key }]),
    ...(password === undefined ? [] : [{ ...by, role: 'password' as const, value: password }]),
  ];
}

function assignmentWrites(node: Node, file: File): readonly Write[] {
  return assignmentsOf(node).flatMap(([target, value]) => targetWrites(target, value, file));
}

function targetWrites(target: Node, value: Node, file: File): readonly Write[] {
  if (target.type === 'attribute') {
    const object = target.childForFieldName('object');
    return object === null
      ? []
      : memberWrites(receiverOf(object, file.reading.scopes), fieldText(target, 'attribute'), value, file);
  }
  if (target.type !== 'subscript') return [];
  const object = target.childForFieldName('value');
  const key = target.childForFieldName('subscript');
  if (object === null || key === null) return [];
  const name = textOf(key, file.reading) ?? '';
  const words = `${placeOf(object)}/${object.text.replace(/\s/g, '').slice(0, 80)}`;
  if (/(?:^|\.)environ$/.test(object.text) && memberOfName(name)?.family === 'config') return [];
  return entryWrites(name, value, words, file);
}

/** `"clientKeyFile": "…"` in a dictionary, which counts for the variable it is assigned to. */
function pairWrites(node: Node, file: File): readonly Write[] {
  const key = node.childForFieldName('key');
  const value = node.childForFieldName('value');
  const dictionary = node.parent;
  if (key === null || value === null || dictionary === null) return [];
  const name = textOf(key, file.reading);
  if (name === undefined) return [];
  const target = dictionary.parent?.type === 'assignment' ? fieldText(dictionary.parent, 'left') : '';
  const place = placeOf(dictionary);
  return target === ''
    ? entryWrites(name, value, `${place}/{}`, file, dictionary.id)
    : entryWrites(name, value, `${place}/${target.replace(/\s/g, '').slice(0, 80)}`, file);
}

function entryWrites(
  name: string,
  value: Node,
  words: string,
  file: File,
  owner: unknown = words,
): readonly Write[] {
  const member = memberOfName(name);
  if (member === undefined) return [];
  const { role, family, named } = member;
  const anchor = file.anchorFor(
    `${family} ${String(owner)}`,
    family === 'config' ? words : `${words}/${family}`,
  );
  const context = family !== 'config' ? 'specific' : role === 'password' ? 'weak' : file.judge.ofFile();
  return [{ role, anchor, context, value, ...(named === undefined ? {} : { named }) }];
}

function memberWrites(
  receiver: Receiver | undefined,
  name: string,
  value: Node,
  file: File,
): readonly Write[] {
  if (receiver === undefined) return [];
  const context = file.judge.ofType(receiver.type, receiver.name);
  const anchor = file.anchorFor(receiver.owner, receiver.anchor);
  const member = memberOfName(name);
  if (member !== undefined) {
    const { role, named } = member;
    return [{ role, anchor, context, value, ...(named === undefined ? {} : { named }) }];
  }
  if (context === 'foreign') return [];
  const role = context === 'specific' ? undefined : procedureRole(name, textOf(value, file.reading));
  if (role !== undefined) return [{ role, anchor, context: file.judge.ofFile(), value }];
  return looseKeyWrite(name, { anchor, context, value });
}
