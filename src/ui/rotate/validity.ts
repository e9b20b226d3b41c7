import { addYears, MAX_YEARS } from '../../model/years';
import type { Translate } from '../words';

/** Whole years, or until a moment in ms UTC. */
export type Validity = { readonly years: number } | { readonly notAfter: number };

const DAY = 24 * 60 * 60 * 1000;

/**
 * Late on the day `YYYY-MM-DD` in the zone of this machine, ms UTC; `undefined` if there is no such day. An hour before its
 * end: the rotation moves what is asked for by up to an hour, and the key must not outlive the day that was named.
 */
export function lateOnDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(year, month - 1, day, 22, 59, 59);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : undefined;
}

/** Why a date cannot be the end of a client key, in words; `undefined` if it can. */
export function dateProblem(text: string, now: number, t: Translate): string | undefined {
  const end = lateOnDay(text);
  if (end === undefined) return t('Write the date as YYYY-MM-DD.');
  if (end < now + DAY) return t('The date must be at least a day ahead.');
  return end > addYears(now, MAX_YEARS) ? t('A client key is valid for at most 5 years.') : undefined;
}
