import type { Bucket, Span } from './logClient';

/** A stretch without entries as far as buckets tell, ms. */
export interface Pause {
  /** It cannot be longer than this. */
  readonly upper: number;
  /** It cannot be shorter than this. */
  readonly lower: number;
  /** The buckets on both sides, where entries of them would make it exact. */
  readonly between?: { readonly before: Span; readonly after: Span };
}

/**
 * The pauses between `start` (the moment of an entry, or where the log begins to count) and `present`.
 *
 * Only the buckets' edges are known, not the entries in them. So the pause between two buckets with entries is at most
 * from the begin of the first to the end of the second, and inside a bucket at most its width. The service divides a range
 * into dozens of buckets, so the bound is some per cent of the range: good enough to compare with a quarter of it.
 * @param newest the newest entry's moment, exact
 */
export function pausesBetween(
  buckets: readonly Bucket[],
  start: number,
  newest: number | undefined,
  present: number,
): readonly Pause[] {
  if (newest === undefined || newest <= start)
    return [{ upper: Math.max(0, present - start), lower: Math.max(0, present - start) }];
  const filled = buckets
    .filter((bucket) => bucket.count > 0)
    .map((bucket) => ({ from: Math.max(bucket.from, start), to: Math.min(bucket.to, newest) }))
    .filter((span) => span.from <= span.to);
  const pauses: Pause[] = [];
  let before: Span = { from: start, to: start };
  for (const after of filled) {
    pauses.push({
      upper: after.to - before.from,
      lower: Math.max(0, after.from - before.to),
      between: { before, after },
    });
    pauses.push({ upper: after.to - after.from, lower: 0 });
    before = after;
  }
  pauses.push({ upper: newest - before.from, lower: Math.max(0, newest - before.to) });
  const last = Math.max(0, present - newest);
  pauses.push({ upper: last, lower: last });
  return pauses;
}

/** The pause with the largest upper bound. */
export function longestOf(pauses: readonly Pause[]): Pause {
  return pauses.reduce((longest, pause) => (pause.upper > longest.upper ? pause : longest), {
    upper: 0,
    lower: 0,
  });
}
