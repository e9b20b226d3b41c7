import { Uri, window } from 'vscode';
import type { Account } from '../../model/account';
import { isCloudError } from '../../model/cloudError';
import { t } from '../localise';
import type { AccountParts } from './accountParts';
import { accountText } from './accountText';
import { agreesToEffects } from './consent';
import { nameOf } from './leaving';
import { signIn } from './signIn';
import { typeAccount } from './typedAccount';

/** *Sign In…* on what went wrong with an account: asks for what is missing, then reads the account again. */
export async function signInAgain(account: Account, error: unknown, parts: AccountParts): Promise<void> {
  const { id } = account;
  const name = nameOf(id, parts);
  if (isCloudError(error) && error.code === 'EffectsNotAllowed') {
    if (!(await agreesToEffects(account, name))) return;
    const service = await parts.rooms.cloud();
    service.allowEffects(id);
    service.forget(id);
    return await parts.readAccount(id);
  }
  if (account.kind === 'typed') {
    const { accounts } = await parts.accounts.store.read();
    const accessKeyId = accounts.find((kept) => kept.id === id)?.accessKeyId;
    // Once it is kept, what has failed is read again.
    await typeAccount(parts, { id, accessKeyId, name });
    return;
  }
  await offerWays(account, name, parts);
}

/** A profile is renewed by the tool that wrote it; the file is watched, so nothing else has to be done here. */
async function offerWays(account: Account, name: string | undefined, parts: AccountParts): Promise<void> {
  const { source, name: label } = accountText(account, t, name);
  const command = account.kind === 'cliProfile' ? configureCommand(account) : undefined;
  const file = 'file' in account && account.file !== '' ? account.file : undefined;
  const ways = [
    ...(command === undefined
      ? []
      : [
          {
            label: t('Write the Command into a Terminal'),
            description: command,
            run: () => {
              const terminal = window.createTerminal('aliyun');
              terminal.show();
              // Not run: the user reads it first.
              terminal.sendText(command, false);
            },
          },
        ]),
    ...(file === undefined
      ? []
      : [
          {
            label: t('Open File'),
            description: file,
            run: () => window.showTextDocument(Uri.file(file)),
          },
        ]),
    {
      label: t('Read Again'),
      description: source,
      run: async () => {
        (await parts.rooms.cloud()).forget(account.id);
        await parts.accounts.find();
        await parts.readAccount(account.id);
      },
    },
    { label: t('Sign In Otherwise…'), description: '', run: () => signIn(parts) },
  ];
  const picked = await window.showQuickPick(ways, {
    title: t('Sign in again: {0}', label),
    placeHolder:
      file === undefined
        ? t('How shall this account sign in?')
        : t('The file is watched: once it has changed, the account is read again.'),
  });
  await picked?.run();
}

/** How the CLI signs in anew; none for a name that a shell could take for something else. */
function configureCommand(account: Account & { kind: 'cliProfile' }): string | undefined {
  const { profile, mode } = account;
  if (!/^[\w][\w.-]*$/.test(profile) || !/^\w*$/.test(mode)) return undefined;
  return `aliyun configure --profile ${profile}${mode === '' ? '' : ` --mode ${mode}`}`;
}
