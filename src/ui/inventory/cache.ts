import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCache } from './cacheFormat';
import type { KnownAccount } from './entries';
import { fileState } from './fileState';
import { loadReading } from './loadReading';

/**
 * What was read of each account, in a file of its own: names, ids and dates, no secrets. Lets a window show expiry before any
 * network, and take over what another window has read.
 */
export interface Caches {
  readonly folder: string;
  /** What the files say that can be understood: they are only a cache. */
  readAll(): Promise<KnownAccount[]>;
  /** Of these, what has changed since it was last read or written here. */
  readNew(): Promise<KnownAccount[]>;
  /** Writes in one rename what is newer here, and keeps what another window has read since. */
  write(known: KnownAccount): Promise<void>;
  /** For an account that the user wants forgotten. */
  remove(accountId: string): Promise<void>;
}

export function createCaches(folder: string): Caches {
  const fileOf = (accountId: string) =>
    join(folder, `${createHash('sha256').update(accountId).digest('hex').slice(0, 32)}.json`);
  /** States of the files as they are known here. */
  const states = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();

  async function read(file: string, onlyIfNew = false): Promise<KnownAccount | undefined> {
    try {
      const state = await fileState(file);
      if (onlyIfNew && states.get(file) === state) return undefined;
      states.set(file, state);
      return parseCache(await readFile(file, 'utf8'));
    } catch {
      return undefined;
    }
  }

  async function readFiles(onlyIfNew: boolean): Promise<KnownAccount[]> {
    const names = await readdir(folder).catch(() => []);
    const files = names.filter((name) => name.endsWith('.json')).sort();
    const known = await Promise.all(files.map((name) => read(join(folder, name), onlyIfNew)));
    return known.filter((one) => one !== undefined);
  }

  async function write(known: KnownAccount): Promise<void> {
    const { writeCache } = await loadReading();
    const file = fileOf(known.accountId);
    const before = states.get(file);
    const there = await read(file);
    const isNews = states.get(file) !== before;
    const state = await writeCache(file, known, there);
    // What another window has read since is still to be taken over here.
    if (isNews) states.delete(file);
    else states.set(file, state);
  }

  /** One after the other: the later one must find what the earlier one wrote. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  return {
    folder,
    readAll: () => readFiles(false),
    readNew: () => readFiles(true),
    write: (known) => inTurn(() => write(known)),
    remove: (accountId) => inTurn(() => rm(fileOf(accountId), { force: true })),
  };
}
