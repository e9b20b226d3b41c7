import { ServiceError } from '../serviceError';
import type { Simulation } from '../simulation';
import { analyse } from './analytics';
import { type LogRow, RETENTION_DAYS } from './auditLog';
import { hasPhrase, invalidQuery, matches, parseSearch, withoutPhrases } from './search';
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
  readonly data: Record<string, string>[];
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
  const range = visible(simulation, instanceId, ask.from, ask.to);
  if (sql !== undefined) {
    if (hasPhrase(condition))
      throw invalidQuery('a phrase search cannot be followed by an analytic statement');
    if (simulation.knobs.indexes.get(instanceId) === 'noAnalytics') {
      throw invalidQuery('no column has analytics enabled in the index');
    }
    const checked = checkSql(sql);
    const found = range.filter((row) => matches(condition, row));
    const affordable = take(simulation, found);
    const read = partial ? affordable.slice(0, affordable.length >> 1) : affordable;
    const { keys, data } = await analyse(checked, read);
    return result({
      data,
      keys,
      hasSql: true,
      isAccurate: affordable.length === found.length,
      complete: !partial,
      processedRows: read.length,
    });
  }
  const limited = hasPhrase(condition) && range.length > MAX_PHRASE_CANDIDATES;
  const candidates = limited ? range.slice(-MAX_PHRASE_CANDIDATES) : range;
  const all = candidates.filter((row) => matches(condition, row));
  const found = partial ? all.slice(0, all.length >> 1) : all;
  if (ask.reverse) found.reverse();
  if (!(ask.line >= 0 && ask.line <= MAX_LINES))
    throw parameterInvalid(`line must be between 0 and ${MAX_LINES}`);
  const data = found.slice(ask.offset, ask.offset + ask.line).map(shown);
  return result({
    data,
    keys: [...new Set(data.flatMap(Object.keys))],
    hasSql: false,
    isAccurate: !limited,
    complete: !partial,
    processedRows: found.length,
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
  const rows = visible(simulation, instanceId, ask.from, ask.to).filter((row) => matches(condition, row));
  const width =
    WIDTHS.find((each) => (ask.to - ask.from) / each <= MAX_BUCKETS - 1) ??
    Math.ceil((ask.to - ask.from) / MAX_BUCKETS);
  const starts: number[] = [];
  // Buckets stand on multiples of their width; the first and the last are cut at the ends of the range.
  for (let at = ask.from; at < ask.to; at = Math.floor(at / width + 1) * width) starts.push(at);
  const counts = new Map<number, number>();
  for (const row of rows) {
    const slot = Math.floor(Math.floor(row.at / 1000) / width);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  return starts.map((from, i) => {
    const missing = partial && i >= starts.length >> 1;
    return {
      from,
      to: starts[i + 1] ?? ask.to,
      count: missing ? 0 : (counts.get(Math.floor(from / width)) ?? 0),
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

/** Rows of the range that the log service still has and already has. */
function visible(simulation: Simulation, instanceId: string, from: number, to: number): LogRow[] {
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to)) || from >= to) {
    throw new ServiceError(400, 'InvalidTimeRange', 'request time range is invalid');
  }
  const now = simulation.clock.now();
  const oldest = now - RETENTION_DAYS * 24 * 60 * 60_000;
  const newest = now - simulation.knobs.logDelayMs;
  return simulation.log.range(instanceId, from, to).filter((row) => row.at >= oldest && row.at <= newest);
}

/** The rows that one query of ordinary SQL gets to read: oldest first, up to 400 MB. Which ones is assumed. */
function take(simulation: Simulation, rows: readonly LogRow[]): readonly LogRow[] {
  let bytes = 0;
  for (const [i, row] of rows.entries()) {
    bytes += simulation.knobs.bytesPerRow ?? sizeOf(row);
    if (bytes > MAX_SQL_BYTES) return rows.slice(0, i);
  }
  return rows;
}

const sizes = new WeakMap<LogRow, number>();

function sizeOf(row: LogRow): number {
  const known = sizes.get(row);
  if (known !== undefined) return known;
  const size = Object.entries(row.fields).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  sizes.set(row, size);
  return size;
}

function shown(row: LogRow): Record<string, string> {
  return { __time__: String(Math.floor(row.at / 1000)), __source__: '', __topic__: '', ...row.fields };
}

export function parameterInvalid(message: string): ServiceError {
  return new ServiceError(400, 'ParameterInvalid', message);
}
