import { type LogRow, timeOf } from './logAnswers';
import { type AuditLog, type Bucket, MAX_LINES } from './logClient';

/** The newest or oldest row, as exactly as it could be found. */
export interface Edge {
  /** ms UTC; undefined: there is no such row, or, of a result that is not complete, it was not found. */
  readonly at?: number;
  readonly complete: boolean;
}

/** Requests for one edge; normally one is enough. */
const MAX_REQUESTS = 6;

/**
 * Finds the newest (or oldest) row that passes `accept`, in the outermost bucket that has any.
 *
 * The search is by words, so it may bring rows that only mention what is looked for. Where nearly all do and no exact row is
 * found within a few requests, the outermost row found stands in for it and the result is not complete: for the last call
 * of a key that errs towards *in use*.
 */
export async function findEdge(
  log: AuditLog,
  search: string,
  buckets: readonly Bucket[],
  which: 'newest' | 'oldest',
  accept: (row: LogRow) => boolean,
): Promise<Edge> {
  const filled = buckets.filter((bucket) => bucket.count > 0);
  if (which === 'newest') filled.reverse();
  let requests = 0;
  let inexact: number | undefined;
  for (const bucket of filled) {
    // One row is enough, unless it is not the right one: then the bucket is paged from its edge.
    for (let line = 1, offset = 0; ; ) {
      if (requests === MAX_REQUESTS)
        return { ...(inexact !== undefined && { at: inexact }), complete: false };
      const answer = await log.rows(search, bucket, { newestFirst: which === 'newest', line, offset });
      requests += 1;
      const exact = answer.rows.find(accept);
      const at = exact && timeOf(exact);
      if (at !== undefined) return { at, complete: answer.complete };
      inexact ??= answer.rows[0] && timeOf(answer.rows[0]);
      // A row that does not say its time: nothing more can be known from here.
      if (exact) return { ...(inexact !== undefined && { at: inexact }), complete: false };
      // It was asked for again and again: what is missing will not come now.
      if (!answer.complete) return { ...(inexact !== undefined && { at: inexact }), complete: false };
      if (answer.rows.length < line) break;
      offset = line === 1 ? 0 : offset + line;
      line = MAX_LINES;
    }
  }
  return { complete: true };
}
