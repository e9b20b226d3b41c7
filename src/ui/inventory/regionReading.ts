import type { Aap, AapRef, ClientKey } from '../../model/clientKey';
import { isSignInError } from '../../model/cloudError';
import type { AapEntry, KeyLists, RegionEntry } from './entries';
import { contradicts, groupByAap, isBelieved, isRefused, oneCallOf, possiblyCutAap } from './oneCall';
import type { RegionBook } from './regionBook';

export interface ReadingParts {
  readonly accountId: string;
  readonly book: RegionBook;
  /** ms UTC of this machine. */
  clock(): number;
  changed(): void;
}

/** Reads regions and AAPs of one account into its book. Nothing is put once `signal` has fired. */
export interface RegionReader {
  /**
   * @throws the error of ListApplicationAccessPoints, and of a sign-in that does not work; other ones of single AAPs stand in
   * their entries
   */
  readRegion(cloud: KeyLists, regionId: string, signal: AbortSignal): Promise<void>;
  /** Goes before every reading of its region: what that one began to ask earlier is dropped. */
  readAap(cloud: KeyLists, aap: AapRef, signal: AbortSignal): Promise<void>;
}

interface OneCallUnderWay {
  readonly answer: Promise<readonly ClientKey[]>;
  readonly turn: number;
  /** When it began, ms UTC of this machine. */
  readonly at: number;
  /** It is not known yet whether the service answers for all AAPs. */
  readonly probes: boolean;
}

