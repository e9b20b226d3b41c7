import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { undoEdits } from '../references/undo';
import { type Context, requireState, runStep } from './context';
import { prepareFlip, sha256 } from './fileFlip';
import { type JournalEdit, type JournalRecord, toRotation } from './journalRecord';
import { readOldValues } from './keptValues';
import { writeFiles } from './patching';
import { RotationError } from './rotationError';
import type { UndoResult } from './rotations';

/**
 * Takes back the edits of one folder where the values of the patch still stand. The edits of one client are taken back
 * together or not at all: half of them would leave a key with a password that does not open it.
 */
export async function undoPatch(
  context: Context,
  record: JournalRecord,
  folder: string,
): Promise<UndoResult> {
  requireState(record, 'created', 'watching');
  const workspace = record.workspaces.find((candidate) => candidate.folder === folder);
  if (workspace === undefined) throw new RotationError('badRequest', { what: 'folder' });
  return runStep(context, record.id, 'undo', async () => {
    const values = await readOldValues(context, workspace.edits);
    const first = await tryUndo(record.id, folder, workspace.edits, values);
    const stuck = new Set([...first.changed, ...first.lost].map((edit) => edit.groupId));
    const takeBack = workspace.edits.filter((edit) => !stuck.has(edit.groupId));
    const { files } = await tryUndo(record.id, folder, takeBack, values);
    const prepared = await prepareFlip(folder, files);
    const written = await writeFiles(context, record, prepared, {
      kind: 'undo',
      folder,
      exclude: [],
      edits: takeBack,
      groupIds: [],
    });
    const rotation = await completeUndo(context, written);
    const changedSince = workspace.edits.filter(
      (edit) => stuck.has(edit.groupId) && !first.lost.includes(edit),
    );
    return { rotation: toRotation(rotation), undone: takeBack, changedSince, valueGone: first.lost };
  });
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
  for (const undoKey of gone) await context.vault.remove(undoKey);
  return done;
}

interface Attempt {
  readonly files: readonly { readonly file: string; readonly content: Uint8Array; readonly sha256: string }[];
  readonly changed: readonly JournalEdit[];
  readonly lost: readonly JournalEdit[];
}

async function tryUndo(
  rotationId: string,
  folder: string,
  edits: readonly JournalEdit[],
  values: ReadonlyMap<string, string>,
): Promise<Attempt> {
  const files: Attempt['files'][number][] = [];
  const changed = new Set<string>();
  const lost = new Set<string>();
  for (const name of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === name);
    const file = path.join(folder, name);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes === undefined) {
      for (const edit of own) changed.add(edit.undoKey);
      continue;
    }
    const result = undoEdits(bytes, own, values, rotationId);
    for (const edit of result.changed) changed.add(edit.undoKey);
    for (const edit of result.lost) lost.add(edit.undoKey);
    if (!bytes.equals(result.bytes)) files.push({ file, content: result.bytes, sha256: sha256(bytes) });
  }
  return {
    files,
    changed: edits.filter((edit) => changed.has(edit.undoKey)),
    lost: edits.filter((edit) => lost.has(edit.undoKey)),
  };
}
