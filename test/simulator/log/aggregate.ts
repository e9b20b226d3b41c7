import type { SqlResult } from './analytics';
import type { LogField, LogRow } from './auditLog';
import type { Found, Stretch } from './found';
import { type Grouping, type Item, isKey } from './grouping';

type Fields = LogRow['fields'];

interface Group {
  readonly fields: Fields;
  readonly slot: number;
  count: number;
  min: number;
  max: number;
}

/** Entries of the same fields in one slot. Times in Unix seconds. */
type Add = (fields: Fields, slot: number, count: number, min: number, max: number) => void;

/** The answer of a statement over what was found, as DuckDB would give it; the order of equals is anybody's. */
export function aggregate(grouping: Grouping, found: Found): SqlResult {
  const { items, order, limit, slot } = grouping;
  const groups = new Map<string, Group>();
  const nameOf = groupNames(grouping);
  const add: Add = (fields, of, count, min, max) => {
    const name = nameOf(fields);
    if (name === undefined) return;
    const known = groups.get(name + of);
    if (known === undefined) groups.set(name + of, { fields, slot: of, count, min, max });
    else {
      known.count += count;
      known.min = Math.min(known.min, min);
      known.max = Math.max(known.max, max);
    }
  };
  const slotOf = (second: number) => (slot === undefined ? 0 : second - (second % slot));
  for (const row of found.rows) {
    const second = Math.floor(row.at / 1000);
    add(row.fields, slotOf(second), 1, second, second);
  }
  // Which groups a limit without an order leaves out is anybody's: those of later slots need not be made.
  const isEnough = () =>
    order.length === 0 && found.rows.length === 0 && groups.size >= limit.offset + limit.rows;
  if (found.columns) addColumns(found.columns, slotOf, slot ?? Number.POSITIVE_INFINITY, add, isEnough);

  const data = sortGroups([...groups.values()], grouping)
    .slice(limit.offset, limit.offset + limit.rows)
    .map((group) =>
      Object.fromEntries(items.map((item) => [item.name, String(valueIn(group, item) ?? 'null')])),
    );
  return { keys: items.map(({ name }) => name), data };
}

/** Names the group that fields belong to, apart from the slot; undefined if the statement leaves them out. */
function groupNames({ items, where }: Grouping): (fields: Fields) => string | undefined {
  const keys = items.filter(isKey);
  const known = new Map<Fields, string | undefined>();
  return (fields) => {
    if (known.has(fields)) return known.get(fields);
    const isIn = !where || where.values.includes(fieldOf(fields, where.field) ?? '');
    const values = keys.flatMap((item) =>
      item.kind === 'field' ? [fieldOf(fields, item.field) ?? null] : [],
    );
    const name = isIn ? JSON.stringify(values) : undefined;
    known.set(fields, name);
    return name;
  };
}

/** Entries come in order of time, so slots come one after the other, and one set of counters is enough. */
function addColumns(
  { of, low, high, mask }: Stretch,
  slotOf: (second: number) => number,
  width: number,
  add: Add,
  isEnough: () => boolean,
): void {
  const counts = new Float64Array(of.patterns.length);
  const firsts = new Float64Array(of.patterns.length);
  const lasts = new Float64Array(of.patterns.length);
  let slot = slotOf(of.seconds[low] ?? 0);
  const flush = () => {
    for (let i = 0; i < counts.length; i += 1) {
      if (counts[i]) add(of.patterns[i] ?? {}, slot, counts[i] ?? 0, firsts[i] ?? 0, lasts[i] ?? 0);
    }
    counts.fill(0);
  };
  for (let i = low; i < high; i += 1) {
    const pattern = of.patternOf[i] ?? 0;
    if (!mask[pattern]) continue;
    const second = of.seconds[i] ?? 0;
    if (second >= slot + width) {
      flush();
      if (isEnough()) return;
      slot = slotOf(second);
    }
    if (counts[pattern] === 0) firsts[pattern] = second;
    lasts[pattern] = second;
    counts[pattern] = (counts[pattern] ?? 0) + 1;
  }
  flush();
}

function sortGroups(groups: Group[], { items, order }: Grouping): Group[] {
  const sorters = order.flatMap(({ name, descending }) => {
    const item = items.find((each) => each.name === name);
    return item ? [{ item, descending }] : [];
  });
  if (sorters.length === 0) return groups;
  return groups.sort((a, b) => {
    for (const { item, descending } of sorters) {
      const sign = compare(valueIn(a, item), valueIn(b, item), descending);
      if (sign !== 0) return sign;
    }
    return 0;
  });
}

function valueIn(group: Group, item: Item): string | number | undefined {
  return item.kind === 'field' ? fieldOf(group.fields, item.field) : group[item.kind];
}

function fieldOf(fields: Fields, name: string): string | undefined {
  return name.startsWith('__') ? '' : fields[name as LogField];
}

/** No value comes last, whichever way. */
function compare(
  a: string | number | undefined,
  b: string | number | undefined,
  descending: boolean,
): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const sign = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -sign : sign;
}
