import type { Account } from '../../model/account';
import type { AccountEntry, Inventory, ShownAccount } from '../inventory/entries';
import { createFileWatch, type FileWatchParts } from './fileWatch';
import type { AccountStore, KeptAccounts } from './keptAccounts';
import { accountsToShow, choiceOf, rememberedAccounts, withShown } from './shownAccounts';

/** What the accounts need of the cloud. */
export interface AccountSources {
  listAccounts(): Promise<{ accounts: readonly Account[]; problems: readonly unknown[] }>;
  accountFiles(): readonly { file: string; kind: 'cli' | 'ini' }[];
  forget(accountId?: string): void;
}

export interface AccountsParts {
  readonly sources: () => Promise<AccountSources>;
  readonly store: AccountStore;
  readonly inventory: Pick<Inventory, 'accounts' | 'show' | 'stop'>;
  readonly watch: FileWatchParts['watch'];
  /** Reads the keys of an account. */
  read(accountId: string): Promise<void>;
  /** Whether somebody looks at the keys here; what another window shows anew is read by that one. */
  isLookedAt(): boolean;
  /** Called with whether there is an account, once that is known. */
  onShown(hasAccount: boolean): void;
  onError(error: unknown): void;
}

/** Which accounts the views are about. */
export interface Accounts {
  /** What was shown last, before any source is read. */
  remembered(): Promise<readonly ShownAccount[]>;
  /** Reads the sources and shows the accounts; from then on the profile files are watched. */
  find(): Promise<void>;
  /** As `find`; then reads the accounts that are new, had failed or belong to somebody else now. */
  update(): Promise<void>;
  /** Changes what is shown, in every window. */
  change(edit: (kept: KeptAccounts) => KeptAccounts): Promise<void>;
  /** A source has changed that tells of it itself: an AccessKey was typed in another window. */
  noteChange(): void;
  readonly store: AccountStore;
  dispose(): void;
}

export function createAccounts(parts: AccountsParts): Accounts {
  const { inventory, store } = parts;
  const watch = createFileWatch({
    watch: parts.watch,
    onChange: (files) => run(filesChanged(files)),
  });
  /** What the file said when it was read last; `undefined` as long as no source was read. */
  let choice: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function run(task: Promise<unknown>): void {
    task.catch(parts.onError);
  }

  /** @returns the ids of what was found */
  async function find(): Promise<ReadonlySet<string>> {
    const sources = await parts.sources();
    await watch.follow([store.file, ...sources.accountFiles().map(({ file }) => file)]);
    const [{ accounts, problems }, kept] = await Promise.all([sources.listAccounts(), store.read()]);
    const shown = accountsToShow(accounts, kept);
    choice = choiceOf(kept);
    inventory.show(shown, problems.filter(isNobodys(shown, accounts, sources.accountFiles())));
    parts.onShown(shown.length > 0);
    await store.change((now) => withShown(now, shown));
    return new Set(accounts.map(({ id }) => id));
  }

  /** @param changed profile files whose accounts may mean somebody else without their identity telling it */
  async function update(changed: readonly string[] = []): Promise<void> {
    const stale = await inTurn(() => findStale(changed));
    // Not in turn: the next change may be what mends a reading that hangs.
    await Promise.all(stale.map((accountId) => parts.read(accountId)));
  }

  /** As `find`. @returns the ids of the accounts to be read; what was under way of them has ended */
  async function findStale(changed: readonly string[]): Promise<readonly string[]> {
    const before = new Map(inventory.accounts.map((entry) => [entry.account.id, entry]));
    const found = await find();
    const stale = inventory.accounts.filter(
      (entry) =>
        // Of one whose source is gone or damaged, a reading says so.
        !found.has(entry.account.id) || hasToBeRead(entry, before.get(entry.account.id), changed),
    );
    const sources = await parts.sources();
    return stale.map(({ account }) => {
      sources.forget(account.id);
      // What was begun as somebody else would be joined.
      inventory.stop(account.id);
      return account.id;
    });
  }

  /** One after the other, so that each sees what the one before has shown. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function filesChanged(files: readonly string[]): Promise<void> {
    const profiles = files.filter((file) => file !== store.file);
    if (profiles.length > 0) return await update(profiles);
    if (choiceOf(await store.read()) === choice) return;
    await (parts.isLookedAt() ? update() : inTurn(find));
  }

  return {
    store,
    remembered: async () => rememberedAccounts(await store.read()),
    find: async () => void (await inTurn(find)),
    update: () => update(),
    async change(edit) {
      await store.change(edit);
      await update();
    },
    noteChange() {
      if (choice !== undefined) run(update());
    },
    dispose: () => watch.dispose(),
  };
}

/** Tells a problem apart that no shown account has as its own error: that one would say the same a second time. */
function isNobodys(
  shown: readonly ShownAccount[],
  found: readonly Account[],
  files: readonly { file: string; kind: 'cli' | 'ini' }[],
): (problem: unknown) => boolean {
  const gone = shown.filter(({ account }) => !found.some(({ id }) => id === account.id));
  const failing = files.filter(({ kind }) => gone.some(({ account }) => account.kind === `${kind}Profile`));
  return (problem) =>
    !(problem instanceof Error && failing.some(({ file }) => problem.message.includes(file)));
}

function hasToBeRead(
  now: AccountEntry,
  before: AccountEntry | undefined,
  changed: readonly string[],
): boolean {
  const { account } = now;
  if (!before || before.account.identity !== account.identity) return true;
  if (String(before.chosenRegions) !== String(now.chosenRegions)) return true;
  // A session of a single sign-on, or an STS token: only the service knows whose it is.
  if ('file' in account && account.identity === undefined && changed.includes(account.file)) return true;
  return (
    before.status === 'failed' ||
    before.regions.some(({ status, aaps }) => [status, ...aaps.map((aap) => aap.status)].includes('failed'))
  );
}
