import type { Account } from '../../model/account';
import type { Inventory } from '../inventory/entries';

/** What went wrong with an account, and with which one: from an error row, or from a notification that names the account. */
export function errorOf(
  target: unknown,
  { inventory }: { readonly inventory: Pick<Inventory, 'account'> },
): { account: Account; error: unknown } | undefined {
  if (!isRecord(target) || !('error' in target)) return undefined;
  const place = isRecord(target.retry) ? target.retry : target;
  const ref = isRecord(place.aap) ? place.aap : place;
  const entry = typeof ref.accountId === 'string' ? inventory.account(ref.accountId) : undefined;
  return entry && { account: entry.account, error: target.error };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
