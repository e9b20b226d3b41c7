import type { DuckDBConnection } from '@duckdb/node-api';
import type { LogRow } from './auditLog';
import { invalidQuery } from './search';
import type { CheckedSql } from './sql';

/** Every value is text, as the log service gives them; no value is `null`. */
export interface SqlResult {
  readonly keys: string[];
  readonly data: Record<string, string>[];
}

let opened: Promise<DuckDBConnection> | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** DuckDB is loaded on first use: a simulator that is asked no SQL starts without it. */
async function open(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  // `date_trunc` of the log service takes Unix seconds; the zone of the project is assumed to be UTC.
  await connection.run(
    `CREATE MACRO sls_date_trunc(unit, t) AS
       strftime(date_trunc(unit, to_timestamp(t) AT TIME ZONE 'UTC'), '%Y-%m-%d %H:%M:%S.000')`,
  );
  return connection;
}

/**
 * Runs a checked statement over rows.
 */
export function analyse(sql: CheckedSql, rows: Iterable<LogRow>): Promise<SqlResult> {
  // One table, one connection: queries take turns.
  const result = queue.then(() => run(sql, rows));
  queue = result.catch(() => undefined);
  return result;
}

async function run(sql: CheckedSql, rows: Iterable<LogRow>): Promise<SqlResult> {
  opened ??= open();
  const connection = await opened;
  const columns = sql.columns.filter((name) => name !== '__time__');
  await connection.run(
    `CREATE OR REPLACE TABLE log ("__time__" BIGINT${columns.map((name) => `, "${name}" VARCHAR`).join('')})`,
  );
  const appender = await connection.createAppender('log');
  for (const row of rows) {
    appender.appendBigInt(BigInt(Math.floor(row.at / 1000)));
    const fields: Readonly<Record<string, string | undefined>> = row.fields;
    for (const name of columns) {
      const value = fields[name] ?? (name.startsWith('__') ? '' : undefined);
      if (value === undefined) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
  try {
    const reader = await connection.runAndReadAll(sql.duckDb);
    const keys = reader.columnNames();
    const data = reader
      .getRowObjectsJson()
      .map((row) =>
        Object.fromEntries(keys.map((key) => [key, row[key] === null ? 'null' : String(row[key])])),
      );
    return { keys, data };
  } catch (error) {
    throw invalidQuery(
      error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'the statement failed',
    );
  }
}
