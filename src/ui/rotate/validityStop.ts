import { addYears } from '../../model/years';
import { dateText } from '../expiryText';
import { t } from '../localise';
import { type Answer, askPick, askText, type StopFrame } from './stops';
import { dateProblem, lateOnDay, type Validity } from './validity';

/** First stop: how long the new key is valid. `now` is the service's present, ms UTC. */
export async function askValidity(frame: StopFrame, now: number): Promise<Answer<Validity>> {
  for (;;) {
    const years = [1, 2, 3, 4, 5].map((count) => ({
      label: count === 1 ? t('1 year') : t('{0} years', count),
      description: [
        t('until {0}', dateText(addYears(now, count))),
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
        prompt: t('Last day of validity, for example {0}', dateText(addYears(now, 1))),
        placeholder: 'YYYY-MM-DD',
        check: (text) => {
          const problem = dateProblem(text, now, t);
          return problem === undefined ? undefined : { message: problem, blocks: true };
        },
      },
    );
    if (date === 'cancelled') return date;
    const end = date === 'back' ? undefined : lateOnDay(date.value);
    if (end !== undefined) return { value: { notAfter: end } };
  }
}

/** `1 year`, or the date, for the summary. */
export function validityText(validity: Validity, now: number): string {
  const end = 'years' in validity ? addYears(now, validity.years) : validity.notAfter;
  return t('valid until {0}', dateText(end));
}
