import { findClientKeyId } from '../../../model/clientKey';
import type { NotEditable } from '../../../model/reference';
import type { FoundClient, FoundSetting } from '../../notation';
import { type NamedValue, toSetting } from '../layered/namedValue';
import { clientsOfScope, type Scope } from '../layered/siblings';
import { contextOf } from './context';
import { decodeBase64 } from './form';
import { clientsInJson } from './jsonText';
import { partOf, placeOf } from './place';
import { nameOfFilled } from './template';
import { childText, UNKNOWN_ALIAS, under, type YamlScalar, type YamlTree } from './tree';

/** A document on the way to what it says. */
export interface Reading {
  readonly text: string;
  /** Why nothing of it can be edited. */
  readonly broken?: NotEditable | undefined;
  /** Told apart from other documents of the file. */
  readonly anchor: string;
  readonly checkTime: () => void;
}

/** A scalar under its dotted path. */
export interface Leaf {
  readonly path: string;
  readonly scalar: YamlScalar;
  readonly twice: boolean;
}

/** All scalars of a tree, in its order. */
export function leavesOf(tree: YamlTree, checkTime: () => void, path = '', twice = false): readonly Leaf[] {
  checkTime();
  const content = readKeyMapping(tree);
  if (content !== undefined) return [{ path, scalar: content, twice }];
  switch (tree.kind) {
    case 'scalar':
      return tree.value === undefined ? [] : [{ path, scalar: tree, twice }];
    case 'list':
      return tree.items.flatMap((item, index) => leavesOf(item, checkTime, under(path, index), twice));
    default:
      return tree.entries.flatMap((entry) =>
        leavesOf(entry.value, checkTime, under(path, entry.key), twice || entry.twice),
      );
  }
}

const MAPPING = '!key-mapping';

/** Key content that is a mapping instead of text: which program reads it so is not known, so it is only listed. */
function readKeyMapping(tree: YamlTree): YamlScalar | undefined {
  const keyId = childText(tree, 'KeyId');
  const data = childText(tree, 'PrivateKeyData');
  if (keyId === undefined || data === undefined || findClientKeyId(keyId) !== keyId) return undefined;
  const value = JSON.stringify({ KeyId: keyId, PrivateKeyData: data });
  return {
    kind: 'scalar',
    start: tree.start,
    end: tree.end,
    style: 'plain',
    flow: false,
    value,
    tag: MAPPING,
  };
}

