import { timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../serviceError';
import type { Simulation } from '../simulation';
import type { AccessKey } from '../world';

/** Requests are refused when their date is further away than this from the machine's clock. */
export const MAX_SKEW_MS = 15 * 60_000;

/** Nonces seen within the time in which their request could still be repeated. */
export type NonceBook = Map<string, number>;

/** The AccessKey with this id, or the service's error. `token` is the session token that came along. */
export function findAccessKey(
  { world, knobs }: Simulation,
  id: string,
  token: string | undefined,
): AccessKey {
  const key = world.accessKeys.find((each) => each.id === id);
  if (key === undefined) {
    throw new ServiceError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  }
  if (key.securityToken !== token) {
    throw key.securityToken !== undefined && token === undefined
      ? new ServiceError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
      : new ServiceError(400, 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
  }
  const expiry = knobs.expiredTokens.get(id);
  if (expiry === 'InvalidAccessKeyId.NotFound')
    throw new ServiceError(404, expiry, 'Specified access key is not found.');
  if (expiry !== undefined) throw new ServiceError(400, expiry, 'Specified SecurityToken is expired.');
  return key;
}

/**
 * Dates of signed requests are judged by the machine's clock, not by the simulator's: a moved clock must not turn the
 * SDKs' signatures away.
 */
export function requireFresh(date: string): void {
  const ms = Date.parse(date);
  if (Number.isNaN(ms) || Math.abs(Date.now() - ms) > MAX_SKEW_MS) {
    throw new ServiceError(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  }
}

export function requireNewNonce(book: NonceBook, nonce: string): void {
  const now = Date.now();
  for (const [old, at] of book) {
    if (now - at <= 2 * MAX_SKEW_MS) break;
    book.delete(old);
  }
  if (nonce === '' || book.has(nonce)) {
    throw new ServiceError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  }
  book.set(nonce, now);
}

/** Whether two signatures are the same text. */
export function sameSignature(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

export function signatureMismatch(): ServiceError {
  return new ServiceError(
    400,
    'SignatureDoesNotMatch',
    'Specified signature is not matched with our calculation.',
  );
}

/** RFC 3986: what `encodeURIComponent` leaves alone but the signatures do not. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Sorted `key=value` pairs, both percent-encoded, joined by `&`. */
export function canonicalQuery(parameters: Record<string, string>): string {
  return Object.keys(parameters)
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(parameters[name] ?? '')}`)
    .join('&');
}
