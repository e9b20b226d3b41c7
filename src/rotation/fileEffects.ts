import { chmod, rm } from 'node:fs/promises';
import { createDurably, renameReplacing, renameWithoutReplacing } from '../credential/durableFile';

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

export const diskEffects: FileEffects = {
  create: createDurably,
  settle: renameWithoutReplacing,
  replace: renameReplacing,
  setMode: chmod,
  remove: (file) => rm(file, { force: true }),
};
