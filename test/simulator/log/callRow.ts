import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { toServiceTime } from '../clock';
import type { StoredKey, World } from '../world';
import type { LogRow } from './auditLog';

/** What the gateway knows about one call of an application. */
export interface Call {
  /** Server time, ms. */
  readonly at: number;
  readonly instanceId: string;
  readonly regionId: string;
  readonly keyId: string;
  readonly apiName: string;
  readonly clientIp: string;
  readonly userAgent: string;
  readonly resourceId: string;
  readonly durationMs: number;
}

/** How the gateway answered; without a code it accepted. */
export interface Outcome {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
}

/** The row that the audit log keeps of a call. Names and meaning of the fields: docs/facts.md LOG-4. */
export function rowOfCall(world: World, call: Call, outcome: Outcome, key: StoredKey | undefined): LogRow {
  return {
    at: call.at,
    fields: {
      access_key_fingerprint: key === undefined ? '' : fingerprint(key),
      access_key_id: call.keyId,
      account_id: key === undefined ? '' : world.accountId,
      api_name: call.apiName,
      api_version: 'dkms-gcs-0.2',
      client_ip: call.clientIp,
      duration: call.durationMs.toFixed(3),
      error_code: outcome.code ?? '',
      error_message: outcome.message ?? '',
      gateway_type: 'dedicated',
      identity_type: 'aap',
      instance_id: call.instanceId,
      level: 'INFO',
      principal_id: key?.aapName ?? '',
      region_id: call.regionId,
      request_id: randomUUID(),
      resource_id: call.resourceId,
      status_code: String(outcome.status),
      time: toServiceTime(call.at),
      user_id: world.accountId,
      useragent: call.userAgent,
      version: 'V1.0',
    },
  };
}

const fingerprints = new Map<string, string>();

/** `sha256-…` over the public key; that the SPKI encoding is hashed is assumed (docs/facts.md LOG-4). */
function fingerprint(key: StoredKey): string {
  const known = fingerprints.get(key.id);
  if (known !== undefined) return known;
  const spki = new X509Certificate(key.certificatePem).publicKey.export({ type: 'spki', format: 'der' });
  const made = `sha256-${createHash('sha256').update(spki).digest('hex')}`;
  fingerprints.set(key.id, made);
  return made;
}
