import { LONG_PAUSE_MS } from '../../model/callers';
import type { AapRef } from '../../model/clientKey';
import type { InstanceEvidence } from '../../model/evidence';
import { findEdge } from './edge';
import type { LogRow } from './logAnswers';
import type { AuditLog, Bucket, Span } from './logClient';
import { readLongestPause } from './longestPause';
import { pausesBetween } from './pauses';
import type { Searches } from './searches';

/** How long the log keeps an entry (docs/facts.md LOG-2). */
const RETENTION_MS = 180 * 24 * 60 * 60 * 1000;
/** Entries may be stamped a little ahead of the service's present (docs/facts.md LOG-7). */
const AHEAD_MS = 60 * 1000;

export interface EvidenceRequest {
  readonly aap: AapRef;
  readonly oldKey: { readonly id: string; readonly createdAt: number };
  readonly newKeyId?: string;
}

/** What the log of one instance says. */
export type InstanceReading = Omit<InstanceEvidence, 'instanceId' | 'project' | 'logStore' | 'logRegionId'>;

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

/** All but the callers, and how to read the old key in the log once more. */
export interface Figures {
  readonly reading: InstanceReading;
  /** The old key's figures of this moment. */
  readonly again: (present: number) => Promise<KeyFigures>;
}

/**
 * Reads the figures of one instance. They come from the index (histograms, and rows at their edges), never from SQL, which
 * truncates.
 *
 * The whole 180 days are looked at, whatever the age of the key: entries of any key tell when the log begins. A key cannot
 * have entries from before its creation, so reading its figures over the same range costs nothing and needs no second one.
 * @param present the service's present, ms UTC
 * @throws CloudError
 */
export async function readFigures(
  log: AuditLog,
  searches: Searches,
  request: EvidenceRequest,
  present: number,
): Promise<Figures> {
  const { oldKey, newKeyId } = request;
  const span = spanAt(present);
  const any = await log.histogram(searches.any, span);
  const ofKey = (keyId: string, edges: readonly ('newest' | 'oldest')[], within = span) =>
    readKey(log, searches.ofKey(keyId), keyId, edges, within);
  const [begins, newest, old, fresh] = await Promise.all([
    findEdge(log, searches.any, any.buckets, 'oldest', () => true),
    findEdge(log, searches.any, any.buckets, 'newest', () => true),
    ofKey(oldKey.id, ['newest']),
    newKeyId === undefined ? NO_KEY : ofKey(newKeyId, ['oldest', 'newest']),
  ]);

  const start = old.newest ?? Math.max(oldKey.createdAt, begins.at ?? span.from);
  const pause = await readLongestPause(log, searches.any, start, newest.at, present);
  const rest = [any, begins, newest, fresh, pause].every((part) => part.complete);
  const figuresOf = (key: KeyReading): KeyFigures => ({
    oldKeyCalls: key.calls,
    complete: rest && key.complete,
    ...(key.newest !== undefined && { oldKeyLast: key.newest }),
  });
  return {
    reading: {
      ...NOTHING_READ,
      ...(begins.at !== undefined && { begins: begins.at }),
      ...(newest.at !== undefined && { newestAny: newest.at }),
      ...(fresh.oldest !== undefined && { newKeyFirst: fresh.oldest }),
      ...(fresh.newest !== undefined && { newKeyLast: fresh.newest }),
      newKeyCalls: fresh.calls,
      longestPauseMs: pause.longestMs,
      longPauses: longPausesOf(any.buckets, begins.at ?? present, newest.at, present),
      ...figuresOf(old),
    },
    again: async (later) => figuresOf(await ofKey(oldKey.id, ['newest'], spanAt(later))),
  };
}

/** Where the whole log has empty buckets for long. They tell about where it was alive, and cost no request. */
function longPausesOf(
  buckets: readonly Bucket[],
  begins: number,
  newest: number | undefined,
  present: number,
): readonly Span[] {
  return pausesBetween(buckets, begins, newest, present).flatMap(({ upper, lower, between }) =>
    between && lower > 0 && upper > LONG_PAUSE_MS
      ? [{ from: between.before.from, to: between.after.to }]
      : [],
  );
}

/** All that a log can hold, ms UTC. */
export function spanAt(present: number): Span {
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
