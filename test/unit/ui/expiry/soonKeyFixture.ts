import { expiryOf } from '../../../../src/model/expiry';
import type { SoonKey } from '../../../../src/ui/expiry/soonKeys';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 24, 12);

/** A key of an account with so many days left. */
export function soonKey(id: string, daysLeft: number, now = NOW): SoonKey {
  const times = { id, notBefore: 0, notAfter: now + daysLeft * DAY };
  const key = {
    ...times,
    accountId: 'cli:prod',
    regionId: 'cn-hangzhou',
    aapName: 'payments-aap',
    createdAt: 0,
  };
  return { ...times, now, expiry: expiryOf(times, now), from: { kind: 'account', key } };
}
