import { createHash, createHmac } from 'node:crypto';
import type { Exchange } from '../exchange';
import { ServiceError } from '../serviceError';
import type { Simulation } from '../simulation';
import type { AccessKey } from '../world';
import { MAX_SKEW_MS, sameSignature } from './accessKeys';

/**
 * Verifies a request of the log service, signature v1 with HMAC-SHA256 (docs/facts.md SDK-4).
 * @returns the AccessKey that signed
 */
export function verifySls(simulation: Simulation, exchange: Exchange): AccessKey {
  const { headers } = exchange;
  const [, id, signature] = /^LOG ([^:]+):(.+)$/.exec(headers.authorization ?? '') ?? [];
  if (id === undefined || signature === undefined) {
    throw new ServiceError(401, 'Unauthorized', 'The authorization header is missing or malformed.');
  }
  const key = simulation.world.accessKeys.find((each) => each.id === id);
  if (key === undefined) throw new ServiceError(401, 'Unauthorized', `AccessKeyId not found: ${id}`);
  if (key.securityToken !== headers['x-acs-security-token']) {
    throw new ServiceError(401, 'Unauthorized', 'The security token is not valid.');
  }
  if (simulation.knobs.expiredTokens.has(id))
    throw new ServiceError(401, 'Unauthorized', 'The security token you provided has expired.');
  if (exchange.body.length > 0) {
    const md5 = createHash('md5').update(exchange.body).digest('hex').toUpperCase();
    if (md5 !== headers['content-md5']) throw mismatch();
  }
  const canonicalHeaders = Object.keys(headers)
    .filter((name) => name.includes('x-log-') || name.includes('x-acs-'))
    .sort()
    .map((name) => `${name}:${headers[name]}\n`)
    .join('');
  const query = Object.keys(exchange.query).sort();
  const resource =
    exchange.path + (query.length > 0 ? `?${query.map((n) => `${n}=${exchange.query[n]}`).join('&')}` : '');
  const toSign =
    `${exchange.method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n` +
    `${headers.date ?? ''}\n${canonicalHeaders}${resource}`;
  const expected = createHmac('sha256', key.secret).update(toSign).digest('base64');
  if (headers['x-log-signaturemethod'] !== 'hmac-sha256' || !sameSignature(expected, signature))
    throw mismatch();
  const date = Date.parse(headers.date ?? '');
  if (Number.isNaN(date) || Math.abs(Date.now() - date) > MAX_SKEW_MS) {
    throw new ServiceError(
      400,
      'RequestTimeExpired',
      'The request time is more than 15 minutes away from the server time.',
    );
  }
  return key;
}

function mismatch(): ServiceError {
  return new ServiceError(
    403,
    'SignatureNotMatch',
    'The signature does not match the one calculated by the server.',
  );
}
