import type { KeptPlace } from '../model/rollout';
import { type Context, requireState } from './context';
import type { RotationRecord } from './journalRecord';

/** Keeps what the user says of a place of the roll-out list, in the place of what was kept of it before. */
export async function keepPlace(
  context: Context,
  record: RotationRecord,
  place: KeptPlace,
): Promise<RotationRecord> {
  requireState(record, 'created', 'watching', 'deleting');
  const kept = record.places ?? [];
  const known = kept.some(({ id }) => id === place.id);
  const places = known
    ? kept.map((one) => (one.id === place.id ? { ...place } : one))
    : [...kept, { ...place }];
  return context.journal.update(record, { places });
}

/** Forgets what the user said of a place; without that nothing is written. */
export async function removePlace(
  context: Context,
  record: RotationRecord,
  placeId: string,
): Promise<RotationRecord> {
  requireState(record, 'created', 'watching', 'deleting');
  const kept = record.places ?? [];
  const places = kept.filter(({ id }) => id !== placeId);
  return places.length === kept.length ? record : context.journal.update(record, { places });
}
