import { bin, max, sum, ticks } from 'd3-array';
import { type AuditBucket, MAX_BARS } from '../../model/auditView';

/**
 * The buckets as at most `limit` bars: neighbours are merged where there are more.
 * @param buckets in order of time
 */
export function toBars(buckets: readonly AuditBucket[], limit = MAX_BARS): readonly AuditBucket[] {
  if (buckets.length <= limit) return buckets;
  const perBar = Math.ceil(buckets.length / limit);
  const edges = Array.from(
    { length: Math.ceil(buckets.length / perBar) - 1 },
    (_, bar) => (bar + 1) * perBar,
  );
  const merge = bin<AuditBucket, number>()
    .value((_, index) => index)
    .domain([0, buckets.length])
    .thresholds(edges);
  return merge([...buckets]).flatMap((group) => {
    const first = group[0];
    const last = group.at(-1);
    if (first === undefined || last === undefined) return [];
    const oldKey = sum(group, (bucket) => bucket.oldKey);
    const newKey = sum(group, (bucket) => bucket.newKey);
    return [{ from: first.from, to: last.to, oldKey, newKey }];
  });
}

/** The top of the count axis and its marks: whole numbers, at most three above zero. */
export function countAxis(bars: readonly AuditBucket[]): { readonly top: number; readonly marks: number[] } {
  const highest = max(bars, (bar) => Math.max(bar.oldKey, bar.newKey)) ?? 0;
  const top = Math.max(1, highest);
  return { top, marks: ticks(0, top, 3).filter((mark) => Number.isInteger(mark) && mark > 0) };
}

/** Height of a bar. One call is never too small to be seen. */
export function barHeight(count: number, top: number, full: number): number {
  return count === 0 ? 0 : Math.max(3, Math.round((count / top) * full));
}
