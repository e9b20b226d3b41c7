import { isClientKeyId } from '../../model/clientKey';
import type { CallerUse } from '../../model/evidence';
import { classKey, classOf } from './callerClass';
import { timeOf } from './edge';
import { longestGaps } from './gaps';
import type { AuditLog, LogRow, Span } from './logClient';
import { MAX_LINES } from './logClient';

/** Rows per statement; a fuller result counts as cut, and its range is halved. */
const SQL_LIMIT = 10_000;
/** A range that is not read accurately is halved down to this, ms. */
const SHORTEST_RANGE_MS = 60 * 60 * 1000;
/** What one reading may cost, in statements. An answer that stays incomplete took long and is no better for being halved. */
const BUDGET = 128;
const COST = { read: 1, incomplete: 48 };
const MAX_ADDRESSES = 20;
const HOUR_MS = 60 * 60 * 1000;

/** What makes a caller, as columns. */
const GROUP = 'access_key_id, principal_id, useragent, api_name, resource_id, client_ip';
const FIGURES = 'count(*) as calls, min(__time__) as first_time, max(__time__) as last_time';

export interface CallersRequest {
  /** A search that finds the entries of all keys of interest, and perhaps others. */
  readonly search: string;
  readonly keyIds: readonly string[];
  readonly aapName: string;
  readonly span: Span;
}

export interface Callers {
  readonly callers: readonly CallerUse[];
  readonly complete: boolean;
}

/** A group of rows of one caller and key. Times in ms UTC. */
interface Group {
  readonly row: LogRow;
  readonly calls: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The callers of the old key and of the other keys of its AAP, by two statements: figures per caller and status, and, for
 * the longest gap of each class, figures per caller and slot of time. Ordinary SQL truncates what is large (docs/facts.md
 * LOG-12), so a range is halved until each result is accurate.
 */
export async function readCallers(log: AuditLog, request: CallersRequest): Promise<Callers> {
  const budget = { left: BUDGET };
  const read = async (columns: string, group: string) => {
    const statement = `select ${columns}, ${FIGURES} from log group by ${group} limit ${SQL_LIMIT}`;
    const { rows, complete } = await readAccurately(log, request.search, statement, request.span, budget);
    return { groups: rows.filter((row) => belongs(row, request)).map(toGroup), complete };
  };
  const summary = await read(`${GROUP}, status_code`, `${GROUP}, status_code`);
  if (summary.groups.length === 0) return { callers: [], complete: summary.complete };

  const combinations = new Set(
    summary.groups.map(({ row }) => JSON.stringify(GROUP.split(', ').map((name) => row[name]))),
  );
  const seconds = slotSeconds(request.span, combinations.size);
  const slots = await read(`${GROUP}, __time__ - __time__ % ${seconds} as slot`, `${GROUP}, slot`);
  const gaps = longestGaps(
    slots.groups.map((group) => ({ key: classKey(classOf(group.row)), from: group.first, to: group.last })),
  );
  return { callers: fold(summary.groups, gaps), complete: summary.complete && slots.complete };
}

/**
 * What can be said without SQL: the callers among the newest 100 rows of each key. Never complete.
 */
export async function sampleCallers(
  log: AuditLog,
  searches: readonly string[],
  request: Omit<CallersRequest, 'search'>,
): Promise<Callers> {
  const answers = await Promise.all(
    searches.map((search) => log.rows(search, request.span, { newestFirst: true, line: MAX_LINES })),
  );
  const groups = answers
    .flatMap((answer) => answer.rows)
    .filter((row) => belongs(row, request))
    .map((row) => ({ row, calls: 1, first: timeOf(row), last: timeOf(row) }));
  const gaps = longestGaps(
    groups.map((group) => ({ key: classKey(classOf(group.row)), from: group.first, to: group.last })),
  );
  return { callers: fold(groups, gaps), complete: false };
}

async function readAccurately(
  log: AuditLog,
  search: string,
  statement: string,
  span: Span,
  budget: { left: number },
): Promise<{ rows: readonly LogRow[]; complete: boolean }> {
  if (budget.left <= 0) return { rows: [], complete: false };
  const { rows, accurate, complete } = await log.sql(search, statement, span);
  budget.left -= complete ? COST.read : COST.incomplete;
  if (complete && accurate && rows.length < SQL_LIMIT) return { rows, complete: true };
  if (span.to - span.from <= SHORTEST_RANGE_MS) return { rows, complete: false };
  // On a whole second, or both halves would hold the rows of that second.
  const middle = Math.floor((span.from + span.to) / 2000) * 1000;
  const first = await readAccurately(log, search, statement, { from: span.from, to: middle }, budget);
  const second = await readAccurately(log, search, statement, { from: middle, to: span.to }, budget);
  return { rows: [...first.rows, ...second.rows], complete: first.complete && second.complete };
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

/** The search is by words: what only mentions a key, or belongs to another AAP, is left out here. */
function belongs(row: LogRow, request: Pick<CallersRequest, 'keyIds' | 'aapName'>): boolean {
  const keyId = row.access_key_id ?? '';
  return request.keyIds.includes(keyId) || (row.principal_id === request.aapName && isClientKeyId(keyId));
}

function toGroup(row: LogRow): Group {
  return {
    row,
    calls: Number(row.calls),
    first: Number(row.first_time) * 1000,
    last: Number(row.last_time) * 1000,
  };
}

function fold(groups: readonly Group[], gaps: ReadonlyMap<string, number>): readonly CallerUse[] {
  const uses = new Map<string, CallerUse>();
  for (const { row, calls, first, last } of groups) {
    const caller = classOf(row);
    const keyId = row.access_key_id ?? '';
    const name = `${keyId} ${classKey(caller)}`;
    const known = uses.get(name);
    const status = row.status_code || 'none';
    const addresses = new Set([...(known?.addresses ?? []), row.client_ip ?? '']);
    uses.set(name, {
      caller,
      keyId,
      calls: (known?.calls ?? 0) + calls,
      first: Math.min(known?.first ?? first, first),
      last: Math.max(known?.last ?? last, last),
      longestGapMs: gaps.get(classKey(caller)) ?? 0,
      statuses: { ...known?.statuses, [status]: (known?.statuses[status] ?? 0) + calls },
      addresses: [...addresses].slice(0, MAX_ADDRESSES),
    });
  }
  return [...uses.values()].sort((a, b) => b.last - a.last);
}
