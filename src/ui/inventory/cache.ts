import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedText, parseCache } from './cacheFormat';
import type { KnownAccount, RegionEntry } from './entries';
import { newerOf } from './newer';

/** What was read of each account, in a file of its own: names, ids and dates, no secrets. Lets a window show expiry before any network. */
export interface Caches {
  readonly folder: string;
  /** What the files say that can be understood: they are only a cache. */
  readAll(): Promise<KnownAccount[]>;
  read(accountId: string): Promise<KnownAccount | undefined>;
  /** Writes in one rename what is newer here, and keeps what another window has read since. */
  write(known: KnownAccount): Promise<void>;
  /** For an account that the user wants forgotten. */
  remove(accountId: string): Promise<void>;
}

export function createCaches(folder: string): Caches {
  const fileOf = (accountId: string) =>
    join(folder, `${createHash('sha256').update(accountId).digest('hex').slice(0, 32)}.json`);
  let last: Promise<unknown> = Promise.resolve();

  async function read(file: string): Promise<KnownAccount | undefined> {
    try {
      return parseCache(await readFile(file, 'utf8'));
    } catch {
      return undefined;
    }
  }

  async function write(known: KnownAccount): Promise<void> {
    const file = fileOf(known.accountId);
    const there = await read(file);
    const text = cachedText(there && there.identity === known.identity ? mergeKnown(known, there) : known);
    await mkdir(folder, { recursive: true });
    const temporary = `${file}.${randomUUID()}`;
    try {
      await writeFile(temporary, text);
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  return {
    folder,
    async readAll() {
      const names = await readdir(folder).catch(() => []);
      const files = names.filter((name) => name.endsWith('.json')).sort();
      const known = await Promise.all(files.map((name) => read(join(folder, name))));
      return known.filter((one) => one !== undefined);
    },
    read: (accountId) => read(fileOf(accountId)),
    write(known) {
      // One after the other: the later one must find what the earlier one wrote.
      const written = last.then(() => write(known));
      last = written.catch(() => undefined);
      return written;
    },
    remove: (accountId) => rm(fileOf(accountId), { force: true }),
  };
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
