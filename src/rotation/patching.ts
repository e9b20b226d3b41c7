import type { PatchPlan } from '../model/patch';
import type { Doubt, ReferenceGroup, ScanResult, Strategy } from '../model/reference';
import { hashRaw } from '../references/plan/undo';
import { type Action, type Context, nameOf, requireState, runStep } from './context';
import { mergeCopies, prepareCopies } from './copies';
import { prepareFlip, relativeName } from './fileFlip';
import { noteFlipped, writeFiles } from './journalledFlip';
import type { JournalEdit, PendingCopy, RotationRecord } from './journalRecord';
import { keepOldValues, newUndoKey, oldFilesIn } from './keptValues';
import { openNewPair } from './newPair';
import { RotationError, throwIfCancelled } from './rotationError';
import type { WorkspacePatchPlan } from './rotations';
import { requireSaved } from './saving';
import { newKeyOf } from './settling';
import { waitUntilUsable } from './waiting';

/** Finds references to the old key, files that git ignores included. */
export function scanFolders(
  context: Context,
  record: RotationRecord,
  folders: readonly string[],
  exclude: readonly string[],
  { onProgress, signal }: Action,
): Promise<ScanResult> {
  return context.background.scan(
    { folders, keyId: record.oldKey.id, exclude },
    { signal, onProgress: (filesSeen) => onProgress({ step: 'scanning', filesSeen }) },
  );
}

/**
 * Plans and proves the patch of some groups in one folder, with the new pair as it opens now. Writes nothing.
 * @throws RotationError `wrongState`, `pairBroken`, `cancelled`
 */
export async function planWorkspacePatch(
  context: Context,
  record: RotationRecord,
  folder: string,
  groupIds: readonly string[],
  exclude: readonly string[],
  signal: AbortSignal,
  strategies: Readonly<Record<string, Strategy>> = {},
  doubts?: Readonly<Record<string, Doubt>>,
): Promise<WorkspacePatchPlan> {
  requireState(record, 'created', 'watching');
  requireSaved(context, record);
  const password = await openNewPair(context, record);
  throwIfCancelled(signal);
  const replacement = { ...record.files, keyId: newKeyOf(record).id, password };
  const keyId = record.oldKey.id;
  const request = {
    folders: [folder],
    keyId,
    exclude,
    groupIds,
    replacement,
    strategies,
    ...(doubts && { doubts }),
  };
  const plan = await context.background.planPatch(request, { signal }).catch((error: unknown) => {
    throwIfCancelled(signal);
    throw error;
  });
  for (const { groupId, reason } of plan.refused) context.log(`${record.id}: ${groupId}: ${reason}`);
  return { ...plan, rotationId: record.id, folder, groupIds, exclude, replacement };
}

/**
 * Applies a plan: waits until the new key is usable, proves that the new pair still opens, keeps the old values, journals
 * what is going to be written, writes the new files, flips those that name them, and scans the folder again: what counts as patched is what that scan finds.
 * @param allowUnignored the user agreed to new credential files that git would commit
 */
export async function applyPatch(
  context: Context,
  record: RotationRecord,
  plan: WorkspacePatchPlan,
  action: Action,
  allowUnignored: boolean,
): Promise<RotationRecord> {
  requireState(record, 'created', 'watching');
  const unignored = plan.warnings.filter(({ kind }) => kind === 'committedCopy').map(({ file }) => file);
  if (unignored.length > 0 && !allowUnignored) throw new RotationError('notIgnored', { files: unignored });
  if (plan.rotationId !== record.id || !record.proven)
    throw new RotationError('badRequest', { what: 'plan' });
  const written = await runStep(context, record.id, 'patch', async () => {
    await waitUntilUsable(context, record, action);
    const before = await scanFolders(context, record, [plan.folder], plan.exclude, action);
    const files = await prepareFlip(plan.folder, plan.files);
    const copies = await prepareCopies(record.id, plan.folder, plan.copies);
    await requireSamePair(context, record, plan);
    throwIfCancelled(action.signal);
    action.onProgress({ step: 'writing' });
    const edits = editsOf(record.id, plan);
    const oldFiles = new Set([...record.oldFiles, ...oldFilesIn(before, record.oldKey.id)]);
    const kept = await keepOldValues(context, { ...record, oldFiles: [...oldFiles] }, plan, edits);
    const what = {
      kind: 'patch' as const,
      folder: plan.folder,
      exclude: [...plan.exclude],
      edits,
      groupIds: [...plan.groupIds],
    };
    const flipped = await writeFiles(context, kept, files, what, copies);
    return noteFlipped(files, () => noteEdits(context, flipped, plan.folder, edits, copies));
  });
  return countLeft(context, written, plan.folder, plan.exclude, action);
}

