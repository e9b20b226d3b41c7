import type { ClientKey } from '../../model/clientKey';
import { createSignal } from '../signal';
import { type AccountReader, createAccountReader } from './accountReader';
import type {
  AccountEntry,
  Inventory,
  KeyLists,
  KnownAccount,
  RegionEntry,
  ShownAccount,
  Urgency,
} from './entries';
import { newerOf } from './newer';

export interface InventoryParts {
  lists(urgency: Urgency): Promise<KeyLists>;
  /** Called when this window has read something of an account, so that it can be kept. */
  onRead?(accountId: string): void;
  /** ms UTC of this machine. */
  clock?(): number;
}

interface Shown {
  shown: ShownAccount;
  readonly reader: AccountReader;
  /** As last handed out; undefined once something has changed. */
  entry: AccountEntry | undefined;
}

export function createInventory({ lists, onRead, clock = Date.now }: InventoryParts): Inventory {
  const changed = createSignal();
  let accounts = new Map<string, Shown>();
  let problems: readonly unknown[] = [];
  let keys: readonly ClientKey[] | undefined;

  function note(accountId: string): void {
    const one = accounts.get(accountId);
    if (one) one.entry = undefined;
    keys = undefined;
    changed.fire();
  }

  function start(shown: ShownAccount): Shown {
    const { account } = shown;
    const one: Shown = {
      shown,
      entry: undefined,
      reader: createAccountReader({
        account,
        chosenRegions: () => one.shown.chosenRegions,
        lists,
        clock,
        changed: () => {
          if (accounts.get(account.id) === one) note(account.id);
        },
        onRead: () => {
          if (accounts.get(account.id) === one) onRead?.(account.id);
        },
      }),
    };
    return one;
  }

  function entryOf(one: Shown): AccountEntry {
    const { shown, reader } = one;
    one.entry ??= {
      ...shown,
      status: reader.status,
      ...(reader.error === undefined ? {} : { error: reader.error }),
      regions: [...reader.book.regions.values()],
    };
    return one.entry;
  }

  const readerOf = (accountId: string) => accounts.get(accountId)?.reader;

  return {
    get accounts() {
      return [...accounts.values()].map(entryOf);
    },
    get problems() {
      return problems;
    },
    get reading() {
      return [...accounts.values()].some(({ reader }) => reader.reading);
    },
    changed,
    account: (accountId) => {
      const one = accounts.get(accountId);
      return one && entryOf(one);
    },
    region: (accountId, regionId) => readerOf(accountId)?.book.regions.get(regionId),
    aap: (aap) => readerOf(aap.accountId)?.book.aap(aap),
    key(keyId) {
      for (const { reader } of accounts.values()) {
        const key = reader.book.key(keyId);
        if (key) return key;
      }
      return undefined;
    },
    keys() {
      keys ??= [...accounts.values()].flatMap(({ reader }) => [...reader.book.keys()]);
      return keys;
    },
    show(wanted, newProblems = []) {
      const before = accounts;
      accounts = new Map(
        wanted.map((shown) => {
          const old = before.get(shown.account.id);
          if (!old || old.shown.account.identity !== shown.account.identity)
            return [shown.account.id, start(shown)];
          old.shown = shown;
          old.entry = undefined;
          const { book } = old.reader;
          if (shown.chosenRegions) book.keepOnly(shown.chosenRegions);
          return [shown.account.id, old];
        }),
      );
      for (const [id, old] of before) if (accounts.get(id) !== old) old.reader.stop();
      problems = newProblems;
      keys = undefined;
      changed.fire();
    },
    takeKnown(known: KnownAccount) {
      const one = accounts.get(known.accountId);
      if (!one || one.shown.account.identity !== known.identity) return;
      const { book } = one.reader;
      const { chosenRegions } = one.shown;
      let taken = false;
      for (const theirs of known.regions) {
        if (chosenRegions && !chosenRegions.includes(theirs.regionId)) continue;
        const mine = book.regions.get(theirs.regionId);
        const merged: RegionEntry = mine ? newerOf(mine, theirs) : theirs;
        if (merged === mine) continue;
        book.put(merged);
        taken = true;
      }
      if (taken) note(known.accountId);
    },
    async refresh(accountId, urgency = 'click') {
      const wanted = accountId === undefined ? [...accounts.values()] : [accounts.get(accountId)];
      await Promise.all(wanted.map((one) => one?.reader.refresh(urgency)));
    },
    refreshRegion: async (accountId, regionId) => await readerOf(accountId)?.refreshRegion(regionId),
    refreshAap: async (aap) => await readerOf(aap.accountId)?.refreshAap(aap),
    readReach: async (aap, again = false) => await readerOf(aap.accountId)?.readReach(aap, again),
    stop() {
      for (const { reader } of accounts.values()) reader.stop();
    },
  };
}
