import { shortKeyId } from '../../model/clientKey';
import type { Expiry } from '../../model/expiry';
import { expiryBadge } from '../expiryText';
import type { Translate } from '../words';

/** What a screen reader says of a client key's row: it replaces label, description and badge. */
export function spokenKey(keyId: string, life: string, expiry: Expiry, t: Translate): string {
  const spoken = t('Client key {0}, {1}', shortKeyId(keyId), life);
  const badge = expiryBadge(expiry);
  return badge === undefined || badge === '!' ? spoken : t('{0}, {1} days left', spoken, expiry.daysLeft);
}
