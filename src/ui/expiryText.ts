import type { Expiry } from '../model/expiry';
import { durationText, relativeTime } from '../model/timeText';
import type { Translate } from './words';

/** `expires in 12 days`, `expired 3 days ago`, `valid in 2 hours`. `now` is the service's present, ms UTC. */
export function expiryText(
  key: { readonly notBefore: number; readonly notAfter: number },
  expiry: Expiry,
  now: number,
  locale: string,
  t: Translate,
): string {
  if (expiry.state === 'expired') return t('expired {0}', relativeTime(key.notAfter, now, locale));
  if (expiry.state === 'notYetValid') return t('valid {0}', relativeTime(key.notBefore, now, locale));
  return t('expires {0}', relativeTime(key.notAfter, now, locale));
}

/** `12 days left`: the same in a row of a side bar, which is narrow. Where life does not run yet or any more, as `expiryText`. */
export function lifeText(
  key: { readonly notBefore: number; readonly notAfter: number },
  expiry: Expiry,
  now: number,
  locale: string,
  t: Translate,
): string {
  if (expiry.state === 'expired' || expiry.state === 'notYetValid')
    return expiryText(key, expiry, now, locale, t);
  return t('{0} left', durationText(key.notAfter - now, locale));
}

/** Two characters for a decoration: the days left, `!` once expired, nothing from 100 days on. */
export function expiryBadge(expiry: Expiry): string | undefined {
  if (expiry.state === 'expired') return '!';
  return expiry.daysLeft < 100 ? String(expiry.daysLeft) : undefined;
}

/** The date alone, `2026-12-06`, in the zone of this machine. `at` in ms UTC. */
export function dateText(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(at);
}