export function createRegionReader({ accountId, book, clock, changed }: ReadingParts): RegionReader {
  /** Counts readings; an answer counts only if no later reading of the same AAP has begun. */
  let turn = 0;
  const lastTurn = new Map<string, number>();
  /** AAPs that are being read alone because somebody asked. */
  const asked = new Map<string, Promise<unknown>>();
  const nameOf = (aap: AapRef) => `${aap.regionId}/${aap.aapName}`;

  function put(region: RegionEntry): void {
    book.put(region);
    changed();
  }

  function putKeys(aap: AapRef, keys: readonly ClientKey[], readAt: number): void {
    const entry = book.aap(aap);
    if (!entry) return;
    book.putAap(readEntry(entry, keys, readAt));
    changed();
  }

  /**
   * One ListClientKeys for one AAP; resolves with its keys, or with nothing where it failed or came too late.
   * @throws the error of a sign-in that does not work: the other AAPs would say the same
   */
  async function readAlone(
    cloud: KeyLists,
    aap: Aap,
    signal: AbortSignal,
  ): Promise<readonly ClientKey[] | undefined> {
    const mine = ++turn;
    const name = nameOf(aap);
    lastTurn.set(name, mine);
    const before = book.aap(aap);
    if (before && before.status !== 'loading') {
      book.putAap({ ...before, status: 'loading' });
      changed();
    }
    const isLate = () => signal.aborted || lastTurn.get(name) !== mine;
    const readAt = clock();
    try {
      const keys = await cloud.listClientKeys(aap, signal);
      if (isLate()) return undefined;
      putKeys(aap, keys, readAt);
      return keys;
    } catch (error) {
      const entry = book.aap(aap);
      if (isLate() || !entry) return undefined;
      if (isSignInError(error)) throw error;
      fail(entry, error);
      return undefined;
    }
  }

  function fail(entry: AapEntry, error: unknown): void {
    book.putAap({ ...entry, status: 'failed', error });
    changed();
  }

  /** Joins a reading that somebody asked for. */
  async function readUnlessAsked(cloud: KeyLists, { aap }: AapEntry, signal: AbortSignal): Promise<void> {
    await (asked.get(nameOf(aap)) ?? readAlone(cloud, aap, signal));
  }

  function note(regionId: string, oneCall: RegionEntry['oneCall']): void {
    const region = book.regions.get(regionId);
    if (region && oneCall) book.put({ ...region, oneCall, oneCallAt: clock() });
  }

  /** The keys of these AAPs out of one call for the whole region, as far as its answer is believed. */
  async function readTogether(
    cloud: KeyLists,
    regionId: string,
    entries: readonly AapEntry[],
    call: OneCallUnderWay,
    signal: AbortSignal,
  ): Promise<void> {
    let keysOfAll: readonly ClientKey[];
    try {
      keysOfAll = await call.answer;
    } catch (error) {
      if (signal.aborted) return;
      if (isRefused(error)) note(regionId, 'doesNot');
      await Promise.all(entries.map((entry) => readUnlessAsked(cloud, entry, signal)));
      return;
    }
    if (signal.aborted) return;
    const answered = groupByAap(keysOfAll);
    const cutAap = possiblyCutAap(keysOfAll);
    const doubtful: AapEntry[] = [];
    const taken: AapEntry[] = [];
    const region = book.regions.get(regionId);
    if (!region) return;
    const aaps = region.aaps.map((entry) => {
      const { aap } = entry;
      // Asked after the one call, or nothing to ask.
      if (aap.authentication !== 'clientKey' || (lastTurn.get(nameOf(aap)) ?? 0) > call.turn) return entry;
      const keys = answered.get(aap.aapName);
      const isDoubtful = call.probes ? keys === undefined : !isBelieved(entry, keys);
      if (isDoubtful || aap.aapName === cutAap) {
        doubtful.push(entry);
        return entry;
      }
      lastTurn.set(nameOf(aap), call.turn);
      taken.push(entry);
      return readEntry(entry, keys ?? [], call.at);
    });
    put({ ...region, aaps });
    const checked = await Promise.all(
      doubtful.map(async ({ aap }) => {
        if (asked.has(nameOf(aap))) {
          await asked.get(nameOf(aap));
          return 'agrees';
        }
        const alone = await readAlone(cloud, aap, signal);
        if (!alone) return 'unknown';
        return contradicts(alone, answered.get(aap.aapName)) ? 'contradicts' : 'agrees';
      }),
    );
    if (signal.aborted) return;
    if (checked.includes('contradicts')) {
      note(regionId, 'doesNot');
      await Promise.all(taken.map((entry) => readUnlessAsked(cloud, entry, signal)));
      // An empty answer for a region without keys says nothing.
    } else if (!checked.includes('unknown') && answered.size > 0) note(regionId, 'works');
  }

  function startOneCall(
    cloud: KeyLists,
    regionId: string,
    signal: AbortSignal,
    probes: boolean,
  ): OneCallUnderWay {
    const answer = cloud.listRegionKeys(accountId, regionId, signal);
    // It is waited for later, or not at all where the list of AAPs fails.
    answer.catch(() => undefined);
    return { answer, turn: ++turn, at: clock(), probes };
  }

  async function readRegion(cloud: KeyLists, regionId: string, signal: AbortSignal): Promise<void> {
    const known = book.regions.get(regionId);
    const started = clock();
    const { error: _, ...rest } = known ?? { accountId, regionId, aaps: [] };
    put({ ...rest, status: 'loading' });
    const oneCall = oneCallOf(known, started);
    const early = oneCall === 'works' ? startOneCall(cloud, regionId, signal, false) : undefined;
    const aaps = await cloud.listAaps(accountId, regionId, signal);
    if (signal.aborted) return;

    const before = new Map(book.regions.get(regionId)?.aaps.map((entry) => [entry.aap.aapName, entry]));
    const entries = aaps.map((aap): AapEntry => {
      const old = before.get(aap.aapName);
      if (aap.authentication !== 'clientKey') return { ...reachOf(old), aap, keys: [], status: 'ready' };
      if (old && asked.has(nameOf(aap))) return old;
      const { error: __, ...kept } = old ?? { keys: [] };
      return { ...kept, aap, status: 'loading' };
    });
    const region = book.regions.get(regionId);
    if (region) put({ ...region, aaps: entries });
    const holders = entries.filter(({ aap }) => aap.authentication === 'clientKey');
    if (oneCall === 'doesNot' || holders.length === 0)
      await Promise.all(holders.map((entry) => readUnlessAsked(cloud, entry, signal)));
    else
      await readTogether(
        cloud,
        regionId,
        holders,
        early ?? startOneCall(cloud, regionId, signal, true),
        signal,
      );
    const done = book.regions.get(regionId);
    if (!signal.aborted && done) put({ ...done, status: 'ready', readAt: started });
  }

  return {
    readRegion,
    readAap(cloud, aap, signal) {
      const name = nameOf(aap);
      const entry = book.aap(aap);
      if (entry?.aap.authentication !== 'clientKey') return Promise.resolve();
      const reading = readAlone(cloud, entry.aap, signal)
        .catch((error: unknown) => {
          const there = book.aap(aap);
          if (there) fail(there, error);
        })
        .then(() => {
          if (asked.get(name) === reading) asked.delete(name);
        });
      asked.set(name, reading);
      return reading;
    },
  };
}

/** Without certificates: they are read again where one is needed. */
function readEntry(entry: AapEntry, keys: readonly ClientKey[], readAt: number): AapEntry {
  const { error: _, ...rest } = entry;
  const slim = keys.map(({ publicKeyPem: __, ...key }) => key);
  return { ...rest, keys: slim, status: 'ready', readAt };
}

function reachOf(entry: AapEntry | undefined): Pick<AapEntry, 'reach' | 'reachError'> {
  return {
    ...(entry?.reach && { reach: entry.reach }),
    ...(entry?.reachError !== undefined && { reachError: entry.reachError }),
  };
}
