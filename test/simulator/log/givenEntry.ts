import { LOG_FIELDS, type LogRow } from './auditLog';

/** An entry as a test writes it: fields may be missing, of any type, and hostile. Times in ms of server time. */
export interface GivenEntry {
  readonly at: number;
  /** The log service gets it then; left out: at once. */
  readonly deliveredAt?: number;
  /** By the names of the log's fields; those left out are missing, as is `undefined`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The row of an entry that a test writes. What is no text is searched as text and shown as it was given. */
export function rowOfEntry(entry: GivenEntry): LogRow {
  const unknown = Object.keys(entry.fields).find((name) => !LOG_FIELDS.some((field) => field === name));
  if (unknown !== undefined) throw new Error(`The log has no field ${unknown}.`);
  const given = LOG_FIELDS.flatMap((name) => {
    const value = entry.fields[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const odd = given.filter(([, value]) => typeof value !== 'string');
  const texts = given.flatMap(([name, value]) =>
    value === null
      ? []
      : [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)] as const],
  );
  return {
    at: entry.at,
    fields: Object.fromEntries(texts),
    ...(odd.length > 0 && { odd: Object.fromEntries(odd) }),
    ...(entry.deliveredAt !== undefined && { deliveredAt: entry.deliveredAt }),
  };
}
