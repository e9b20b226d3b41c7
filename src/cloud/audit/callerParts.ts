import { isClientKeyId } from '../../model/clientKey';
import { type CallerPart, type Group, usesOf } from './callerUses';
import { type LogRow, secondsOf } from './logAnswers';
import type { AuditLog, Span } from './logClient';

/** Rows per statement; a fuller result counts as cut, and its range is halved. */
const SQL_LIMIT = 10_000;
const HOUR_MS = 60 * 60 * 1000;
/** A range that is not read accurately is halved down to this, ms. */
const SHORTEST_RANGE_MS = HOUR_MS;
/** What one reading may cost, in statements. An answer that stays incomplete took long and is no better for being halved. */
const BUDGET = 128;
const COST = { read: 1, incomplete: 48 };

/** What makes a caller, as columns. */
const GROUP = 'access_key_id, principal_id, useragent, api_name, resource_id, client_ip';
const FIGURES = 'count(*) as calls, min(__time__) as first_time, max(__time__) as last_time';

export interface CallersRequest {
  /** A search that finds the entries of all keys of interest, and perhaps others. */
  readonly search: string;
  readonly keyIds: readonly string[];
  readonly aapName: string;
}

/** Reads stretches of one log, all of them together for no more than one reading may cost. */
export interface PartReader {
  /**
   * The callers in a stretch, by two statements: figures per caller and status, and, for the longest gap of each class,
   * figures per caller and slot of time. Ordinary SQL truncates what is large (docs/facts.md LOG-12), so it is halved until
   * each result is accurate, the newest half first.
   * @param onPart gets each part as soon as it is read accurately: together they cover what was read of the stretch
   * @returns what is known of the rest, of which something may be missing; empty if the whole was read accurately
   * @throws CloudError
   */
  read(span: Span, onPart: (part: CallerPart) => void): Promise<readonly CallerPart[]>;
}

export function createPartReader(log: AuditLog, request: CallersRequest): PartReader {
  let budget = BUDGET;

  const ask = async (columns: string, group: string, span: Span) => {
    const statement = `select ${columns}, ${FIGURES} from log group by ${group} limit ${SQL_LIMIT}`;
    const { rows, accurate, complete } = await log.sql(request.search, statement, span);
    budget -= complete ? COST.read : COST.incomplete;
    const all = rows.map(toGroup);
    const groups = all.flatMap((each) => each ?? []);
    const whole = complete && accurate && rows.length < SQL_LIMIT && groups.length === rows.length;
    return { groups: groups.filter(({ row }) => belongs(row, request)), whole };
  };

  const read: PartReader['read'] = async (span, onPart) => {
    if (budget <= 0) return [{ span, uses: [] }];
    const summary = await ask(`${GROUP}, status_code`, `${GROUP}, status_code`, span);
    const seconds = slotSeconds(span, combinationsOf(summary.groups));
    const slots =
      summary.whole && summary.groups.length > 0
        ? await ask(`${GROUP}, __time__ - __time__ % ${seconds} as slot`, `${GROUP}, slot`, span)
        : summary;
    if (slots.whole) {
      onPart({ span, uses: usesOf(summary.groups, slots.groups) });
      return [];
    }
    if (span.to - span.from <= SHORTEST_RANGE_MS)
      return [{ span, uses: usesOf(summary.groups, slots.groups) }];
    // On a whole second, or both halves would hold the rows of that second.
    const middle = Math.floor((span.from + span.to) / 2000) * 1000;
    const newer = await read({ from: middle, to: span.to }, onPart);
    return [...newer, ...(await read({ from: span.from, to: middle }, onPart))];
  };
  return { read };
}

/** The search is by words: what only mentions a key, or belongs to another AAP, is left out here. */
export function belongs(row: LogRow, request: Pick<CallersRequest, 'keyIds' | 'aapName'>): boolean {
  const keyId = row.access_key_id ?? '';
  return request.keyIds.includes(keyId) || (row.principal_id === request.aapName && isClientKeyId(keyId));
}

/** Undefined for a row without figures. */
function toGroup(row: LogRow): Group | undefined {
  const first = secondsOf(row.first_time);
  const last = secondsOf(row.last_time);
  if (first === undefined || last === undefined || !/^\d{1,15}$/.test(row.calls ?? '')) return undefined;
  return { row, calls: Number(row.calls), first, last };
}

function combinationsOf(groups: readonly Group[]): number {
  return new Set(groups.map(({ row }) => JSON.stringify(GROUP.split(', ').map((name) => row[name])))).size;
}

/**
 * How long a slot is. Pauses between slots are exact, those inside are known to be shorter than it; so a slot should be
 * short, but the slots of all callers should fit into one result. 8 h is always good enough: it asks for 12 h of quiet,
 * and the quiet period is 24 h unless somebody has shortened it.
 */
function slotSeconds(span: Span, combinations: number): number {
  const fitting = ((span.to - span.from) * combinations) / (SQL_LIMIT * 0.8);
  const ms = Math.min(Math.max(fitting, HOUR_MS / 6), 8 * HOUR_MS);
  return Math.ceil(ms / 1000);
}
