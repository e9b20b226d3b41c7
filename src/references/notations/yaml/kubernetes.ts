import type { FoundClient, FoundMember, FoundSetting, Lookup } from '../../notation';
import type { NamedValue } from '../layered/namedValue';
import { toSetting } from '../layered/namedValue';
import { clientsOfScope } from '../layered/siblings';
import { contextOf } from './context';
import type { Expansion } from './expansion';
import { anchorOf, encodedValue, namedValue, type Reading } from './settings';
import { nameOfFilled } from './template';
import {
  child,
  childText,
  entriesOf,
  itemsOf,
  under,
  visitTree,
  type YamlEntry,
  type YamlScalar,
  type YamlTree,
} from './tree';

/** An object of Kubernetes, as a document or as an item of a list. */
export interface KubernetesObject {
  readonly tree: YamlTree;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Where it stands in its document. */
  readonly path: string;
}

/** The objects of a document; undefined where it is no document of Kubernetes. */
export function objectsOf(tree: YamlTree, path = ''): readonly KubernetesObject[] | undefined {
  const kind = childText(tree, 'kind');
  if (kind === undefined || childText(tree, 'apiVersion') === undefined) return undefined;
  if (/List$/.test(kind) && child(tree, 'items') !== undefined)
    return itemsOf(child(tree, 'items')).flatMap(
      (item, index) => objectsOf(item, under(under(path, 'items'), index)) ?? [],
    );
  const metadata = child(tree, 'metadata');
  return [
    {
      tree,
      kind,
      path,
      name: childText(metadata, 'name') ?? childText(metadata, 'generateName') ?? '',
      namespace: childText(metadata, 'namespace') ?? '',
    },
  ];
}

/** What a Secret or a ConfigMap holds: a name with a value, in Base64 or not. */
export interface DataEntry {
  readonly entry: YamlEntry;
  readonly value: NamedValue;
  readonly encoded: boolean;
  readonly path: string;
}

/** Values of a Secret or ConfigMap; what `stringData` sets counts, whatever stands under `data`. */
export function dataOf({ tree, kind, path }: KubernetesObject, reading: Reading): readonly DataEntry[] {
  const read = (section: string, encoded: boolean) =>
    entriesOf(child(tree, section)).flatMap((entry): DataEntry[] => {
      if (entry.value.kind !== 'scalar') return [];
      const leaf = { scalar: entry.value, twice: entry.twice };
      const value = encoded ? encodedValue(entry.key, leaf, reading) : namedValue(entry.key, leaf, reading);
      return [{ entry, value, encoded, path: under(under(path, section), entry.key) }];
    });
  const plain = kind === 'Secret' ? read('stringData', false) : read('data', false);
  const names = new Set(plain.map(({ entry }) => entry.key));
  const encoded = kind === 'Secret' ? read('data', true) : [];
  return [...encoded.filter(({ entry }) => !names.has(entry.key)), ...plain].sort(
    (one, other) => one.value.start - other.value.start,
  );
}

/** Settings that look-ups of other files are resolved by: by reference, and as variables of a container (`envFrom`). */
export function dataSettings(object: KubernetesObject, data: readonly DataEntry[]): readonly FoundSetting[] {
  return data.flatMap(({ entry, value }) => [
    ...toSetting(value, `${object.namespace}/${object.name}/${entry.key}`, 'secret'),
    ...(/^[A-Za-z_]\w*$/.test(entry.key) ? toSetting(value, entry.key, 'environment') : []),
  ]);
}

/** The client of a Secret or ConfigMap: its names stand side by side, those of files without their endings. */
export function clientsOfData(
  object: KubernetesObject,
  data: readonly DataEntry[],
  reading: Reading,
): readonly FoundClient[] {
  if (isOfOtherUse(object)) return [];
  const values = data.map(({ value }) => ({ ...value, name: nameOfKey(value.name) }));
  const context = contextOf(`${object.namespace} ${object.name}`, values);
  return clientsOfScope({
    anchor: anchorOf(reading, `${object.kind}/${object.name}`),
    around: object.name,
    values,
    ...(context === undefined ? {} : { context }),
  });
}

/** Secrets of TLS, of registries and of service accounts say so. */
function isOfOtherUse({ tree }: KubernetesObject): boolean {
  return /^(?:kubernetes\.io|bootstrap\.kubernetes\.io|helm\.sh)\//.test(childText(tree, 'type') ?? '');
}

/** `clientKey_KAAP.….json`, `client-key.json`, `password.txt` as names. */
export function nameOfKey(key: string): string {
  return key
    .replace(/[._-]?KAAP\.[0-9a-f-]{36}/i, '')
    .replace(/\.(?:json|txt)$/i, '')
    .replaceAll('.', '_');
}

