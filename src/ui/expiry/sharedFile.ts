import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import * as v from 'valibot';

/** A small file in global storage that every window reads, and that is changed by one at a time. */
export interface SharedFile<T> {
  /** What it says now; `empty` if it is missing or damaged: what it holds is no more than a memory. */
  read(): Promise<T>;
  /** Changes it while no other window does. Nothing is written if `change` gives back what it was given. */
  update(change: (before: T) => T): Promise<T>;
}

/** A window that holds the lock for longer than this, ms, without renewing it has ended. */
const STALE_MS = 10_000;
/** Some twenty seconds in all: longer than a lock outlives the window that held it. */
const RETRIES = { retries: 100, factor: 1.1, minTimeout: 20, maxTimeout: 250, randomize: true };

export function createSharedFile<T>(
  file: string,
  schema: v.GenericSchema<unknown, T>,
  empty: T,
): SharedFile<T> {
  async function read(): Promise<T> {
    try {
      return v.parse(schema, JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return empty;
    }
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
