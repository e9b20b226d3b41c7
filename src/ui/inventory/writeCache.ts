import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedText } from './cacheFormat';
import type { KnownAccount, RegionEntry } from './entries';
import { fileState } from './fileState';
import { newerOf } from './newer';

/** Nobody writes for so long, ms: what lies about is of a process that was killed. */
const ABANDONED_MS = 60 * 60 * 1000;

/**
 * Writes a cache file in one rename.
 * @param there what the file says now: of each region and AAP the newer reading is kept
 * @returns the state of the file that was written
 */
export async function writeCache(
  file: string,
  known: KnownAccount,
  there: KnownAccount | undefined,
): Promise<string> {
  const text = cachedText(there && there.identity === known.identity ? mergeKnown(known, there) : known);
  await mkdir(dirname(file), { recursive: true });
  await removeAbandoned(dirname(file)).catch(() => undefined);
  const temporary = `${file}.${randomUUID()}`;
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    const state = await fileState(temporary);
    await rename(temporary, file);
    return state;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (!name.endsWith('.json') && Date.now() - (await stat(file)).mtimeMs > ABANDONED_MS)
      await rm(file, { force: true });
  }
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