/** `secretKeyRef` and `configMapKeyRef`: the value is looked up in another object of the namespace. */
export function readKeyReference(namespace: string): (tree: YamlTree) => Expansion | undefined {
  return (tree) => {
    const reference = child(tree, 'secretKeyRef') ?? child(tree, 'configMapKeyRef');
    const lookup = reference === undefined ? undefined : secretLookup(reference, namespace);
    return lookup === undefined ? undefined : { kind: 'lookup', lookup };
  };
}

function secretLookup(reference: YamlTree, namespace: string): Lookup | undefined {
  const [name, key] = [childText(reference, 'name'), childText(reference, 'key')];
  return name === undefined || key === undefined
    ? undefined
    : { in: 'secret', name: `${childText(reference, 'namespace') ?? namespace}/${name}/${key}` };
}

/** ack-secret-manager: key and password of its own client are references to Secrets. */
export function clientsOfSecretStore(object: KubernetesObject, reading: Reading): readonly FoundClient[] {
  const found: FoundClient[] = [];
  visitTree(
    object.tree,
    reading.checkTime,
    (tree, path, key) => {
      if (key === 'dedicatedKMSAuth') found.push(...clientOfReferences(tree, path, object, reading));
    },
    object.path,
  );
  return found;
}

function clientOfReferences(
  auth: YamlTree,
  path: string,
  object: KubernetesObject,
  reading: Reading,
): readonly FoundClient[] {
  const members = entriesOf(auth).flatMap(({ key, value }): FoundMember[] => {
    const role = key === 'clientKeyContent' ? 'keyContent' : key === 'password' ? 'password' : undefined;
    const lookup = secretLookup(value, object.namespace);
    if (role === undefined || lookup === undefined) return [];
    return [{ role, name: key, start: value.start, end: value.end, obstacle: 'lookup', lookup }];
  });
  return members.length === 0 ? [] : [{ anchor: anchorOf(reading, path), context: 'specific', members }];
}

interface Sealed {
  readonly clients: readonly FoundClient[];
  readonly settings: readonly FoundSetting[];
}

/**
 * A SealedSecret or ExternalSecret: the values are out of reach, but the names are those of the Secret that becomes of it.
 * Undefined for any other object.
 */
export function readSealed(object: KubernetesObject, reading: Reading): Sealed | undefined {
  const sealed = sealedValues(object);
  if (sealed === undefined) return undefined;
  const target = child(child(object.tree, 'spec'), 'target') ?? child(child(object.tree, 'spec'), 'template');
  const name = childText(target, 'name') ?? childText(child(target, 'metadata'), 'name') ?? object.name;
  const obstacle = reading.broken ?? ('encrypted' as const);
  const values = sealed.map(({ key, scalar: { start, end } }) => ({
    // Without its value nothing tells a key's path from its content, which is what Secrets hold.
    name: nameOfFilled(nameOfKey(key)),
    start,
    end,
    obstacle,
  }));
  const context = contextOf(`${object.namespace} ${name}`, values);
  const clients = clientsOfScope({
    anchor: anchorOf(reading, `${object.kind}/${object.name}`),
    around: name,
    values,
    ...(context === undefined ? {} : { context }),
  });
  // Where the new value has to be set, for people.
  const places = new Map(
    sealed.map(({ key, scalar: { start, value } }) => [
      start,
      object.kind === 'SealedSecret' ? `${object.namespace}/${name}/${key}` : (value ?? key),
    ]),
  );
  return {
    clients: clients.map((client) => ({
      ...client,
      members: client.members.map((member) => {
        const place = places.get(member.start);
        return place === undefined ? member : { ...member, name: place };
      }),
    })),
    settings: sealed.map(({ key, scalar: { start, end } }): FoundSetting => {
      const path = `${object.namespace}/${name}/${key}`;
      return { in: 'secret', name: path, start, end, obstacle };
    }),
  };
}

interface SealedValue {
  readonly key: string;
  readonly scalar: YamlScalar;
}

function sealedValues({ tree, kind }: KubernetesObject): readonly SealedValue[] | undefined {
  const spec = child(tree, 'spec');
  const sealed = (key: string, scalar: YamlTree | undefined): readonly SealedValue[] =>
    scalar?.kind === 'scalar' ? [{ key, scalar }] : [];
  if (kind === 'SealedSecret')
    return entriesOf(child(spec, 'encryptedData')).flatMap(({ key, value }) => sealed(key, value));
  if (kind === 'ExternalSecret' || kind === 'ClusterExternalSecret')
    return itemsOf(child(child(spec, 'externalSecretSpec') ?? spec, 'data')).flatMap((item) =>
      sealed(childText(item, 'secretKey') ?? '', child(child(item, 'remoteRef'), 'key')),
    );
  return undefined;
}
