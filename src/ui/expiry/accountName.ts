import { accountText } from '../accounts/accountText';
import type { Inventory } from '../inventory/entries';
import type { Translate } from '../words';

/** What an account is called, where several are shown; else undefined: then there is nothing to tell apart. */
export function accountNameAmong(
  inventory: Pick<Inventory, 'accounts' | 'account'>,
  accountId: string,
  t: Translate,
): string | undefined {
  const entry = inventory.accounts.length > 1 ? inventory.account(accountId) : undefined;
  return entry && accountText(entry.account, t, entry.name).name;
}
