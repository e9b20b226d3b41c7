import { createHmac } from 'node:crypto';
import { type Exchange, parseForm } from '../exchange';
import type { Simulation } from '../simulation';
import type { AccessKey } from '../world';
import {
  canonicalQuery,
  findAccessKey,
  percentEncode,
  requireFresh,
  requireNewNonce,
  sameSignature,
  signatureMismatch,
} from './accessKeys';

/**
 * Verifies an RPC v1 request (HMAC-SHA1, signature in the query; docs/facts.md SDK-2), the scheme of
 * `@alicloud/kms20160120` 1.2.0.
 * @returns the AccessKey that signed
 */
export function verifyRpc(simulation: Simulation, exchange: Exchange): AccessKey {
  const { Signature: signature = '', ...query } = exchange.query;
  const key = findAccessKey(simulation, query.AccessKeyId ?? '', query.SecurityToken);
  const parameters = { ...query, ...parseForm(exchange.body.toString('utf8')) };
  const toSign = `${exchange.method}&${percentEncode('/')}&${percentEncode(canonicalQuery(parameters))}`;
  const expected = createHmac('sha1', `${key.secret}&`).update(toSign).digest('base64');
  if (query.SignatureMethod !== 'HMAC-SHA1' || !sameSignature(expected, signature)) throw signatureMismatch();
  requireFresh(query.Timestamp ?? '');
  requireNewNonce(simulation.nonces, query.SignatureNonce ?? '');
  return key;
}
