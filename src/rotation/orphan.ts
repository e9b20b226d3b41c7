import type { ClientKey } from '../model/clientKey';
import { isRotationRecord, type JournalRecord } from './journalRecord';

/**
 * Whether a key came from a call that this journal tells of and whose answer was lost: it was not there before the call, and its
 * `notAfter` is the one that was journalled before it, random second included; or an answer named it and its credential was
 * lost later, so that it was given up. Anything else is a key somebody created.
 */
export function isOrphanOfOurs(record: JournalRecord, key: ClientKey): boolean {
  if (key.id === record.newKey?.id) return false;
  if (isRotationRecord(record) && key.id === record.oldKey.id) return false;
  return record.creation.attempts.some(({ outcome, keyId, notAfter, keysBefore }) =>
    outcome === 'answered'
      ? key.id === keyId
      : outcome === 'sent' && key.notAfter === notAfter && !keysBefore.includes(key.id),
  );
}

/** Orphans of this rotation among the keys of its AAP. */
export function findOrphans(record: JournalRecord, keys: readonly ClientKey[]): readonly ClientKey[] {
  return keys.filter((key) => isOrphanOfOurs(record, key));
}
