import { readFile, stat } from 'node:fs/promises';
import { undoEdits } from '../references/plan/undo';
import type { Action, Context } from './context';
import { isOurs, removeCopies } from './copies';
import { hashOf, removeTemporaries, replaceContent, sha256 } from './fileFlip';
import type { JournalEdit, PendingCopy, PendingFile, PendingPatch, RotationRecord } from './journalRecord';
import { forgetOldValues, readOldValues } from './keptValues';
import { openNewPair } from './newPair';
import { countLeft, groupsOf, noteEdits } from './patching';
import { isRotationError, RotationError } from './rotationError';
import { completeUndo } from './undoing';

/**
 * Ends a flip that a crash left in the middle. Before the first rename: the new bytes and new files are thrown away. After it: the rest is
 * renamed too if all of it is still there and the new pair opens, else what was flipped is taken back. A file that somebody
 * wrote meanwhile is theirs and stays, and so do its edits. To be called under the lease, before anything else is done with
 * the rotation.
 * @throws RotationError `patchUnfinished` with the files for which neither way is open
 */
export async function recoverPending(
  context: Context,
  record: RotationRecord,
  action: Action,
): Promise<RotationRecord> {
  const { pending } = record;
  if (pending === undefined) return record;
  if (pending.stage === 'preparing') return drop(context, record, pending);
  if (await finish(context, record, pending)) {
    await removeTemporaries(pending.files, context.effects);
    context.log(`${record.id}: a ${pending.kind} that had stopped in the middle was finished`);
    if (pending.kind === 'undo') return completeUndo(context, record, action);
    const { folder, exclude, edits, copies = [] } = pending;
    const noted = await noteEdits(context, record, folder, edits, copies);
    return countLeft(context, noted, folder, exclude, action);
  }
  const kept = pending.kind === 'patch' ? await takeBack(context, record, pending) : [];
  return drop(context, record, pending, kept);
}

/** @param kept edits that stand in files which could not be taken back */
async function drop(
  context: Context,
  record: RotationRecord,
  pending: PendingPatch,
  kept: readonly JournalEdit[] = [],
): Promise<RotationRecord> {
  await removeTemporaries(pending.files, context.effects);
  const { copies = [] } = pending;
  const groups = groupsOf(kept);
  const isKept = ({ groupIds }: PendingCopy) => groupIds.some((id) => groups.has(id));
  await removeCopies(
    record.id,
    copies.filter((copy) => !isKept(copy)),
    context.effects,
  );
  const dropped =
    kept.length === 0
      ? await context.journal.update(record, {}, ['pending'])
      : await noteEdits(context, record, pending.folder, kept, copies.filter(isKept));
  if (pending.kind === 'patch')
    await forgetOldValues(
      context,
      pending.edits.filter((edit) => !kept.includes(edit)),
    );
  context.log(`${record.id}: a ${pending.kind} that had stopped in the middle was rolled back`);
  return dropped;
}

/**
 * Renames what is left, if every file either has its new bytes or waits beside its old ones, and the new files that they
 * lead to are there. As long as no file has been
 * flipped, nobody misses the flip: it may be days old.
 */
async function finish(context: Context, record: RotationRecord, pending: PendingPatch): Promise<boolean> {
  const waiting: PendingFile[] = [];
  for (const file of pending.files) {
    const now = await hashOf(file.target);
    if (now === file.after) continue;
    if (now !== file.before || (await hashOf(file.temporary)) !== file.after) return false;
    waiting.push(file);
  }
  if (waiting.length === pending.files.length) return false;
  for (const copy of pending.copies ?? []) if (!(await isOurs(record.id, copy.target, copy))) return false;
  if (waiting.length > 0 && pending.kind === 'patch' && !(await opens(context, record))) return false;
  for (const { temporary, target } of waiting) await context.effects.replace(temporary, target);
  return true;
}

async function opens(context: Context, record: RotationRecord): Promise<boolean> {
  try {
    await openNewPair(context, record);
    return true;
  } catch (error) {
    if (isRotationError(error)) return false;
    throw error;
  }
}

/**
 * Gives the old bytes back to each file that has the new ones, made from the old values; the hash proves them.
 * @returns the edits of files that were written since and in which new values may stand
 */
async function takeBack(
  context: Context,
  record: RotationRecord,
  pending: PendingPatch,
): Promise<readonly JournalEdit[]> {
  const values = await readOldValues(context, pending.edits);
  const failed: string[] = [];
  const kept: JournalEdit[] = [];
  for (const { file, target, before, after } of pending.files) {
    const now = await readFile(target).catch(() => undefined);
    if (now === undefined || sha256(now) === before) continue;
    const edits = pending.edits.filter((edit) => edit.file === file);
    const { bytes, undone } = undoEdits(now, edits, values, record.id);
    if (sha256(now) !== after) {
      // Where every old value stands at its place, the file was written before its turn came.
      if (undone.length < edits.length || !now.equals(bytes)) kept.push(...edits);
      continue;
    }
    const { mode } = await stat(target);
    if (sha256(bytes) === before) await replaceContent(target, bytes, mode & 0o7777, context.effects);
    else failed.push(target);
  }
  if (failed.length > 0) throw new RotationError('patchUnfinished', { files: failed });
  return kept;
}
