import { toServiceTime } from '../clock';
import { LOG_FIELDS, type LogRow } from './auditLog';

/**
 * Millions of entries of one log without an object for each: an entry is its second and the number of its pattern. What two
 * calls of one caller never share (`request_id`, `duration`, `time`) follows from the entry's place.
 */
export interface EntryColumns {
  readonly seed: number;
  /** Unix seconds, ascending. */
  readonly seconds: Uint32Array;
  /** For each entry its place in `patterns`. */
  readonly patternOf: Uint16Array;
  readonly patterns: readonly Pattern[];
}

/** The fields that many entries have in common. */
export type Pattern = LogRow['fields'];

/** Fields that are an entry's own. */
const OWN_FIELDS = ['request_id', 'duration', 'time'] as const;
type OwnField = (typeof OWN_FIELDS)[number];
/** As `entryAt` writes them. */
const OWN_LENGTHS: Readonly<Record<OwnField, number>> = { request_id: 36, duration: 5, time: 20 };

export function isOwnField(name: string): name is OwnField {
  return OWN_FIELDS.some((each) => each === name);
}

/** The entry at a place, as the ordinary engine knows it. */
export function entryAt(columns: EntryColumns, index: number): LogRow {
  const at = (columns.seconds[index] ?? 0) * 1000;
  const parts = [0, 1, 2, 3].map((part) => hash(columns.seed, index, part).toString(16).padStart(8, '0'));
  const hex = parts.join('');
  const own: Record<OwnField, string> = {
    request_id: [8, 12, 16, 20, 32]
      .map((end, i, ends) => hex.slice(i === 0 ? 0 : ends[i - 1], end))
      .join('-'),
    duration: (1 + (hash(columns.seed, index, 4) % 8000) / 1000).toFixed(3),
    time: toServiceTime(at),
  };
  return { at, fields: { ...columns.patterns[columns.patternOf[index] ?? 0], ...own } };
}

/** Bytes that an entry of each pattern counts: every field's name and value, as of an ordinary row. */
export function sizesOf(columns: EntryColumns): Float64Array {
  const own = OWN_FIELDS.reduce((sum, name) => sum + name.length + OWN_LENGTHS[name], 0);
  return Float64Array.from(columns.patterns, (pattern) =>
    LOG_FIELDS.filter((name) => !isOwnField(name) && pattern[name] !== undefined).reduce(
      (sum, name) => sum + name.length + (pattern[name]?.length ?? 0),
      own,
    ),
  );
}

/** Index of the first entry at or after a second. */
export function firstFromSecond(columns: EntryColumns, second: number): number {
  let low = 0;
  let high = columns.seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns.seconds[middle] ?? 0) < second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The columns without the entries of [from, to), Unix seconds. */
export function withoutSpan(columns: EntryColumns, from: number, to: number): EntryColumns {
  const low = firstFromSecond(columns, from);
  const high = firstFromSecond(columns, to);
  if (low === high) return columns;
  const cut = <Column extends Uint32Array | Uint16Array>(column: Column): Column => {
    column.copyWithin(low, high);
    return column.subarray(0, column.length - (high - low)) as Column;
  };
  return { ...columns, seconds: cut(columns.seconds), patternOf: cut(columns.patternOf) };
}

/** 32 bits that follow from where an entry stands. */
function hash(seed: number, index: number, part: number): number {
  let h = (seed ^ Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(part + 1, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}
