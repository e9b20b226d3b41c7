import OpenApi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import * as v from 'valibot';
import type { AccessKey, AccountCredentials } from './accessKey';
import type { Caller, Timeouts } from './call';
import { type Endpoint, resolveEndpoint } from './endpoint';
import { parseAnswer, placed } from './errors';
import { foldError } from './foldError';
import type { Network } from './network/network';
import { isJson } from './network/wire';
import type { Urgency } from './pace';
import type { ServiceClock } from './serviceClock';

const KMS_VERSION = '2016-01-20';

export interface Target {
  readonly accountId: string;
  readonly regionId: string;
}

interface KmsRequest<Schema> {
  readonly action: string;
  /** GET for the few operations that allow nothing else. */
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string>>;
  /** Where a secret goes, not into the URL (docs/facts.md SDK-8). Its presence makes the call one with an effect. */
  readonly body?: Readonly<Record<string, string>>;
  readonly answer: Schema;
  /** Values that must not stand in an error. */
  readonly secrets?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Sends it by other means than the generic client, as long as the AccessKey has no session token. Gives the body. */
  sendWithoutToken?(key: AccessKey, endpoint: Endpoint, userAgent: string, wait: number): Promise<unknown>;
}

interface KmsAnswer<Answer> {
  readonly answer: Answer;
  readonly requestId: string;
  /** The service's time, ms UTC. */
  readonly answeredAt: number;
}

export interface KmsApi {
  /** One call of the KMS API 2016-01-20. @throws CloudError alone */
  call<Schema extends v.GenericSchema>(
    target: Target,
    request: KmsRequest<Schema>,
  ): Promise<KmsAnswer<v.InferOutput<Schema>>>;
}

/** What every attempt needs. */
export interface KmsParts {
  readonly caller: Caller;
  readonly network: Network;
  readonly clock: ServiceClock;
  readonly timeouts: Timeouts;
  readonly userAgent: string;
  endpoint(): string;
  credentialsOf(accountId: string): AccountCredentials;
}

const Envelope = v.object({ RequestId: v.optional(v.fallback(v.string(), ''), '') });

/**
 * Calls through the SDK's generic client: ACS3-HMAC-SHA256 over header, body hash and path.
 * @param urgency of all its calls, which share the rates of the caller with those of every other urgency
 */
export function createKmsApi(parts: KmsParts, urgency: Urgency): KmsApi {
  return {
    call: (target, request) => {
      const { action } = request;
      const effect = request.body !== undefined;
      const turn = { account: target.accountId, lane: target.regionId, urgency };
      const work = parts.caller.run({ action, ...turn, effect, signal: request.signal }, async () => {
        const key = await parts.credentialsOf(target.accountId).getCredentials();
        const sent = await send(parts, target, request, key, effect);
        const answer = parseAnswer(action, request.answer, sent.body, effect);
        const { RequestId } = parseAnswer(action, Envelope, sent.body, effect);
        return { answer, requestId: RequestId, answeredAt: parts.clock.note(target.accountId, sent.headers) };
      });
      return placed(target, work);
    },
  };
}

/** One attempt. @returns the body as it came, and the headers that say something to us */
async function send<Schema>(
  parts: KmsParts,
  target: Target,
  request: KmsRequest<Schema>,
  key: AccessKey,
  effect: boolean,
): Promise<{ body: unknown; headers: Readonly<Record<string, string>> }> {
  const endpoint = resolveEndpoint(parts.endpoint(), target.regionId, request.action);
  const wait = effect ? parts.timeouts.effect : parts.timeouts.read;
  const isTemporary = key.securityToken !== undefined;
  // An effect that has begun is not broken off: whether it took place would not be known.
  const attempt = { action: request.action, signal: effect ? undefined : request.signal };
  return await parts.network.attempt(attempt, async (wire) => {
    try {
      const body =
        request.sendWithoutToken && !isTemporary
          ? await request.sendWithoutToken(key, endpoint, parts.userAgent, wait)
          : await sendGenerically(request, key, endpoint, parts.userAgent, wait);
      return { body, headers: wire.headers };
    } catch (error) {
      // Errors tell the time too: a clock that is wrong has every call refused.
      if (isJson(wire)) parts.clock.note(target.accountId, wire.headers);
      throw foldError(request.action, error, {
        effect,
        temporary: isTemporary,
        secrets: [key.accessKeySecret, key.securityToken ?? '', ...(request.secrets ?? [])],
        wire,
      });
    }
  });
}

async function sendGenerically<Schema>(
  request: KmsRequest<Schema>,
  key: AccessKey,
  endpoint: Endpoint,
  userAgent: string,
  wait: number,
): Promise<unknown> {
  // A client per call: it costs nothing, and id, secret and token are of one session.
  const client = new OpenApi(
    new Config({ ...key, endpoint: endpoint.host, protocol: endpoint.protocol, userAgent }),
  );
  const params = new Params({
    action: request.action,
    version: KMS_VERSION,
    protocol: endpoint.protocol,
    pathname: endpoint.path,
    method: request.method ?? 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const answer = await client.callApi(
    params,
    new OpenApiRequest({
      ...(request.query && { query: request.query }),
      ...(request.body && { body: request.body }),
    }),
    new RuntimeOptions({ readTimeout: wait, connectTimeout: wait, autoretry: false }),
  );
  return answer.body;
}
