import { isCloudError } from '../model/cloudError';
import type { Action, Context } from './context';
import type { JournalRecord } from './journalRecord';
import { RotationError, throwIfCancelled } from './rotationError';
import { newKeyOf } from './settling';

/** The gateway may learn a new key late: nothing is patched before this has passed since the answer. */
const SETTLING_MS = 30_000;
const POLL_MS = 3000;
/** With more than a minute to go (a shifted `NotBefore`), the service is asked less often. */
const LONG_POLL_MS = 10_000;

/**
 * Waits until the new key is usable by the service's own clock, and until then asks for the key every few seconds: the
 * answer tells the service's time, and that the key is still there.
 * @throws RotationError `newKeyGone`, `cancelled`
 */
export async function waitUntilUsable(
  context: Context,
  record: JournalRecord,
  action: Action,
): Promise<void> {
  const { id, notBefore } = newKeyOf(record);
  if (record.createdAt === undefined) throw new RotationError('wrongState', { state: record.state });
  const from = Math.max(notBefore, record.createdAt + SETTLING_MS);
  for (;;) {
    throwIfCancelled(action.signal);
    try {
      await context.keys.getClientKey(record.aap, id, action.signal);
    } catch (error) {
      if (isCloudError(error) && error.kind === 'notFound')
        throw new RotationError('newKeyGone', { keyId: id });
      throw error;
    }
    const left = from - context.keys.now(record.aap.accountId);
    if (left <= 0) return;
    action.onProgress({ step: 'waiting', secondsLeft: Math.ceil(left / 1000) });
    await context.sleep(Math.min(left, left > 60_000 ? LONG_POLL_MS : POLL_MS), action.signal);
  }
}
