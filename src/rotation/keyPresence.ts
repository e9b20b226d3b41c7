import type { AapRef, ClientKey } from '../model/clientKey';
import { isCloudError } from '../model/cloudError';
import type { Context } from './context';

/** The service's own word for a key that does not exist (docs/facts.md KMS-12). A 404 of anything in between is not it. */
const GONE = 'Forbidden.ResourceNotFound';

/** Whether the service itself says that what was asked for does not exist. */
export function saysGone(error: unknown): boolean {
  return isCloudError(error) && error.kind === 'notFound' && error.code === GONE;
}

/**
 * A key as it is now. One list without it proves nothing (it may be of another account, or cut on its way), and what follows
 * from an absence cannot be taken back: so a key that is not listed is asked for by its id.
 * @param listed the keys of the AAP, just read
 * @returns undefined if the service confirms that there is no such key
 * @throws CloudError if it is not listed and nobody says that it is gone
 */
export async function findKeyNow(
  context: Context,
  aap: AapRef,
  keyId: string,
  listed: readonly ClientKey[],
  signal?: AbortSignal,
): Promise<ClientKey | undefined> {
  const key = listed.find((candidate) => candidate.id === keyId);
  if (key !== undefined) return key;
  try {
    return await context.keys.getClientKey(aap, keyId, signal);
  } catch (error) {
    if (saysGone(error)) return undefined;
    throw error;
  }
}
