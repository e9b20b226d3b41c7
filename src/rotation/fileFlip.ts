import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { FileEffects } from './fileEffects';
import type { PendingFile } from './journalRecord';
import { RotationError } from './rotationError';
import { closeTemporary, openTemporary, temporaryFor } from './temporaryName';

/** One file of a flip: all that is needed to write it, and to take it back while the process lives. */
export interface PreparedFile extends PendingFile {
  readonly content: Uint8Array;
  readonly original: Uint8Array;
  readonly mode: number;
}

/**
 * Looks at the targets as they are now; writes nothing.
 * @param files absolute path, new content, and the SHA-256 of the bytes that the content was made from
 * @throws RotationError `changedSince` with the files that have other bytes now; `patchFailed` for a link out of `folder`
 */
export async function prepareFlip(
  folder: string,
  files: readonly { readonly file: string; readonly content: Uint8Array; readonly sha256: string }[],
): Promise<readonly PreparedFile[]> {
  const root = await realpath(folder);
  const prepared: PreparedFile[] = [];
  const changed: string[] = [];
  for (const { file, content, sha256: before } of files) {
    const target = await realpath(file).catch(() => undefined);
    if (target === undefined) {
      changed.push(file);
      continue;
    }
    if (!isInside(root, target)) throw new RotationError('patchFailed', { file, what: 'outsideFolder' });
    const original = await readFile(target);
    if (sha256(original) !== before) changed.push(file);
    const { mode } = await stat(target);
    prepared.push({
      file: relativeName(folder, file),
      target,
      temporary: await temporaryFor(target),
      before,
      after: sha256(content),
      content,
      original,
      mode: mode & 0o7777,
    });
  }
  if (changed.length > 0) throw new RotationError('changedSince', { files: changed });
  return prepared;
}

/** Writes the new bytes of every file beside it, 0600 and durable; no target is touched. Nothing stays after a failure. */
export async function writeTemporaries(files: readonly PreparedFile[], effects: FileEffects): Promise<void> {
  try {
    for (const { temporary, content } of files) {
      await openTemporary(temporary);
      await effects.create(temporary, content);
    }
    for (const { temporary, mode } of files) await effects.setMode(temporary, mode);
  } catch (error) {
    await removeTemporaries(files, effects);
    throw error;
  }
}

/**
 * Flips each file by one rename and reads it back. If one fails, those before it get their old bytes again.
 * @throws RotationError `changedSince`, `patchFailed` (everything as before), `patchUnfinished` (the way back failed too)
 */
export async function flip(files: readonly PreparedFile[], effects: FileEffects): Promise<void> {
  const done: PreparedFile[] = [];
  for (const file of files) {
    try {
      // Between the check of the whole and this rename another program may have written.
      if ((await hashOf(file.target)) !== file.before)
        throw new RotationError('changedSince', { files: [file.target] });
      done.push(file);
      await effects.replace(file.temporary, file.target);
      if ((await hashOf(file.target)) !== file.after)
        throw new RotationError('patchFailed', { file: file.target, what: 'readBack' });
    } catch (error) {
      await rollBack(done, effects);
      await removeTemporaries(files, effects);
      throw error;
    }
  }
  await removeTemporaries(files, effects);
}

/** Gives back the old bytes where the new ones still stand; what somebody else wrote meanwhile is theirs. */
async function rollBack(done: readonly PreparedFile[], effects: FileEffects): Promise<void> {
  const failed: string[] = [];
  for (const { target, after, original, mode } of [...done].reverse()) {
    try {
      if ((await hashOf(target)) === after) await replaceContent(target, original, mode, effects);
    } catch {
      failed.push(target);
    }
  }
  if (failed.length > 0) throw new RotationError('patchUnfinished', { files: failed });
}

/** Replaces the bytes of one file by one rename, keeping its mode. */
export async function replaceContent(
  target: string,
  content: Uint8Array,
  mode: number,
  effects: FileEffects,
): Promise<void> {
  const temporary = await temporaryFor(target);
  await openTemporary(temporary);
  try {
    await effects.create(temporary, content);
    await effects.setMode(temporary, mode);
    await effects.replace(temporary, target);
  } finally {
    await effects.remove(temporary);
    await closeTemporary(temporary);
  }
}

export async function removeTemporaries(
  files: readonly Pick<PendingFile, 'temporary'>[],
  effects: FileEffects,
): Promise<void> {
  for (const { temporary } of files) {
    await effects.remove(temporary);
    await closeTemporary(temporary);
  }
}

/** SHA-256 (hex) of the bytes of a file; undefined if it cannot be read. */
export async function hashOf(file: string): Promise<string | undefined> {
  try {
    return sha256(await readFile(file));
  } catch {
    return undefined;
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The name of a file inside a folder as the journal writes it: relative, with `/`. */
export function relativeName(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}

/** Whether a path is below a folder; both without links. */
export function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
