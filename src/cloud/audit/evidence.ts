import type { AapRef } from '../../model/clientKey';
import { isCloudError } from '../../model/cloudError';
import type { InstanceEvidence } from '../../model/evidence';
import { readCallers, sampleCallers } from './callers';
import { findEdge, timeOf } from './edge';
import { type AuditLog, LOG_STORE, type LogRow, type Span } from './logClient';
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

/** The old key in one log, by the index alone. */
type KeyFigures = Pick<InstanceReading, 'oldKeyCalls' | 'oldKeyLast' | 'complete'>;

/** What has been read of a log, and how to read the old key in it once more. */
export interface InstanceLog {
  readonly reading: InstanceReading;
  /** The reading with the old key's figures of this moment; undefined for a log that cannot be searched. */
  readonly again?: (present: number) => Promise<InstanceReading>;
}

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
): Promise<InstanceLog> {
  const { oldKey, newKeyId } = request;
  const searches = await readSearches(log);
  if (!searches) {
    const problemDetail = `${LOG_STORE}: access_key_id`;
    return { reading: { ...NOTHING_READ, problem: 'indexMissing', problemDetail } };
  }
  const span = spanAt(present);
  const any = await log.histogram(ALL, span);
  const filled = any.buckets.filter((bucket) => bucket.count > 0);
  // Nothing of interest is outside the buckets that have entries.
  const used: Span = { from: filled[0]?.from ?? span.from, to: span.to };
  const ofKey = (keyId: string, edges: readonly ('newest' | 'oldest')[], within = span) =>
    readKey(log, searches.ofKey(keyId), keyId, edges, within);

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
    newKeyId === undefined ? NO_KEY : ofKey(newKeyId, ['oldest', 'newest']),
    callers(),
  ]);

  const start = old.newest ?? Math.max(oldKey.createdAt, begins.at ?? span.from);
  const pause = await readPause(log, start, newest.at, present);
  const rest = [any, begins, newest, fresh, pause].every((part) => part.complete);
  const figuresOf = (key: KeyReading): KeyFigures => ({
    oldKeyCalls: key.calls,
    complete: rest && key.complete,
    ...(key.newest !== undefined && { oldKeyLast: key.newest }),
  });
  const reading = {
    ...(begins.at !== undefined && { begins: begins.at }),
    ...(newest.at !== undefined && { newestAny: newest.at }),
    ...(fresh.oldest !== undefined && { newKeyFirst: fresh.oldest }),
    ...(fresh.newest !== undefined && { newKeyLast: fresh.newest }),
    newKeyCalls: fresh.calls,
    longestPauseMs: pause.longestMs,
    callers: classes.callers,
    callersComplete: classes.complete,
    ...figuresOf(old),
  };
  return {
    reading,
    again: async (later) => ({
      ...reading,
      ...figuresOf(await ofKey(oldKey.id, ['newest'], spanAt(later))),
    }),
  };
}

function spanAt(present: number): Span {
  return { from: present - RETENTION_MS, to: present + AHEAD_MS };
}

interface KeyReading {
  readonly calls: number;
  readonly complete: boolean;
  /** ms UTC */
  readonly newest?: number | undefined;
  readonly oldest?: number | undefined;
}

const NO_KEY: KeyReading = { calls: 0, complete: true };

async function readKey(
  log: AuditLog,
  search: string,
  keyId: string,
  edges: readonly ('newest' | 'oldest')[],
  span: Span,
): Promise<KeyReading> {
  const { buckets, complete } = await log.histogram(search, span);
  const isExact = (row: LogRow) => row.access_key_id === keyId;
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
