import { window, workspace } from 'vscode';
import type { Account } from '../../model/account';
import { t } from '../localise';
import { accountText } from './accountText';

/**
 * Whether a profile may run its program or rewrite its file; asked per window. What the program is is not shown: its
 * arguments may hold a secret. In an untrusted workspace it is refused without a question.
 */
export async function agreesToEffects(account: Account, name?: string): Promise<boolean> {
  const label = accountText(account, t, name).name;
  if (!workspace.isTrusted) {
    void window.showWarningMessage(
      t(
        'The profile {0} runs a program or rewrites its file when it signs in. That is not done in an untrusted workspace. Trust the workspace, then sign in.',
        label,
      ),
    );
    return false;
  }
  const use = t('Use This Profile');
  const choice = await window.showWarningMessage(
    t('The profile {0} runs a program or rewrites its file when it signs in.', label),
    {
      modal: true,
      detail: [
        t('Use it only if you set it up yourself. You are asked once per window.'),
        ...('file' in account && account.file !== '' ? [account.file] : []),
      ].join('\n\n'),
    },
    use,
  );
  return choice === use;
}
