/** Fields of a row of the dedicated gateway in `kms_audit_log` (docs/facts.md LOG-4). Values are text. */
export const LOG_FIELDS = [
  'access_key_fingerprint',
  'access_key_id',
  'account_id',
  'api_name',
  'api_version',
  'client_ip',
  'duration',
  'error_code',
  'error_message',
  'gateway_type',
  'identity_type',
  'instance_id',
  'level',
  'principal_id',
  'region_id',
  'request_id',
  'resource_id',
  'status_code',
  'time',
  'user_id',
  'useragent',
  'version',
] as const;

type LogField = (typeof LOG_FIELDS)[number];

/** One logged call. `at` is its server time in ms; the log service shows whole seconds as `__time__`. */
export interface LogRow {
  readonly at: number;
  readonly fields: Readonly<Record<LogField, string>>;
}

export interface AuditLog {
  append(rows: readonly LogRow[]): void;
  /** Rows of an instance with `from` ≤ time < `to` (Unix seconds), oldest first. */
  range(instanceId: string, from: number, to: number): LogRow[];
  /** Rows of an instance, all of them. */
  size(instanceId: string): number;
}

/** Days after which the log service forgets a row (docs/facts.md LOG-2). */
export const RETENTION_DAYS = 180;

export function createAuditLog(): AuditLog {
  const byInstance = new Map<string, LogRow[]>();
  return {
    append: (rows) => {
      for (const row of rows) insert(rowsOf(byInstance, row.fields.instance_id), row);
    },
    range: (instanceId, from, to) => {
      const rows = byInstance.get(instanceId) ?? [];
      return rows.slice(firstFrom(rows, from * 1000), firstFrom(rows, to * 1000));
    },
    size: (instanceId) => byInstance.get(instanceId)?.length ?? 0,
  };
}

function rowsOf(byInstance: Map<string, LogRow[]>, instanceId: string): LogRow[] {
  const rows = byInstance.get(instanceId) ?? [];
  byInstance.set(instanceId, rows);
  return rows;
}

/** Keeps the rows in order of time; nearly every row belongs at the end. */
function insert(rows: LogRow[], row: LogRow): void {
  const last = rows.at(-1);
  if (last === undefined || last.at <= row.at) rows.push(row);
  else rows.splice(firstFrom(rows, row.at + 1), 0, row);
}

/** Index of the first row at or after `ms`. */
function firstFrom(rows: readonly LogRow[], ms: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.at ?? ms) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
