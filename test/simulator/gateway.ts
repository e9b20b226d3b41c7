import { randomBytes } from 'node:crypto';
import type { Answer, Exchange } from './exchange';
import { type Call, type Outcome, rowOfCall } from './log/callRow';
import { MAX_SKEW_MS } from './signatures/accessKeys';
import { contentHash, isSignedBy } from './signatures/rsa';
import { callerName, type Simulation } from './simulation';
import { instancesOfAap, type StoredKey, type World } from './world';

/** The instance of `/instance/<kst-id>`, the address at which applications call. */
export function gatewayInstance(path: string): string | undefined {
  return /^\/instance\/(kst-[a-z0-9]+)\/?$/.exec(path)?.[1];
}

const ACCEPTED: Outcome = { status: 200 };

/**
 * What the gateway of an instance says to a key at a moment of server time, its signature being right. Unknown and
 * deleted keys get the documented answer (docs/facts.md KMS-17); the codes for expired and not yet valid ones are assumed.
 */
export function judgeKey(
  world: World,
  keyId: string,
  instanceId: string,
  at: number,
): { outcome: Outcome; key: StoredKey | undefined } {
  const key = world.keys.find((each) => each.id === keyId);
  if (
    key === undefined ||
    at < key.knownToGatewayAt ||
    (key.deletedAt !== undefined && at >= key.deletedAt) ||
    !instancesOfAap(world, key.regionId, key.aapName).includes(instanceId)
  ) {
    const message = `The AccessKey ID "${keyId}" does not exist in our records.`;
    return { outcome: { status: 404, code: 'Unauthorized', message }, key: undefined };
  }
  if (at < key.notBefore)
    return { outcome: refusal('Forbidden.ClientKeyNotYetValid', 'is not yet valid'), key };
  if (at >= key.notAfter) return { outcome: refusal('Forbidden.ClientKeyExpired', 'has expired'), key };
  return { outcome: ACCEPTED, key };
}

function refusal(code: string, what: string): Outcome {
  return { status: 403, code, message: `The client key ${what}.` };
}

/**
 * Answers one call of an application and writes it to the audit log. The body is JSON where the real gateway speaks
 * protobuf; the signature is the real one. The address of the client comes from `x-forwarded-for`, since everything
 * here is loopback.
 * @param forced an outcome that a fault dictates
 */
export function answerGateway(
  simulation: Simulation,
  exchange: Exchange,
  instanceId: string,
  forced: Outcome | undefined,
): Answer {
  const { world, clock, log } = simulation;
  const instance = world.instances.find((each) => each.id === instanceId);
  if (instance === undefined)
    return refuse(exchange, { status: 404, code: 'InstanceNotFound', message: 'No such instance.' });
  const { headers } = exchange;
  const call: Call = {
    at: clock.now(),
    instanceId,
    regionId: instance.regionId,
    // The header is spelled like this in the instance SDKs.
    keyId: headers['x-kms-acccesskeyid'] ?? '',
    apiName: headers['x-kms-apiname'] ?? '',
    clientIp: headers['x-forwarded-for'] ?? '127.0.0.1',
    userAgent: headers['user-agent'] ?? '',
    resourceId: resourceOf(exchange.body),
    durationMs: 1 + Math.random() * 3,
  };
  const judged = judgeKey(world, call.keyId, instanceId, call.at);
  const outcome = forced ?? authenticate(exchange, judged.outcome, judged.key);
  count(simulation, call.keyId, outcome.status === 200);
  if (instance.logging) log.append([rowOfCall(world, call, outcome, judged.key)]);
  simulation.callers.set(callerName(call), call);
  return outcome.status === 200 ? accept(exchange, call) : refuse(exchange, outcome);
}

function authenticate(exchange: Exchange, outcome: Outcome, key: StoredKey | undefined): Outcome {
  if (key === undefined) return outcome;
  const { headers } = exchange;
  const signed =
    headers['x-kms-signaturemethod'] === 'RSA_PKCS1_SHA_256' &&
    headers['content-sha256'] === contentHash(exchange.body) &&
    isSignedBy(key.certificatePem, exchange.method, exchange.path, headers);
  if (!signed) return { status: 401, code: 'SignatureNotMatch', message: 'Use a valid client key.' };
  const date = Date.parse(headers.date ?? '');
  if (Number.isNaN(date) || Math.abs(Date.now() - date) > MAX_SKEW_MS) {
    return {
      status: 400,
      code: 'RequestTimeTooSkewed',
      message: 'The request time differs too much from the server time.',
    };
  }
  return outcome;
}

function count(simulation: Simulation, keyId: string, accepted: boolean): void {
  const entry = simulation.counts.get(keyId) ?? { keyId, accepted: 0, refused: 0 };
  if (accepted) entry.accepted += 1;
  else entry.refused += 1;
  simulation.counts.set(keyId, entry);
}

function resourceOf(body: Buffer): string {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed !== 'object' || parsed === null) return '';
    if ('SecretName' in parsed) return String(parsed.SecretName);
    return 'KeyId' in parsed ? String(parsed.KeyId) : '';
  } catch {
    return '';
  }
}

/** Answers that look like the API's; the values are random, as nothing depends on them. */
function accept(exchange: Exchange, call: Call): Answer {
  const random = randomBytes(16).toString('base64');
  const body =
    call.apiName === 'GetSecretValue'
      ? { SecretName: call.resourceId, SecretData: random, VersionId: 'v1' }
      : { KeyId: call.resourceId, CiphertextBlob: random };
  return { status: 200, json: { ...body, RequestId: exchange.requestId } };
}

function refuse(exchange: Exchange, outcome: Outcome): Answer {
  return {
    status: outcome.status,
    json: {
      StatusCode: outcome.status,
      ErrorCode: outcome.code ?? '',
      ErrorMessage: outcome.message ?? '',
      RequestId: exchange.requestId,
    },
  };
}
