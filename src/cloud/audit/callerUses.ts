import { classKey } from '../../model/callers';
import type { CallerClass, CallerUse } from '../../model/evidence';
import { classOf } from './callerClass';
import { type Calls, longestGaps } from './gaps';
import type { LogRow } from './logAnswers';
import type { Span } from './logClient';

const MAX_ADDRESSES = 20;

/** A group of rows of one caller and key. Times in ms UTC. */
export interface Group {
  readonly row: LogRow;
  readonly calls: number;
  readonly first: number;
  readonly last: number;
}

/** What each class did with each key in one stretch of the log; the gaps are those inside it. */
export interface CallerPart {
  readonly span: Span;
  readonly uses: readonly CallerUse[];
}

/**
 * What the classes did, by the figures of some groups.
 * @param slots groups that are finer in time, for the gaps between calls
 */
export function usesOf(groups: readonly Group[], slots: readonly Group[]): readonly CallerUse[] {
  const calls = byClass(slots, (group) => classOf(group.row));
  const singles = groups.map(
    ({ row, calls: count, first, last }): CallerUse => ({
      caller: classOf(row),
      keyId: row.access_key_id ?? '',
      calls: count,
      first,
      last,
      longestGapMs: 0,
      statuses: { [row.status_code || 'none']: count },
      addresses: [row.client_ip ?? ''],
    }),
  );
  return together(singles).map((use) => {
    const known = calls.get(classKey(use.caller)) ?? [];
    return withGap(
      use,
      known.map(({ first, last }) => ({ from: first, to: Math.min(last, use.last) })),
    );
  });
}

/**
 * Puts stretches that do not overlap together.
 * @param oldest what ended before is left out, ms UTC
 */
export function joinParts(parts: readonly CallerPart[], oldest: number): readonly CallerUse[] {
  const living = parts.map(({ uses }) => uses.filter((use) => use.last >= oldest));
  const classes = living.map((uses) => byClass(uses, (use) => use.caller));
  return together(living.flat().sort((a, b) => b.last - a.last)).map((use) => {
    const key = classKey(use.caller);
    return withGap(
      use,
      classes.flatMap((part) => rhythmUntil(use.last, part.get(key) ?? [])),
    );
  });
}

/** A gap counts for a key up to its last call: what a class does later, with other keys, is not the rhythm of this one. */
function withGap(use: CallerUse, stretches: readonly Omit<Calls, 'key'>[]): CallerUse {
  const before = stretches.filter(({ from }) => from <= use.last);
  const longestGapMs = longestGaps(before.map((stretch) => ({ ...stretch, key: '' }))).get('') ?? 0;
  return { ...use, longestGapMs };
}

/** The calls of one class in one stretch up to a moment, with whatever key; empty if there are none. */
function rhythmUntil(until: number, uses: readonly CallerUse[]): Omit<Calls, 'key'>[] {
  const begun = uses.filter(({ first }) => first <= until);
  if (begun.length === 0) return [];
  // The use that ends last among those before the moment knows all gaps up to it.
  const over = begun.filter(({ last }) => last <= until);
  return [
    {
      from: Math.min(...begun.map(({ first }) => first)),
      to: Math.min(until, Math.max(...begun.map(({ last }) => last))),
      longest: Math.max(0, ...over.map(({ longestGapMs }) => longestGapMs)),
    },
  ];
}

function byClass<T>(
  items: readonly T[],
  callerOf: (item: T) => CallerClass,
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = classKey(callerOf(item));
    const same = found.get(key);
    if (same) same.push(item);
    else found.set(key, [item]);
  }
  return found;
}

/** One use for each class and key, the latest first. */
function together(uses: readonly CallerUse[]): readonly CallerUse[] {
  const found = new Map<string, CallerUse[]>();
  for (const use of uses) {
    const name = `${use.keyId} ${classKey(use.caller)}`;
    const same = found.get(name);
    if (same) same.push(use);
    else found.set(name, [use]);
  }
  return [...found.values()].map(sumOf).sort((a, b) => b.last - a.last);
}

function sumOf(uses: readonly CallerUse[]): CallerUse {
  const [one] = uses;
  if (!one) throw new Error('There is nothing to put together.');
  let { calls, first, last, longestGapMs } = { calls: 0, first: one.first, last: one.last, longestGapMs: 0 };
  const statuses = new Map<string, number>();
  const addresses = new Set<string>();
  for (const use of uses) {
    calls += use.calls;
    first = Math.min(first, use.first);
    last = Math.max(last, use.last);
    longestGapMs = Math.max(longestGapMs, use.longestGapMs);
    for (const [status, count] of Object.entries(use.statuses))
      statuses.set(status, (statuses.get(status) ?? 0) + count);
    for (const address of use.addresses) if (addresses.size < MAX_ADDRESSES) addresses.add(address);
  }
  return {
    caller: one.caller,
    keyId: one.keyId,
    calls,
    first,
    last,
    longestGapMs,
    statuses: Object.fromEntries(statuses),
    addresses: [...addresses],
  };
}
