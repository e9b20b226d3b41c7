import { isCloudError } from '../../model/cloudError';
import type { Verdict } from '../../model/verdict';
import type { VerdictReading } from '../../rotation/rotations';
import { describeError, isCancelled } from '../errorText';
import type { Translate } from '../words';

/**
 * The verdict now. What keeps the whole log from being found, such as a missing permission for the instances behind the AAP, is
 * *unknown* with the service's words: it must not stand in the way of an override.
 * @param now the service's present, ms UTC
 * @throws what is no failure of the cloud, and a cancellation
 */
export async function verdictOrUnknown(
  read: () => Promise<VerdictReading>,
  now: () => number,
  t: Translate,
): Promise<Verdict> {
  try {
    return (await read()).verdict;
  } catch (error) {
    if (!isCloudError(error) || isCancelled(error)) throw error;
    const detail = describeError(error, t).message;
    return { kind: 'unknown', readAt: now(), reasons: [{ code: 'readFailed', detail }] };
  }
}