/** A scalar as a value that a configuration holds under a name. */
export function namedValue(
  name: string,
  { scalar, twice }: Omit<Leaf, 'path'>,
  reading: Reading,
): NamedValue {
  const placed = { scalar, text: reading.text };
  const tagged = tagObstacle(scalar);
  // What such a tag makes of the text is not known.
  const isFilled =
    /(?<!\$)\{\{[\s\S]*\}\}/.test(scalar.value ?? '') && !/^\s*\{\s*"/.test(scalar.value ?? '');
  const isElsewhere =
    isFilled || (tagged !== undefined && scalar.tag !== MAPPING && !/^ENC\[/.test(scalar.value ?? ''));
  const obstacle =
    reading.broken ??
    tagged ??
    (isFilled ? 'template' : undefined) ??
    (isFiltered(scalar) ? 'interpolated' : undefined);
  return {
    name: isFilled ? nameOfFilled(name) : name,
    ...placeOf(placed),
    ...(scalar.value === undefined || isElsewhere ? {} : { value: scalar.value }),
    ...(obstacle === undefined && twice ? { obstacle: 'ambiguous' } : {}),
    ...(obstacle === undefined ? {} : { obstacle }),
    part: (from, to) => partOf(placed, from, to, { fallback: true }),
  };
}

/** The same for a value in Base64, as Kubernetes keeps them. */
export function encodedValue(name: string, leaf: Omit<Leaf, 'path'>, reading: Reading): NamedValue {
  const { value, obstacle, part: _, ...named } = namedValue(name, leaf, reading);
  const decoded = value === undefined ? undefined : decodeBase64(value);
  const form = placeOf({ scalar: leaf.scalar, text: reading.text }, { base64: true }).form;
  if (decoded !== undefined)
    return { ...named, form, value: decoded, ...(obstacle === undefined ? {} : { obstacle }) };
  return { ...named, obstacle: obstacle ?? (value?.includes('{{') ? 'template' : 'unsupported') };
}

/** What makes something else of the text: a tag, or the seal of SOPS. */
export function tagObstacle({ tag, value = '' }: YamlScalar): NotEditable | undefined {
  if (/^ENC\[.*\]$/s.test(value)) return 'encrypted';
  if (tag === undefined || tag === '!' || tag === '!!str' || tag === 'tag:yaml.org,2002:str')
    return undefined;
  if (tag === '!vault' || tag === '!sops') return 'encrypted';
  return /binary$/.test(tag) || tag === MAPPING || tag === UNKNOWN_ALIAS ? 'unsupported' : 'interpolated';
}

/**
 * `@name@`, which Maven fills in before anything reads YAML. In quotes it may as well be a password, if it has no dot.
 */
function isFiltered({ style, value = '' }: YamlScalar): boolean {
  return /^@[A-Za-z][\w.-]*@$/.test(value) && (style === 'plain' || value.includes('.'));
}

/** All values as settings, named by their paths. */
export function settingsOf(leaves: readonly Leaf[], reading: Reading): readonly FoundSetting[] {
  return leaves.flatMap((leaf) => toSetting(namedValue(leaf.path, leaf, reading), leaf.path, 'settings'));
}

/** Names of values below `clientKey:`, which belong to its own name. */
const OF_CLIENT_KEY = /^(?:file|path|file-?path|content|json|password|pass|password-?file|password-?env)$/i;

/**
 * The clients among the values of a document: names that stand side by side, nested or in one dotted key, are read
 * together.
 */
export function clientsOfSettings(leaves: readonly Leaf[], reading: Reading): readonly FoundClient[] {
  const scopes = new Map<string, { leaf: Leaf; name: string }[]>();
  for (const leaf of leaves) {
    reading.checkTime();
    const { parent, name } = nameOf(leaf.path);
    if (name === undefined) continue;
    const scope = scopes.get(parent);
    if (scope === undefined) scopes.set(parent, [{ leaf, name }]);
    else scope.push({ leaf, name });
  }
  const clients = [...scopes].flatMap(([parent, named]) => {
    const values = named.map(({ leaf, name }) => namedValue(name, leaf, reading));
    const context = contextOf(parent, values);
    const scope: Scope = {
      anchor: anchorOf(reading, parent),
      around: parent,
      values,
      ...(context === undefined ? {} : { context }),
    };
    return clientsOfScope(scope);
  });
  return [
    ...clients,
    ...leaves.flatMap((leaf) =>
      clientsInJson(
        nameOf(leaf.path).name ?? '',
        { scalar: leaf.scalar, text: reading.text },
        anchorOf(reading, leaf.path),
        reading.broken,
      ),
    ),
  ];
}

/** Names a place of the document within its file. */
export function anchorOf(reading: Reading, path: string): string {
  return `${reading.anchor}${path}` || 'document';
}

function nameOf(path: string): { readonly parent: string; readonly name?: string } {
  // The value of a list has no name.
  if (path.endsWith(']')) return { parent: path };
  const parts = path.split('.');
  const name = parts.pop();
  const owner = parts.at(-1);
  if (name !== undefined && owner !== undefined && /client[-_]?key$/i.test(owner) && OF_CLIENT_KEY.test(name))
    return { parent: parts.slice(0, -1).join('.'), name: `${owner}-${name}` };
  return name === undefined ? { parent: '' } : { parent: parts.join('.'), name };
}
