import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import * as v from 'valibot';

/** A small file in global storage that every window reads, and that is changed by one at a time. */
export interface SharedFile<T> {
  /**
   * What it says now; `empty` if it is missing or damaged: what it holds is no more than a memory.
   * @throws Error if a newer version of the extension wrote it and `keepNewer` is set
   */
  read(): Promise<T>;
  /** Changes it while no other window does. Nothing is written if `change` gives back what it was given. Throws as `read` does. */
  update(change: (before: T) => T): Promise<T>;
}

const versioned = v.object({ version: v.number() });

/** A window that holds the lock for longer than this, ms, without renewing it has ended. */
const STALE_MS = 10_000;
/** Some twenty seconds in all: longer than a lock outlives the window that held it. */
const RETRIES = { retries: 100, factor: 1.1, minTimeout: 20, maxTimeout: 250, randomize: true };

/** @param options `keepNewer`: what a newer version of the extension wrote is left to its windows */
export function createSharedFile<T extends { readonly version: number }>(
  file: string,
  schema: v.GenericSchema<unknown, T>,
  empty: T,
  options: { readonly keepNewer?: boolean } = {},
): SharedFile<T> {
  async function read(): Promise<T> {
    const content = await readJson(file);
    const parsed = v.safeParse(schema, content);
    if (parsed.success) return parsed.output;
    if (options.keepNewer && v.is(versioned, content) && content.version > empty.version)
      throw new Error(`a newer version of the extension wrote ${basename(file)}`);
    return empty;
  }

  return {
    read,
    async update(change) {
      await mkdir(dirname(file), { recursive: true });
      const release = await lock(file, {
        realpath: false,
        stale: STALE_MS,
        retries: RETRIES,
        // Only after a sleep of the machine in these few lines; then the last one wins.
        onCompromised: () => undefined,
      });
      try {
        const before = await read();
        const after = change(before);
        if (after !== before) {
          const temporary = `${file}.${process.pid}`;
          await writeFile(temporary, JSON.stringify(after), { mode: 0o600 });
          await rename(temporary, file);
        }
        return after;
      } finally {
        // A lock that was lost is somebody else's now.
        await release().catch(() => undefined);
      }
    },
  };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
