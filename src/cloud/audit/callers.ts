import { isCloudError } from '../../model/cloudError';
import type { CallerUse } from '../../model/evidence';
import { belongs, type CallersRequest, createPartReader, type PartReader } from './callerParts';
import { type CallerPart, joinParts, usesOf } from './callerUses';
import { isAged, type KeptList, type KeptPart } from './keptParts';
import { timeOf } from './logAnswers';
import { type AuditLog, MAX_LINES, type Span } from './logClient';

const HOUR_MS = 60 * 60 * 1000;
/** Entries may be delivered late, so what is younger is read each time. */
const SETTLED_MS = HOUR_MS;
/** Until so much more has settled, it is not worth statements of its own. */
const LEAST_NEWS_MS = 6 * HOUR_MS;

export interface Callers {
  readonly callers: readonly CallerUse[];
  readonly complete: boolean;
}

/**
 * The callers of the old key and of the other keys of its AAP. What was read accurately and has settled is kept in `list` as soon
 * as it is read, however the reading ends, and the next reading asks only for the rest. That nothing was delivered late
 * into what is kept is seen by the counts of a histogram; where they have grown, the part is read again.
 * @param span all that the log can hold, up to the present and a little ahead, ms UTC
 * @param present of the service, ms UTC
 * @throws CloudError `cancelled` alone: what could not be read makes the result incomplete
 */
export async function readCallers(
  log: AuditLog,
  list: KeptList,
  request: CallersRequest & { readonly span: Span; readonly present: number },
): Promise<Callers> {
  const whole = toSeconds(request.span);
  const others: CallerPart[] = [];
  const result = (complete: boolean): Callers => ({
    callers: joinParts([...list.parts, ...others], whole.from),
    complete,
  });
  try {
    list.dropBefore(whole.from);
    const settled = Math.floor((request.present - SETTLED_MS) / 1000) * 1000;
    const counted = await countAgain(log, list, request.search, { from: whole.from, to: settled });
    const reader = createPartReader(log, request);
    const settledTo = list.watched?.span.to ?? whole.from;
    const put = (part: CallerPart) => {
      if (part.span.to > settledTo || !list.put(part)) others.push(part);
    };
    const missing = await readMissing(reader, list.parts, whole, settledTo, put, (part) => others.push(part));
    const renewed = await renew(reader, list, whole.from, put);
    return result(counted && !missing && renewed);
  } catch (error) {
    if (!isCloudError(error) || error.kind === 'cancelled') throw error;
    return result(false);
  }
}

/**
 * What can be said without SQL: the callers among the newest 100 rows of each key. Never complete.
 */
export async function sampleCallers(
  log: AuditLog,
  searches: readonly string[],
  request: Omit<CallersRequest, 'search'> & { readonly span: Span },
): Promise<Callers> {
  const answers = await Promise.all(
    searches.map((search) => log.rows(search, request.span, { newestFirst: true, line: MAX_LINES })),
  );
  const groups = answers
    .flatMap((answer) => answer.rows)
    .filter((row) => belongs(row, request))
    .flatMap((row) => {
      const at = timeOf(row);
      return at === undefined ? [] : [{ row, calls: 1, first: at, last: at }];
    });
  return { callers: usesOf(groups, groups), complete: false };
}

/**
 * Counts the entries where parts are kept, and where parts may be kept from now on.
 * @returns whether all that was delivered late is known
 */
async function countAgain(log: AuditLog, list: KeptList, search: string, settled: Span): Promise<boolean> {
  const { watched } = list;
  const grows = !watched || settled.to - watched.span.to >= LEAST_NEWS_MS;
  // Before the other: what is delivered in between must not be taken for known.
  const wider = grows ? await log.histogram(search, settled) : undefined;
  const again = watched && list.parts.length > 0 ? await log.histogram(search, watched.span) : undefined;
  if (again?.complete) list.noteCounts(again.buckets, settled.from);
  const known = again?.complete !== false;
  if (!known) return false;
  if (wider?.complete) {
    list.watched = { span: settled, buckets: wider.buckets };
    keepEmptyBegin(list, settled, wider.buckets.find(({ count }) => count > 0)?.from ?? settled.to);
  } else if (watched && again) list.watched = { span: watched.span, buckets: again.buckets };
  return true;
}

/** Where nothing was logged yet, no statement is needed. */
function keepEmptyBegin(list: KeptList, settled: Span, begin: number): void {
  const [first] = gapsBetween(list.parts, settled);
  const to = Math.min(first?.to ?? settled.from, begin);
  if (first?.from === settled.from && to > first.from) list.put({ span: { from: first.from, to }, uses: [] });
}

/**
 * Reads what no part covers, the newest first.
 * @param onRest gets what is known of stretches that could not be read accurately
 * @returns whether something is not known
 */
async function readMissing(
  reader: PartReader,
  parts: readonly CallerPart[],
  whole: Span,
  settledTo: number,
  onPart: (part: CallerPart) => void,
  onRest: (part: CallerPart) => void,
): Promise<boolean> {
  const settled = gapsBetween(parts, { from: whole.from, to: settledTo });
  const news = gapsBetween(parts, { from: Math.max(whole.from, settledTo), to: whole.to });
  let missing = false;
  for (const gap of [...settled, ...news].reverse()) {
    const rest = await reader.read(gap, onPart);
    for (const part of rest) onRest(part);
    missing ||= rest.length > 0;
  }
  return missing;
}

/** Reads parts again that have changed; until that succeeds they stand. @returns whether every part holds what was delivered late */
async function renew(
  reader: PartReader,
  list: KeptList,
  oldest: number,
  onPart: (part: CallerPart) => void,
): Promise<boolean> {
  let renewed = true;
  const changed = list.parts.filter((part) => part.late || isAged(part, oldest));
  for (const part of changed.sort((a, b) => Number(b.late) - Number(a.late))) {
    const fresh: CallerPart[] = [];
    const rest = await reader.read(spanWithin(part, oldest), (each) => fresh.push(each));
    if (rest.length === 0) {
      list.drop(part);
      for (const each of fresh) onPart(each);
    } else if (part.late) renewed = false;
  }
  return renewed;
}

function spanWithin({ span }: KeptPart, oldest: number): Span {
  return { from: Math.max(span.from, oldest), to: span.to };
}

/** What the parts leave of a span, oldest first. */
function gapsBetween(parts: readonly CallerPart[], span: Span): Span[] {
  const gaps: Span[] = [];
  let from = span.from;
  for (const part of [...parts].sort((a, b) => a.span.from - b.span.from)) {
    if (part.span.from > from) gaps.push({ from, to: Math.min(part.span.from, span.to) });
    from = Math.max(from, part.span.to);
  }
  if (from < span.to) gaps.push({ from, to: span.to });
  return gaps.filter((gap) => gap.from < gap.to);
}

function toSeconds({ from, to }: Span): Span {
  return { from: Math.floor(from / 1000) * 1000, to: Math.ceil(to / 1000) * 1000 };
}
