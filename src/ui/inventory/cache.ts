import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedText, parseCache } from './cacheFormat';
import type { KnownAccount, RegionEntry } from './entries';
import { newerOf } from './newer';

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

/** Nobody writes for so long, ms: what lies about is of a process that was killed. */
const ABANDONED_MS = 60 * 60 * 1000;

export function createCaches(folder: string): Caches {
  const fileOf = (accountId: string) =>
    join(folder, `${createHash('sha256').update(accountId).digest('hex').slice(0, 32)}.json`);
  /** States of the files as they are known here. */
  const states = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();

  async function read(file: string, onlyIfNew = false): Promise<KnownAccount | undefined> {
    try {
      const state = await stateOf(file);
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
    const file = fileOf(known.accountId);
    const there = await read(file);
    const text = cachedText(there && there.identity === known.identity ? mergeKnown(known, there) : known);
    await mkdir(folder, { recursive: true });
    const temporary = `${file}.${randomUUID()}`;
    try {
      await writeFile(temporary, text);
      const state = await stateOf(temporary);
      await rename(temporary, file);
      states.set(file, state);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async function removeAbandoned(): Promise<void> {
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      if (!name.endsWith('.json') && Date.now() - (await stat(file)).mtimeMs > ABANDONED_MS)
        await rm(file, { force: true });
    }
  }

  return {
    folder,
    async readAll() {
      const known = await readFiles(false);
      await removeAbandoned().catch(() => undefined);
      return known;
    },
    readNew: () => readFiles(true),
    write(known) {
      // One after the other: the later one must find what the earlier one wrote.
      const written = last.then(() => write(known));
      last = written.catch(() => undefined);
      return written;
    },
    remove: (accountId) => rm(fileOf(accountId), { force: true }),
  };
}

/** Another file under the same name is another state. */
async function stateOf(file: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(file);
  return [ino, mtimeMs, size].join('/');
}

function mergeKnown(mine: KnownAccount, theirs: KnownAccount): KnownAccount {
  const others = new Map(theirs.regions.map((region) => [region.regionId, region]));
  const regions = mine.regions.map((region): RegionEntry => {
    const other = others.get(region.regionId);
    // What is being read here is kept as it was before.
    return other ? newerOf({ ...region, status: 'stale' }, other) : region;
  });
  return { ...mine, regions };
}
