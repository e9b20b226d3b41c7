import type { FoundClient, FoundSetting } from '../../notation';
import { type NamedValue, toSetting } from '../layered/namedValue';
import { clientsOfScope } from '../layered/siblings';
import { contextOf } from './context';
import { nameOfKey } from './kubernetes';
import { partOf } from './place';
import { anchorOf, type Reading, tagObstacle } from './settings';
import { child, childText, itemsOf, under, type YamlScalar, type YamlTree } from './tree';

const GENERATORS = ['secretGenerator', 'configMapGenerator'];

interface Generated {
  readonly clients: readonly FoundClient[];
  readonly settings: readonly FoundSetting[];
  readonly environmentFiles: readonly string[];
}

/** What the generators of a kustomization make of literals and files; undefined where a document has none. */
export function readGenerators(tree: YamlTree, reading: Reading): Generated | undefined {
  const generators = GENERATORS.flatMap((kind) =>
    itemsOf(child(tree, kind)).map((item, index) => ({ item, path: under(kind, index) })),
  );
  if (generators.length === 0) return undefined;
  const found = generators.map(({ item, path }) => readGenerator(item, path, tree, reading));
  return {
    clients: found.flatMap(({ clients }) => clients),
    settings: found.flatMap(({ settings }) => settings),
    environmentFiles: found.flatMap(({ environmentFiles }) => environmentFiles),
  };
}

function readGenerator(item: YamlTree, path: string, tree: YamlTree, reading: Reading): Generated {
  const name = childText(item, 'name') ?? '';
  const namespace = childText(item, 'namespace') ?? childText(tree, 'namespace') ?? '';
  const literals = scalarsOf(item, 'literals').flatMap((one) => readLiteral(one, reading));
  const files = scalarsOf(item, 'files').flatMap((one) => readFile(one, reading));
  const values = [...literals.map((one) => ({ ...one, name: nameOfKey(one.name) })), ...files];
  const context = contextOf(`${namespace} ${name}`, values);
  return {
    clients: clientsOfScope({
      anchor: anchorOf(reading, `${path.replace(/\[\d+\]$/, '')}/${name}`),
      around: name,
      values,
      ...(context === undefined ? {} : { context }),
    }),
    settings: literals.flatMap((one) => [
      ...toSetting(one, `${namespace}/${name}/${one.name}`, 'secret'),
      ...(/^[A-Za-z_]\w*$/.test(one.name) ? toSetting(one, one.name, 'environment') : []),
    ]),
    environmentFiles: [
      ...scalarsOf(item, 'envs').flatMap(({ value }) => value ?? []),
      childText(item, 'env') ?? [],
    ].flat(),
  };
}

function scalarsOf(item: YamlTree, key: string): readonly YamlScalar[] {
  return itemsOf(child(item, key)).flatMap((one) => (one.kind === 'scalar' ? [one] : []));
}

/** `name=value`. Quotes around the value are taken off, and what new ones would do is not known. */
function readLiteral(scalar: YamlScalar, reading: Reading): readonly NamedValue[] {
  const [head, name = ''] = /^([^=]+)=/.exec(scalar.value ?? '') ?? [];
  if (head === undefined) return [];
  const value = valueBehind(scalar, head.length, name, reading);
  const isQuoted = /^(["']).*\1$/s.test(value.value ?? '');
  return [isQuoted ? { ...value, obstacle: value.obstacle ?? 'unsupported' } : value];
}

/** `name=path`, or a path alone: what the file holds gets its own name then. */
function readFile(scalar: YamlScalar, reading: Reading): readonly NamedValue[] {
  const text = scalar.value ?? '';
  const [head = '', key] = /^([^=]+)=/.exec(text) ?? [];
  const name = nameOfKey(key ?? text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1));
  if (text.length === head.length) return [];
  return [valueBehind(scalar, head.length, nameOfFile(name), reading)];
}

/** The names tell what is in the files; here they stand for paths. */
function nameOfFile(name: string): string {
  if (/pass(?:word)?$/i.test(name)) return `${name.replace(/pass$/i, 'password')}_file`;
  return name.replace(/[-_]?(?:content|json|data)$/i, '');
}

function valueBehind(scalar: YamlScalar, from: number, name: string, reading: Reading): NamedValue {
  const value = (scalar.value ?? '').slice(from);
  const place = partOf({ scalar, text: reading.text }, from, from + value.length);
  const obstacle =
    reading.broken ?? tagObstacle(scalar) ?? (place === undefined ? ('unsupported' as const) : undefined);
  return {
    name,
    ...(place ?? { start: scalar.start, end: scalar.end }),
    value,
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}
