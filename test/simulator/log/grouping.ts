import { isOwnField } from './entryColumns';
import { isKeyword, LIMIT_OF_NONE, type Token, tokeniseSql } from './sql';

/**
 * A statement that groups by fields, and perhaps by slots of time, and counts, with the first and the last second, perhaps of
 * entries with certain values of one field: what can be answered over millions of entries in columns without making a row of any.
 */
export interface Grouping {
  readonly items: readonly Item[];
  readonly order: readonly { readonly name: string; readonly descending: boolean }[];
  readonly limit: { readonly offset: number; readonly rows: number };
  /** Only entries with one of these values. */
  readonly where: { readonly field: string; readonly values: readonly string[] } | undefined;
  /** Seconds of a slot; undefined: no slots. */
  readonly slot: number | undefined;
}

export type KeyItem =
  | { readonly kind: 'field'; readonly name: string; readonly field: string }
  | { readonly kind: 'slot'; readonly name: string };
export type Item = KeyItem | { readonly kind: 'count' | 'min' | 'max'; readonly name: string };

/** @returns undefined for a statement of another kind, which is not wrong for that */
export function readGrouping(sql: string): Grouping | undefined {
  const clauses = clausesOf(tokeniseSql(sql));
  if (clauses === undefined || clauses.select.some(({ kind }) => kind === 'text')) return undefined;
  const where = whereOf(clauses.where);
  if (where === 'other') return undefined;
  let slot: number | undefined;
  const items: Item[] = [];
  for (const tokens of splitAtCommas(clauses.select)) {
    const as = tokens.findIndex((token) => isKeyword(token, 'as'));
    const alias = as < 0 ? undefined : tokens[as + 1]?.text;
    const text = (as < 0 ? tokens : tokens.slice(0, as)).map((token) => token.text).join(' ');
    const seconds = /^__time__ - __time__ % (\d+)$/.exec(text)?.[1];
    if (/^[a-z_]+$/.test(text) && text !== '__time__' && !isOwnField(text))
      items.push({ kind: 'field', field: text, name: alias ?? text });
    else if (alias === undefined) return undefined;
    else if (/^count \( [*1] \)$/i.test(text)) items.push({ kind: 'count', name: alias });
    else if (/^min \( __time__ \)$/i.test(text)) items.push({ kind: 'min', name: alias });
    else if (/^max \( __time__ \)$/i.test(text)) items.push({ kind: 'max', name: alias });
    else if (seconds !== undefined && slot === undefined) {
      slot = Number(seconds);
      items.push({ kind: 'slot', name: alias });
    } else return undefined;
  }
  const keys = items.filter(isKey).map(({ name }) => name);
  const grouped = splitAtCommas(clauses.group).map(textOf);
  if (grouped.length === 0 || [...grouped].sort().join() !== [...keys].sort().join()) return undefined;
  const order = splitAtCommas(clauses.order).map(([name, way]) => ({
    name: name?.text ?? '',
    descending: isKeyword(way, 'desc'),
  }));
  if (order.some(({ name }) => !items.some((item) => item.name === name))) return undefined;
  const [first, second] = splitAtCommas(clauses.limit).map((tokens) => Number(textOf(tokens)));
  const limit = { offset: second === undefined ? 0 : (first ?? 0), rows: second ?? first ?? LIMIT_OF_NONE };
  return { items, where, order, limit, slot };
}

export function isKey(item: Item): item is KeyItem {
  return item.kind === 'field' || item.kind === 'slot';
}

/** `SELECT … FROM log GROUP BY … ORDER BY … LIMIT …`; undefined where there is anything else. */
function clausesOf(tokens: readonly Token[]) {
  const clauses = {
    select: [] as Token[],
    where: [] as Token[],
    group: [] as Token[],
    order: [] as Token[],
    limit: [] as Token[],
  };
  let current: Token[] | undefined;
  for (const token of tokens) {
    if (['having', 'case', 'distinct'].some((word) => isKeyword(token, word))) return undefined;
    const started = (['select', 'where', 'group', 'order', 'limit'] as const).find((word) =>
      isKeyword(token, word),
    );
    if (started) current = clauses[started];
    else if (!['from', 'log', 'by'].some((word) => isKeyword(token, word))) current?.push(token);
  }
  return clauses;
}

/** `field in ('a', 'b')`; undefined where there is no condition. */
function whereOf(tokens: readonly Token[]): Grouping['where'] | 'other' {
  if (tokens.length === 0) return undefined;
  const [field, inWord, open, ...rest] = tokens;
  const close = rest.pop();
  const isList =
    isKeyword(inWord, 'in') && open?.text === '(' && close?.kind === 'sign' && close.text === ')';
  const values = splitAtCommas(rest);
  const areTexts = values.every(
    ([value, ...more]) => value?.kind === 'text' && value.text !== '' && more.length === 0,
  );
  if (!field || field.kind === 'text' || isOwnField(field.text) || field.text.startsWith('__'))
    return 'other';
  return isList && areTexts ? { field: field.text, values: values.map(textOf) } : 'other';
}

function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'sign') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    if (token.kind === 'sign' && token.text === ',' && depth === 0) parts.push([]);
    else if (parts.length === 0) parts.push([token]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join(' ');
}
