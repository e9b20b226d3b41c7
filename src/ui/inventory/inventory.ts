import type { ClientKey } from '../../model/clientKey';
import { once } from '../once';
import { createSignal } from '../signal';
import type { AccountReader } from './accountReader';
import type {
  AccountEntry,
  Inventory,
  KeyLists,
  KnownAccount,
  RegionEntry,
  ShownAccount,
  Urgency,
} from './entries';
import { loadReading } from './loadReading';
import { newerOf } from './newer';
import { createRegionBook, type RegionBook } from './regionBook';

export interface InventoryParts {
  lists(urgency: Urgency): Promise<KeyLists>;
  /** Called when this window has read something of an account, so that it can be kept. */
  onRead?(accountId: string): void;
  /** ms UTC of this machine. */
  clock?(): number;
}

interface Shown {
  shown: ShownAccount;
  readonly book: RegionBook;
  /** Made by the first reading: what a cache says is shown without it. */
  reader: AccountReader | undefined;
  /** As last handed out; undefined once something has changed. */
  entry: AccountEntry | undefined;
}

export function createInventory({ lists, onRead, clock = Date.now }: InventoryParts): Inventory {
  const changed = createSignal();
  /** One promise for all: who asks first is answered first. */
  const loaded = once(loadReading);
  let accounts = new Map<string, Shown>();
  let problems: readonly unknown[] = [];
  let keys: readonly ClientKey[] | undefined;
  /** How often everything was stopped. */
  let stops = 0;

  function note(accountId: string): void {
    const one = accounts.get(accountId);
    if (one) one.entry = undefined;
    keys = undefined;
    changed.fire();
  }

  /** Loads what reads. @returns undefined if by then the account is no longer shown, or its reading was stopped */
  async function readerOf(accountId: string): Promise<AccountReader | undefined> {
    const one = accounts.get(accountId);
    if (!one || one.reader) return one?.reader;
    const { account } = one.shown;
    const isShown = () => accounts.get(accountId) === one;
    const before = stops;
    const { createAccountReader } = await loaded();
    if (!isShown() || stops !== before) return undefined;
    one.reader ??= createAccountReader({
      account,
      book: one.book,
      chosenRegions: () => one.shown.chosenRegions,
      lists,
      clock,
      changed: () => {
        if (isShown()) note(accountId);
      },
      onRead: () => {
        if (isShown()) onRead?.(accountId);
      },
    });
    return one.reader;
  }

  function entryOf(one: Shown): AccountEntry {
    const { shown, book, reader } = one;
    one.entry ??= {
      ...shown,
      status: reader?.status ?? 'stale',
      ...(reader?.error === undefined ? {} : { error: reader.error }),
      regions: [...book.regions.values()],
    };
    return one.entry;
  }

  return {
    get accounts() {
      return [...accounts.values()].map(entryOf);
    },
    get problems() {
      return problems;
    },
    get reading() {
      return [...accounts.values()].some(({ reader }) => reader?.reading);
    },
    changed,
    account: (accountId) => {
      const one = accounts.get(accountId);
      return one && entryOf(one);
    },
    region: (accountId, regionId) => accounts.get(accountId)?.book.regions.get(regionId),
    aap: (aap) => accounts.get(aap.accountId)?.book.aap(aap),
    key(keyId) {
      for (const { book } of accounts.values()) {
        const key = book.key(keyId);
        if (key) return key;
      }
      return undefined;
    },
    keys() {
      keys ??= [...accounts.values()].flatMap(({ book }) => [...book.keys()]);
      return keys;
    },
    show(wanted, newProblems = []) {
      const before = accounts;
      accounts = new Map(
        wanted.map((shown) => {
          const old = before.get(shown.account.id);
          if (!old || old.shown.account.identity !== shown.account.identity)
            return [
              shown.account.id,
              { shown, book: createRegionBook(), reader: undefined, entry: undefined },
            ];
          // A reading of the regions that were wanted before would be joined by the next one.
          if (String(old.shown.chosenRegions) !== String(shown.chosenRegions)) old.reader?.stop();
          old.shown = shown;
          old.entry = undefined;
          if (shown.chosenRegions) old.book.keepOnly(shown.chosenRegions);
          return [shown.account.id, old];
        }),
      );
      for (const [id, old] of before) if (accounts.get(id) !== old) old.reader?.stop();
      problems = newProblems;
      keys = undefined;
      changed.fire();
    },
    takeKnown(known: KnownAccount) {
      const one = accounts.get(known.accountId);
      if (!one || one.shown.account.identity !== known.identity) return;
      const { book } = one;
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
      const wanted = accountId === undefined ? [...accounts.keys()] : [accountId];
      await Promise.all(wanted.map(async (id) => await (await readerOf(id))?.refresh(urgency)));
    },
    refreshRegion: async (accountId, regionId) => await (await readerOf(accountId))?.refreshRegion(regionId),
    refreshAap: async (aap) => await (await readerOf(aap.accountId))?.refreshAap(aap),
    readReach: async (aap, again = false) => await (await readerOf(aap.accountId))?.readReach(aap, again),
    stop(accountId) {
      if (accountId !== undefined) return accounts.get(accountId)?.reader?.stop();
      stops += 1;
      for (const { reader } of accounts.values()) reader?.stop();
    },
  };
}
