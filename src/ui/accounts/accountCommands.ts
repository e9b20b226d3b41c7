import { window } from 'vscode';
import type { Account } from '../../model/account';
import { COMMANDS } from '../commandIds';
import type { CommandHandler } from '../commands/registrar';
import { t } from '../localise';
import { withProgress } from '../progress';
import { uidOfAaps } from '../tree/accountRow';
import type { AccountParts } from './accountParts';
import { accountText } from './accountText';
import { chooseRegions } from './chooseRegions';
import { errorOf } from './failedAccount';
import { forgetAccount } from './forgetAccount';
import { changeAccount } from './keptAccounts';
import { agreesToLeave, nameOf } from './leaving';
import { pickAccount } from './pickAccount';
import { signIn } from './signIn';
import { signInAgain } from './signInAgain';
import { clockText } from './testText';

/** What the commands about accounts do. */
export function accountCommands(parts: AccountParts) {
  const onAccount =
    (placeholder: string, run: (account: Account, parts: AccountParts) => Promise<void>): CommandHandler =>
    async (target) => {
      const account = await pickAccount(target, placeholder, parts);
      if (account) await run(account, parts);
    };
  return {
    [COMMANDS.signIn]: async (target) => {
      const failed = errorOf(target, parts);
      if (failed) await signInAgain(failed.account, failed.error, parts);
      else await signIn(parts);
    },
    [COMMANDS.testAccount]: onAccount(t('Which account shall be tested?'), testAccount),
    [COMMANDS.renameAccount]: onAccount(t('Which account shall be renamed?'), renameAccount),
    [COMMANDS.signOut]: onAccount(t('Which account shall be signed out?'), signOut),
    [COMMANDS.forgetAccount]: onAccount(t('Which account shall be forgotten?'), forgetAccount),
    [COMMANDS.chooseRegions]: onAccount(t('Of which account shall regions be chosen?'), chooseRegions),
  } satisfies Record<string, CommandHandler>;
}

/** One call that needs no permission; what goes wrong is shown as any error is. */
async function testAccount(account: Account, parts: AccountParts): Promise<void> {
  const { id } = account;
  const uid = account.uid ?? uidOfAaps(parts.inventory.account(id));
  const name = nameIn(account, parts);
  const service = await parts.rooms.cloud();
  service.forget(id);
  const { regions, clockOffset } = await withProgress(t('Testing {0}', name), (signal) =>
    service.testAccount(id, signal),
  );
  const sentences = [
    regions === 1
      ? t('{0} is signed in: KMS answered with 1 region.', name)
      : t('{0} is signed in: KMS answered with {1} regions.', name, regions),
    ...(uid === undefined ? [] : [t('Account id {0}.', uid)]),
    ...clockText(clockOffset, t),
  ];
  void window.showInformationMessage(sentences.join(' '));
}

async function renameAccount(account: Account, parts: AccountParts): Promise<void> {
  const usual = accountText(account, t).name;
  const text = await window.showInputBox({
    title: t('Rename Account'),
    prompt: t('What shall this account be called? Empty for {0}.', usual),
    value: nameIn(account, parts),
    validateInput: (value) => (value.length > 60 ? t('At most {0} characters', 60) : undefined),
  });
  if (text === undefined) return;
  const name = text.trim();
  await parts.accounts.change((kept) => ({
    ...changeAccount(kept, account.id, ({ name: _, ...rest }) => ({
      ...rest,
      shown: true,
      ...(name === '' || name === usual ? {} : { name }),
    })),
    chosen: true,
  }));
}

/** The source stays untouched, and so do name, regions and a typed AccessKey: *Sign In* brings all of it back. */
async function signOut(account: Account, parts: AccountParts): Promise<void> {
  if (!(await agreesToLeave([account], parts))) return;
  const name = nameIn(account, parts);
  await parts.accounts.change((kept) => ({
    ...changeAccount(kept, account.id, (about) => ({ ...about, shown: false })),
    chosen: true,
  }));
  (await parts.rooms.cloud()).forget(account.id);
  if (account.kind === 'typed')
    void window.showInformationMessage(
      t('Signed out of {0}. Its AccessKey is still kept; Forget Account removes it.', name),
    );
}

function nameIn(account: Account, parts: AccountParts): string {
  return accountText(account, t, nameOf(account.id, parts)).name;
}
