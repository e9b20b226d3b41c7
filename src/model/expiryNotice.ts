import { type ExpiryThresholds, expiryOf } from './expiry';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A key that expired longer ago than this is no news. */
const NEWS_MS = 7 * DAY_MS;

/** What was told of a key before, over all windows. */
export interface NoticeRecord {
  /** The nearest threshold that was told, days before the end; 0: that it has expired. Farther ones count as told. */
  readonly toldDays?: number;
  /** The user wants to hear of it again, but not before this moment, ms UTC of the service. */
  readonly snoozedUntil?: number;
  /** The user does not want to hear of this key again. */
  readonly silenced?: boolean;
}

/**
 * Which threshold of a key is to be told now: days before the end, 0 for a key that has expired; undefined for none. Only
 * the nearest threshold that has been passed is told. The thresholds may stand in any order.
 * @param now the service's present, ms UTC
 */
export function dueNotice(
  key: { readonly notBefore: number; readonly notAfter: number },
  now: number,
  thresholds: ExpiryThresholds,
  record: NoticeRecord = {},
): number | undefined {
  if (record.silenced === true) return undefined;
  const nearest = nearestPassed(key, now, thresholds);
  if (nearest === undefined) return undefined;
  if (record.snoozedUntil !== undefined) return now < record.snoozedUntil ? undefined : nearest;
  return record.toldDays === undefined || nearest < record.toldDays ? nearest : undefined;
}

function nearestPassed(
  key: { readonly notBefore: number; readonly notAfter: number },
  now: number,
  thresholds: ExpiryThresholds,
): number | undefined {
  const { state } = expiryOf(key, now, thresholds);
  if (state === 'notYetValid') return undefined;
  const left = key.notAfter - now;
  if (state === 'expired') return left > -NEWS_MS ? 0 : undefined;
  const { expiringDays, criticalDays, finalDays } = thresholds;
  const passed = [expiringDays, criticalDays, finalDays].filter((days) => left <= days * DAY_MS);
  return passed.length > 0 ? Math.min(...passed) : undefined;
}
