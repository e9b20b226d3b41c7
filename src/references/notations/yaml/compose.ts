import type { FoundMount, FoundValue } from '../../notation';
import { readExpansion } from './expansion';
import { type Placed, partOf, placeOf } from './place';
import type { Reading } from './settings';
import { child, childText, entriesOf, itemsOf, type YamlScalar, type YamlTree } from './tree';

/** Whether a document is one of Compose: services, each a mapping, and nothing of Kubernetes. */
export function isCompose(tree: YamlTree): boolean {
  const services = entriesOf(child(tree, 'services'));
  return (
    services.length > 0 &&
    childText(tree, 'apiVersion') === undefined &&
    services.every(({ value }) => value.kind === 'map') &&
    services.some(({ value }) =>
      ['image', 'build', 'environment', 'env_file', 'volumes', 'command', 'extends', 'secrets'].some(
        (key) => child(value, key) !== undefined,
      ),
    )
  );
}

/** Files and folders that containers see under another path: volumes, secrets and configs of files. */
export function mountsOf(tree: YamlTree, reading: Reading): readonly FoundMount[] {
  const services = entriesOf(child(tree, 'services')).map(({ value }) => value);
  return [
    ...services.flatMap((service) =>
      itemsOf(child(service, 'volumes')).flatMap((item) => readVolume(item, reading)),
    ),
    ...filesOf(tree, services, 'secrets', '/run/secrets/', reading),
    ...filesOf(tree, services, 'configs', '/', reading),
  ];
}

/** `env_file` in its three forms. */
export function environmentFilesOf(tree: YamlTree): readonly string[] {
  return entriesOf(child(tree, 'services')).flatMap(({ value }) => {
    const files = child(value, 'env_file');
    const items = files?.kind === 'list' ? files.items : files === undefined ? [] : [files];
    return items.flatMap((item) => (item.kind === 'scalar' ? item.value : childText(item, 'path')) ?? []);
  });
}

function readVolume(item: YamlTree, reading: Reading): readonly FoundMount[] {
  if (item.kind === 'map') {
    const [source, target] = [
      child(item, 'source') ?? child(item, 'src'),
      child(item, 'target') ?? child(item, 'dst'),
    ];
    if (source?.kind !== 'scalar' || !isPath(source.value ?? '')) return [];
    return toMount(whole(source, reading), target?.kind === 'scalar' ? whole(target, reading) : undefined);
  }
  if (item.kind !== 'scalar') return [];
  // A colon behind one letter is a drive of Windows; an expansion may hold colons too.
  const [, source, target] =
    /^((?:[A-Za-z]:[\\/])?(?:\$\{[^}]*\}|[^:$])+):([^:]+)(?::[\w,]+)?$/.exec(item.value ?? '') ?? [];
  if (source === undefined || target === undefined || !isPath(source)) return [];
  return toMount(
    piece(item, 0, source.length, reading),
    piece(item, source.length + 1, source.length + 1 + target.length, reading),
  );
}

/** A source without a slash is a volume that Docker keeps. */
function isPath(source: string): boolean {
  return /^(?:[.~]|[\\/]|[A-Za-z]:[\\/]|\$\{)/.test(source) || source.includes('/');
}

function filesOf(
  tree: YamlTree,
  services: readonly YamlTree[],
  section: string,
  folder: string,
  reading: Reading,
): readonly FoundMount[] {
  return entriesOf(child(tree, section)).flatMap(({ key, value }) => {
    const file = child(value, 'file');
    if (file?.kind !== 'scalar' || file.value === undefined) return [];
    const source = whole(file, reading);
    const targets = services.flatMap((service) =>
      itemsOf(child(service, section)).flatMap((item): FoundValue[] => {
        const named = item.kind === 'scalar' ? item : child(item, 'source');
        if (named?.kind !== 'scalar' || named.value !== key) return [];
        const written = child(item, 'target');
        const target = childText(item, 'target') ?? key;
        if (written?.kind === 'scalar' && target.startsWith('/')) return [whole(written, reading)];
        // The path follows from a name: it is nowhere to be edited.
        return [
          {
            start: named.start,
            end: named.end,
            value: folder + target,
            obstacle: 'unsupported',
          },
        ];
      }),
    );
    return targets.length === 0 ? toMount(source) : targets.flatMap((target) => toMount(source, target));
  });
}

function toMount(source: FoundValue | undefined, target?: FoundValue): readonly FoundMount[] {
  return source === undefined ? [] : [{ source, ...(target === undefined ? {} : { target }) }];
}

function whole(scalar: YamlScalar, reading: Reading): FoundValue {
  const placed = { scalar, text: reading.text };
  return readMount(placeOf(placed, { dollars: true }), scalar.value ?? '', reading);
}

function piece(scalar: YamlScalar, from: number, to: number, reading: Reading): FoundValue | undefined {
  const placed: Placed = { scalar, text: reading.text };
  const place = partOf(placed, from, to, { dollars: true });
  return place === undefined ? undefined : readMount(place, scalar.value?.slice(from, to) ?? '', reading);
}

function readMount(
  place: { readonly start: number; readonly end: number; readonly form: string },
  text: string,
  { broken }: Reading,
): FoundValue {
  const expansion = readExpansion(text, 'compose');
  if (expansion.kind === 'literal')
    return { ...place, value: expansion.value, ...(broken === undefined ? {} : { obstacle: broken }) };
  return { ...place, obstacle: expansion.kind === 'obstacle' ? expansion.obstacle : 'lookup' };
}
