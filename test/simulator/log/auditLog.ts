import { type EntryColumns, withoutSpan } from './entryColumns';

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

export type LogField = (typeof LOG_FIELDS)[number];

/** One logged call. `at` is its server time in ms; the log service shows whole seconds as `__time__`. */
export interface LogRow {
  readonly at: number;
  /** A field may be missing, as in a log whose rows a test has written. */
  readonly fields: Readonly<Partial<Record<LogField, string>>>;
  /** Values of other types than text, which a search shows as they stand. */
  readonly odd?: Readonly<Record<string, unknown>>;
  /** Server time at which the log service got the row, ms; without it, at once. */
  readonly deliveredAt?: number;
}

/** Where no entries are: server times in ms, half-open; `to` may be infinite. */
interface Lost {
  readonly from: number;
  readonly to: number;
}

export interface AuditLog {
  /** Writes rows into the log of the instance that they name. */
  append(rows: readonly LogRow[]): void;
  /** Writes rows into the log of an instance, whatever they name. */
  appendTo(instanceId: string, rows: readonly LogRow[]): void;
  /** Gives the log of an instance very many entries at once, in place of those it had in columns. */
  setColumns(instanceId: string, columns: EntryColumns): void;
  columns(instanceId: string): EntryColumns | undefined;
  /** Takes the entries of a stretch away; none will be written there. */
  lose(instanceId: string, lost: Lost): void;
  /** Ordinary rows of an instance with `from` ≤ time < `to` (Unix seconds), oldest first. */
  range(instanceId: string, from: number, to: number): LogRow[];
}

/** Days after which the log service forgets a row (docs/facts.md LOG-2). */
export const RETENTION_DAYS = 180;

export function createAuditLog(): AuditLog {
  const byInstance = new Map<string, LogRow[]>();
  const columnsOf = new Map<string, EntryColumns>();
  const lostOf = new Map<string, Lost[]>();

  const appendTo = (instanceId: string, rows: readonly LogRow[]) => {
    const lost = lostOf.get(instanceId) ?? [];
    for (const row of rows) {
      if (!lost.some(({ from, to }) => row.at >= from && row.at < to))
        insert(rowsOf(byInstance, instanceId), row);
    }
  };
  const cutColumns = (instanceId: string, { from, to }: Lost) => {
    const columns = columnsOf.get(instanceId);
    if (columns === undefined) return;
    columnsOf.set(instanceId, withoutSpan(columns, Math.ceil(from / 1000), Math.ceil(to / 1000)));
  };
  return {
    append: (rows) => {
      for (const row of rows) appendTo(row.fields.instance_id ?? '', [row]);
    },
    appendTo,
    setColumns: (instanceId, columns) => {
      columnsOf.set(instanceId, columns);
      for (const lost of lostOf.get(instanceId) ?? []) cutColumns(instanceId, lost);
    },
    columns: (instanceId) => columnsOf.get(instanceId),
    lose: (instanceId, lost) => {
      lostOf.set(instanceId, [...(lostOf.get(instanceId) ?? []), lost]);
      const rows = rowsOf(byInstance, instanceId);
      byInstance.set(
        instanceId,
        rows.filter(({ at }) => at < lost.from || at >= lost.to),
      );
      cutColumns(instanceId, lost);
    },
    range: (instanceId, from, to) => {
      const rows = byInstance.get(instanceId) ?? [];
      return rows.slice(firstFrom(rows, from * 1000), firstFrom(rows, to * 1000));
    },
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
