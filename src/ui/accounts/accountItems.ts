import type { Account } from '../../model/account';
import { describeError } from '../errorText';
import { pathIn } from '../paths';
import type { Translate } from '../words';
import { accountText } from './accountText';
import type { KeptAccounts } from './keptAccounts';
import { hasEffects } from './shownAccounts';

/** A line of the *Sign In* list, before VS Code's types. */
export type SignInItem =
  | { readonly kind: 'separator'; readonly label: string }
  | {
      readonly kind: 'account';
      readonly label: string;
      readonly description: string;
      readonly account: Account;
    }
  | {
      readonly kind: 'problem';
      readonly label: string;
      /** As much of the message as there is room for: the path is shortened. */
      readonly detail: string;
      readonly message: string;
      /** The file that it is about, where that is known. */
      readonly file: string | undefined;
    }
  | { readonly kind: 'type'; readonly label: string; readonly detail: string };

export interface SignInChoice {
  readonly accounts: readonly Account[];
  /** Ids of accounts that are shown although their source is gone or cannot be read. */
  readonly missing: readonly string[];
  readonly problems: readonly Error[];
  readonly files: readonly { readonly file: string; readonly kind: 'cli' | 'ini' }[];
  readonly kept: KeptAccounts;
  readonly homeFolder: string;
}

/** Everything that one can sign in with, by source, then what could not be read, then the way to type an AccessKey. */
export function signInItems(choice: SignInChoice, t: Translate): SignInItem[] {
  const { accounts, problems, files, homeFolder } = choice;
  const items: SignInItem[] = [];
  const group = (label: string, members: readonly SignInItem[]) => {
    if (members.length > 0) items.push({ kind: 'separator', label }, ...members);
  };
  const itemOf = (account: Account) => accountItem(account, choice, t);
  const fileOf = (account: Account) => {
    // Of a profile that is gone only its kind is known.
    if ('file' in account)
      return account.file || files.find(({ kind }) => account.kind === `${kind}Profile`)?.file;
    return undefined;
  };
  for (const file of [...new Set(accounts.flatMap((account) => fileOf(account) ?? []))]) {
    const members = accounts.filter((account) => fileOf(account) === file);
    const [first] = members;
    if (first) group(`${accountText(first, t).source} · ${homePath(file, homeFolder)}`, members.map(itemOf));
  }
  const ofKind = (kind: Account['kind']) => accounts.filter((account) => account.kind === kind).map(itemOf);
  group(t('Environment'), ofKind('environment'));
  group(t('AccessKeys typed in'), ofKind('typed'));
  group(
    t('Could not be read'),
    problems.map((problem) => {
      const { summary, message } = describeError(problem, t);
      const file = files.find((each) => message.includes(each.file))?.file;
      const detail = file === undefined ? message : message.replace(file, homePath(file, homeFolder));
      return { kind: 'problem', label: `$(error) ${summary}`, detail, message, file };
    }),
  );
  items.push(
    { kind: 'separator', label: '' },
    {
      kind: 'type',
      label: `$(key) ${t('Type an AccessKey…')}`,
      detail: t('Kept in the secret store of VS Code, never in a file or setting'),
    },
  );
  return items;
}

function accountItem(account: Account, { kept, missing }: SignInChoice, t: Translate): SignInItem {
  const name = kept.accounts.find(({ id }) => id === account.id)?.name;
  const { name: label, source } = accountText(account, t, name);
  const parts = [
    ...(name !== undefined && 'profile' in account ? [t('Profile {0}', account.profile)] : []),
    ...('mode' in account ? [account.mode] : [source]).filter((text) => text !== ''),
    ...(account.uid === undefined ? [] : [t('Account {0}', account.uid)]),
    ...(account.kind === 'cliProfile' && account.current ? [t('current')] : []),
    ...(hasEffects(account) ? [t('needs your consent')] : []),
    ...(missing.includes(account.id) ? [t('not found at present')] : []),
  ];
  return { kind: 'account', label, description: parts.join(' · '), account };
}

/** The entry that was ticked just now; `undefined` where several were at once, by the box that ticks all. */
export function tickedAlone<T>(before: readonly T[], now: readonly T[]): T | undefined {
  const fresh = now.filter((item) => !before.includes(item));
  return fresh.length === 1 ? fresh[0] : undefined;
}

/** A path below the home folder with `~`: what stands at the end of a row takes the place where one clicks. */
export function homePath(file: string, homeFolder: string): string {
  const path = pathIn(homeFolder, file);
  return path === file ? file : `~/${path}`;
}
