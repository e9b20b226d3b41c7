import type { EntryCursor, EntryPage, LogEntry } from '../../model/evidence';
import { type LogRow, timeOf } from './logAnswers';
import { type AuditLog, MAX_LINES, type Span } from './logClient';

const PAGE = 100;
/** Requests to one log for one page; more than one where rows only mention a key. */
const MAX_REQUESTS = 5;

/** A row that was read, and how many rows of its log have been passed with it. */
interface Passed {
  readonly entry: LogEntry;
  readonly passed: number;
}

/** What one log has for a page. */
export interface InstanceEntries {
  readonly instanceId: string;
  readonly found: readonly Passed[];
  /** Rows of the log up to which all was looked at. */
  readonly seen: number;
  /** `ended`: there are no further rows. `cut`: the service ran out of time, and what comes next is not known. */
  readonly state: 'more' | 'ended' | 'cut';
  readonly complete: boolean;
}

/**
 * Reads up to a page of entries of some keys from one log, the newest first. The search is by words: rows that only mention a key are
 * passed over.
 * @param offset how many rows have been passed before
 * @throws CloudError
 */
export async function readInstanceEntries(
  log: AuditLog,
  search: string,
  request: { readonly instanceId: string; readonly keyIds: readonly string[]; readonly span: Span },
  offset: number,
): Promise<InstanceEntries> {
  const { instanceId, keyIds, span } = request;
  const found: Passed[] = [];
  let seen = offset;
  let complete = true;
  for (let requests = 0; requests < MAX_REQUESTS && found.length < PAGE; requests += 1) {
    const answer = await log.rows(search, span, { newestFirst: true, line: MAX_LINES, offset: seen });
    for (const [index, row] of answer.rows.entries()) {
      if (!keyIds.includes(row.access_key_id ?? '')) continue;
      const at = timeOf(row);
      // A row that does not say its time has no place in the order.
      if (at === undefined) complete = false;
      else found.push({ entry: entryOf(row, instanceId, at), passed: seen + index + 1 });
    }
    seen += answer.rows.length;
    if (!answer.complete) return { instanceId, found, seen, state: 'cut', complete: false };
    if (answer.rows.length < MAX_LINES) return { instanceId, found, seen, state: 'ended', complete };
  }
  return { instanceId, found, seen, state: 'more', complete };
}

/**
 * One page out of what each log has, as far as the order over all of them is known.
 * @param readings `entries` is undefined for a log that could not be read: it is asked again where it was
 */
export function joinEntries(
  readings: readonly { readonly instanceId: string; readonly entries: InstanceEntries | undefined }[],
  cursor: EntryCursor,
): EntryPage {
  const logs = readings.map(({ instanceId, entries }) => ({ instanceId, entries, taken: 0 }));
  const shown: LogEntry[] = [];
  while (shown.length < PAGE) {
    // What this log has next may be newer than what the others have.
    if (logs.some(({ entries, taken }) => entries?.state === 'more' && taken === entries.found.length)) break;
    const heads = logs.flatMap((log) => {
      const head = log.entries?.found[log.taken];
      return head ? [{ log, entry: head.entry }] : [];
    });
    const [newest] = heads.sort((a, b) => b.entry.at - a.entry.at);
    if (!newest) break;
    shown.push(newest.entry);
    newest.log.taken += 1;
  }
  const places = logs.map(({ instanceId, entries, taken }) => {
    const before = cursor[instanceId] ?? 0;
    const isDrained = entries !== undefined && taken === entries.found.length;
    const passed = isDrained ? entries.seen : (entries?.found[taken - 1]?.passed ?? before);
    return { instanceId, passed, ended: isDrained && entries.state === 'ended' };
  });
  return {
    entries: shown,
    ...(places.some(({ ended }) => !ended) && {
      next: Object.fromEntries(places.map(({ instanceId, passed }) => [instanceId, passed])),
    }),
    complete: readings.every(({ entries }) => entries?.complete === true),
  };
}

/** The fields that people ask for (docs/facts.md LOG-4); what a row lacks is empty text. */
function entryOf(row: LogRow, instanceId: string, at: number): LogEntry {
  const text = (name: string) => row[name] ?? '';
  return {
    at,
    instanceId,
    keyId: text('access_key_id'),
    api: text('api_name'),
    resource: text('resource_id'),
    status: text('status_code'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    clientIp: text('client_ip'),
    userAgent: text('useragent'),
    gateway: text('gateway_type'),
    requestId: text('request_id'),
  };
}
