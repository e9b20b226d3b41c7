const DAY_MS = 24 * 60 * 60 * 1000;

export type ExpiryState = 'notYetValid' | 'valid' | 'expiring' | 'critical' | 'expired';

/** Days before the end at which a key becomes `expiring` and `critical`, and at which it is told of for the last time. */
export interface ExpiryThresholds {
  readonly expiringDays: number;
  readonly criticalDays: number;
  readonly finalDays: number;
}

export const DEFAULT_THRESHOLDS: ExpiryThresholds = { expiringDays: 90, criticalDays: 30, finalDays: 7 };

export interface Expiry {
  readonly state: ExpiryState;
  /** Whole days left, rounded down; negative once expired. */
  readonly daysLeft: number;
}

/**
 * How much life a key has left.
 * @param key its validity, ms UTC
 * @param now the service's present, ms UTC
 */
export function expiryOf(
  key: { readonly notBefore: number; readonly notAfter: number },
  now: number,
  thresholds: ExpiryThresholds = DEFAULT_THRESHOLDS,
): Expiry {
  const left = key.notAfter - now;
  const daysLeft = Math.floor(left / DAY_MS);
  if (left <= 0) return { state: 'expired', daysLeft };
  if (now < key.notBefore) return { state: 'notYetValid', daysLeft };
  if (left <= thresholds.criticalDays * DAY_MS) return { state: 'critical', daysLeft };
  if (left <= thresholds.expiringDays * DAY_MS) return { state: 'expiring', daysLeft };
  return { state: 'valid', daysLeft };
}

/** Whether somebody should do something about a key in this state. */
export function isSoon(state: ExpiryState): boolean {
  return state === 'expiring' || state === 'critical' || state === 'expired';
}
