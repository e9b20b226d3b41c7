import type { ClientKey } from '../model/clientKey';
import type { JournalRecord } from './journalRecord';

/**
 * Whether a key came from a call of this rotation whose answer was lost: it was not there before the call, and its
 * `notAfter` is the one that was journalled before it, random second included. Anything else is a key somebody created.
 */
export function isOrphanOfOurs(record: JournalRecord, key: ClientKey): boolean {
  if (key.id === record.oldKey.id || key.id === record.newKey?.id) return false;
  return record.creation.attempts.some(
    (attempt) =>
      attempt.outcome === 'sent' && key.notAfter === attempt.notAfter && !attempt.keysBefore.includes(key.id),
  );
}

/** Orphans of this rotation among the keys of its AAP. */
export function findOrphans(record: JournalRecord, keys: readonly ClientKey[]): readonly ClientKey[] {
  return keys.filter((key) => isOrphanOfOurs(record, key));
}
