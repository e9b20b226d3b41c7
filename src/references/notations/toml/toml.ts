import { type AST, parseTOML } from 'toml-eslint-parser';
import type { FoundClient, FoundSetting, HiddenRange, Notation } from '../../notation';
import { hiddenLines, TooSlow } from '../../notation';
import { clientsWithin, mayHoldClients } from '../json/jsonReferences';
import { encodeJson } from '../json/jsonString';
import { outward } from '../layered/layer';
import { type NamedValue, toSetting } from '../layered/namedValue';
import { clientsOfScope } from '../layered/siblings';
import { decodeTomlString, encodeTomlString, escapeBasic } from './tomlString';

/** A value with the path of the table that it stands in. */
interface Entry {
  readonly table: string;
  readonly value: NamedValue;
}

/** Lock files and manifests, which tools write. */
const NEVER =
  /^(?:cargo|poetry|uv|pdm|gopkg|pixi)\.(?:toml|lock)$|^(?:pyproject|netlify|rustfmt|clippy|\.?taplo)\.toml$/i;

/** The parser takes more than a second for as much. */
const MAX_LENGTH = 400_000;

/** TOML: one client per table (docs/facts.md NAME-1). Strings keep their kind of quotes. */
export const toml: Notation = {
  name: 'toml',
  configures: true,

  covers: (fileName) => /\.toml$/i.test(fileName) && !NEVER.test(fileName),

  async find(text) {
    if (text.length > MAX_LENGTH) throw new TooSlow();
    const program = parse(text);
    if (program === undefined) return { clients: [], hidden: hiddenLines(text, 0, text.length) };
    const entries = readTables(text, program);
    const clients: FoundClient[] = [];
    const settings: FoundSetting[] = [];
    for (const [table, values] of byTable(entries)) {
      clients.push(...clientsOfScope({ anchor: table === '' ? 'document' : table, around: table, values }));
    }
    for (const { table, value } of entries) {
      const path = table === '' ? value.name : `${table}.${value.name}`;
      settings.push(...toSetting(value, path, 'settings'));
      clients.push(...readNested(text, path, value));
    }
    return { clients, settings, hidden: hiddenIn(program, entries) };
  },

  encode(value, rawBefore, form) {
    if (form === undefined) return encodeTomlString(value, rawBefore);
    const [kind, rest] = [/^\w+/.exec(form)?.[0], /^\w+ (.*)$/.exec(form)?.[1]];
    if (rest === 'inside') return /[{}]/.test(value) ? undefined : encodeInside(value, kind);
    const before = kind === 'basic' ? decodeTomlString(`"""${rawBefore}"""`, 0)?.text : rawBefore;
    const inner = before === undefined ? undefined : encodeJson(value, before, rest);
    return inner === undefined ? undefined : encodeInside(inner, kind);
  },

  quotes(raw, form) {
    const width = form === undefined ? (/^(?:"""|'''|"|')/.exec(raw)?.[0].length ?? 0) : 0;
    return { open: width, close: width };
  },
};

function parse(text: string): AST.TOMLProgram | undefined {
  try {
    return parseTOML(text);
  } catch {
    // A template, or cut off: nothing is known of it.
    return undefined;
  }
}

function encodeInside(value: string, kind: string | undefined): string | undefined {
  if (kind === 'basic') return escapeBasic(value);
  return /['\r\n]/.test(value) ? undefined : value;
}

function readTables(text: string, program: AST.TOMLProgram): readonly Entry[] {
  const entries: Entry[] = [];
  const readPairs = (pairs: readonly AST.TOMLKeyValue[], table: string) => {
    for (const { key, value } of pairs) {
      const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
      const owner = names.slice(0, -1).reduce(joinPath, table);
      read(value, names.at(-1) ?? '', owner);
    }
  };
  const read = (node: AST.TOMLContentNode, name: string, table: string) => {
    if (node.type === 'TOMLInlineTable') readPairs(node.body, joinPath(table, name));
    else if (node.type === 'TOMLArray')
      for (const [index, element] of node.elements.entries()) read(element, `${name}[${index}]`, table);
    else entries.push({ table, value: readValue(text, name, node) });
  };
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') readPairs([node], '');
    else readPairs(node.body, node.resolvedKey.reduce<string>(joinPath, ''));
  }
  return entries;
}

function byTable(entries: readonly Entry[]): ReadonlyMap<string, readonly NamedValue[]> {
  const tables = new Map<string, NamedValue[]>();
  for (const { table, value } of entries) {
    const values = tables.get(table);
    if (values === undefined) tables.set(table, [value]);
    else values.push(value);
  }
  return tables;
}

function joinPath(path: string, part: string | number): string {
  if (typeof part === 'number') return `${path}[${part}]`;
  return path === '' ? part : `${path}.${part}`;
}

function readValue(text: string, name: string, node: AST.TOMLValue): NamedValue {
  const [start, end] = node.range;
  const raw = text.slice(start, end);
  if (node.kind !== 'string') return { name, start, end, value: raw };
  const layer = decodeTomlString(raw, start);
  if (layer === undefined || layer.text !== node.value) return { name, start, end, obstacle: 'unsupported' };
  const form = `${formOf(raw)} inside`;
  const part = (from: number, to: number) => {
    const place = outward(layer, from, to);
    return place === undefined ? undefined : { ...place, form };
  };
  return { name, start, end, value: layer.text, part };
}

function formOf(raw: string): 'basic' | 'literal' {
  return raw.startsWith('"') ? 'basic' : 'literal';
}

function readNested(text: string, path: string, value: NamedValue): readonly FoundClient[] {
  if (value.value === undefined || !mayHoldClients(value.value)) return [];
  const raw = text.slice(value.start, value.end);
  const layer = decodeTomlString(raw, value.start);
  if (layer === undefined) return [];
  return clientsWithin(layer, value.name, path, formOf(raw));
}

function hiddenIn(program: AST.TOMLProgram, entries: readonly Entry[]): readonly HiddenRange[] {
  const values = entries.map(({ value }) => ({ start: value.start, end: value.end }));
  const comments = program.comments.map(({ range: [start, end] }) => ({ start, end, open: 1 }));
  return [...values, ...comments];
}
