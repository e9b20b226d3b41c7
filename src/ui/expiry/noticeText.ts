import { shortKeyId } from '../../model/clientKey';
import type { ExpiryThresholds } from '../../model/expiry';
import { expiryText } from '../expiryText';
import { pathIn } from '../paths';
import { printable, type Translate } from '../words';
import type { SoonKey } from './soonKeys';

const DAY_MS = 24 * 60 * 60 * 1000;
/** When the day begins for somebody who wanted to hear of it tomorrow. */
const MORNING_HOUR = 9;

export interface NoticeWords {
  readonly t: Translate;
  readonly locale: string;
  /** What an account is called, where there are several. */
  accountName(accountId: string): string | undefined;
}

/** One notification for all keys that are due, the nearest first. */
export function noticeText(keys: readonly SoonKey[], words: NoticeWords): string {
  const { t } = words;
  const [nearest] = keys;
  if (!nearest) return '';
  const told = [shortKeyId(nearest.id), placeText(nearest, words), lifeOf(nearest, words)] as const;
  return keys.length === 1
    ? t('Client key {0} of {1} {2}.', ...told)
    : t('{0} client keys expire soon or have expired. The nearest, {1} of {2}, {3}.', keys.length, ...told);
}

/** `payments-aap (cn-hangzhou)`, or the credential file of a key that is known only from there. */
export function placeText({ from }: SoonKey, { t, accountName }: NoticeWords): string {
  if (from.kind === 'file')
    return t('credential file {0}', printable(pathIn(from.key.folder, from.key.file)));
  const { aapName, regionId, accountId } = from.key;
  const account = accountName(accountId);
  return `${printable(aapName)} (${[...(account === undefined ? [] : [account]), regionId].join(', ')})`;
}

/** `expires in 12 days`. */
export function lifeOf({ from, expiry, now }: SoonKey, { t, locale }: NoticeWords): string {
  return expiryText(from.key, expiry, now, locale, t);
}

export interface SnoozeChoice {
  readonly label: string;
  readonly description: string;
  /** ms UTC of the service; undefined: nothing more until the next threshold. */
  readonly until: number | undefined;
}

/** How long keys can be snoozed: until tomorrow, and for a week unless the nearest ends before. */
export function snoozeChoices(
  keys: readonly SoonKey[],
  thresholds: ExpiryThresholds,
  { t, locale }: NoticeWords,
): SnoozeChoice[] {
  const [nearest] = keys;
  if (!nearest) return [];
  const { now, notAfter } = nearest;
  const week = now + 7 * DAY_MS;
  const tomorrow = tomorrowMorning(now);
  const next = nextThreshold(nearest, thresholds);
  const day = (at: number) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  return [
    { label: t('Until tomorrow'), description: day(tomorrow), until: tomorrow },
    ...(week < notAfter ? [{ label: t('For a week'), description: day(week), until: week }] : []),
    ...(next === undefined
      ? []
      : [
          {
            label: t('Until the next period'),
            description:
              next === 0
                ? t('when it has expired')
                : next === 1
                  ? t('1 day before the end')
                  : t('{0} days before the end', next),
            until: undefined,
          },
        ]),
  ];
}

function tomorrowMorning(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  return day.setHours(MORNING_HOUR, 0, 0, 0);
}

/** The nearest threshold that a key has not reached, days before its end; 0: the end itself. */
function nextThreshold({ notAfter, now }: SoonKey, thresholds: ExpiryThresholds): number | undefined {
  const left = (notAfter - now) / DAY_MS;
  const { expiringDays, criticalDays, finalDays } = thresholds;
  const ahead = [expiringDays, criticalDays, finalDays, 0].filter((days) => days < left);
  return ahead.length === 0 ? undefined : Math.max(...ahead);
}
