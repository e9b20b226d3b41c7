import { commands, window } from 'vscode';
import type { AuditTarget } from '../../model/auditView';
import { openPlaces } from '../../model/rolloutOf';
import { exactTime } from '../../model/timeText';
import { type AuditWiring, keyOf } from '../auditWiring';
import { COMMANDS } from '../commandIds';
import { t, textLocale } from '../localise';
import { deleteAfterQuestions } from './deletion';
import { placesOf } from './rolloutPlaces';
import { openPlacesSentence } from './rolloutText';

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
  if (!board.card(id)) await board.reload();
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
      openPlaces: () => {
        const card = board.card(id);
        return card && openPlacesSentence(openPlaces(placesOf(card, parts.verdictOptions(), t)), t);
      },
    });
  } finally {
    await board.reload();
  }
  if (!deleted) return false;
  void inventory.refreshAap(aap);
  const filesLeft = (await rotations.oldFiles(id)).length > 0;
  tellDeleted(oldKey.id, parts.now(aap.accountId), filesLeft ? id : undefined);
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
  tellDeleted(key.id, parts.now(key.accountId));
  return true;
}

/** @param rotationId of a rotation whose old files are still there: their removal is offered */
function tellDeleted(keyId: string, now: number, rotationId?: string): void {
  const remove = t('Remove Old Files…');
  const at = exactTime(now, textLocale());
  const done = t('Client key {0} was deleted ({1}).', keyId, at);
  const message = rotationId === undefined ? done : `${done} ${t('Its credential files are still there.')}`;
  // Nobody waits for the answer: the message may stand for minutes. The command shows its own errors.
  void window
    .showInformationMessage(message, ...(rotationId === undefined ? [] : [remove]))
    .then((chosen) =>
      chosen === remove ? commands.executeCommand(COMMANDS.removeOldFiles, rotationId) : undefined,
    );
}
