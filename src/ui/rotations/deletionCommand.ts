import { env, window } from 'vscode';
import type { AuditTarget } from '../../model/auditView';
import { exactTime } from '../../model/timeText';
import { type AuditWiring, keyOf } from '../auditWiring';
import { t } from '../localise';
import { deleteAfterQuestions } from './deletion';
import { removeOldFiles } from './oldFiles';

export type DeletionParts = Omit<AuditWiring, 'deleteOldKey'> & {
  openAudit(target: AuditTarget): Promise<void>;
  refreshAudit(target: AuditTarget): void;
};

/** *Delete old key…* for a rotation, or for a key that no rotation is about: the same questions, the same gate. */
export async function deleteKeyOf(target: AuditTarget, parts: DeletionParts): Promise<void> {
  const deleted =
    target.kind === 'rotation' ? await deleteOfRotation(target, parts) : await deletePlainKey(target, parts);
  if (deleted) parts.refreshAudit(target);
}

async function deleteOfRotation(
  target: Extract<AuditTarget, { kind: 'rotation' }>,
  parts: DeletionParts,
): Promise<boolean> {
  const { rooms, board, inventory } = parts;
  const rotations = await rooms.rotations();
  const { id, aap, oldKey } = await rotations.get(target.rotationId);
  let deleted = false;
  try {
    deleted = await deleteAfterQuestions({
      key: oldKey,
      aapName: aap.aapName,
      now: () => parts.now(aap.accountId),
      readVerdict: async (signal) => {
        const reading = await rotations.verdict(id, signal);
        board.noteReading(id, reading);
        return reading;
      },
      delete: async (request, onProgress, signal) => {
        await board.during(id, 'action', () => rotations.deleteOldKey(id, request, onProgress, signal));
      },
      openAudit: () => parts.openAudit(target),
    });
  } finally {
    await board.reload();
  }
  if (!deleted) return false;
  void inventory.refreshAap(aap);
  await tellDeleted(
    oldKey.id,
    parts.now(aap.accountId),
    (await rotations.oldFiles(id)).length > 0,
    async () => removeOldFiles(board, rotations, id),
  );
  return true;
}

async function deletePlainKey(
  target: Extract<AuditTarget, { kind: 'key' }>,
  parts: DeletionParts,
): Promise<boolean> {
  const rotations = await parts.rooms.rotations();
  const key = await keyOf(target, parts);
  const deleted = await deleteAfterQuestions({
    key,
    aapName: key.aapName,
    now: () => parts.now(key.accountId),
    readVerdict: (signal) => rotations.verdictOfKey(key, signal),
    delete: async (request, onProgress, signal) => {
      await rotations.deleteKey(key, request, onProgress, signal);
    },
    openAudit: () => parts.openAudit(target),
  });
  if (!deleted) return false;
  void parts.inventory.refreshAap(key);
  await tellDeleted(key.id, parts.now(key.accountId), false, async () => {});
  return true;
}

async function tellDeleted(
  keyId: string,
  now: number,
  filesLeft: boolean,
  removeFiles: () => Promise<void>,
): Promise<void> {
  const remove = t('Remove Old Files…');
  const at = exactTime(now, env.language);
  const done = t('Client key {0} was deleted ({1}).', keyId, at);
  const message = filesLeft ? `${done} ${t('Its credential files are still there.')}` : done;
  // Not awaited by the command: the message may stand for minutes.
  const choice = window.showInformationMessage(message, ...(filesLeft ? [remove] : []));
  void choice.then((chosen) => (chosen === remove ? removeFiles() : undefined));
}
