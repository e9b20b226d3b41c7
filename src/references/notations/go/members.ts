import type { Node } from 'web-tree-sitter';
import { createAnchors } from '../code/anchors';
import { textOf } from '../code/follow';
import type { Variable, Write } from '../code/language';
import { looseKeyWrite, memberOfName } from '../code/memberNames';
import { procedureRole, procedureWrites } from '../code/procedureNames';
import { createScopes } from '../code/scopes';
import type { Reading } from '../code/source';
import { enclosing, fieldText, nodesOf, operands } from '../code/tree';
import { elementOf, placeOf } from './declarations';
import { calledName, readGo } from './expressions';
import { decodeGoString } from './literal';
import { type Receiver, receiverOf } from './receivers';
import { readTypes, type TypeJudge } from './types';

interface File {
  readonly root: Node;
  readonly reading: Reading;
  readonly judge: TypeJudge;
  readonly anchorFor: (owner: unknown, words: string) => string;
}

/** All values given to clients: composite literals, fields, setters, maps, the environment, names of the procedure. */
export function readWrites(
  root: Node,
  variables: readonly Variable[],
  checkTime: () => void,
): readonly Write[] {
  const scopes = createScopes(variables);
  const reading = { text: root.text, read: readGo, scopes, checkTime };
  const file = { root, reading, judge: readTypes(root), anchorFor: createAnchors() };
  const writes = nodesOf(root, ['keyed_element', 'assignment_statement', 'call_expression']).flatMap(
    (node) => {
      checkTime();
      if (node.type === 'keyed_element') return elementWrites(node, file);
      return node.type === 'call_expression' ? callWrites(node, file) : fieldWrites(node, file);
    },
  );
  const named = procedureWrites(variables, reading, file.judge.ofFile(), ({ values: [value] }) =>
    value === undefined ? '' : `${placeOf(value)}/clientKey`,
  );
  return [...writes, ...named];
}

/** `ClientKeyFile: tea.String("…")` in a composite literal, `"clientKeyFile": "…"` in a map. */
function elementWrites(node: Node, file: File): readonly Write[] {
  const [key, value] = elementOf(node) ?? [];
  const body = node.parent;
  if (key === undefined || value === undefined || body === null) return [];
  const literal = body.parent?.type === 'composite_literal' ? body.parent : body;
  const text = decodeGoString(key.text);
  if (key.type === 'identifier' && fieldText(literal, 'type').startsWith('map['))
    return mapWrites(textOf(key, file.reading) ?? '', value, literal, file);
  if (text !== undefined) return mapWrites(text, value, literal, file);
  return key.type === 'identifier'
    ? memberWrites(receiverOf(literal, file.root, file.reading.scopes), key.text, value, file)
    : [];
}

function mapWrites(name: string, value: Node, literal: Node, file: File): readonly Write[] {
  const member = memberOfName(name);
  if (member === undefined) return [];
  const { role, family, named } = member;
  const anchor = file.anchorFor(`${family} ${literal.id}`, `${placeOf(literal)}/map`);
  const context = family !== 'config' ? 'specific' : role === 'password' ? 'weak' : file.judge.ofFile();
  return [{ role, anchor, context, value, ...(named === undefined ? {} : { named }) }];
}

function fieldWrites(node: Node, file: File): readonly Write[] {
  const values = operands(node.childForFieldName('right'));
  return operands(node.childForFieldName('left')).flatMap((target, index) => {
    const value = values[index];
    const object = target.type === 'selector_expression' ? target.childForFieldName('operand') : null;
    if (object === null || value === undefined) return mapEntry(target, value, file);
    return memberWrites(
      receiverOf(object, file.root, file.reading.scopes),
      fieldText(target, 'field'),
      value,
      file,
    );
  });
}

/** `settings["clientKeyFile"] = "…"` */
function mapEntry(target: Node, value: Node | undefined, file: File): readonly Write[] {
  if (target.type !== 'index_expression' || value === undefined) return [];
  const object = target.childForFieldName('operand');
  const index = target.childForFieldName('index');
  const member = index === null ? undefined : memberOfName(textOf(index, file.reading) ?? '');
  if (object === null || member === undefined) return [];
  const { role, family, named } = member;
  const words = `${placeOf(object)}/${object.text.slice(0, 80)}`;
  const anchor = file.anchorFor(`${family} ${words}`, `${words}/map`);
  const context = family !== 'config' ? 'specific' : role === 'password' ? 'weak' : file.judge.ofFile();
  return [{ role, anchor, context, value, ...(named === undefined ? {} : { named }) }];
}

function callWrites(node: Node, file: File): readonly Write[] {
  const { holder, name } = calledName(node);
  const [first, second, ...others] = operands(node.childForFieldName('arguments'));
  if (first === undefined) return [];
  if (holder === 'os' && name === 'Setenv' && second !== undefined) {
    const member = memberOfName(textOf(first, file.reading) ?? '');
    if (member === undefined || member.family === 'config') return [];
    const { role, named } = member;
    const anchor = file.anchorFor(`environment ${placeOf(node)}`, `${placeOf(node)}/environment`);
    return [{ role, anchor, context: 'specific', value: second, ...(named === undefined ? {} : { named }) }];
  }
  const object = node.childForFieldName('function')?.childForFieldName('operand');
  if (second !== undefined || others.length > 0 || !object || !/^Set[A-Z]/.test(name)) return [];
  return memberWrites(receiverOf(object, file.root, file.reading.scopes), name.slice(3), first, file);
}

function memberWrites(
  receiver: Receiver | undefined,
  name: string,
  value: Node,
  file: File,
): readonly Write[] {
  if (receiver === undefined || isOwnSetter(value)) return [];
  const context = file.judge.ofType(receiver.type, receiver.name);
  const anchor = file.anchorFor(receiver.owner, receiver.anchor);
  const member = memberOfName(name);
  if (member !== undefined && member.family !== 'secrets') {
    const { role, named } = member;
    return [{ role, anchor, context, value, ...(named === undefined ? {} : { named }) }];
  }
  if (context === 'foreign') return [];
  const role = context === 'specific' ? undefined : procedureRole(name, textOf(value, file.reading));
  if (role !== undefined) return [{ role, anchor, context: file.judge.ofFile(), value }];
  return looseKeyWrite(name, { anchor, context, value });
}

/** `func (s *Config) SetPassword(v string) *Config { s.Password = &v; … }` of a model is no client. */
function isOwnSetter(value: Node): boolean {
  const method = enclosing(value, ['method_declaration']);
  return (
    method !== undefined && /^Set[A-Z]/.test(fieldText(method, 'name')) && value.type === 'unary_expression'
  );
}
