/** Calls of one class between two moments, both of which are calls. ms UTC. */
export interface Calls {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** The longest time between two calls in between, where it is known, ms. */
  readonly longest?: number;
}

/**
 * The longest time between two neighbouring calls of each class, ms.
 *
 * Where only the first and last call of a stretch are known, its whole length counts as a gap: an upper bound, which is
 * the safe side (a longer cadence asks for a longer quiet time). Between stretches the gap is exact.
 */
export function longestGaps(stretches: readonly Calls[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  const latest = new Map<string, number>();
  for (const { key, from, to, longest: inside = to - from } of [...stretches].sort(
    (a, b) => a.from - b.from,
  )) {
    const before = latest.get(key);
    const gap = before === undefined ? 0 : Math.max(0, from - before);
    longest.set(key, Math.max(longest.get(key) ?? 0, gap, inside));
    latest.set(key, Math.max(before ?? to, to));
  }
  return longest;
}
