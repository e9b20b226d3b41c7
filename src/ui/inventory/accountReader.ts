import type { Account } from '../../model/account';
import type { AapRef } from '../../model/clientKey';
import { isSignInError } from '../../model/cloudError';
import type { KeyLists, LoadStatus, RegionEntry, Urgency } from './entries';
import { createReachReader } from './reachReader';
import type { RegionBook } from './regionBook';
import { createRegionReader } from './regionReading';

export interface AccountReaderParts {
  readonly account: Account;
  readonly book: RegionBook;
  /** Which regions the user wants to see; undefined: all. */
  chosenRegions(): readonly string[] | undefined;
  lists(urgency: Urgency): Promise<KeyLists>;
  clock(): number;
  changed(): void;
  /** Something was read to its end. */
  onRead(): void;
}

/** Reads one account into its book. No reading rejects: errors stand in the entries. */
export interface AccountReader {
  readonly status: LoadStatus;
  readonly error: unknown;
  readonly reading: boolean;
  refresh(urgency: Urgency): Promise<void>;
  refreshRegion(regionId: string): Promise<void>;
  refreshAap(aap: AapRef): Promise<void>;
  readReach(aap: AapRef, again: boolean): Promise<void>;
  /** What is under way ends without a trace; what has arrived stays. */
  stop(): void;
}

interface Reading {
  readonly urgency: Urgency;
  readonly abort: AbortController;
  readonly promise: Promise<void>;
}

export function createAccountReader(parts: AccountReaderParts): AccountReader {
  const { account, book, lists, changed } = parts;
  const reader = createRegionReader({ accountId: account.id, book, clock: parts.clock, changed });
  const regionReadings = new Map<string, Reading>();
  let status: LoadStatus = 'stale';
  let error: unknown;
  let all: Reading | undefined;
  let root = new AbortController();
  /** Readings of single regions and AAPs that somebody asked for. */
  let single = 0;
  const reaches = createReachReader({
    book,
    lists: () => lists('click'),
    signal: () => root.signal,
    changed,
    onRead: parts.onRead,
    failAccount,
  });

  /** A reading is not begun twice, unless somebody waits for what a sweep does. */
  const isJoined = (under: Reading, urgency: Urgency) => urgency === 'sweep' || under.urgency === 'click';

  function readRegion(
    cloud: KeyLists,
    regionId: string,
    urgency: Urgency,
    outer: AbortSignal,
  ): Promise<void> {
    const under = regionReadings.get(regionId);
    if (under && isJoined(under, urgency)) return under.promise;
    under?.abort.abort();
    const abort = new AbortController();
    const signal = AbortSignal.any([outer, abort.signal]);
    const read = async () => {
      try {
        await reader.readRegion(cloud, regionId, signal);
      } catch (problem) {
        if (signal.aborted) return;
        if (isSignInError(problem) && all) return failAccount(problem);
        const region = book.regions.get(regionId);
        if (region) book.put(settled({ ...region, status: 'failed', error: problem }));
        changed();
      }
    };
    const promise = read().finally(() => {
      if (regionReadings.get(regionId)?.promise !== promise) return;
      regionReadings.delete(regionId);
      const region = book.regions.get(regionId);
      // Broken off by a new reading of the account, which may fail before it comes to the regions.
      if (!signal.aborted || !region) return;
      book.put(settled(region));
      changed();
    });
    regionReadings.set(regionId, { urgency, abort, promise });
    return promise;
  }

  /** Thirty regions and their AAPs would say the same: the account says it once. */
  function failAccount(problem: unknown): void {
    if (status === 'failed' && isSignInError(error)) return;
    all?.abort.abort();
    settleAll();
    status = 'failed';
    error = problem;
    changed();
  }

  async function readAll(urgency: Urgency, signal: AbortSignal): Promise<void> {
    status = 'loading';
    error = undefined;
    changed();
    let problem: unknown;
    try {
      const cloud = await lists(urgency);
      if (signal.aborted) return;
      const chosen = parts.chosenRegions();
      let ids = chosen ?? [...book.regions.keys()];
      if (chosen === undefined && (urgency === 'click' || ids.length === 0)) {
        try {
          const listed = await cloud.listRegions(account.id, signal);
          if (signal.aborted) return;
          ids = listed;
        } catch (refusal) {
          if (signal.aborted) return;
          // The regions of the last time can be read all the same, unless nothing can be.
          if (ids.length === 0 || isSignInError(refusal)) throw refusal;
          problem = refusal;
        }
      }
      for (const id of ids)
        if (!book.regions.has(id))
          book.put({ accountId: account.id, regionId: id, status: 'stale', aaps: [] });
      book.keepOnly(ids);
      changed();
      await Promise.all(ids.map((id) => readRegion(cloud, id, urgency, signal)));
    } catch (refusal) {
      problem = refusal;
    }
    if (signal.aborted) return;
    status = problem === undefined ? 'ready' : 'failed';
    error = problem;
    changed();
  }

  function refresh(urgency: Urgency): Promise<void> {
    if (all && isJoined(all, urgency)) return all.promise;
    all?.abort.abort();
    if (urgency === 'click') reaches.expire();
    const abort = new AbortController();
    const promise: Promise<void> = readAll(urgency, AbortSignal.any([root.signal, abort.signal])).then(
      async () => {
        if (all?.promise !== promise) return await all?.promise;
        all = undefined;
        changed();
        parts.onRead();
      },
    );
    all = { urgency, abort, promise };
    return promise;
  }

  /** A reading beside `refresh`. */
  async function readSingle(read: (cloud: KeyLists, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = root;
    single += 1;
    try {
      const cloud = await lists('click');
      if (!signal.aborted) await read(cloud, signal);
    } finally {
      single -= 1;
      changed();
      if (!signal.aborted) parts.onRead();
    }
  }

  /** Nothing is under way any more. */
  function settleAll(): void {
    regionReadings.clear();
    for (const region of [...book.regions.values()]) book.put(settled(region));
  }

  return {
    get status() {
      return status;
    },
    get error() {
      return error;
    },
    get reading() {
      return all !== undefined || single > 0;
    },
    refresh,
    async refreshRegion(regionId) {
      if (!book.regions.has(regionId)) return;
      await readSingle((cloud, signal) => readRegion(cloud, regionId, 'click', signal)).catch(
        () => undefined,
      );
    },
    async refreshAap(aap) {
      await readSingle((cloud, signal) => reader.readAap(cloud, aap, signal)).catch(() => undefined);
    },
    readReach: reaches.read,
    stop() {
      root.abort();
      root = new AbortController();
      all = undefined;
      reaches.forget();
      settleAll();
      if (status === 'loading') status = 'stale';
      changed();
    },
  };
}

/** Nothing of it is being read: what was under way is as old as it was before. */
function settled(region: RegionEntry): RegionEntry {
  const aaps = region.aaps.some(({ status }) => status === 'loading')
    ? region.aaps.map((entry) =>
        entry.status === 'loading' ? { ...entry, status: 'stale' as const } : entry,
      )
    : region.aaps;
  return { ...region, aaps, status: region.status === 'loading' ? 'stale' : region.status };
}
