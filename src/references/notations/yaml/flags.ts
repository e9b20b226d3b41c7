import type { FoundClient } from '../../notation';
import type { NamedValue } from '../layered/namedValue';
import { clientsOfScope } from '../layered/siblings';
import { contextOf } from './context';
import { doublesDollars, type Expander, readExpansion } from './expansion';
import { partOf, partOfLayer, placeOf } from './place';
import { layerOf } from './scalarLayer';
import { anchorOf, type Reading } from './settings';
import { visitTree, type YamlScalar, type YamlTree } from './tree';

const COMMAND = /^(?:command|args|arguments|entrypoint)$/i;
/** Options of the programs that come with the SDKs and of the agents that read client keys (docs/facts.md NAME-1). */
const FLAG =
  /(?<=^|\s)--?((?:client[-_]key[-_](?:file[-_]path|file|path|password)|password[-_]file[-_]path))(=|\s+|$)/g;

/** Longer than any path or key content in a line. */
const MAX_VALUE = 8192;

/** Clients whose key and password are options of a command: in a list of arguments, or in one line. */
export function clientsOfCommands(
  tree: YamlTree,
  reading: Reading,
  expander: Expander,
): readonly FoundClient[] {
  const clients: FoundClient[] = [];
  visitTree(tree, reading.checkTime, (at, path, key) => {
    if (COMMAND.test(key)) clients.push(...clientsOfCommand(at, path, reading, expander));
  });
  return clients;
}

function clientsOfCommand(
  tree: YamlTree,
  path: string,
  reading: Reading,
  expander: Expander,
): readonly FoundClient[] {
  const values =
    tree.kind === 'list'
      ? argumentsOf(tree.items, reading, expander)
      : tree.kind === 'scalar'
        ? lineOf(tree, reading)
        : [];
  const context = contextOf('', values);
  return clientsOfScope({
    anchor: anchorOf(reading, path),
    around: '',
    values,
    ...(context === undefined ? {} : { context }),
  });
}

function argumentsOf(
  items: readonly YamlTree[],
  reading: Reading,
  expander: Expander,
): readonly NamedValue[] {
  return items.flatMap((item, index) => {
    if (item.kind !== 'scalar' || item.value === undefined) return [];
    const [flag] = [...item.value.matchAll(FLAG)];
    // A whole script in one argument of a shell is a line.
    if (/\s/.test(item.value.trim()) && flag !== undefined) return lineOf(item, reading);
    const [, name, sign] = flag ?? [];
    if (flag === undefined || name === undefined) return [];
    const next = items[index + 1];
    if (sign === '=') return argumentOf(name, item, flag[0].length, reading, expander);
    return next?.kind === 'scalar' ? argumentOf(name, next, 0, reading, expander) : [];
  });
}

function argumentOf(
  name: string,
  scalar: YamlScalar,
  from: number,
  reading: Reading,
  expander: Expander,
): readonly NamedValue[] {
  const text = scalar.value?.slice(from) ?? '';
  const placed = { scalar, text: reading.text };
  const form = { dollars: doublesDollars(expander) };
  const place = from === 0 ? placeOf(placed, form) : partOf(placed, from, from + text.length, form);
  const expansion = readExpansion(text, expander);
  if (place === undefined || text === '') return [];
  if (expansion.kind === 'literal')
    return [
      {
        name,
        ...place,
        value: expansion.value,
        ...(reading.broken === undefined ? {} : { obstacle: reading.broken }),
      },
    ];
  return [
    { name, ...place, value: text, obstacle: expansion.kind === 'lookup' ? 'lookup' : expansion.obstacle },
  ];
}

/** A line that a shell takes apart: its rules are not known here, so it is listed only. */
function lineOf(scalar: YamlScalar, reading: Reading): readonly NamedValue[] {
  const line = scalar.value ?? '';
  const placed = { scalar, text: reading.text };
  const layer = layerOf(scalar, reading.text);
  return [...line.matchAll(FLAG)].flatMap((flag) => {
    reading.checkTime();
    const from = flag.index + flag[0].length;
    const value = /^(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(line.slice(from, from + MAX_VALUE));
    const text = value?.[1] ?? value?.[2] ?? value?.[3];
    if (value === null || text === undefined || flag[1] === undefined) return [];
    const part =
      layer === undefined ? undefined : partOfLayer(placed, layer, from, from + value[0].length, {});
    const obstacle = /\$/.test(text) ? ('lookup' as const) : ('unsupported' as const);
    return [{ name: flag[1], ...(part ?? placeOf(placed)), value: text, obstacle }];
  });
}
