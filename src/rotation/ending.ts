import { rm } from 'node:fs/promises';
import { type Action, type Context, lastResortFolder, requireState, runStep, vaultPrefix } from './context';
import { deleteClientKey, deleteOrphan } from './deletion';
import type { JournalRecord } from './journalRecord';
import { toRotation } from './journalRecord';
import { findOrphans } from './orphan';
import { RotationError } from './rotationError';
import type { AbandonResult, DeletionRequest } from './rotations';
import { verdictTarget } from './verdictReading';

/** Deletes the old key through the one gate, and ends the rotation. Can be repeated after a lost answer. */
export async function deleteOldKey(
  context: Context,
  record: JournalRecord,
  request: DeletionRequest,
  action: Action,
): Promise<JournalRecord> {
  requireState(record, 'created', 'watching', 'deleting');
  let current = record;
  const receipt = await runStep(context, record.id, 'delete', async () => {
    await requireNewKey(context, record, request, action);
    try {
      return await deleteClientKey(
        context,
        verdictTarget(record),
        { kind: 'request', request },
        async (intent) => {
          current = await context.journal.update(current, { state: 'deleting', deleting: { ...intent } }, [
            'failure',
          ]);
        },
        action,
      );
    } catch (error) {
      // Held back or refused: nothing was deleted, so the rotation goes on waiting.
      const unanswered = error instanceof RotationError && error.code === 'deletionUnanswered';
      if (current.state === 'deleting' && !unanswered)
        current = await context.journal.update(current, { state: 'watching' }, ['deleting']);
      throw error;
    }
  });
  const { at, requestId } = receipt;
  // An earlier call whose answer was lost may be what deleted it: then its intent is the truth.
  const intent = receipt.verdict === 'alreadyGone' ? (record.deleting ?? receipt) : receipt;
  const { verdict, reason } = intent;
  const deletion = {
    at,
    verdict,
    ...(reason !== undefined && { reason }),
    ...(requestId !== undefined && { requestId }),
  };
  const deleted = await context.journal.update(current, { state: 'deleted', deletion }, [
    'failure',
    'deleting',
  ]);
  await forgetSecrets(context, deleted);
  return deleted;
}

/** Deleting the old key when the new one is gone would leave the applications with nothing. */
async function requireNewKey(
  context: Context,
  record: JournalRecord,
  request: DeletionRequest,
  action: Action,
): Promise<void> {
  if (request.override !== undefined) return;
  const keys = await context.keys.listClientKeys(record.aap, action.signal);
  if (!record.proven || !keys.some((key) => key.id === record.newKey?.id))
    throw new RotationError('newKeyGone', { keyId: record.newKey?.id });
}

/**
 * Ends a rotation that is not going to be carried through, unless that would leave something behind unsaid.
 * @throws RotationError `undoFirst` while a workspace is patched, `wrongState`, `orphanUsed`
 */
export async function abandon(
  context: Context,
  record: JournalRecord,
  action: Action,
): Promise<AbandonResult> {
  requireState(record, 'planned', 'creating', 'created', 'watching');
  if (record.workspaces.some((workspace) => workspace.edits.length > 0)) throw new RotationError('undoFirst');
  let current = record;
  const keys = await context.keys.listClientKeys(record.aap, action.signal);
  for (const orphan of findOrphans(current, keys))
    current = await deleteOrphan(context, current, orphan, action);
  const saved = keys.find((key) => key.id === record.newKey?.id);
  const remains: AbandonResult['remains'] = saved
    ? [
        { kind: 'newKey', name: saved.id },
        { kind: 'file', name: record.files.credentialFile },
        { kind: 'file', name: record.files.passwordFile },
      ]
    : [];
  const abandoned = await context.journal.update(current, { state: 'abandoned' });
  if (!saved) {
    // They open nothing: there never was a key, or it is gone.
    await rm(record.files.passwordFile, { force: true });
    await rm(record.files.credentialFile, { force: true });
    await rm(lastResortFolder(context, record.id), { recursive: true, force: true });
  }
  await forgetSecrets(context, abandoned);
  return { rotation: toRotation(abandoned), remains };
}

/** Removes what the rotation kept for taking things back: values in the secret store and last copies in global storage. */
async function forgetSecrets(context: Context, record: JournalRecord): Promise<void> {
  try {
    for (const name of await context.vault.names(vaultPrefix(record.id))) await context.vault.remove(name);
    for (const file of record.lastCopies) await rm(file, { force: true });
  } catch {
    context.log(`${record.id}: some kept values could not be removed`);
  }
}
