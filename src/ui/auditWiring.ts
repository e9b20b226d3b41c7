import type { AuditTarget } from '../model/auditView';
import type { ClientKey } from '../model/clientKey';
import type { VerdictOptions } from '../model/verdict';
import type { AuditDeps } from './audit/auditDeps';
import { describeError } from './errorText';
import type { Inventory } from './inventory/entries';
import { t } from './localise';
import { regionName } from './regionNames';
import type { Rooms } from './rooms';
import type { Board } from './rotations/board';

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

  return {
    async names(target) {
      if (target.kind === 'key')
        return { oldKeyId: target.keyId, aap: target.aap, regionName: regionName(target.aap.regionId, t) };
      const { oldKey, newKey, aap, deletion } = await rotationOf(target.rotationId);
      return {
        oldKeyId: oldKey.id,
        aap,
        regionName: regionName(aap.regionId, t),
        ...(newKey ? { newKeyId: newKey.id } : {}),
        ...(deletion ? { deletedAt: deletion.at } : {}),
      };
    },
    async readVerdict(target, signal) {
      const rotations = await rooms.rotations();
      if (target.kind === 'rotation') {
        const reading = await rotations.verdict(target.rotationId, signal);
        board.noteReading(target.rotationId, reading);
        return reading;
      }
      return await rotations.verdictOfKey(await keyOf(target, parts), signal);
    },
    async readBuckets(target, from, to, signal) {
      const audit = await rooms.audit();
      if (target.kind === 'key')
        return await audit.readBuckets({ aap: target.aap, oldKeyId: target.keyId, from, to }, signal);
      const { aap, oldKey, newKey } = await rotationOf(target.rotationId);
      const keys = { oldKeyId: oldKey.id, ...(newKey ? { newKeyId: newKey.id } : {}) };
      return await audit.readBuckets({ aap, ...keys, from, to }, signal);
    },
    deleteOldKey: (target) => parts.deleteOldKey(target),
    verdictOptions: () => parts.verdictOptions(),
    now: (target) =>
      parts.now(
        target.kind === 'key'
          ? target.aap.accountId
          : (board.card(target.rotationId)?.rotation.aap.accountId ??
              parts.inventory.accounts[0]?.account.id ??
              ''),
      ),
    errorText(error) {
      const { message, requestId } = describeError(error, t);
      return requestId === undefined ? message : t('{0} Request id {1}.', message, requestId);
    },
  };
}

/** The key of an audit target as it is now: known to the tree, else asked of the service. */
export async function keyOf(
  target: Extract<AuditTarget, { kind: 'key' }>,
  parts: Pick<AuditWiring, 'rooms' | 'inventory'>,
): Promise<ClientKey> {
  const known = parts.inventory.aap(target.aap)?.keys.find(({ id }) => id === target.keyId);
  return known ?? (await (await parts.rooms.cloud()).getClientKey(target.aap, target.keyId));
}
