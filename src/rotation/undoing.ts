import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { errnoOf } from '../credential/durableFile';
import { undoEdits } from '../references/plan/undo';
import { type Action, type Context, requireState, runStep } from './context';
import { prepareFlip, sha256 } from './fileFlip';
import { removeIdleCopies } from './idleCopies';
import { noteFlipped, writeFiles } from './journalledFlip';
import { type JournalEdit, type RotationRecord, toRotation } from './journalRecord';
import { forgetOldValues, readOldValues } from './keptValues';
import { findKeyNow } from './keyPresence';
import { groupsOf } from './patching';
import { RotationError, throwIfCancelled } from './rotationError';
import type { UndoResult } from './rotations';

/**
 * Takes back the edits of one folder where the values of the patch still stand. The edits of one client are taken back
 * together or not at all: half of them would leave a key with a password that does not open it. Edits of a file that was
 * deleted since go out of the journal: there is nothing left to take back. New files that nothing leads to any more go too.
 * @throws RotationError `oldKeyGone`: the files would name a key that no longer exists
 */
export async function undoPatch(
  context: Context,
  record: RotationRecord,
  folder: string,
  action: Action,
): Promise<UndoResult> {
  const { signal } = action;
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
    const rotation = await noteFlipped(prepared, () => completeUndo(context, written, action));
    return {
      rotation: toRotation(rotation),
      undone: back,
      changedSince: changed,
      valueGone: lost,
      fileGone: gone,
    };
  });
}

async function requireOldKey(context: Context, record: RotationRecord, signal: AbortSignal): Promise<void> {
  const { id } = record.oldKey;
  if ((await findKeyNow(context, record.aap, id, [], signal)) === undefined)
    throw new RotationError('oldKeyGone', { keyId: id });
}

/**
 * The files are back: removes the copies that they had led to, and takes the edits out of the journal. In this order,
 * because what is interrupted here is done again.
 */
export async function completeUndo(
  context: Context,
  record: RotationRecord,
  action: Pick<Action, 'onProgress'>,
): Promise<RotationRecord> {
  const { pending } = record;
  if (pending === undefined) return record;
  const gone = new Set(pending.edits.map((edit) => edit.undoKey));
  const left = (edits: readonly JournalEdit[]) => edits.filter((edit) => !gone.has(edit.undoKey));
  const patched = record.workspaces.find((workspace) => workspace.folder === pending.folder);
  const stay =
    patched === undefined
      ? []
      : await removeIdleCopies(context, record, { ...patched, edits: left(patched.edits) }, action);
  const workspaces = record.workspaces.map((workspace) => {
    if (workspace !== patched) return workspace;
    const { copies: _copies, ...rest } = workspace;
    const edits = left(workspace.edits);
    const taken = groupsOf(workspace.edits).size - groupsOf(edits).size;
    return {
      ...rest,
      edits,
      ...(stay.length > 0 && { copies: [...stay] }),
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
    spread(edits, stuck);
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
    for (const id of groupsOf([...attempt.changed, ...attempt.lost])) stuck.add(id);
  }
}

/** Clients that share a credential file stay together: what one of them keeps, the others need. */
function spread(edits: readonly JournalEdit[], stuck: Set<string>): void {
  for (let size = -1; size !== stuck.size; ) {
    size = stuck.size;
    for (const edit of edits) {
      const groups = groupsOf([edit]);
      if ([...groups].some((id) => stuck.has(id))) for (const id of groups) stuck.add(id);
    }
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
