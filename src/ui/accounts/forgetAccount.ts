import { window } from 'vscode';
import type { Account } from '../../model/account';
import { t } from '../localise';
import type { AccountParts } from './accountParts';
import { accountText } from './accountText';
import { nameOf, rotationsUnderWay } from './leaving';

/** *Forget…*: signs out and removes all that is kept about an account. Its profile, if it is one, stays untouched. */
export async function forgetAccount(account: Account, parts: AccountParts): Promise<void> {
  const { id, kind } = account;
  const forget = t('Forget Account');
  const rotations = rotationsUnderWay([id], parts);
  const sentences = [
    kind === 'typed'
      ? t(
          'Its AccessKey is removed from the secret store, with its name, regions and what is known of its keys.',
        )
      : t(
          'Its name, regions and what is known of its keys are removed here. What it signs in with is not touched.',
        ),
    ...(rotations === '' ? [] : [rotations]),
  ];
  const choice = await window.showWarningMessage(
    t('Forget the account {0}?', accountText(account, t, nameOf(id, parts)).name),
    { modal: true, detail: sentences.join('\n\n') },
    forget,
  );
  if (choice !== forget) return;
  // The secret first: if anything fails after that, the account is still there to be forgotten again.
  if (kind === 'typed') await parts.typedKeys.remove(id);
  (await parts.rooms.cloud()).forget(id);
  await parts.accounts.change(({ accounts }) => ({
    chosen: true,
    accounts: accounts.filter((kept) => kept.id !== id),
  }));
  await parts.forgetKeys(id);
}
