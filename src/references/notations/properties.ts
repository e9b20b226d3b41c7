import { type Node, type Pair, parseLines } from 'dot-properties';
import type { FoundClient, HiddenRange, Notation } from '../notation';
import { type JsonReferences, jsonReferences, mayHoldClients, moveOut } from './json/jsonReferences';
import { encodeJson } from './json/jsonString';
import { outward } from './layered/layer';
import { type NamedValue, readMembers, toSetting } from './layered/namedValue';
import { clientsOfScope } from './layered/siblings';
import { decodeProperty, escapeProperty, hasLoneBackslash } from './propertiesValue';
import { isHarmless, looksLikeName, secretsClientNames } from './settingNames';

/**
 * Java properties: of the Secrets Manager clients, one client per document (docs/facts.md NAME-2) and, as JSON in a value,
 * a list of them; of Nacos and of Spring applications under names with any prefix. Values are edited in place; separator,
 * comments, continuation lines elsewhere and line ends are never touched.
 */
export const properties: Notation = {
  name: 'properties',
  configures: true,

  covers: (fileName) => fileName.toLowerCase().endsWith('.properties'),

  async find(text) {
    const nodes = parseLines(text, true);
    const pairs = nodes.filter(isPair);
    // A key that stands twice: the later one counts, as in java.util.Properties.
    const last = [...new Map(pairs.map((pair) => [pair.key, pair])).values()];
    const twice = keysThatStandTwice(pairs);
    const values = last.map((pair) => readValue(text, pair, twice.has(pair.key)));
    const lists = values.flatMap((value) => readList(text, value));
    const isOwn = ({ name }: NamedValue) => secretsClientNames.has(name);
    return {
      clients: [
        ...secretsClient(values.filter(isOwn), last),
        ...lists.flatMap(({ clients }) => clients),
        ...clientsOfScope({
          anchor: 'document',
          around: '',
          values: values.filter((value) => !isOwn(value)),
        }),
      ],
      settings: [
        ...values.flatMap((value) => toSetting(value, value.name, 'settings')),
        ...lists.flatMap(({ settings }) => settings),
      ],
      hidden: nodes.flatMap((node) => hiddenIn(text, node)),
    };
  },

  encode(value, rawBefore, form) {
    if (form === undefined) return escapeProperty(value, rawBefore);
    // A brace would end the `${…}` around it.
    if (form === 'part') return /[{}]/.test(value) ? undefined : escapeProperty(value, rawBefore);
    const before = decodeProperty(rawBefore, 0).text;
    const inner = encodeJson(value, before, /^json (.*)$/.exec(form)?.[1]);
    return inner === undefined ? undefined : escapeProperty(inner, rawBefore);
  },

  quotes(raw, form) {
    const width = form === 'json' && raw.startsWith('"') ? 1 : 0;
    return { open: width, close: width };
  },
};

function isPair(node: Required<Node>): node is Required<Pair> {
  return node.type === 'PAIR';
}

function keysThatStandTwice(pairs: readonly Required<Pair>[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { key } of pairs) (seen.has(key) ? twice : seen).add(key);
  return twice;
}

function readValue(text: string, pair: Required<Pair>, isTwice: boolean): NamedValue {
  const { start, end } = valueRange(text, pair);
  const raw = text.slice(start, end);
  const layer = decodeProperty(raw, start);
  const isPlain = layer.text === pair.value;
  // Spring reads such a file as several documents, any of which may be the one that counts. And a Windows path whose
  // backslashes are not doubled is read in different ways.
  const isUnsure = isTwice || !isPlain || hasLoneBackslash(raw);
  const lead = pair.value.length - pair.value.trimStart().length;
  return {
    name: pair.key,
    start,
    end: start + withoutSpaces(raw).length,
    value: pair.value.trim(),
    ...(isUnsure ? { obstacle: 'ambiguous' } : {}),
    part(from, to) {
      const place = isPlain ? outward(layer, from + lead, to + lead) : undefined;
      return place === undefined ? undefined : { ...place, form: 'part' };
    },
  };
}

/** White space at the end of a line is a part of the value, and nobody means it: it stays. */
function withoutSpaces(raw: string): string {
  const trimmed = raw.trimEnd();
  return trimmed === '' || trimmed.endsWith('\\') ? raw : trimmed;
}

/** The client that all settings of the document make up, unless it authenticates by other means. */
function secretsClient(
  values: readonly NamedValue[],
  pairs: readonly Required<Pair>[],
): readonly FoundClient[] {
  const type = pairs.find(({ key }) => key === 'credentials_type')?.value.trim();
  if (type !== undefined && type !== 'client_key') return [];
  const members = values.flatMap((value) => {
    const role = secretsClientNames.get(value.name);
    if (role === undefined) return [];
    const read = readMembers(value, role);
    if (role !== 'passwordEnv') return read;
    return read.map((member) => ({
      ...member,
      obstacle: 'lookup' as const,
      lookup: { in: 'environment' as const, name: value.value ?? '', indirect: true },
    }));
  });
  return members.length === 0 ? [] : [{ anchor: 'document', context: 'specific', members }];
}

/** The clients that stand as JSON in a value, each range as the properties file writes it. */
function readList(text: string, value: NamedValue): readonly JsonReferences[] {
  if (value.value === undefined || !mayHoldClients(value.value)) return [];
  const layer = decodeProperty(text.slice(value.start, value.end), value.start);
  const found = jsonReferences(layer.text, value.name);
  const isTwice = value.obstacle === 'ambiguous' && !hasLoneBackslash(text.slice(value.start, value.end));
  return [
    {
      clients: found.clients.map((client) => ({
        ...client,
        anchor: `${value.name}/${client.anchor}`,
        members: client.members
          .flatMap((member) => moveOut(member, layer, 'json'))
          .map((member) =>
            isTwice || hasLoneBackslash(text.slice(member.start, member.end))
              ? { ...member, obstacle: member.obstacle ?? 'ambiguous' }
              : member,
          ),
      })),
      settings: found.settings
        .flatMap((setting) => moveOut(setting, layer, 'json'))
        .map((setting) => ({ ...setting, name: `${value.name}${setting.name}` })),
    },
  ];
}

/** The value of a pair, the text of a comment, and the whole of a line that is neither. */
function hiddenIn(text: string, node: Required<Node>): readonly HiddenRange[] {
  const [start, nodeEnd] = [node.range[0], node.range[node.range.length - 1] ?? 0];
  const end = Math.min(nodeEnd, text.length);
  if (!isPair(node)) {
    const raw = text.slice(start, end);
    const open = /^[\s#!]*/.exec(raw)?.[0].length ?? 0;
    return open === raw.length ? [] : [{ start: start + open, end: start + raw.trimEnd().length }];
  }
  if (!looksLikeName(node.key) || !node.separator(text)) return [{ start, end }];
  return isHarmless(node.value) ? [] : [valueRange(text, node)];
}

function valueRange(text: string, pair: Required<Pair>): { readonly start: number; readonly end: number } {
  const [, , start, end] = pair.range;
  // The parser counts a line end that a broken last line does not have.
  return { start: Math.min(start, text.length), end: Math.min(end, text.length) };
}
