import { chmod, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import pRetry from 'p-retry';
import { createDurably, errnoOf, renameWithoutReplacing, syncFolder } from '../credential/durableFile';

/** Everything that journal and patch do to the disk, in one place, so that a test can stop the world between any two. */
export interface FileEffects {
  /** New file, 0600, durable. */
  create(file: string, bytes: Uint8Array): Promise<void>;
  /** Renames, and fails with `EEXIST` rather than to replace. Durable. */
  settle(from: string, to: string): Promise<void>;
  /** Renames over what is there: a reader sees the old bytes or the new ones. Durable. */
  replace(from: string, to: string): Promise<void>;
  setMode(file: string, mode: number): Promise<void>;
  /** No failure if it is not there. */
  remove(file: string): Promise<void>;
}

/** What Windows answers while a virus scanner or an editor holds the target open. */
const BUSY = new Set(['EPERM', 'EACCES', 'EBUSY']);

export const diskEffects: FileEffects = {
  create: createDurably,
  settle: renameWithoutReplacing,
  async replace(from, to) {
    await pRetry(() => rename(from, to), {
      retries: process.platform === 'win32' ? 6 : 0,
      minTimeout: 10,
      shouldRetry: ({ error }) => BUSY.has(errnoOf(error) ?? ''),
    });
    await syncFolder(path.dirname(to));
  },
  setMode: chmod,
  remove: (file) => rm(file, { force: true }),
};
