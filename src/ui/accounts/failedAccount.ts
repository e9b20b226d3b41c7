import type { Account } from '../../model/account';
import type { Inventory } from '../inventory/entries';
import { stepErrorOf } from '../rotations/rotationNodes';

/** What went wrong with an account, and with which one: from an error row, or from a notification that names the account. */
export function errorOf(
  target: unknown,
  { inventory }: { readonly inventory: Pick<Inventory, 'account'> },
): { account: Account; error: unknown } | undefined {
  const failed = stepErrorOf(target) ?? target;
  if (!isRecord(failed) || !('error' in failed)) return undefined;
  const place = isRecord(failed.retry) ? failed.retry : failed;
  const ref = isRecord(place.aap) ? place.aap : place;
  const entry = typeof ref.accountId === 'string' ? inventory.account(ref.accountId) : undefined;
  return entry && { account: entry.account, error: failed.error };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
