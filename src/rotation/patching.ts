import type { PatchPlan } from '../model/patch';
import type { ScanResult } from '../model/reference';
import { hashRaw } from '../references/undo';
import { type Action, type Context, requireState, runStep } from './context';
import { flip, type PreparedFile, prepareFlip, relativeName, writeTemporaries } from './fileFlip';
import type { JournalEdit, JournalRecord, PendingPatch } from './journalRecord';
import { keepOldValues, newUndoKey, oldFilesIn } from './keptValues';
import { RotationError, throwIfCancelled } from './rotationError';
import type { WorkspacePatchPlan } from './rotations';
import { newKeyOf, readPassword } from './settling';
import { waitUntilUsable } from './waiting';

/** Finds references to the old key, files that git ignores included. */
export function scanFolders(
  context: Context,
  record: JournalRecord,
  folders: readonly string[],
  exclude: readonly string[],
  { onProgress, signal }: Action,
): Promise<ScanResult> {
  return context.background.scan(
    { folders, keyId: record.oldKey.id, exclude },
    { signal, onProgress: (filesSeen) => onProgress({ step: 'scanning', filesSeen }) },
  );
}

/** Plans and proves the patch of some groups in one folder. Writes nothing. */
export async function planWorkspacePatch(
  context: Context,
  record: JournalRecord,
  folder: string,
  groupIds: readonly string[],
  exclude: readonly string[],
): Promise<WorkspacePatchPlan> {
  requireState(record, 'created', 'watching');
  const plan = await context.background.planPatch({
    folders: [folder],
    keyId: record.oldKey.id,
    exclude,
    groupIds,
    replacement: { ...record.files, keyId: newKeyOf(record).id, password: await readPassword(record) },
  });
  return { ...plan, rotationId: record.id, folder, groupIds, exclude };
}

/**
 * Applies a plan: waits until the new key is usable, keeps the old values, journals what is going to be written, flips the
 * files, and scans the folder again: what counts as patched is what that scan finds.
 */
export async function applyPatch(
  context: Context,
  record: JournalRecord,
  plan: WorkspacePatchPlan,
  action: Action,
): Promise<JournalRecord> {
  requireState(record, 'created', 'watching');
  if (plan.rotationId !== record.id || !record.proven)
    throw new RotationError('badRequest', { what: 'plan' });
  return runStep(context, record.id, 'patch', async () => {
    await waitUntilUsable(context, record, action);
    const before = await scanFolders(context, record, [plan.folder], plan.exclude, action);
    const files = await prepareFlip(plan.folder, plan.files);
    throwIfCancelled(action.signal);
    action.onProgress({ step: 'writing' });
    const edits = editsOf(record.id, plan);
    const oldFiles = new Set([...record.oldFiles, ...oldFilesIn(before, record.oldKey.id)]);
    const kept = await keepOldValues(context, { ...record, oldFiles: [...oldFiles] }, plan, edits);
    const written = await writeFiles(context, kept, files, {
      kind: 'patch',
      folder: plan.folder,
      exclude: [...plan.exclude],
      edits,
      groupIds: [...plan.groupIds],
    });
    return completePatch(context, written, action);
  });
}

/**
 * Flips files with the journal written before each stage; the last record still names them as pending.
 * After a failure that was rolled back nothing is pending any more.
 */
export async function writeFiles(
  context: Context,
  record: JournalRecord,
  files: readonly PreparedFile[],
  what: Omit<PendingPatch, 'stage' | 'files'>,
): Promise<JournalRecord> {
  const names = files.map(({ file, target, temporary, before, after }) => ({
    file,
    target,
    temporary,
    before,
    after,
  }));
  const pending: PendingPatch = { ...what, stage: 'preparing', files: names };
  let current = await context.journal.update(record, { pending, oldFiles: record.oldFiles });
  try {
    await writeTemporaries(files, context.effects);
    current = await context.journal.update(current, { pending: { ...pending, stage: 'renaming' } });
    await flip(files, context.effects);
    return current;
  } catch (error) {
    const unfinished = error instanceof RotationError && error.code === 'patchUnfinished';
    if (!unfinished) await context.journal.update(current, {}, ['pending']);
    throw error;
  }
}

/** The files are written: scans them from disk and notes what counts as patched. */
export async function completePatch(
  context: Context,
  record: JournalRecord,
  action: Action,
): Promise<JournalRecord> {
  const { pending } = record;
  if (pending === undefined) return record;
  const { folder, exclude } = pending;
  const scan = await scanFolders(context, record, [folder], exclude, action);
  const ofOldKey = scan.groups.filter((group) => group.keyId === record.oldKey.id);
  const left = ofOldKey.filter((group) => group.editable && group.confidence === 'confirmed');
  const earlier = record.workspaces.find((workspace) => workspace.folder === folder);
  const edited = new Set([...(earlier?.edits ?? []), ...pending.edits].map((edit) => edit.groupId));
  const workspace = {
    folder,
    at: context.clock(),
    patchedGroups: [...edited].filter((groupId) => !left.some((group) => group.id === groupId)).length,
    leftGroups: left.length,
    manualSteps: ofOldKey.filter((group) => !group.editable && group.confidence !== 'possible').length,
    edits: [...(earlier?.edits ?? []), ...pending.edits],
  };
  return context.journal.update(
    record,
    {
      state: 'watching',
      workspaces: [...record.workspaces.filter((other) => other.folder !== folder), workspace],
      oldFiles: [...new Set([...record.oldFiles, ...oldFilesIn(scan, record.oldKey.id)])],
    },
    ['pending', 'failure'],
  );
}

function editsOf(rotationId: string, plan: PatchPlan & { readonly folder: string }): JournalEdit[] {
  return plan.files.flatMap(({ file, edits }) =>
    edits.map(({ groupId, newStart, newLength, before, after }) => ({
      file: relativeName(plan.folder, file),
      start: newStart,
      length: newLength,
      before: hashRaw(rotationId, before.reveal()),
      after: hashRaw(rotationId, after.reveal()),
      undoKey: newUndoKey(rotationId),
      groupId,
    })),
  );
}
