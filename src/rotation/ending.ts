import { type Action, type Context, requireState, runStep } from './context';
import { deleteClientKey } from './deletion';
import type { RotationRecord } from './journalRecord';
import { forgetSecrets } from './keptValues';
import { findKeyNow } from './keyPresence';
import { RotationError } from './rotationError';
import type { DeletionRequest } from './rotations';
import { newKeyOf } from './settling';
import { verdictTarget } from './verdictReading';

/** Deletes the old key through the one gate, and ends the rotation. Can be repeated after a lost answer. */
export async function deleteOldKey(
  context: Context,
  record: RotationRecord,
  request: DeletionRequest,
  action: Action,
): Promise<RotationRecord> {
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
  const { verdict, reason, evidence } = intent;
  const deletion = {
    at,
    verdict,
    ...(reason !== undefined && { reason }),
    ...(evidence !== undefined && { evidence }),
    ...(requestId !== undefined && { requestId }),
  };
  const deleted = await context.journal.update(current, { state: 'deleted', deletion }, [
    'failure',
    'deleting',
  ]);
  await forgetSecrets(context, deleted);
  return deleted;
}

/**
 * Deleting the old key when the new one is gone would leave the applications with nothing. To override the verdict does not
 * waive it: who wants that names the new key.
 */
async function requireNewKey(
  context: Context,
  record: RotationRecord,
  request: DeletionRequest,
  action: Action,
): Promise<void> {
  const keyId = newKeyOf(record).id;
  if (request.withoutNewKey === keyId) return;
  const keys = await context.keys.listClientKeys(record.aap, action.signal);
  const found = await findKeyNow(context, record.aap, keyId, keys, action.signal);
  if (!record.proven || found === undefined) throw new RotationError('newKeyGone', { keyId });
}
