import { classKey } from '../model/callers';
import type { CallerClass } from '../model/evidence';
import { MAX_REASON_LENGTH } from '../model/rotation';
import { type Context, requireState } from './context';
import type { RotationRecord } from './journalRecord';
import { RotationError } from './rotationError';

/**
 * Notes that a caller is gone, and why; a second mark takes the place of the first. A mark is part of the receipt, so
 * nothing is marked once the old key is deleted.
 * @throws RotationError `wrongState`, `markWithoutReason`, `markTooLong`
 */
export async function markRetired(
  context: Context,
  record: RotationRecord,
  caller: CallerClass,
  reason: string,
): Promise<RotationRecord> {
  requireState(record, 'created', 'watching', 'deleting');
  const given = reason.trim();
  if (given === '') throw new RotationError('markWithoutReason');
  if (given.length > MAX_REASON_LENGTH) throw new RotationError('markTooLong', { max: MAX_REASON_LENGTH });
  const { userAgent, api, resource, network } = caller;
  const mark = {
    caller: { userAgent, api, resource, network },
    reason: given,
    at: context.keys.now(record.aap.accountId),
  };
  return context.journal.update(record, { retired: [...others(record, caller), mark] });
}

/**
 * Takes the mark back; without one nothing is written.
 * @throws RotationError `wrongState`
 */
export async function unmarkRetired(
  context: Context,
  record: RotationRecord,
  caller: CallerClass,
): Promise<RotationRecord> {
  requireState(record, 'created', 'watching', 'deleting');
  const retired = others(record, caller);
  return retired.length === (record.retired ?? []).length
    ? record
    : context.journal.update(record, { retired });
}

function others({ retired = [] }: RotationRecord, caller: CallerClass) {
  return retired.filter((mark) => classKey(mark.caller) !== classKey(caller));
}
