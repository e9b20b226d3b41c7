import { type Context, nameOf } from './context';
import { type PreparedCopy, removeCopies, writeCopies } from './copies';
import { flip, type PreparedFile, removeTemporaries, writeTemporaries } from './fileFlip';
import type { PendingPatch, RotationRecord } from './journalRecord';
import { RotationError } from './rotationError';

/**
 * Flips files with the journal written before each stage; the last record still names them as pending. New files are
 * complete before the first rename, because from then on something may point at them.
 * After a failure that was rolled back nothing is pending any more, unless a temporary file could not be removed.
 */
export async function writeFiles(
  context: Context,
  record: RotationRecord,
  files: readonly PreparedFile[],
  what: Omit<PendingPatch, 'stage' | 'files' | 'copies'>,
  copies: readonly PreparedCopy[] = [],
): Promise<RotationRecord> {
  const names = files.map(({ file, target, temporary, before, after }) => ({
    file,
    target,
    temporary,
    before,
    after,
  }));
  const pending: PendingPatch = {
    ...what,
    stage: 'preparing',
    files: names,
    ...(copies.length > 0 && { copies: copies.map(({ content: _content, ...copy }) => copy) }),
  };
  let current = await context.journal.update(record, { pending, oldFiles: record.oldFiles });
  try {
    await writeCopies(copies, context.effects);
    await writeTemporaries(files, context.effects);
    current = await context.journal.update(current, { pending: { ...pending, stage: 'renaming' } });
    await flip(files, context.effects);
    return current;
  } catch (error) {
    const unfinished = error instanceof RotationError && error.code === 'patchUnfinished';
    if (!unfinished) await forgetFlip(context, current, files, copies);
    throw error;
  }
}

/** Nothing was flipped. What cannot be removed or noted now stays pending for the recovery. */
async function forgetFlip(
  context: Context,
  record: RotationRecord,
  files: readonly PreparedFile[],
  copies: readonly PreparedCopy[],
): Promise<void> {
  try {
    await removeTemporaries(files, context.effects);
    await removeCopies(record.id, copies, context.effects);
    await context.journal.update(record, {}, ['pending']);
  } catch (error) {
    context.log(`${record.id}: what had been prepared could not be removed yet (${nameOf(error)})`);
  }
}

/**
 * Notes a flip that has happened: a journal that cannot be written now must not be told as a failed patch.
 * @throws RotationError `conflict`, or `patchUnfinished`: the recovery notes it later
 */
export async function noteFlipped(
  files: readonly PreparedFile[],
  note: () => Promise<RotationRecord>,
): Promise<RotationRecord> {
  try {
    return await note();
  } catch (error) {
    if (error instanceof RotationError) throw error;
    throw new RotationError('patchUnfinished', { files: files.map(({ target }) => target) });
  }
}
