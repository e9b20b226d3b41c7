import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** A scalar with the place of its raw text: quotes or the head of a block included, line ends behind it not. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
  /** Stands between brackets, where `,` and braces are syntax. */
  readonly flow: boolean;
  /** As a program reads a string there, without line ends at the end of a block. Absent for no value. */
  readonly value?: string;
  readonly tag?: string;
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlTree;
  /** Stands more than once in its mapping: readers differ in which one counts. */
  readonly twice: boolean;
  /** Comes from elsewhere by a merge key. */
  readonly merged: boolean;
}

interface YamlMap {
  readonly kind: 'map';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly YamlEntry[];
}

interface YamlList {
  readonly kind: 'list';
  readonly start: number;
  readonly end: number;
  readonly items: readonly YamlTree[];
}

/** A document as its readers see it: an alias is what its anchor names, and merge keys are merged. */
export type YamlTree = YamlScalar | YamlMap | YamlList;

/** Ranges of the keys of mappings that are plain text: names, which the preview shows. */
export type KeyRanges = Map<number, { readonly end: number; readonly name: string }>;

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** Builds the tree of a document. An anchor is built once, so that its aliases share its values. */
export function buildTree(
  document: Document,
  text: string,
  keys: KeyRanges,
  checkTime: () => void,
): YamlTree | undefined {
  const anchors = new Map<string, YamlTree>();

  function build(node: unknown, flow: boolean): YamlTree | undefined {
    checkTime();
    if (isAlias(node)) return anchors.get(node.source) ?? unknownAlias(node, text, flow);
    const built = buildOwn(node, flow);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined && built !== undefined) anchors.set(anchor, built);
    return built;
  }

  function buildOwn(node: unknown, flow: boolean): YamlTree | undefined {
    if (isScalar(node)) return readScalar(node, text, flow);
    if (!isMap(node) && !isSeq(node)) return undefined;
    const [start, parsedEnd] = rangeOf(node);
    // The parser counts line ends behind a block collection to it.
    let end = parsedEnd;
    while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
    // `{{ … }}` of a template reads as a mapping inside a mapping.
    if (isMap(node) && text.startsWith('{{', start))
      return { kind: 'scalar', start, end, style: 'plain', flow, value: text.slice(start, end) };
    const inFlow = flow || node.flow === true;
    if (isSeq(node)) {
      const items = node.items.flatMap((item) => build(item, inFlow) ?? []);
      return { kind: 'list', start, end, items };
    }
    return { kind: 'map', start, end, entries: buildEntries(node.items, inFlow) };
  }

  function buildEntries(pairs: readonly Pair[], flow: boolean): readonly YamlEntry[] {
    const own: { key: string; value: YamlTree }[] = [];
    const merged: YamlEntry[] = [];
    for (const pair of pairs) {
      const key = readKey(pair.key);
      const value = build(pair.value, flow);
      if (key === undefined) continue;
      if (key === '<<') merged.push(...mergedEntries(value));
      else if (value !== undefined) own.push({ key, value });
    }
    const counts = new Map<string, number>();
    for (const { key } of own) counts.set(key, (counts.get(key) ?? 0) + 1);
    const taken = new Set(counts.keys());
    return [
      ...own.map((entry) => ({ ...entry, twice: (counts.get(entry.key) ?? 0) > 1, merged: false })),
      ...merged.filter(({ key }) => !taken.has(key) && taken.add(key)),
    ];
  }

  function readKey(node: unknown): string | undefined {
    if (isAlias(node)) {
      const named = anchors.get(node.source);
      return named?.kind === 'scalar' ? named.value : undefined;
    }
    if (!isScalar(node)) return undefined;
    const name = node.source ?? String(node.value);
    const [start, end] = rangeOf(node);
    keys.set(start, { end, name });
    if (node.anchor !== undefined) anchors.set(node.anchor, readScalar(node, text, false));
    return name;
  }

  return build(document.contents, false);
}

/** An alias of nothing: more likely a password without the quotes that it needs. */
export const UNKNOWN_ALIAS = '!unknown-alias';

function unknownAlias(node: Alias, text: string, flow: boolean): YamlScalar {
  const [start, end] = rangeOf(node);
  return {
    kind: 'scalar',
    start,
    end,
    style: 'plain',
    flow,
    value: text.slice(start, end),
    tag: UNKNOWN_ALIAS,
  };
}

/** Entries that `<<` brings in: of a mapping, or of several, the earlier ones first. */
function mergedEntries(value: YamlTree | undefined): readonly YamlEntry[] {
  if (value?.kind === 'map') return value.entries.map((entry) => ({ ...entry, merged: true }));
  return value?.kind === 'list'
    ? value.items.flatMap((item) => (item.kind === 'map' ? mergedEntries(item) : []))
    : [];
}

function readScalar(node: Scalar, text: string, flow: boolean): YamlScalar {
  const [start, end] = rangeOf(node);
  const style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
  const isBlock = style === 'literal' || style === 'folded';
  const value = isBlock ? node.source?.replace(/\n+$/, '') : node.source;
  const isNothing = value === undefined || (style === 'plain' && /^(?:|~|null|Null|NULL)$/.test(value));
  return {
    kind: 'scalar',
    start,
    end: isBlock ? start + text.slice(start, end).trimEnd().length : end,
    style,
    flow,
    ...(isNothing ? {} : { value }),
    ...(node.tag === undefined ? {} : { tag: node.tag }),
  };
}

function rangeOf(node: {
  range?: readonly [number, number, number] | null | undefined;
}): readonly [number, number] {
  return [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
}

/** The value of a mapping under a key. */
export function child(tree: YamlTree | undefined, key: string): YamlTree | undefined {
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.key === key)?.value : undefined;
}

/** The text of a scalar under a key. */
export function childText(tree: YamlTree | undefined, key: string): string | undefined {
  const value = child(tree, key);
  return value?.kind === 'scalar' ? value.value : undefined;
}

/** The entries of a mapping, none of anything else. */
export function entriesOf(tree: YamlTree | undefined): readonly YamlEntry[] {
  return tree?.kind === 'map' ? tree.entries : [];
}

/** The items of a list, none of anything else. */
export function itemsOf(tree: YamlTree | undefined): readonly YamlTree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

/** The path of a name inside a dotted path; lists count from 0 in brackets. */
export function under(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Calls for a tree and everything below it, with its dotted path and the last key of that, empty for an item of a list. */
export function visitTree(
  tree: YamlTree,
  checkTime: () => void,
  visitor: (tree: YamlTree, path: string, key: string) => void,
  path = '',
  key = '',
): void {
  checkTime();
  visitor(tree, path, key);
  for (const entry of entriesOf(tree))
    visitTree(entry.value, checkTime, visitor, under(path, entry.key), entry.key);
  for (const [index, item] of itemsOf(tree).entries())
    visitTree(item, checkTime, visitor, under(path, index));
}
