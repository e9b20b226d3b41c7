import * as v from 'valibot';
import type { AapRef, ClientKey } from '../model/clientKey';
import { Secret } from '../model/secret';
import { ServiceTime } from './answers';
import { createCloudError } from './errors';
import type { KmsApi, Target } from './kmsApi';
import { toServiceTime } from './serviceClock';

const LIST = 'ListClientKeys';

const KeyFields = v.object({
  ClientKeyId: v.string(),
  AapName: v.optional(v.nullish(v.string())),
  CreateTime: ServiceTime,
  NotBefore: ServiceTime,
  NotAfter: ServiceTime,
  PublicKeyData: v.optional(v.nullish(v.string())),
});

/** An AAP without keys has an empty list: an answer without any is somebody else's, and no proof that there are none. */
const KeyList = v.object({ ClientKeys: v.array(KeyFields) });

const RegionKeyList = v.object({
  ClientKeys: v.array(v.object({ ...KeyFields.entries, AapName: v.pipe(v.string(), v.minLength(1)) })),
});

/** The private part comes this once only: what else is missing or odd in the answer must not lose it. */
const NewKey = v.object({
  ClientKeyId: v.pipe(v.string(), v.regex(/^[\w.-]{1,128}$/)),
  PrivateKeyData: v.pipe(v.string(), v.minLength(1)),
  NotBefore: v.optional(v.fallback(v.optional(ServiceTime), undefined)),
  NotAfter: v.optional(v.fallback(v.optional(ServiceTime), undefined)),
});

/** @throws CloudError; reads are repeated, so they may take a while */
export async function listClientKeys(
  api: KmsApi,
  aap: AapRef,
  signal?: AbortSignal,
): Promise<readonly ClientKey[]> {
  const { answer } = await api.call(aap, {
    action: LIST,
    method: 'GET',
    query: { AapName: aap.aapName },
    answer: KeyList,
    signal,
  });
  return answer.ClientKeys.filter((key) => !key.AapName || key.AapName === aap.aapName).map((key) =>
    toClientKey(aap, key),
  );
}

/**
 * The client keys of all AAPs of a region by one call, where the service does that (docs/facts.md KMS-5). An AAP without keys
 * does not occur in it.
 * @throws CloudError; `badAnswer` if it does not say whose a key is
 */
export async function listRegionKeys(
  api: KmsApi,
  target: Target,
  signal?: AbortSignal,
): Promise<readonly ClientKey[]> {
  const { answer } = await api.call(target, {
    action: LIST,
    method: 'GET',
    answer: RegionKeyList,
    signal,
  });
  return answer.ClientKeys.map((key) => toClientKey({ ...target, aapName: key.AapName }, key));
}

export async function getClientKey(
  api: KmsApi,
  aap: AapRef,
  keyId: string,
  signal?: AbortSignal,
): Promise<ClientKey> {
  const action = 'GetClientKey';
  const { answer } = await api.call(aap, {
    action,
    method: 'GET',
    query: { ClientKeyId: keyId },
    answer: KeyFields,
    signal,
  });
  if (answer.AapName && answer.AapName !== aap.aapName)
    throw createCloudError({
      kind: 'notFound',
      action,
      message: `${action}: ${keyId} belongs to another application access point.`,
    });
  return toClientKey(aap, answer);
}

/**
 * Creates a client key. Never repeated: after an error with `effectUnknown` the caller looks whether it exists.
 * @param request times in ms UTC, sent as whole seconds
 */
export async function createClientKey(
  api: KmsApi,
  aap: AapRef,
  request: { readonly password: Secret; readonly notBefore: number; readonly notAfter: number },
) {
  const password = request.password.reveal();
  const { answer, requestId, answeredAt } = await api.call(aap, {
    action: 'CreateClientKey',
    body: {
      AapName: aap.aapName,
      Password: password,
      NotBefore: toServiceTime(request.notBefore),
      NotAfter: toServiceTime(request.notAfter),
    },
    answer: NewKey,
    secrets: [password],
  });
  return {
    id: answer.ClientKeyId,
    notBefore: answer.NotBefore ?? request.notBefore,
    notAfter: answer.NotAfter ?? request.notAfter,
    privateKeyData: new Secret(answer.PrivateKeyData),
    requestId,
    answeredAt,
  };
}

/** Deletes a client key, at once and for good. Never repeated. */
export async function deleteClientKey(
  api: KmsApi,
  aap: AapRef,
  keyId: string,
): Promise<{ requestId: string }> {
  const { requestId } = await api.call(aap, {
    action: 'DeleteClientKey',
    body: { ClientKeyId: keyId },
    answer: v.looseObject({}),
  });
  return { requestId };
}

function toClientKey(aap: AapRef, key: v.InferOutput<typeof KeyFields>): ClientKey {
  return {
    accountId: aap.accountId,
    regionId: aap.regionId,
    aapName: aap.aapName,
    id: key.ClientKeyId,
    createdAt: key.CreateTime,
    notBefore: key.NotBefore,
    notAfter: key.NotAfter,
    // The documented example has its line feeds written as `\n` (docs/facts.md KMS-5).
    ...(key.PublicKeyData && { publicKeyPem: key.PublicKeyData.replaceAll('\\n', '\n') }),
  };
}
