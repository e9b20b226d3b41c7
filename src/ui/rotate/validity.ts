import type { Translate } from '../words';

/** Whole years, or until a moment in ms UTC. */
export type Validity = { readonly years: number } | { readonly notAfter: number };

const DAY = 24 * 60 * 60 * 1000;
const MAX_YEARS = 5;

/** The end of the day `YYYY-MM-DD` in the zone of this machine, ms UTC; `undefined` if there is no such day. */
export function endOfDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(year, month - 1, day, 23, 59, 59);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : undefined;
}

/** Why a date cannot be the end of a client key, in words; `undefined` if it can. */
export function dateProblem(text: string, now: number, t: Translate): string | undefined {
  const end = endOfDay(text);
  if (end === undefined) return t('Write the date as YYYY-MM-DD.');
  if (end < now + DAY) return t('The date must be at least a day ahead.');
  return end > afterYears(now, MAX_YEARS) ? t('A client key is valid for at most 5 years.') : undefined;
}

/** The same moment some years later, ms UTC. */
export function afterYears(now: number, years: number): number {
  const date = new Date(now);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getTime();
}
