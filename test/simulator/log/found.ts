import type { Simulation } from '../simulation';
import { type LogRow, RETENTION_DAYS } from './auditLog';
import { type EntryColumns, entryAt, firstFromSecond, sizesOf } from './entryColumns';
import { type Condition, invalidQuery, isDecidedByPattern, matches } from './search';

/** A search that has to look at entries one by one is not answered over more of them. */
const MAX_ONE_BY_ONE = 200_000;

/** What a query is about: ordinary rows, oldest first, and entries of columns. */
export interface Found {
  readonly rows: readonly LogRow[];
  readonly columns?: Stretch;
}

/** The entries of columns from `low` to before `high` whose pattern has a 1 in the mask. */
export interface Stretch {
  readonly of: EntryColumns;
  readonly low: number;
  readonly high: number;
  readonly mask: Uint8Array;
}

/** An entry of a stretch by its place, or an ordinary row. */
type Entry = number | LogRow;

/** Everything in a range of Unix seconds that the log service still has and already has. */
export function visible(simulation: Simulation, instanceId: string, from: number, to: number): Found {
  const { log, clock, knobs } = simulation;
  const now = clock.now();
  const oldest = now - RETENTION_DAYS * 24 * 60 * 60_000;
  const newest = now - knobs.logDelayMs;
  const rows = log
    .range(instanceId, from, to)
    .filter((row) => row.at >= oldest && row.at <= newest && (row.deliveredAt ?? row.at) <= newest);
  const of = log.columns(instanceId);
  if (of === undefined) return { rows };
  const low = firstFromSecond(of, Math.max(from, Math.ceil(oldest / 1000)));
  const high = Math.max(low, firstFromSecond(of, Math.min(to, Math.floor(newest / 1000) + 1)));
  return { rows, columns: { of, low, high, mask: new Uint8Array(of.patterns.length).fill(1) } };
}

/** Those that fulfil a condition. */
export function search(found: Found, condition: Condition): Found {
  const rows = found.rows.filter((row) => matches(condition, row));
  const { columns } = found;
  if (columns === undefined || columns.low === columns.high) return { rows };
  if (!isDecidedByPattern(condition)) {
    if (columns.high - columns.low > MAX_ONE_BY_ONE) {
      throw invalidQuery(
        `the simulator looks for a single entry's own fields among at most ${MAX_ONE_BY_ONE} generated entries`,
      );
    }
    return { rows: [...rowsOf(found)].filter((row) => matches(condition, row)) };
  }
  const mask = columns.mask.map((kept, i) =>
    kept === 1 && matches(condition, { at: 0, fields: columns.of.patterns[i] ?? {} }) ? 1 : 0,
  );
  return { rows, columns: { ...columns, mask } };
}

export function countOf({ rows, columns }: Found): number {
  return rows.length + (columns === undefined ? 0 : countColumns(columns, columns.low, columns.high));
}

/** Entries of the stretch in [low, high). */
export function countColumns({ of, mask, ...ends }: Stretch, low: number, high: number): number {
  let count = 0;
  const stop = Math.min(high, ends.high);
  for (let i = Math.max(low, ends.low); i < stop; i += 1) count += mask[of.patternOf[i] ?? 0] ?? 0;
  return count;
}

/** In order of time; of the same moment, entries of columns are the older ones. */
function* inOrder({ rows, columns }: Found, reverse: boolean): Generator<Entry> {
  const step = reverse ? -1 : 1;
  let row = reverse ? rows.length - 1 : 0;
  let index = columns === undefined ? 0 : reverse ? columns.high - 1 : columns.low;
  const hasMore = () => columns !== undefined && (reverse ? index >= columns.low : index < columns.high);
  for (;;) {
    while (columns !== undefined && hasMore() && !columns.mask[columns.of.patternOf[index] ?? 0])
      index += step;
    const next = rows[row];
    if (columns === undefined || !hasMore()) {
      if (next === undefined) return;
      yield next;
      row += step;
      continue;
    }
    const at = (columns.of.seconds[index] ?? 0) * 1000;
    if (next === undefined || (reverse ? at > next.at : at <= next.at)) {
      yield index;
      index += step;
    } else {
      yield next;
      row += step;
    }
  }
}

/** The rows themselves, made one after the other. */
export function* rowsOf(found: Found, reverse = false): Generator<LogRow> {
  for (const entry of inOrder(found, reverse)) yield asRow(found, entry);
}

/** One page of rows. */
export function pageOf(found: Found, reverse: boolean, offset: number, line: number): LogRow[] {
  const page: LogRow[] = [];
  let place = 0;
  if (line === 0) return page;
  for (const entry of inOrder(found, reverse)) {
    if (place >= offset) page.push(asRow(found, entry));
    place += 1;
    if (page.length >= line) break;
  }
  return page;
}

function asRow({ columns }: Found, entry: Entry): LogRow {
  if (typeof entry !== 'number') return entry;
  if (columns === undefined) throw new Error('There are no columns.');
  return entryAt(columns.of, entry);
}

/** The oldest ones, until `fits` refuses the size of one, in bytes. */
export function oldestOf(found: Found, fits: (bytes: number) => boolean): Found {
  const sizes = found.columns === undefined ? new Float64Array() : sizesOf(found.columns.of);
  let rows = 0;
  let high = found.columns?.low ?? 0;
  for (const entry of inOrder(found, false)) {
    const isIndex = typeof entry === 'number';
    const bytes = isIndex ? (sizes[found.columns?.of.patternOf[entry] ?? 0] ?? 0) : sizeOf(entry);
    if (!fits(bytes)) break;
    if (isIndex) high = entry + 1;
    else rows += 1;
  }
  return upTo(found, rows, high);
}

/** The newest `count`. */
export function newestOf(found: Found, count: number): Found {
  let rows = found.rows.length;
  let low = found.columns?.high ?? 0;
  let left = count;
  for (const entry of inOrder(found, true)) {
    if (left === 0) break;
    left -= 1;
    if (typeof entry === 'number') low = entry;
    else rows -= 1;
  }
  return {
    rows: found.rows.slice(rows),
    ...(found.columns && { columns: { ...found.columns, low } }),
  };
}

/** The older half: how far a service came that ran out of time. */
export function olderHalf(found: Found): Found {
  let left = countOf(found) >> 1;
  return oldestOf(found, () => {
    left -= 1;
    return left >= 0;
  });
}

function upTo(found: Found, rows: number, high: number): Found {
  return {
    rows: found.rows.slice(0, rows),
    ...(found.columns && { columns: { ...found.columns, high } }),
  };
}

const sizes = new WeakMap<LogRow, number>();

function sizeOf(row: LogRow): number {
  const known = sizes.get(row);
  if (known !== undefined) return known;
  const size = Object.entries(row.fields).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  sizes.set(row, size);
  return size;
}
