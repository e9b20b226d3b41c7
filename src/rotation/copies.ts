import { createHash } from 'node:crypto';
import { lstat, readFile, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { errnoOf } from '../credential/durableFile';
import type { PlannedCopy } from '../model/patch';
import type { FileEffects } from './fileEffects';
import { isInside, relativeName, removeTemporaries } from './fileFlip';
import type { JournalCopy, PendingCopy } from './journalRecord';
import { RotationError } from './rotationError';
import { openTemporary, temporaryFor } from './temporaryName';

/** A copy of the new credential or password file, with all that is needed to write it. */
export interface PreparedCopy extends PendingCopy {
  readonly content: Uint8Array;
}

/**
 * Looks at the places of new files as they are now; writes nothing. A file that stands there with these bytes is as good as
 * one of ours, but is not ours to remove.
 * @throws RotationError `changedSince` with the files of another content, `patchFailed` for a way out of `folder`
 */
export async function prepareCopies(
  rotationId: string,
  folder: string,
  copies: readonly PlannedCopy[],
): Promise<readonly PreparedCopy[]> {
  const root = await realpath(folder);
  const prepared: PreparedCopy[] = [];
  const taken: string[] = [];
  for (const { file, content, groupIds } of copies) {
    const parent = await realpath(path.dirname(file)).catch(() => undefined);
    const target = path.join(parent ?? path.dirname(file), path.basename(file));
    if (parent !== undefined && !isInside(root, target))
      throw new RotationError('patchFailed', { file, what: 'outsideFolder' });
    const there = await readFile(target).catch((error: unknown) => errnoOf(error) ?? 'unreadable');
    const isThere = typeof there !== 'string' && there.equals(content);
    if (parent === undefined || (!isThere && there !== 'ENOENT')) taken.push(file);
    else
      prepared.push({
        file: relativeName(folder, file),
        target,
        temporary: await temporaryFor(target),
        after: hashCopy(rotationId, content),
        groupIds: [...groupIds],
        made: !isThere,
        content,
      });
  }
  if (taken.length > 0) throw new RotationError('changedSince', { files: taken });
  return prepared;
}

/**
 * Writes the copies before anything points at them: each whole and durable under another name, 0600, then named without
 * ever replacing a file. So a copy is there in full or not at all, whenever the process dies.
 */
export async function writeCopies(copies: readonly PreparedCopy[], effects: FileEffects): Promise<void> {
  const made = copies.filter((copy) => copy.made);
  for (const { temporary, content } of made) {
    await openTemporary(temporary);
    await effects.create(temporary, content);
  }
  for (const { temporary, target } of made) await effects.settle(temporary, target);
  await removeTemporaries(made, effects);
}

/** Whether the bytes of a copy are still those that were written; a link in its place is somebody else's. */
export async function isOurs(
  rotationId: string,
  target: string,
  { after }: Pick<PendingCopy, 'after'>,
): Promise<boolean> {
  try {
    return (await lstat(target)).isFile() && hashCopy(rotationId, await readFile(target)) === after;
  } catch {
    return false;
  }
}

/** Removes copies that this flip has made, and what is left of their temporary files. */
export async function removeCopies(
  rotationId: string,
  copies: readonly PendingCopy[],
  effects: FileEffects,
): Promise<void> {
  const made = copies.filter((copy) => copy.made);
  await removeTemporaries(made, effects);
  for (const copy of made) if (await isOurs(rotationId, copy.target, copy)) await effects.remove(copy.target);
}

/** The copies of a folder once those of a flip are a part of it. What stood there before stays somebody else's. */
export function mergeCopies(
  earlier: readonly JournalCopy[],
  added: readonly PendingCopy[],
): readonly JournalCopy[] {
  const merged = new Map(earlier.map((copy) => [copy.file, copy]));
  for (const { file, after, groupIds, made } of added) {
    const known = merged.get(file);
    if (known === undefined && !made) continue;
    merged.set(file, { file, after, groupIds: [...new Set([...(known?.groupIds ?? []), ...groupIds])] });
  }
  return [...merged.values()];
}

/** Salted, because a password file holds nothing but a password. */
function hashCopy(rotationId: string, bytes: Uint8Array): string {
  return createHash('sha256').update(`${rotationId}\n`).update(bytes).digest('hex');
}
