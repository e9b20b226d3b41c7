import { readFile, stat } from 'node:fs/promises';
import { undoEdits } from '../references/undo';
import type { Action, Context } from './context';
import { hashOf, removeTemporaries, replaceContent, sha256 } from './fileFlip';
import type { JournalRecord, PendingFile, PendingPatch } from './journalRecord';
import { readOldValues } from './keptValues';
import { completePatch } from './patching';
import { RotationError } from './rotationError';
import { completeUndo } from './undoing';

/**
 * Ends a flip that a crash left in the middle. Before the first rename: the new bytes are thrown away. After it: the rest is
 * renamed too if all of it is still there, else what was flipped is taken back. A file that somebody wrote meanwhile is
 * theirs and stays. To be called under the lease, before anything else is done with the rotation.
 * @throws RotationError `patchUnfinished` with the files for which neither way is open
 */
export async function recoverPending(
  context: Context,
  record: JournalRecord,
  action: Action,
): Promise<JournalRecord> {
  const { pending } = record;
  if (pending === undefined) return record;
  if (pending.stage === 'preparing') return drop(context, record, pending);
  if (await finish(context, pending)) {
    await removeTemporaries(pending.files, context.effects);
    context.log(`${record.id}: a ${pending.kind} that had stopped in the middle was finished`);
    return pending.kind === 'patch' ? completePatch(context, record, action) : completeUndo(context, record);
  }
  if (pending.kind === 'patch') await takeBack(context, record, pending);
  return drop(context, record, pending);
}

async function drop(context: Context, record: JournalRecord, pending: PendingPatch): Promise<JournalRecord> {
  await removeTemporaries(pending.files, context.effects);
  const dropped = await context.journal.update(record, {}, ['pending']);
  if (pending.kind === 'patch') for (const { undoKey } of pending.edits) await context.vault.remove(undoKey);
  context.log(`${record.id}: a ${pending.kind} that had stopped in the middle was rolled back`);
  return dropped;
}

/** Renames what is left, if every file either has its new bytes or waits beside its old ones. */
async function finish(context: Context, pending: PendingPatch): Promise<boolean> {
  const waiting: PendingFile[] = [];
  for (const file of pending.files) {
    const now = await hashOf(file.target);
    if (now === file.after) continue;
    if (now !== file.before || (await hashOf(file.temporary)) !== file.after) return false;
    waiting.push(file);
  }
  for (const { temporary, target } of waiting) await context.effects.replace(temporary, target);
  return true;
}

/** Gives the old bytes back to each file that has the new ones, made from the old values; the hash proves them. */
async function takeBack(context: Context, record: JournalRecord, pending: PendingPatch): Promise<void> {
  const values = await readOldValues(context, pending.edits);
  const failed: string[] = [];
  for (const { file, target, before, after } of pending.files) {
    if ((await hashOf(target)) !== after) continue;
    const edits = pending.edits.filter((edit) => edit.file === file);
    const { bytes } = undoEdits(await readFile(target), edits, values, record.id);
    const { mode } = await stat(target);
    if (sha256(bytes) === before) await replaceContent(target, bytes, mode & 0o7777, context.effects);
    else failed.push(target);
  }
  if (failed.length > 0) throw new RotationError('patchUnfinished', { files: failed });
}
