import type { FoundClient, FoundSetting, FoundValue, Notation } from '../../notation';
import { dotenv } from '../dotenv';
import { json } from '../json/json';
import { encodeJson } from '../json/jsonString';
import { properties } from '../properties';
import { shell } from '../shell';
import { toml } from '../toml/toml';
import type { InnerNotations } from './form';
import { partOfLayer, placeOf } from './place';
import { layerOf } from './scalarLayer';
import type { Reading } from './settings';
import type { YamlScalar } from './tree';

/** Files that people put into ConfigMaps and Secrets whole. */
const BY_ENDING: readonly (readonly [
  ending: RegExp,
  notation: Pick<Notation, 'name' | 'find' | 'encode' | 'quotes'>,
])[] = [
  [/\.properties$/i, properties],
  [/(?:^|\.)env$/i, dotenv],
  [/\.toml$/i, toml],
  [/\.json$/i, json],
];

/** What the forms of this notation name. JSON is also written by itself, as a value of another notation. */
export function innerNotations(yaml: Pick<Notation, 'encode' | 'quotes'>): InnerNotations {
  const all = new Map<string, Pick<Notation, 'encode' | 'quotes'>>([
    ...BY_ENDING.map(([, notation]) => [notation.name, notation] as const),
    ['json', { encode: encodeJson, quotes: json.quotes }],
    ['shell', shell],
    ['yaml', yaml],
  ]);
  return (name) => all.get(name);
}

export interface NestedFindings {
  readonly clients: readonly FoundClient[];
  readonly settings: readonly FoundSetting[];
}

/**
 * What a file says that stands whole in a scalar; undefined where its name is not that of a file that is known.
 * @param value decoded, where the scalar itself is encoded and nothing in it can be edited
 */
export async function readNested(
  key: string,
  scalar: YamlScalar,
  reading: Reading,
  anchor: string,
  findYaml: Notation['find'],
  value?: string,
): Promise<NestedFindings | undefined> {
  const notation = /\.ya?ml$/i.test(key)
    ? { name: 'yaml', find: findYaml }
    : BY_ENDING.find(([ending]) => ending.test(key))?.[1];
  const layer = value === undefined ? layerOf(scalar, reading.text) : undefined;
  const inner = value ?? layer?.text ?? scalar.value;
  if (notation === undefined || inner === undefined) return undefined;
  const found = await notation.find(inner);
  const whole = placeOf({ scalar, text: reading.text });
  const move = ({ start, end, form, obstacle }: FoundValue) => {
    const named = { notation: notation.name, ...(form === undefined ? {} : { form }) };
    const place =
      layer === undefined
        ? undefined
        : partOfLayer({ scalar, text: reading.text }, layer, start, end, { inner: named });
    const found = reading.broken ?? obstacle ?? (place === undefined ? ('unsupported' as const) : undefined);
    return { ...(place ?? whole), ...(found === undefined ? {} : { obstacle: found }) };
  };
  return {
    clients: found.clients.map((client) => ({
      ...client,
      anchor: `${anchor}/${client.anchor}`,
      members: client.members.map((member) => ({ ...member, ...move(member) })),
    })),
    settings: (found.settings ?? []).map((setting) => ({ ...setting, ...move(setting) })),
  };
}
