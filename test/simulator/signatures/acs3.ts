import { createHash, createHmac } from 'node:crypto';
import type { Exchange } from '../exchange';
import { ServiceError } from '../serviceError';
import type { Simulation } from '../simulation';
import type { AccessKey } from '../world';
import {
  canonicalQuery,
  findAccessKey,
  requireFresh,
  requireNewNonce,
  sameSignature,
  signatureMismatch,
} from './accessKeys';

const ALGORITHM = 'ACS3-HMAC-SHA256';
const FORM = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/;

/** Headers that must be among the signed ones, else they could be changed on the way. */
function mustBeSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-acs-');
}

/**
 * Verifies an ACS3-HMAC-SHA256 request (docs/facts.md SDK-3): signature, body hash, date, nonce, session token.
 * @returns the AccessKey that signed
 * @throws ServiceError as the gateway in front of the real service answers
 */
export function verifyAcs3(simulation: Simulation, exchange: Exchange): AccessKey {
  const [, id, signedHeaders, signature] = FORM.exec(exchange.headers.authorization ?? '') ?? [];
  if (id === undefined || signedHeaders === undefined || signature === undefined) {
    throw new ServiceError(400, 'MissingAuthorization', 'The Authorization header is missing or malformed.');
  }
  const { headers } = exchange;
  const key = findAccessKey(simulation, id, headers['x-acs-security-token']);
  const bodyHash = createHash('sha256').update(exchange.body).digest('hex');
  const names = signedHeaders.split(';');
  if (Object.keys(headers).some((name) => mustBeSigned(name) && !names.includes(name)))
    throw signatureMismatch();

  const canonicalHeaders = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const canonicalRequest = [
    exchange.method,
    exchange.path,
    canonicalQuery(exchange.query),
    canonicalHeaders,
    signedHeaders,
    bodyHash,
  ].join('\n');
  const toSign = `${ALGORITHM}\n${createHash('sha256').update(canonicalRequest).digest('hex')}`;
  if (!sameSignature(createHmac('sha256', key.secret).update(toSign).digest('hex'), signature)) {
    throw signatureMismatch();
  }
  requireFresh(headers['x-acs-date'] ?? '');
  requireNewNonce(simulation.nonces, headers['x-acs-signature-nonce'] ?? '');
  return key;
}
