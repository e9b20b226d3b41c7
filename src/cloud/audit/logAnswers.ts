import * as v from 'valibot';
import { NumberLike } from '../answers';

/** What the log service answers, as far as it is read. */

/** One row, or one row of an SQL result; every value is text. `__time__` holds Unix seconds. */
export type LogRow = Readonly<Record<string, string>>;

export const Headers = v.fallback(v.record(v.string(), v.string()), {});

export const Histogram = v.array(
  v.object({ from: NumberLike, to: NumberLike, count: NumberLike, progress: v.string() }),
);

export const Logs = v.object({
  meta: v.object({
    progress: v.string(),
    isAccurate: v.optional(v.nullish(v.boolean())),
  }),
  data: v.optional(v.nullish(v.array(v.record(v.string(), v.pipe(v.unknown(), v.transform(toText)))))),
});

export const Index = v.object({
  keys: v.optional(
    v.nullish(v.record(v.string(), v.looseObject({ doc_value: v.optional(v.nullish(v.boolean())) }))),
  ),
  line: v.optional(v.nullish(v.looseObject({}))),
});

/** SQL writes *no value* as the text `null` (docs/facts.md LOG-12, assumed). Whoever calls KMS writes some of the values. */
function toText(value: unknown): string {
  if (value === null || value === undefined || value === 'null') return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** When a row was logged, ms UTC; undefined for one that does not say so. */
export function timeOf(row: LogRow): number | undefined {
  return secondsOf(row.__time__);
}

/** Unix seconds as ms UTC; undefined for what is none. */
export function secondsOf(text: string | undefined): number | undefined {
  return /^\d{1,11}$/.test(text ?? '') ? Number(text) * 1000 : undefined;
}
