import type { RangeUse, UseShare } from '../../model/evidence';
import { mergeBuckets } from './buckets';
import { type LogRow, secondsOf, timeOf } from './logAnswers';
import { type AuditLog, type Bucket, MAX_LINES, type Span } from './logClient';
import type { Searches } from './searches';

/** Groups of one instance, the most frequent; an answer to a view stays small. */
const MOST_SHARES = 50;

type Quality = RangeUse['sharesQuality'];
const BY_TRUST: readonly Quality[] = ['exact', 'approximate', 'sampled'];

/** The keys of a view: of one key alone, or of a rotation. */
export interface RangeKeys {
  readonly oldKeyId: string;
  readonly newKeyId?: string;
}

/** What the log of one instance says of a range. */
export interface InstanceRange {
  readonly histograms: readonly {
    readonly key: 'oldKey' | 'newKey';
    readonly buckets: readonly Bucket[];
    readonly complete: boolean;
  }[];
  readonly shares: readonly UseShare[];
  readonly quality: Quality;
}

/**
 * Reads a range of one log: a histogram for each key, and one statement that describes both; without analytics on the index the
 * newest rows of each key in its place.
 * @throws CloudError
 */
export async function readInstanceRange(
  log: AuditLog,
  searches: Searches,
  keys: RangeKeys,
  span: Span,
): Promise<InstanceRange> {
  const { oldKeyId, newKeyId } = keys;
  const wanted = [
    { key: 'oldKey' as const, keyId: oldKeyId },
    ...(newKeyId === undefined ? [] : [{ key: 'newKey' as const, keyId: newKeyId }]),
  ];
  const keyIds = wanted.map(({ keyId }) => keyId);
  const [histograms, described] = await Promise.all([
    Promise.all(
      wanted.map(async ({ key, keyId }) => ({ key, ...(await log.histogram(searches.ofKey(keyId), span)) })),
    ),
    searches.shares ? describe(log, searches, keyIds, span) : sample(log, searches, keyIds, span),
  ]);
  return { histograms, ...described };
}

/** Puts the instances together; undefined stands for one that could not be read. */
export function joinRanges(readings: readonly (InstanceRange | undefined)[], span: Span): RangeUse {
  const read = readings.flatMap((reading) => reading ?? []);
  const histograms = read.flatMap((reading) => reading.histograms);
  const qualities = readings.map((reading) => BY_TRUST.indexOf(reading?.quality ?? 'approximate'));
  return {
    buckets: mergeBuckets(histograms, span),
    bucketsComplete: readings.every(Boolean) && histograms.every((histogram) => histogram.complete),
    shares: sumShares(read.flatMap((reading) => reading.shares)),
    sharesQuality: BY_TRUST[Math.max(0, ...qualities)] ?? 'approximate',
  };
}

type Described = Pick<InstanceRange, 'shares' | 'quality'>;

async function describe(
  log: AuditLog,
  searches: Searches,
  keyIds: readonly string[],
  span: Span,
): Promise<Described> {
  // The search is by words and may bring rows that only mention a key.
  const exact = keyIds.map((id) => `'${id}'`).join(', ');
  const { rows, accurate, complete } = await log.sql(
    searches.ofKeys(keyIds),
    `select access_key_id, api_name, status_code, gateway_type, count(*) as calls, max(__time__) as last_time from log where access_key_id in (${exact}) group by access_key_id, api_name, status_code, gateway_type order by calls desc limit ${MOST_SHARES}`,
    span,
  );
  const shares = rows.flatMap((row) => {
    const last = secondsOf(row.last_time);
    const known = last !== undefined && /^\d{1,15}$/.test(row.calls ?? '');
    return known ? [shareOf(row, Number(row.calls), last)] : [];
  });
  const whole = accurate && complete && shares.length === rows.length;
  return { shares, quality: whole ? 'exact' : 'approximate' };
}

async function sample(
  log: AuditLog,
  searches: Searches,
  keyIds: readonly string[],
  span: Span,
): Promise<Described> {
  const answers = await Promise.all(
    keyIds.map((id) => log.rows(searches.ofKey(id), span, { newestFirst: true, line: MAX_LINES })),
  );
  const rows = answers
    .flatMap((answer) => answer.rows)
    .filter((row) => keyIds.includes(row.access_key_id ?? ''));
  const shares = rows.flatMap((row) => {
    const at = timeOf(row);
    return at === undefined ? [] : [shareOf(row, 1, at)];
  });
  return { shares: sumShares(shares), quality: 'sampled' };
}

function shareOf(row: LogRow, calls: number, last: number): UseShare {
  return {
    keyId: row.access_key_id ?? '',
    api: row.api_name ?? '',
    status: row.status_code ?? '',
    gateway: row.gateway_type ?? '',
    calls,
    last,
  };
}

/** Each key, API, answer and gateway once, the most frequent first. */
function sumShares(shares: readonly UseShare[]): readonly UseShare[] {
  const sums = new Map<string, UseShare>();
  for (const share of shares) {
    const name = JSON.stringify([share.keyId, share.api, share.status, share.gateway]);
    const known = sums.get(name);
    sums.set(name, {
      ...share,
      calls: share.calls + (known?.calls ?? 0),
      last: Math.max(share.last, known?.last ?? share.last),
    });
  }
  return [...sums.values()].sort((a, b) => b.calls - a.calls || b.last - a.last);
}
