import { type Account, MODES_WITH_EFFECTS } from '../../model/account';
import type { ShownAccount } from '../inventory/entries';
import type { KeptAccount, KeptAccounts } from './keptAccounts';

/**
 * The accounts to show: those that the user chose, else the one to propose. A chosen one whose source is gone stays, so that
 * the view can say what became of it.
 */
export function accountsToShow(found: readonly Account[], kept: KeptAccounts): readonly ShownAccount[] {
  const ids = kept.chosen ? shownIds(kept) : [proposedAccount(found)?.id].filter((id) => id !== undefined);
  return ids.map((id) => {
    const about = kept.accounts.find((each) => each.id === id) ?? { id, shown: true };
    return shownAccount(found.find((account) => account.id === id) ?? rememberedAccount(about), about);
  });
}

/** What was shown last, as far as it is known before any source is read. */
export function rememberedAccounts(kept: KeptAccounts): readonly ShownAccount[] {
  return kept.accounts
    .filter(({ shown }) => shown)
    .map((about) => shownAccount(rememberedAccount(about), about));
}

/** Takes down whom the shown accounts belong to, for the next session; what the user chose stays as it is. */
export function withShown(kept: KeptAccounts, shown: readonly ShownAccount[]): KeptAccounts {
  const identities = new Map(shown.map(({ account }) => [account.id, account.identity]));
  const known = new Set(kept.accounts.map(({ id }) => id));
  const fresh = [...identities.keys()]
    .filter((id) => !known.has(id) && !kept.chosen)
    .map((id): KeptAccount => ({ id, shown: true }));
  const accounts = [...kept.accounts, ...fresh].map((about) => {
    const { identity: _, ...rest } = about;
    const isShown = kept.chosen ? about.shown : identities.has(about.id);
    if (!identities.has(about.id)) return { ...about, shown: isShown };
    const identity = identities.get(about.id);
    return { ...rest, shown: isShown, ...(identity === undefined ? {} : { identity }) };
  });
  return { ...kept, accounts };
}

/** What of the file decides what a window shows: an edit of the rest, by another window, is no reason to read anything. */
export function choiceOf({ chosen, accounts }: KeptAccounts): string {
  if (!chosen) return '';
  const shown = accounts.filter((account) => account.shown);
  return JSON.stringify(shown.map(({ id, name, regions }) => [id, name, regions]));
}

/** The environment, else the CLI's current profile, else the first that signs in without running or rewriting anything. */
export function proposedAccount(found: readonly Account[]): Account | undefined {
  const harmless = found.filter((account) => !hasEffects(account));
  return (
    harmless.find((account) => account.kind === 'environment') ??
    harmless.find((account) => account.kind === 'cliProfile' && account.current) ??
    harmless[0]
  );
}

/** Whether signing in runs a program or rewrites the profile file. */
export function hasEffects(account: Account): boolean {
  return 'mode' in account && MODES_WITH_EFFECTS.includes(account.mode);
}

/** As much of an account as its id and what is kept about it tell: its source is not read yet, or is gone. */
function rememberedAccount({ id, identity }: KeptAccount): Account {
  const base = { id, ...(identity === undefined ? {} : { identity }) };
  const [kind, ...rest] = id.split(':');
  const profile = rest.join(':');
  switch (kind) {
    case 'cli':
      return { ...base, kind: 'cliProfile', profile, mode: '', current: false, file: '' };
    case 'ini':
      return { ...base, kind: 'iniProfile', profile, mode: '', file: '' };
    case 'typed':
      return { ...base, kind: 'typed', temporary: false };
    default:
      return { ...base, kind: 'environment' };
  }
}

function shownIds(kept: KeptAccounts): string[] {
  return kept.accounts.filter(({ shown }) => shown).map(({ id }) => id);
}

function shownAccount(account: Account, { name, regions }: KeptAccount): ShownAccount {
  return {
    account,
    ...(name === undefined ? {} : { name }),
    ...(regions === undefined ? {} : { chosenRegions: regions }),
  };
}
