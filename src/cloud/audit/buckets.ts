import type { UseBucket } from '../../model/evidence';
import type { Bucket, Span } from './logClient';

/** The view shows no more bars. */
const MAX_BUCKETS = 90;

/**
 * Brings histograms onto one scale of at most 90 buckets. The service answers the same range with the same edges for every
 * search, so its edges are kept (docs/facts.md LOG-13), neighbours being merged where there are too many.
 */
export function mergeBuckets(
  histograms: readonly { readonly key: 'oldKey' | 'newKey'; readonly buckets: readonly Bucket[] }[],
  span: Span,
): UseBucket[] {
  const edges = [...new Set(histograms.flatMap(({ buckets }) => buckets.map((bucket) => bucket.from)))].sort(
    (a, b) => a - b,
  );
  const step = Math.max(1, Math.ceil(edges.length / MAX_BUCKETS));
  const starts = edges.filter((_, i) => i % step === 0);
  const end = Math.max(span.to, ...histograms.flatMap(({ buckets }) => buckets.map((bucket) => bucket.to)));
  return starts.map((from, i) => {
    const to = starts[i + 1] ?? end;
    const sum = (key: 'oldKey' | 'newKey') =>
      histograms
        .filter((histogram) => histogram.key === key)
        .flatMap((histogram) => histogram.buckets)
        .filter((bucket) => bucket.from >= from && bucket.from < to)
        .reduce((total, bucket) => total + bucket.count, 0);
    return { from, to, oldKey: sum('oldKey'), newKey: sum('newKey') };
  });
}
