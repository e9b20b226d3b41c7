import { timeOf } from './logAnswers';
import type { AuditLog } from './logClient';
import { longestOf, type Pause, pausesBetween } from './pauses';

/** Further requests to find out a pause that decides. */
const MAX_REFINEMENTS = 3;

/**
 * Upper bound of the longest pause of the log from `start` to the present, made exact where that decides.
 * @param search finds the entries of any key
 * @param newest the newest entry's moment; times in ms UTC
 */
export async function readLongestPause(
  log: AuditLog,
  search: string,
  start: number,
  newest: number | undefined,
  present: number,
): Promise<{ longestMs: number; complete: boolean }> {
  if (newest === undefined || newest <= start)
    return { longestMs: Math.max(0, present - start), complete: true };
  const { buckets, complete } = await log.histogram(search, { from: start, to: newest + 1000 });
  const pauses = [...pausesBetween(buckets, start, newest, present)];
  // The verdict compares with a quarter of the quiet time: only a bound that straddles it is worth a request.
  const quarter = (newest - start) / 4;
  for (let left = MAX_REFINEMENTS; left > 0; left -= 1) {
    const longest = longestOf(pauses);
    if (!longest.between || longest.upper <= quarter || longest.lower > quarter) break;
    pauses[pauses.indexOf(longest)] = await refine(log, search, longest, longest.between, start);
  }
  return { longestMs: longestOf(pauses).upper, complete };
}

async function refine(
  log: AuditLog,
  search: string,
  pause: Pause,
  { before, after }: NonNullable<Pause['between']>,
  start: number,
): Promise<Pause> {
  const [last, next] = await Promise.all([
    before.to <= start ? undefined : log.rows(search, before, { newestFirst: true, line: 1 }),
    log.rows(search, after, { newestFirst: false, line: 1 }),
  ]);
  const lastRow = last?.rows[0];
  const nextRow = next.rows[0];
  const from = before.to <= start ? start : lastRow && timeOf(lastRow);
  const to = nextRow && timeOf(nextRow);
  if (from === undefined || to === undefined || !next.complete || last?.complete === false)
    return { upper: pause.upper, lower: pause.lower };
  const exact = Math.max(0, to - from);
  return { upper: exact, lower: exact };
}
