import * as v from 'valibot';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses between readings since the last change, ms; the last one stays. */
const PAUSES_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS] as const;
const [FIRST_PAUSE_MS, , , , LONGEST_PAUSE_MS] = PAUSES_MS;
/** Pauses vary by this part, so that the machines of a team do not ask at the same moment. */
const JITTER = 0.1;
/** The pause after the first failure that may pass, ms; it doubles up to the pause that is due anyway. */
const RETRY_MS = MINUTE_MS;
/** Two queries may differ by this much about the time of one entry (docs/facts.md LOG-7). */
const TIME_EDGE_MS = 60_000;

/** The last complete reading. */
const lastReading = v.object({
  readAt: v.number(),
  kind: v.picklist(['inUse', 'quiet', 'unknown']),
  /** Caller classes of the old key, and how many of them were seen with the new one. */
  moved: v.number(),
  total: v.number(),
});
export type LastReading = v.InferOutput<typeof lastReading>;

/** What all windows know of the watch over one rotation. Times in ms UTC of the service. */
export const watchRecord = v.object({
  /** Revision of the journal that the pauses count from: a newer one is a change. */
  revision: v.number(),
  /** When the log is to be asked next. */
  dueAt: v.number(),
  /** Readings since the last change. */
  asked: v.number(),
  /** Failures in a row that may pass by themselves. */
  failures: v.number(),
  last: v.exactOptional(lastReading),
  /** Since when the key that was found quiet has been so; absent before that, and after it woke up. */
  quietSince: v.exactOptional(v.number()),
  /** What has not been told yet; `at`: since when it has been quiet, or when it was called again. */
  news: v.exactOptional(v.object({ kind: v.picklist(['quiet', 'woke']), at: v.number() })),
});
export type WatchRecord = v.InferOutput<typeof watchRecord>;

/** What a reading of the log means for the watch. Times in ms UTC of the service. */
export interface WatchReading extends LastReading {
  /** Of a key that is quiet. */
  readonly since?: number;
  /** Last call with the old key, as far as there is one. */
  readonly lastCall?: number;
}

/** A rotation that waits was seen for the first time: its log is asked after the first pause. */
export function newRecord(revision: number, now: number, random: () => number): WatchRecord {
  return { revision, dueAt: now + varied(FIRST_PAUSE_MS, random), asked: 0, failures: 0 };
}

/** Something was patched, marked or noted, or another reading says something else: soon again. */
export function afterChange(
  record: WatchRecord,
  { revision }: { readonly revision: number },
  now: number,
  random: () => number,
): WatchRecord {
  const dueAt = Math.min(record.dueAt, now + varied(FIRST_PAUSE_MS, random));
  return { ...record, revision: Math.max(revision, record.revision), dueAt, asked: 0 };
}

/** A moment further ahead than any pause was noted before the clock was set back. */
export function isDue({ dueAt }: WatchRecord, now: number): boolean {
  return now >= dueAt || dueAt > now + LONGEST_PAUSE_MS * (1 + JITTER);
}

/** Notes a reading; one that is not newer than the last changes nothing: another window was faster. */
export function afterReading(
  record: WatchRecord,
  reading: WatchReading,
  now: number,
  random: () => number,
): WatchRecord {
  const { last } = record;
  // One of the future was made before the clock was set back.
  if (last !== undefined && last.readAt >= reading.readAt && last.readAt <= now) return record;
  const { readAt, kind, moved, total } = reading;
  const changed = last !== undefined && (last.kind !== kind || last.moved !== moved || last.total !== total);
  const asked = changed ? 0 : record.asked + 1;
  const told = toldBy(record, reading);
  return {
    revision: record.revision,
    dueAt: now + varied(pauseAfter(asked), random),
    asked,
    failures: 0,
    last: { readAt, kind, moved, total },
    ...told,
  };
}

/** Nothing could be read. `mayPass`: it is worth trying again soon, as before the network is back. */
export function afterFailure(
  record: WatchRecord,
  mayPass: boolean,
  now: number,
  random: () => number,
): WatchRecord {
  if (!mayPass) {
    const asked = record.asked + 1;
    return { ...record, asked, failures: 0, dueAt: now + varied(pauseAfter(asked), random) };
  }
  const pause = Math.min(pauseAfter(record.asked), RETRY_MS * 2 ** record.failures);
  return { ...record, failures: record.failures + 1, dueAt: now + varied(pause, random) };
}

/** What is known of the quiet after a reading, and what of it is news. */
function toldBy(
  { quietSince, news }: WatchRecord,
  { kind, since, lastCall }: WatchReading,
): Pick<WatchRecord, 'quietSince' | 'news'> {
  // Whatever the verdict: a call that is newer than the quiet ends it, also one of days ago that a machine slept through.
  if (quietSince !== undefined && lastCall !== undefined && lastCall > quietSince + TIME_EDGE_MS)
    return { news: { kind: 'woke', at: lastCall } };
  const pending = news === undefined ? {} : { news };
  // That it woke up is told before it is quiet again.
  if (kind === 'quiet' && since !== undefined && quietSince === undefined && news?.kind !== 'woke')
    return { quietSince: since, news: { kind: 'quiet', at: since } };
  return { ...(quietSince === undefined ? {} : { quietSince }), ...pending };
}

function pauseAfter(asked: number): number {
  return PAUSES_MS[asked] ?? LONGEST_PAUSE_MS;
}

function varied(pause: number, random: () => number): number {
  return Math.round(pause * (1 + JITTER * (2 * random() - 1)));
}
