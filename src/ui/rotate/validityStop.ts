import { dateText } from '../expiryText';
import { t } from '../localise';
import type { Translate } from '../words';
import { type Answer, askPick, askText, type StopFrame } from './stops';

/** Whole years, or until a moment in ms UTC. */
export type Validity = { readonly years: number } | { readonly notAfter: number };

const DAY = 24 * 60 * 60 * 1000;
const MAX_YEARS = 5;

/** First stop: how long the new key is valid. `now` is the service's present, ms UTC. */
export async function askValidity(frame: StopFrame, now: number): Promise<Answer<Validity>> {
  for (;;) {
    const years = [1, 2, 3, 4, 5].map((count) => ({
      label: count === 1 ? t('1 year') : t('{0} years', count),
      description: [
        t('until {0}', dateText(afterYears(now, count))),
        ...(count === 1 ? [t('recommended')] : []),
      ].join(' · '),
      value: count,
    }));
    const items = [...years, { label: t('Until a date…'), description: '', value: 0 }];
    const picked = await askPick(frame, t('How long shall the new client key be valid?'), items, 1);
    if (picked === 'back' || picked === 'cancelled') return picked;
    if (picked.value > 0) return { value: { years: picked.value } };
    const date = await askText(
      { ...frame, canGoBack: true },
      {
        prompt: t('Last day of validity, for example {0}', dateText(afterYears(now, 1))),
        placeholder: 'YYYY-MM-DD',
        check: (text) => {
          const problem = dateProblem(text, now, t);
          return problem === undefined ? undefined : { message: problem, blocks: true };
        },
      },
    );
    if (date === 'cancelled') return date;
    const end = date === 'back' ? undefined : endOfDay(date.value);
    if (end !== undefined) return { value: { notAfter: end } };
  }
}

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

/** `1 year`, or the date, for the summary. */
export function validityText(validity: Validity, now: number): string {
  const end = 'years' in validity ? afterYears(now, validity.years) : validity.notAfter;
  return t('valid until {0}', dateText(end));
}