/** What the plan writes has to be what opens now; the plan may be older than a move of the credential. */
async function requireSamePair(
  context: Context,
  record: RotationRecord,
  { replacement }: WorkspacePatchPlan,
): Promise<void> {
  const { credentialFile, passwordFile } = record.files;
  const password = await openNewPair(context, record);
  const isSame =
    replacement.keyId === newKeyOf(record).id &&
    replacement.credentialFile === credentialFile &&
    replacement.passwordFile === passwordFile &&
    replacement.password.reveal() === password.reveal();
  if (!isSame) throw new RotationError('changedSince', { files: [credentialFile] });
}

/** Edits that stand in the files of a folder become part of the rotation, and so do the new files they lead to. */
export async function noteEdits(
  context: Context,
  record: RotationRecord,
  folder: string,
  added: readonly JournalEdit[],
  addedCopies: readonly PendingCopy[],
): Promise<RotationRecord> {
  const earlier = record.workspaces.find((workspace) => workspace.folder === folder);
  const edits = [...(earlier?.edits ?? []), ...added];
  const copies = mergeCopies(earlier?.copies ?? [], addedCopies);
  const workspace = {
    folder,
    at: context.clock(),
    patchedGroups: groupsOf(edits).size,
    leftGroups: earlier?.leftGroups ?? 0,
    manualSteps: earlier?.manualSteps ?? 0,
    edits,
    ...(copies.length > 0 && { copies: [...copies] }),
  };
  const workspaces = [...record.workspaces.filter((other) => other.folder !== folder), workspace];
  return context.journal.update(record, { state: 'watching', workspaces }, ['pending', 'failure']);
}

/**
 * Scans a patched folder from disk and notes what counts as patched. The patch itself is done and noted, so nothing that
 * happens here is its failure, and the user's signal does not reach it.
 */
export async function countLeft(
  context: Context,
  record: RotationRecord,
  folder: string,
  exclude: readonly string[],
  { onProgress }: Pick<Action, 'onProgress'>,
): Promise<RotationRecord> {
  try {
    const { signal } = new AbortController();
    const scan = await scanFolders(context, record, [folder], exclude, { onProgress, signal });
    const ofOldKey = scan.groups.filter((group) => group.keyId === record.oldKey.id);
    // What is written for people runs nowhere.
    const left = ofOldKey.filter(
      (group) => group.editable && group.confidence === 'confirmed' && group.doubt !== 'documentation',
    );
    const isLeft = (groupId: string) => left.some((group) => group.id === groupId);
    const workspaces = record.workspaces.map((workspace) => {
      if (workspace.folder !== folder) return workspace;
      return {
        ...workspace,
        patchedGroups: [...groupsOf(workspace.edits)].filter((groupId) => !isLeft(groupId)).length,
        leftGroups: left.length,
        manualSteps: ofOldKey.filter(
          (group) => !group.editable && group.confidence !== 'possible' && !isCredentialItself(group),
        ).length,
      };
    });
    const oldFiles = [...new Set([...record.oldFiles, ...oldFilesIn(scan, record.oldKey.id)])];
    return await context.journal.update(record, { workspaces, oldFiles });
  } catch (error) {
    context.log(`${record.id}: the files were patched, but the scan after it failed (${nameOf(error)})`);
    return record;
  }
}

/** The old credential files stay until the old key is deleted: nothing has to be done about them. */
function isCredentialItself({ references }: ReferenceGroup): boolean {
  return references.every(({ notation }) => notation === 'credential');
}

/** The groups that some edits belong to. */
export function groupsOf(edits: readonly Pick<JournalEdit, 'groupId' | 'alsoOf'>[]): ReadonlySet<string> {
  return new Set(edits.flatMap((edit) => [edit.groupId, ...(edit.alsoOf ?? [])]));
}

function editsOf(rotationId: string, plan: PatchPlan & { readonly folder: string }): JournalEdit[] {
  return plan.files.flatMap(({ file, edits }) =>
    edits.map(({ groupId, alsoOf, newStart, newLength, before, after }) => ({
      file: relativeName(plan.folder, file),
      start: newStart,
      length: newLength,
      before: hashRaw(rotationId, before.reveal()),
      after: hashRaw(rotationId, after.reveal()),
      undoKey: newUndoKey(rotationId),
      groupId,
      ...(alsoOf !== undefined && { alsoOf: [...alsoOf] }),
    })),
  );
}
