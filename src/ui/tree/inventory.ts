import type { Account } from '../../model/account';
import type { Aap, AapRef, ClientKey } from '../../model/clientKey';
import { createSignal, type Signal } from '../signal';

/** What the inventory asks the cloud. */
export interface KeyLists {
  listRegions(accountId: string, signal?: AbortSignal): Promise<readonly string[]>;
  listAaps(accountId: string, regionId: string, signal?: AbortSignal): Promise<readonly Aap[]>;
  listClientKeys(aap: AapRef, signal?: AbortSignal): Promise<readonly ClientKey[]>;
}

/** `stale`: from an earlier reading, nothing under way. */
export type LoadStatus = 'stale' | 'loading' | 'ready' | 'failed';

export interface AapEntry {
  readonly aap: Aap;
  readonly keys: readonly ClientKey[];
  readonly status: LoadStatus;
  readonly error?: unknown;
}

export interface RegionEntry {
  readonly regionId: string;
  readonly status: LoadStatus;
  readonly error?: unknown;
  readonly aaps: readonly AapEntry[];
}

/** The keys of one account as far as they are known; entries of an earlier reading stay until newer ones are there. */
export interface Inventory {
  readonly account: Account | undefined;
  readonly status: LoadStatus;
  readonly error: unknown;
  readonly regions: readonly RegionEntry[];
  readonly changed: Signal;
  setAccount(account: Account | undefined, known?: readonly RegionEntry[]): void;
  /** No account could be found, because of this error: it stands in the view until an account is set. */
  setAccountError(error: unknown): void;
  /** Reads everything again. A call while one runs waits for that one. Never rejects: errors stand in the entries. */
  refresh(): Promise<void>;
  /** Reads one region, or one AAP of it, again. */
  refreshRegion(regionId: string): Promise<void>;
  refreshAap(aap: AapRef): Promise<void>;
}

/** Regions read at the same time; within a region cloud/ bounds the calls itself. */
const PARALLEL_REGIONS = 8;

export function createInventory(lists: () => Promise<KeyLists>): Inventory {
  const changed = createSignal();
  let account: Account | undefined;
  let status: LoadStatus = 'stale';
  let error: unknown;
  let regions = new Map<string, RegionEntry>();
  let abort = new AbortController();
  let running: Promise<void> | undefined;

  function put(entry: RegionEntry): void {
    regions.set(entry.regionId, entry);
    changed.fire();
  }

  function putAap(regionId: string, entry: AapEntry): void {
    const region = regions.get(regionId);
    if (!region) return;
    const aaps = region.aaps.map((old) => (old.aap.aapName === entry.aap.aapName ? entry : old));
    put({ ...region, aaps });
  }

  async function readAap(cloud: KeyLists, entry: AapEntry, signal: AbortSignal): Promise<void> {
    const { aap, keys } = entry;
    if (aap.authentication !== 'clientKey') return;
    putAap(aap.regionId, { aap, keys, status: 'loading' });
    try {
      const fresh = await cloud.listClientKeys(aap, signal);
      if (!signal.aborted) putAap(aap.regionId, { aap, keys: fresh, status: 'ready' });
    } catch (problem) {
      if (!signal.aborted) putAap(aap.regionId, { aap, keys, status: 'failed', error: problem });
    }
  }

  async function readRegion(
    cloud: KeyLists,
    owner: Account,
    regionId: string,
    signal: AbortSignal,
  ): Promise<void> {
    const before = regions.get(regionId)?.aaps ?? [];
    put({ regionId, status: 'loading', aaps: before });
    try {
      const aaps = await cloud.listAaps(owner.id, regionId, signal);
      if (signal.aborted) return;
      const entries = aaps.map((aap): AapEntry => {
        const known = before.find((entry) => entry.aap.aapName === aap.aapName);
        const plain = aap.authentication !== 'clientKey';
        return { aap, keys: known?.keys ?? [], status: plain ? 'ready' : 'loading' };
      });
      put({ regionId, status: 'loading', aaps: entries });
      await Promise.all(entries.map((entry) => readAap(cloud, entry, signal)));
      const region = regions.get(regionId);
      if (!signal.aborted && region) put({ ...region, status: 'ready' });
    } catch (problem) {
      if (!signal.aborted) put({ regionId, status: 'failed', error: problem, aaps: before });
    }
  }

  async function readAll(owner: Account, signal: AbortSignal): Promise<void> {
    status = 'loading';
    error = undefined;
    changed.fire();
    try {
      const cloud = await lists();
      const ids = await cloud.listRegions(owner.id, signal);
      if (signal.aborted) return;
      regions = new Map(
        ids.map((id) => [id, regions.get(id) ?? { regionId: id, status: 'stale', aaps: [] }]),
      );
      const waiting = [...ids];
      const work = async () => {
        for (let id = waiting.shift(); id !== undefined && !signal.aborted; id = waiting.shift())
          await readRegion(cloud, owner, id, signal);
      };
      await Promise.all(Array.from({ length: PARALLEL_REGIONS }, work));
      if (!signal.aborted) status = 'ready';
    } catch (problem) {
      if (signal.aborted) return;
      status = 'failed';
      error = problem;
    }
    changed.fire();
  }

  function setAccount(next: Account | undefined, known: readonly RegionEntry[] = []): void {
    abort.abort();
    abort = new AbortController();
    running = undefined;
    account = next;
    status = 'stale';
    error = undefined;
    regions = new Map(known.map((entry) => [entry.regionId, entry]));
    changed.fire();
  }

  return {
    get account() {
      return account;
    },
    get status() {
      return status;
    },
    get error() {
      return error;
    },
    get regions() {
      return [...regions.values()];
    },
    changed,
    setAccount,
    setAccountError(problem) {
      setAccount(undefined);
      status = 'failed';
      error = problem;
      changed.fire();
    },
    refresh() {
      if (!account) return Promise.resolve();
      if (running !== undefined) return running;
      const current = readAll(account, abort.signal).finally(() => {
        if (running === current) running = undefined;
      });
      running = current;
      return current;
    },
    async refreshRegion(regionId) {
      if (account) await readRegion(await lists(), account, regionId, abort.signal);
    },
    async refreshAap(aap) {
      const entry = regions
        .get(aap.regionId)
        ?.aaps.find((candidate) => candidate.aap.aapName === aap.aapName);
      if (entry && account?.id === aap.accountId) await readAap(await lists(), entry, abort.signal);
    },
  };
}

/** Every client key of the inventory, with the entry it stands in. */
export function allKeys(inventory: Pick<Inventory, 'regions'>): { key: ClientKey; entry: AapEntry }[] {
  return inventory.regions.flatMap((region) =>
    region.aaps.flatMap((entry) => entry.keys.map((key) => ({ key, entry }))),
  );
}
