import type { Node } from 'jsonc-parser';
import { findClientKeyId } from '../../../model/clientKey';
import { type Layer, outward } from '../layered/layer';
import type { NamedValue } from '../layered/namedValue';
import { decodeJsonString, decodeObject } from './jsonString';

/** A member of an object: text (a string, or key content written as an object), another scalar, or a tree to look into. */
export interface JsonValue extends NamedValue {
  readonly kind: 'text' | 'scalar' | 'tree';
  readonly node: Node;
  /** Made only when it is asked for: most values are of no interest. */
  readonly layer?: () => Layer | undefined;
}

export function readObject(text: string, node: Node): readonly JsonValue[] {
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    typeof key?.value !== 'string' || value === undefined ? [] : [readValue(text, key.value, value)],
  );
}

/** A list of variables, `[{"name": "X", "value": "y"}]`; undefined for any other list. */
export function readPairs(text: string, node: Node): readonly JsonValue[] | undefined {
  const pairs = (node.children ?? []).flatMap((child) => {
    const name = memberOf(child, 'name') ?? memberOf(child, 'key');
    const value = memberOf(child, 'value');
    return child.type === 'object' && typeof name?.value === 'string' && value?.type === 'string'
      ? [readValue(text, name.value, value)]
      : [];
  });
  return pairs.length > 0 && pairs.length === node.children?.length ? pairs : undefined;
}

function readValue(text: string, name: string, node: Node): JsonValue {
  const [start, end] = [node.offset, node.offset + node.length];
  const raw = text.slice(start, end);
  const plain = { name, start, end, node };
  if (node.type === 'string') {
    const layer = () => decodeJsonString(raw, start);
    const value = raw.includes('\\') || !raw.endsWith('"') ? layer()?.text : raw.slice(1, -1);
    // A backslash that nobody doubled: what it says is not sure, but it may well name a key.
    if (value === undefined)
      return { ...plain, kind: 'text', value: raw.slice(1).replace(/"$/, ''), obstacle: 'ambiguous' };
    const part = (from: number, to: number) => {
      const whole = layer();
      const place = whole === undefined ? undefined : outward(whole, from, to);
      return place === undefined ? undefined : { ...place, form: 'part' };
    };
    return { ...plain, kind: 'text', value, layer, part };
  }
  if (node.type === 'object' && isKeyContent(node)) {
    const value = decodeObject(raw);
    // With comments inside, or further members, rewriting it would lose them.
    return value === undefined || node.children?.length !== 2
      ? { ...plain, kind: 'text', value: value ?? raw, form: 'object', obstacle: 'unsupported' }
      : { ...plain, kind: 'text', value, form: 'object' };
  }
  if (node.type === 'object' || node.type === 'array') return { ...plain, kind: 'tree' };
  return { ...plain, kind: 'scalar', value: raw };
}

/** The members of a credential file (docs/facts.md CRED-2), as an object of its own. */
function isKeyContent(node: Node): boolean {
  const id: unknown = memberOf(node, 'KeyId')?.value;
  return (
    typeof id === 'string' &&
    findClientKeyId(id) !== undefined &&
    memberOf(node, 'PrivateKeyData')?.type === 'string'
  );
}

function memberOf(node: Node, name: string): Node | undefined {
  return node.children?.find(({ type, children }) => type === 'property' && children?.[0]?.value === name)
    ?.children?.[1];
}
