import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { errnoOf } from '../credential/durableFile';
import { undoEdits } from '../references/undo';
import { type Action, type Context, requireState, runStep } from './context';
import { prepareFlip, sha256 } from './fileFlip';
import { noteFlipped, writeFiles } from './journalledFlip';
import { type JournalEdit, type JournalRecord, toRotation } from './journalRecord';
import { forgetOldValues, readOldValues } from './keptValues';
import { findKeyNow } from './keyPresence';
import { RotationError, throwIfCancelled } from './rotationError';
import type { UndoResult } from './rotations';

/**
 * Takes back the edits of one folder where the values of the patch still stand. The edits of one client are taken back
 * together or not at all: half of them would leave a key with a password that does not open it. Edits of a file that was
 * deleted since go out of the journal: there is nothing left to take back.
 * @throws RotationError `oldKeyGone`: the files would name a key that no longer exists
 */
export async function undoPatch(
  context: Context,
  record: JournalRecord,
  folder: string,
  { signal }: Pick<Action, 'signal'>,
): Promise<UndoResult> {
  requireState(record, 'created', 'watching');
  const workspace = record.workspaces.find((candidate) => candidate.folder === folder);
  if (workspace === undefined) throw new RotationError('badRequest', { what: 'folder' });
  return runStep(context, record.id, 'undo', async () => {
    await requireOldKey(context, record, signal);
    const values = await readOldValues(context, workspace.edits);
    const { files, back, gone, changed, lost } = await readWholeClients(
      record.id,
      folder,
      workspace.edits,
      values,
    );
    const prepared = await prepareFlip(folder, files);
    throwIfCancelled(signal);
    const written = await writeFiles(context, record, prepared, {
      kind: 'undo',
      folder,
      exclude: [],
      edits: [...back, ...gone],
      groupIds: [],
    });
    const rotation = await noteFlipped(prepared, () => completeUndo(context, written));
    return {
      rotation: toRotation(rotation),
      undone: back,
      changedSince: changed,
      valueGone: lost,
      fileGone: gone,
    };
  });
}

async function requireOldKey(context: Context, record: JournalRecord, signal: AbortSignal): Promise<void> {
  const { id } = record.oldKey;
  if ((await findKeyNow(context, record.aap, id, [], signal)) === undefined)
    throw new RotationError('oldKeyGone', { keyId: id });
}

/** The files are back: takes their edits out of the journal. */
export async function completeUndo(context: Context, record: JournalRecord): Promise<JournalRecord> {
  const { pending } = record;
  if (pending === undefined) return record;
  const gone = new Set(pending.edits.map((edit) => edit.undoKey));
  const workspaces = record.workspaces.map((workspace) => {
    if (workspace.folder !== pending.folder) return workspace;
    const edits = workspace.edits.filter((edit) => !gone.has(edit.undoKey));
    const groups = (of: readonly JournalEdit[]) => new Set(of.map((edit) => edit.groupId)).size;
    const taken = groups(workspace.edits) - groups(edits);
    return {
      ...workspace,
      edits,
      at: context.clock(),
      patchedGroups: Math.max(0, workspace.patchedGroups - taken),
      leftGroups: workspace.leftGroups + taken,
    };
  });
  const done = await context.journal.update(record, { workspaces }, ['pending', 'failure']);
  await forgetOldValues(context, pending.edits);
  return done;
}

interface Attempt {
  readonly files: readonly { readonly file: string; readonly content: Uint8Array; readonly sha256: string }[];
  readonly gone: readonly JournalEdit[];
  readonly changed: readonly JournalEdit[];
  readonly lost: readonly JournalEdit[];
}

/** Leaves out clients of which one half cannot be taken back, until all that is left can: files may change meanwhile. */
export async function readWholeClients(
  rotationId: string,
  folder: string,
  edits: readonly JournalEdit[],
  values: ReadonlyMap<string, string>,
): Promise<Attempt & { readonly back: readonly JournalEdit[] }> {
  const stuck = new Set<string>();
  const lost = new Set<JournalEdit>();
  for (;;) {
    const wanted = edits.filter((edit) => !stuck.has(edit.groupId));
    const attempt = await readFiles(rotationId, folder, wanted, values);
    if (attempt.changed.length === 0 && attempt.lost.length === 0)
      return {
        files: attempt.files,
        back: wanted.filter((edit) => !attempt.gone.includes(edit)),
        gone: attempt.gone,
        changed: edits.filter((edit) => stuck.has(edit.groupId) && !lost.has(edit)),
        lost: edits.filter((edit) => lost.has(edit)),
      };
    for (const edit of attempt.lost) lost.add(edit);
    for (const { groupId } of [...attempt.changed, ...attempt.lost]) stuck.add(groupId);
  }
}

async function readFiles(
  rotationId: string,
  folder: string,
  edits: readonly JournalEdit[],
  values: ReadonlyMap<string, string>,
): Promise<Attempt> {
  const files: Attempt['files'][number][] = [];
  const gone = new Set<string>();
  const changed = new Set<string>();
  const lost = new Set<string>();
  for (const name of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === name);
    const file = path.join(folder, name);
    const bytes = await readFile(file).catch((error: unknown) => errnoOf(error) ?? 'unreadable');
    if (typeof bytes === 'string') {
      const into = bytes === 'ENOENT' ? gone : changed;
      for (const edit of own) into.add(edit.undoKey);
      continue;
    }
    const result = undoEdits(bytes, own, values, rotationId);
    for (const edit of result.changed) changed.add(edit.undoKey);
    for (const edit of result.lost) lost.add(edit.undoKey);
    if (!bytes.equals(result.bytes)) files.push({ file, content: result.bytes, sha256: sha256(bytes) });
  }
  return {
    files,
    gone: edits.filter((edit) => gone.has(edit.undoKey)),
    changed: edits.filter((edit) => changed.has(edit.undoKey)),
    lost: edits.filter((edit) => lost.has(edit.undoKey)),
  };
}
