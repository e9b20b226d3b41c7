import { homedir } from 'node:os';
import { commands, Uri, window } from 'vscode';
import type { Account } from '../../model/account';
import { VIEWS } from '../commandIds';
import { t } from '../localise';
import type { AccountParts } from './accountParts';
import { agreesToEffects } from './consent';
import type { KeptAccounts } from './keptAccounts';
import { agreesToLeave } from './leaving';
import { pickAccounts } from './pickAccounts';
import { accountsToShow, hasEffects } from './shownAccounts';
import { typeAccount } from './typedAccount';

/** *Sign In…*: the accounts that are found, with check marks; those that are ticked are shown from then on. */
export async function signIn(parts: AccountParts): Promise<void> {
  const service = await parts.rooms.cloud();
  const [{ accounts, problems }, kept] = await Promise.all([
    service.listAccounts(),
    parts.accounts.store.read(),
  ]);
  const shown = accountsToShow(accounts, kept).map(({ account }) => account);
  const gone = shown.filter(({ id }) => !accounts.some((account) => account.id === id));
  const picked = await pickAccounts(
    {
      accounts: [...accounts, ...gone],
      missing: gone.map(({ id }) => id),
      problems,
      files: service.accountFiles(),
      kept,
      homeFolder: homedir(),
    },
    shown.map(({ id }) => id),
  );
  if (!picked) return;
  if (picked.kind === 'problem') return await explain(picked.message, picked.file);
  const wanted = await agreed(picked.ticked, shown, parts);
  const left = shown.filter((account) => !wanted.includes(account));
  if (!(await agreesToLeave(left, parts))) return;
  const reading = parts.accounts.change((now) =>
    showThese(
      now,
      wanted.map(({ id }) => id),
    ),
  );
  void commands.executeCommand(`${VIEWS.keys}.focus`);
  if (picked.kind === 'type') await typeAccount(parts);
  await reading;
}

/** Without those that were ticked only now and whose profile may not do what it does. */
async function agreed(
  ticked: readonly Account[],
  shown: readonly Account[],
  parts: AccountParts,
): Promise<Account[]> {
  const wanted: Account[] = [];
  const service = await parts.rooms.cloud();
  for (const account of ticked) {
    if (!shown.includes(account) && hasEffects(account)) {
      if (!(await agreesToEffects(account))) continue;
      service.allowEffects(account.id);
    }
    wanted.push(account);
  }
  return wanted;
}

/** Shows these accounts and no others; those that are not shown any more keep their name and regions. */
function showThese(kept: KeptAccounts, ids: readonly string[]): KeptAccounts {
  const known = kept.accounts.map((account) => ({ ...account, shown: ids.includes(account.id) }));
  const fresh = ids.filter((id) => !kept.accounts.some((account) => account.id === id));
  return { chosen: true, accounts: [...known, ...fresh.map((id) => ({ id, shown: true }))] };
}

/** What is wrong with a file; it is opened only on the user's wish, for secrets may stand in it. */
async function explain(message: string, file: string | undefined): Promise<void> {
  const open = t('Open File');
  const choice = await window.showErrorMessage(message, ...(file === undefined ? [] : [open]));
  if (choice === open && file !== undefined) await window.showTextDocument(Uri.file(file));
}
