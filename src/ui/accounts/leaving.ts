import { window } from 'vscode';
import type { Account } from '../../model/account';
import { isOpen } from '../../model/rotation';
import { t } from '../localise';
import { shownOf } from '../rotations/rotationNodes';
import { printable } from '../words';
import type { AccountParts } from './accountParts';
import { accountText } from './accountText';

/** AAPs of the account with a rotation or creation under way, as one sentence; empty if there is none. */
export function rotationsUnderWay(accountIds: readonly string[], { board }: AccountParts): string {
  const names = [...board.cards, ...board.creations]
    .map(shownOf)
    .filter((shown) => isOpen(shown) && accountIds.includes(shown.aap.accountId))
    .map(({ aap }) => printable(aap.aapName));
  if (names.length === 0) return '';
  return t(
    'A rotation or creation is under way for {0}. Without the account it can be seen, but it does not go on.',
    names.join(', '),
  );
}

/** Signing out is asked about only where a rotation would be left behind. */
export async function agreesToLeave(accounts: readonly Account[], parts: AccountParts): Promise<boolean> {
  const detail = rotationsUnderWay(
    accounts.map(({ id }) => id),
    parts,
  );
  if (detail === '') return true;
  const leave = t('Sign Out');
  const names = accounts.map((account) => accountText(account, t, nameOf(account.id, parts)).name);
  const choice = await window.showWarningMessage(
    t('Sign out of {0}?', names.join(', ')),
    { modal: true, detail },
    leave,
  );
  return choice === leave;
}

/** What the user calls an account, as far as that is known. */
export function nameOf(
  accountId: string,
  { inventory }: Pick<AccountParts, 'inventory'>,
): string | undefined {
  return inventory.account(accountId)?.name;
}
