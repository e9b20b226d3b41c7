import { ServiceError } from '../serviceError';
import type { Simulation } from '../simulation';
import { aggregate } from './aggregate';
import { analyse, type SqlResult } from './analytics';
import type { LogRow } from './auditLog';
import { firstFromSecond } from './entryColumns';
import {
  countColumns,
  countOf,
  type Found,
  newestOf,
  olderHalf,
  oldestOf,
  pageOf,
  rowsOf,
  search as searchIn,
  visible,
} from './found';
import { readGrouping } from './grouping';
import { hasPhrase, invalidQuery, parseSearch, withoutPhrases } from './search';
import { checkSql } from './sql';

/** What ordinary SQL reads at most per query (docs/facts.md LOG-12). */
const MAX_SQL_BYTES = 400 * 1024 * 1024;
const MAX_LINES = 100;
/** A phrase search looks at so many candidates (docs/facts.md LOG-11). */
const MAX_PHRASE_CANDIDATES = 10_000;
/** Widths of a bucket, seconds; the narrowest that needs at most 60 buckets is taken (assumed). */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
const MAX_BUCKETS = 60;

export interface LogQuery {
  /** Unix seconds, `from` inside, `to` outside. */
  readonly from: number;
  readonly to: number;
  readonly query: string;
  readonly line: number;
  readonly offset: number;
  readonly reverse: boolean;
}

export interface LogResult {
  readonly data: Record<string, unknown>[];
  readonly keys: readonly string[];
  readonly hasSql: boolean;
  readonly isAccurate: boolean;
  readonly complete: boolean;
  readonly processedRows: number;
  readonly search: string;
  readonly sql: string;
}

/** Answers search, or search and SQL. `partial`: a fault makes the service stop half-way. */
export async function runQuery(
  simulation: Simulation,
  instanceId: string,
  ask: LogQuery,
  partial: boolean,
): Promise<LogResult> {
  const { search, sql } = split(ask.query);
  const condition = parseSearch(search);
  const range = visibleIn(simulation, instanceId, ask);
  if (sql !== undefined) {
    if (hasPhrase(condition))
      throw invalidQuery('a phrase search cannot be followed by an analytic statement');
    if (simulation.knobs.indexes.get(instanceId) === 'noAnalytics') {
      throw invalidQuery('no column has analytics enabled in the index');
    }
    const found = searchIn(range, condition);
    const affordable = take(simulation, found);
    const read = partial ? olderHalf(affordable) : affordable;
    return result({
      ...(await analyseFound(sql, read)),
      hasSql: true,
      isAccurate: countOf(affordable) === countOf(found),
      complete: !partial,
      processedRows: countOf(read),
    });
  }
  const limited = hasPhrase(condition) && countOf(range) > MAX_PHRASE_CANDIDATES;
  const all = searchIn(limited ? newestOf(range, MAX_PHRASE_CANDIDATES) : range, condition);
  const found = partial ? olderHalf(all) : all;
  if (!(ask.line >= 0 && ask.line <= MAX_LINES))
    throw parameterInvalid(`line must be between 0 and ${MAX_LINES}`);
  const data = pageOf(found, ask.reverse, ask.offset, ask.line).map(shown);
  return result({
    data,
    keys: [...new Set(data.flatMap(Object.keys))],
    hasSql: false,
    isAccurate: !limited,
    complete: !partial,
    processedRows: countOf(found),
  });

  function result(fields: Omit<LogResult, 'search' | 'sql'>): LogResult {
    return { ...fields, search, sql: sql ?? '' };
  }
}

export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly progress: 'Complete' | 'Incomplete';
}

/** Counts rows per bucket; SQL is refused. Of a phrase it shows the count of its single words, as the service does. */
export function runHistogram(
  simulation: Simulation,
  instanceId: string,
  ask: Pick<LogQuery, 'from' | 'to' | 'query'>,
  partial: boolean,
): Bucket[] {
  const { search, sql } = split(ask.query);
  if (sql !== undefined) throw invalidQuery('a histogram takes a search statement only');
  const condition = withoutPhrases(parseSearch(search));
  const found = searchIn(visibleIn(simulation, instanceId, ask), condition);
  const width =
    WIDTHS.find((each) => (ask.to - ask.from) / each <= MAX_BUCKETS - 1) ??
    Math.ceil((ask.to - ask.from) / MAX_BUCKETS);
  const starts: number[] = [];
  // Buckets stand on multiples of their width; the first and the last are cut at the ends of the range.
  for (let at = ask.from; at < ask.to; at = Math.floor(at / width + 1) * width) starts.push(at);
  const counts = new Map<number, number>();
  for (const row of found.rows) {
    const slot = Math.floor(Math.floor(row.at / 1000) / width);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  return starts.map((from, i) => {
    const missing = partial && i >= starts.length >> 1;
    const to = starts[i + 1] ?? ask.to;
    return {
      from,
      to,
      count: missing ? 0 : (counts.get(Math.floor(from / width)) ?? 0) + inColumns(found, from, to),
      progress: missing ? 'Incomplete' : 'Complete',
    };
  });
}

function split(query: string): { search: string; sql: string | undefined } {
  let quoted = false;
  for (let i = 0; i < query.length; i += 1) {
    if (query[i] === '"' && query[i - 1] !== '\\') quoted = !quoted;
    if (query[i] === '|' && !quoted)
      return { search: query.slice(0, i).trim(), sql: query.slice(i + 1).trim() };
  }
  return { search: query.trim(), sql: undefined };
}

function inColumns({ columns }: Found, from: number, to: number): number {
  if (columns === undefined) return 0;
  return countColumns(columns, firstFromSecond(columns.of, from), firstFromSecond(columns.of, to));
}

function visibleIn(
  simulation: Simulation,
  instanceId: string,
  { from, to }: Pick<LogQuery, 'from' | 'to'>,
): Found {
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to)) || from >= to) {
    throw new ServiceError(400, 'InvalidTimeRange', 'request time range is invalid');
  }
  return visible(simulation, instanceId, from, to);
}

/** What one query of ordinary SQL gets to read: oldest first, up to 400 MB. Which entries is assumed. */
function take(simulation: Simulation, found: Found): Found {
  let read = 0;
  return oldestOf(found, (bytes) => {
    read += simulation.knobs.bytesPerRow ?? bytes;
    return read <= MAX_SQL_BYTES;
  });
}

/** Entries of columns are grouped where they are, if the statement is of that kind; all else goes through DuckDB row by row. */
async function analyseFound(sql: string, read: Found): Promise<SqlResult> {
  const checked = checkSql(sql);
  const grouping = read.columns && readGrouping(sql);
  return grouping ? aggregate(grouping, read) : analyse(checked, rowsOf(read));
}

function shown(row: LogRow): Record<string, unknown> {
  const stamp = { __time__: String(Math.floor(row.at / 1000)), __source__: '', __topic__: '' };
  return { ...stamp, ...row.fields, ...row.odd };
}

export function parameterInvalid(message: string): ServiceError {
  return new ServiceError(400, 'ParameterInvalid', message);
}
