import type { AapRef } from '../../model/clientKey';
import { isCloudError } from '../../model/cloudError';
import type { InstanceEvidence } from '../../model/evidence';
import { readCallers, sampleCallers } from './callers';
import { findEdge, timeOf } from './edge';
import { type AuditLog, LOG_STORE, type Span } from './logClient';
import { longestOf, type Pause, pausesBetween } from './pauses';
import { readSearches } from './searches';

/** How long the log keeps an entry (docs/facts.md LOG-2). */
const RETENTION_MS = 180 * 24 * 60 * 60 * 1000;
/** Entries may be stamped a little ahead of the service's present (docs/facts.md LOG-7). */
const AHEAD_MS = 60 * 1000;
/** Further requests to find out a pause that decides. */
const MAX_REFINEMENTS = 3;
const ALL = '*';

export interface EvidenceRequest {
  readonly aap: AapRef;
  readonly oldKey: { readonly id: string; readonly createdAt: number };
  readonly newKeyId?: string;
}

/** What the log of one instance says; `indexMissing` where it cannot be searched. */
export type InstanceReading = Omit<InstanceEvidence, 'instanceId' | 'project' | 'logStore'>;

/** All that follows from a log of which nothing could be read. */
export const NOTHING_READ: InstanceReading = {
  oldKeyCalls: 0,
  newKeyCalls: 0,
  longestPauseMs: 0,
  complete: false,
  callers: [],
  callersComplete: false,
};

/**
 * Reads the log of one instance. Figures come from the index (histograms, and rows at their edges), never from SQL, which
 * truncates; SQL describes the callers.
 *
 * The whole 180 days are looked at, whatever the age of the key: entries of any key tell when the log begins. A key cannot
 * have entries from before its creation, so reading its figures over the same range costs nothing and needs no second one.
 * @param present the service's present, ms UTC
 * @throws CloudError
 */
export async function readInstance(
  log: AuditLog,
  request: EvidenceRequest,
  present: number,
): Promise<InstanceReading> {
  const { oldKey, newKeyId } = request;
  const searches = await readSearches(log);
  if (!searches)
    return { ...NOTHING_READ, problem: 'indexMissing', problemDetail: `${LOG_STORE}: access_key_id` };
  const span: Span = { from: present - RETENTION_MS, to: present + AHEAD_MS };
  const any = await log.histogram(ALL, span);
  const filled = any.buckets.filter((bucket) => bucket.count > 0);
  // Nothing of interest is outside the buckets that have entries.
  const used: Span = { from: filled[0]?.from ?? span.from, to: span.to };

  const ofKey = async (keyId: string | undefined, edges: readonly ('newest' | 'oldest')[]) => {
    if (keyId === undefined) return { calls: 0, complete: true, newest: undefined, oldest: undefined };
    const search = searches.ofKey(keyId);
    const { buckets, complete } = await log.histogram(search, span);
    const isExact = (row: Readonly<Record<string, string>>) => row.access_key_id === keyId;
    const found = await Promise.all(edges.map((edge) => findEdge(log, search, buckets, edge, isExact)));
    const at = (edge: 'newest' | 'oldest') => found[edges.indexOf(edge)]?.at;
    const seen = found.some((edge) => edge.at !== undefined);
    return {
      // A count of rows that only mention the key is none of its calls.
      calls: seen ? buckets.reduce((sum, bucket) => sum + bucket.count, 0) : 0,
      complete: complete && found.every((edge) => edge.complete),
      newest: at('newest'),
      oldest: at('oldest'),
    };
  };
  const callers = async () => {
    const keyIds = [oldKey.id, ...(newKeyId === undefined ? [] : [newKeyId])];
    const common = { keyIds, aapName: request.aap.aapName, span: used };
    try {
      return searches.analytics
        ? await readCallers(log, { ...common, search: searches.ofCallers(keyIds, common.aapName) })
        : await sampleCallers(log, keyIds.map(searches.ofKey), common);
    } catch (error) {
      // The figures stand without the callers; the verdict does not, and says so.
      if (!isCloudError(error) || error.kind === 'cancelled') throw error;
      return { callers: [], complete: false };
    }
  };
  const [begins, newest, old, fresh, classes] = await Promise.all([
    findEdge(log, ALL, any.buckets, 'oldest', () => true),
    findEdge(log, ALL, any.buckets, 'newest', () => true),
    ofKey(oldKey.id, ['newest']),
    ofKey(newKeyId, ['oldest', 'newest']),
    callers(),
  ]);

  const start = old.newest ?? Math.max(oldKey.createdAt, begins.at ?? span.from);
  const pause = await readPause(log, start, newest.at, present);
  return {
    ...defined({
      begins: begins.at,
      newestAny: newest.at,
      oldKeyLast: old.newest,
      newKeyFirst: fresh.oldest,
      newKeyLast: fresh.newest,
    }),
    oldKeyCalls: old.calls,
    newKeyCalls: fresh.calls,
    longestPauseMs: pause.longestMs,
    complete: [any, begins, newest, old, fresh, pause].every((part) => part.complete),
    callers: classes.callers,
    callersComplete: classes.complete,
  };
}

/** Upper bound of the longest pause of the log from `start` to the present, made exact where that decides. */
async function readPause(
  log: AuditLog,
  start: number,
  newest: number | undefined,
  present: number,
): Promise<{ longestMs: number; complete: boolean }> {
  if (newest === undefined || newest <= start)
    return { longestMs: Math.max(0, present - start), complete: true };
  const { buckets, complete } = await log.histogram(ALL, { from: start, to: newest + 1000 });
  const pauses = [...pausesBetween(buckets, start, newest, present)];
  // The verdict compares with a quarter of the quiet time: only a bound that straddles it is worth a request.
  const quarter = (newest - start) / 4;
  for (let left = MAX_REFINEMENTS; left > 0; left -= 1) {
    const longest = longestOf(pauses);
    if (!longest.between || longest.upper <= quarter || longest.lower > quarter) break;
    pauses[pauses.indexOf(longest)] = await refine(log, longest, longest.between, start);
  }
  return { longestMs: longestOf(pauses).upper, complete };
}

async function refine(
  log: AuditLog,
  pause: Pause,
  between: NonNullable<Pause['between']>,
  start: number,
): Promise<Pause> {
  const { before, after } = between;
  const [last, next] = await Promise.all([
    before.to <= start ? undefined : log.rows(ALL, before, { newestFirst: true, line: 1 }),
    log.rows(ALL, after, { newestFirst: false, line: 1 }),
  ]);
  const lastRow = last?.rows[0];
  const nextRow = next.rows[0];
  const from = before.to <= start ? start : lastRow && timeOf(lastRow);
  if (from === undefined || !nextRow || !next.complete || last?.complete === false)
    return { upper: pause.upper, lower: pause.lower };
  const exact = Math.max(0, timeOf(nextRow) - from);
  return { upper: exact, lower: exact };
}

/** Without the fields that have no value. */
function defined<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>;
  };
}
