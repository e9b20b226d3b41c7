import { type Memento, window } from 'vscode';
import { type Account, MODES_WITH_EFFECTS } from '../model/account';
import { type Accounts, CHOSEN_ACCOUNT } from './accounts';
import { t } from './localise';
import type { Cloud } from './rooms';
import { accountText } from './tree/accountText';

/** Lets the user choose whose keys are shown. Resolves with false if nothing changed. */
export async function chooseAccount(
  service: Cloud,
  shown: Account | undefined,
  accounts: Accounts,
  memento: Memento,
): Promise<boolean> {
  const found = await service.listAccounts();
  if (found.length === 0) {
    void window.showInformationMessage(
      t(
        'No Alibaba Cloud account was found on the machine this window runs on. Sign in with the aliyun CLI (aliyun configure), then choose again.',
      ),
    );
    return false;
  }
  const items = found.map((account) => {
    const { name, source } = accountText(account, t);
    const mode = account.kind === 'cliProfile' ? ` · ${account.mode}` : '';
    const current = account.id === shown?.id ? ` · ${t('shown now')}` : '';
    return { label: name, description: `${source}${mode}${current}`, account };
  });
  const picked = await window.showQuickPick(items, { placeHolder: t('Whose client keys shall be shown?') });
  if (!picked || !(await agreedToEffects(picked.account, service))) return false;
  await memento.update(CHOSEN_ACCOUNT, picked.account.id);
  service.forget(picked.account.id);
  accounts.take(picked.account);
  return true;
}

async function agreedToEffects(account: Account, service: Cloud): Promise<boolean> {
  if (account.kind !== 'cliProfile' || !MODES_WITH_EFFECTS.includes(account.mode)) return true;
  const use = t('Use This Profile');
  const choice = await window.showWarningMessage(
    t('The profile {0} runs a program or rewrites its file when it signs in.', account.profile),
    { modal: true, detail: t('Use it only if you set it up yourself.') },
    use,
  );
  if (choice === use) service.allowEffects(account.id);
  return choice === use;
}
