import { MAX_ENTRIES } from '../../model/auditView';
import type { EntryCursor, EntryPage, LogEntry } from '../../model/evidence';
import type { AuditSpan } from './auditDeps';
import type { EntriesReading } from './auditReading';
import { createLatest } from './latest';

export interface EntriesPartDeps {
  read(span: AuditSpan, cursor: EntryCursor | undefined, signal: AbortSignal): Promise<EntryPage>;
  errorText(error: unknown): string;
  show(): void;
}

/** The entries of a range, page by page, as far as they were asked for. */
export interface EntriesPart {
  readonly reading: EntriesReading;
  /** Of the last page, if it failed. */
  readonly failure: unknown;
  /** Reads the first page, the next one, or once more the page that failed. Nothing while one is under way or at the end. */
  more(span: AuditSpan): Promise<void>;
  /**
   * For another range: entries of the old one go, and a page under way is given up. Whoever had entries open gets those of
   * the new range from `reopen`.
   */
  drop(): void;
  /** Reads the first page again if entries are open; those that are shown stay until it is there. */
  reopen(span: AuditSpan): Promise<void>;
  dispose(): void;
}

const CLOSED: EntriesReading = { status: 'closed', list: [], more: false, complete: true };

export function createEntriesPart(deps: EntriesPartDeps): EntriesPart {
  const latest = createLatest();
  let reading = CLOSED;
  let next: EntryCursor | undefined;
  /** What the pages belong to: a cursor counts entries of one span. */
  let within: AuditSpan | undefined;
  /** The page that failed. */
  let failed: readonly [span: AuditSpan, cursor: EntryCursor | undefined] | undefined;
  let failure: unknown;

  async function readPage(span: AuditSpan, cursor: EntryCursor | undefined): Promise<void> {
    const signal = latest.begin();
    const { error: _, ...kept } = reading;
    reading = { ...kept, status: 'loading' };
    failed = undefined;
    failure = undefined;
    deps.show();
    try {
      const page = await deps.read(span, cursor, signal);
      if (signal.aborted) return;
      const before = cursor === undefined ? [] : reading.list;
      const list = appended(before, page.entries).slice(0, MAX_ENTRIES);
      within = span;
      next = page.next;
      reading = {
        status: 'ready',
        list,
        more: next !== undefined && list.length < MAX_ENTRIES,
        complete: page.complete && (cursor === undefined || reading.complete),
      };
    } catch (error) {
      if (signal.aborted) return;
      failed = [span, cursor];
      failure = error;
      reading = { ...reading, status: 'error', error: deps.errorText(error), more: true };
    }
    deps.show();
  }

  return {
    get reading() {
      return reading;
    },
    get failure() {
      return failure;
    },
    async more(span) {
      const isAtEnd = reading.status === 'ready' && !reading.more;
      if (reading.status === 'loading' || isAtEnd) return;
      if (failed !== undefined) await readPage(...failed);
      else await (within === undefined ? readPage(span, undefined) : readPage(within, next));
    },
    drop() {
      latest.end();
      next = undefined;
      within = undefined;
      failed = undefined;
      failure = undefined;
      if (reading.status !== 'closed') reading = { ...CLOSED, status: 'loading' };
    },
    async reopen(span) {
      if (reading.status !== 'closed') await readPage(span, undefined);
    },
    dispose: () => latest.end(),
  };
}

/** An entry that was delivered late moves the others on: the next page then begins with some that are here already. */
function appended(before: readonly LogEntry[], page: readonly LogEntry[]): readonly LogEntry[] {
  const known = new Set(before.map((entry) => JSON.stringify(entry)));
  return [...before, ...page.filter((entry) => !known.has(JSON.stringify(entry)))];
}
