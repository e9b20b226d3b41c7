import { commands, window } from 'vscode';
import type { AuditTarget } from '../model/auditView';
import type { ClientKey } from '../model/clientKey';
import { isCloudError } from '../model/cloudError';
import type { AuditEvidence } from '../model/evidence';
import { isOpen, type Rotation } from '../model/rotation';
import type { VerdictOptions } from '../model/verdict';
import { verdictOf } from '../model/verdictOf';
import type { VerdictReading } from '../rotation/rotations';
import type { AuditDeps, AuditNames } from './audit/auditDeps';
import { COMMANDS } from './commandIds';
import { copyPolicy } from './commands/copyPolicy';
import { describeError } from './errorText';
import type { Inventory } from './inventory/entries';
import { t } from './localise';
import { regionName } from './regionNames';
import type { Rooms } from './rooms';
import type { Board, Card } from './rotations/board';
import { openPlace } from './rotations/openReference';
import { placesOf } from './rotations/rolloutPlaces';

export interface AuditWiring {
  readonly rooms: Rooms;
  readonly board: Board;
  readonly inventory: Inventory;
  now(accountId: string): number;
  verdictOptions(): VerdictOptions;
  deleteOldKey(target: AuditTarget): Promise<void>;
}

/** What the audit views ask for, answered from rooms, board and inventory. */
export function auditDeps(parts: AuditWiring): AuditDeps {
  const { rooms, board } = parts;
  const rotationOf = async (id: string) => (await rooms.rotations()).get(id);
  const cardOf = (target: AuditTarget): Card | undefined =>
    target.kind === 'rotation' ? board.card(target.rotationId) : undefined;

  async function keysOf(target: AuditTarget) {
    if (target.kind === 'key') return { aap: target.aap, oldKeyId: target.keyId };
    const { aap, oldKey, newKey } = await rotationOf(target.rotationId);
    return { aap, oldKeyId: oldKey.id, ...(newKey ? { newKeyId: newKey.id } : {}) };
  }

  /** A caller may have been marked while the log was read, and a mark changes the verdict without another reading. */
  function noteEvidence(id: string, evidence: AuditEvidence, rotation = board.card(id)?.rotation): void {
    const options = { ...parts.verdictOptions(), retired: rotation?.retired ?? [] };
    board.noteReading(id, { evidence, verdict: verdictOf(evidence, options) });
  }

  async function noteMarks(rotation: Rotation): Promise<AuditNames> {
    const evidence = board.card(rotation.id)?.reading?.evidence;
    if (evidence !== undefined) noteEvidence(rotation.id, evidence, rotation);
    await board.reload();
    return namesOf(rotation);
  }

  return {
    async names(target) {
      return target.kind === 'key'
        ? { oldKeyId: target.keyId, aap: target.aap, regionName: regionName(target.aap.regionId, t) }
        : namesOf(await rotationOf(target.rotationId));
    },
    namesNow(target) {
      const card = cardOf(target);
      return card && namesOf(card.rotation);
    },
    known(target) {
      const card = cardOf(target);
      if (card === undefined) return {};
      const { references } = card;
      return {
        ...(references === undefined ? {} : { references }),
        places: placesOf(card, parts.verdictOptions(), t),
      };
    },
    look(target) {
      // Errors of a scan stand in the Rotations view; here they only leave callers without a reference.
      void lookThrough(target, board).catch(() => undefined);
    },
    async readEvidence(target, signal, onFigures) {
      const rotations = await rooms.rotations();
      const take = ({ evidence }: VerdictReading) => onFigures(evidence);
      if (target.kind === 'key')
        return (await rotations.verdictOfKey(await keyOf(target, parts), signal, take)).evidence;
      const { evidence } = await rotations.verdict(target.rotationId, signal, take);
      noteEvidence(target.rotationId, evidence);
      return evidence;
    },
    async readRange(target, span, signal) {
      return await (await rooms.audit()).readRange({ ...(await keysOf(target)), ...span }, signal);
    },
    async readEntries(target, span, cursor, signal) {
      const { aap, oldKeyId, newKeyId } = { newKeyId: undefined, ...(await keysOf(target)) };
      const keyIds = [oldKeyId, ...(newKeyId === undefined ? [] : [newKeyId])];
      const from = cursor === undefined ? {} : { cursor };
      return await (await rooms.audit()).readEntries({ aap, keyIds, ...span, ...from }, signal);
    },
    async openReference(target, groupId) {
      const scans = cardOf(target)?.scans ?? [];
      const group = scans
        .flatMap(({ old, patched }) => [...patched, ...old.groups])
        .find(({ id }) => id === groupId);
      // The first place names the client; a credential file is not opened.
      for (const reference of group?.references ?? []) if (await openPlace(reference)) return;
      void window.showInformationMessage(
        t('The reference is no longer where the last scan found it. Refresh the Rotations view.'),
      );
    },
    async markRetired(target, caller, reason) {
      return noteMarks(await (await rooms.rotations()).markRetired(idOf(target), caller, reason));
    },
    async unmarkRetired(target, caller) {
      return noteMarks(await (await rooms.rotations()).unmarkRetired(idOf(target), caller));
    },
    async showRollout(target) {
      await commands.executeCommand(COMMANDS.showRollout, idOf(target));
    },
    deleteOldKey: (target) => parts.deleteOldKey(target),
    copyPolicy,
    verdictOptions: () => parts.verdictOptions(),
    now: (target) =>
      parts.now(
        target.kind === 'key'
          ? target.aap.accountId
          : (cardOf(target)?.rotation.aap.accountId ?? parts.inventory.accounts[0]?.account.id ?? ''),
      ),
    errorText(error) {
      const { message, requestId } = describeError(error, t);
      return requestId === undefined ? message : t('{0} Request id {1}.', message, requestId);
    },
    lacksPermission: (error) => isCloudError(error) && error.kind === 'noPermission',
  };
}

function namesOf(rotation: Rotation): AuditNames {
  const { oldKey, newKey, aap, deletion } = rotation;
  return {
    oldKeyId: oldKey.id,
    aap,
    regionName: regionName(aap.regionId, t),
    rotation,
    ...(newKey ? { newKeyId: newKey.id } : {}),
    ...(deletion ? { deletedAt: deletion.at } : {}),
  };
}

/** Only rotations keep marks and a roll-out list; the view does not offer them elsewhere. */
function idOf(target: AuditTarget): string {
  if (target.kind === 'rotation') return target.rotationId;
  throw new Error('A key that is not being rotated has no such list.');
}

/** Reads journals and workspace where that was not done in this window, as the Rotations view does when it is opened. */
async function lookThrough(target: AuditTarget, board: Board): Promise<void> {
  if (target.kind === 'key') return;
  if (!board.loaded) await board.reload();
  const card = board.card(target.rotationId);
  if (card !== undefined && card.scans === undefined && isOpen(card.rotation))
    await board.rescan(target.rotationId);
}

/** The key of an audit target as it is now: known to the tree, else asked of the service. */
export async function keyOf(
  target: Extract<AuditTarget, { kind: 'key' }>,
  parts: Pick<AuditWiring, 'rooms' | 'inventory'>,
): Promise<ClientKey> {
  const known = parts.inventory.aap(target.aap)?.keys.find(({ id }) => id === target.keyId);
  return known ?? (await (await parts.rooms.cloud()).getClientKey(target.aap, target.keyId));
}
