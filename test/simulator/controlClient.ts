import * as v from 'valibot';
import type { Control } from './control';

const RequestSchema = v.object({
  at: v.number(),
  service: v.picklist(['kms', 'log', 'gateway']),
  method: v.string(),
  action: v.string(),
  region: v.exactOptional(v.string()),
  status: v.number(),
  code: v.exactOptional(v.string()),
  requestId: v.string(),
  userAgent: v.string(),
  ms: v.number(),
  bytes: v.number(),
});
const KeySchema = v.object({
  id: v.string(),
  aapName: v.string(),
  regionId: v.string(),
  createdAt: v.number(),
  notBefore: v.number(),
  notAfter: v.number(),
  deletedAt: v.exactOptional(v.number()),
});
const CountSchema = v.object({ keyId: v.string(), accepted: v.number(), refused: v.number() });
const CredentialSchema = v.object({ keyId: v.string(), privateKeyData: v.string(), password: v.string() });
const TruthSchema = v.object({
  keys: v.array(
    v.object({
      keyId: v.string(),
      calls: v.number(),
      first: v.number(),
      last: v.number(),
      callsWithin: v.number(),
    }),
  ),
  callers: v.array(v.object({ userAgent: v.string(), api: v.string(), calls: v.number() })),
});
const Nothing = v.pipe(
  v.unknown(),
  v.transform((): void => undefined),
);

/**
 * The control of a simulator in another process.
 * @param url its address, `http://127.0.0.1:PORT`
 * @param accountId the account that is steered; the first when left out
 * @throws Error when the simulator refuses the call or cannot be reached
 */
export function connectControl(url: string, accountId?: string): Control {
  const folder = accountId === undefined ? '/_control' : `/_control/${accountId}`;
  async function call<T>(
    result: v.GenericSchema<unknown, T>,
    name: keyof Control,
    ...args: unknown[]
  ): Promise<T> {
    const response = await fetch(new URL(`${folder}/${name}`, url), {
      method: 'POST',
      body: JSON.stringify(args),
    });
    const answer = v.parse(
      v.object({ result: v.optional(v.unknown()), error: v.optional(v.string()) }),
      await response.json(),
    );
    if (answer.error !== undefined) throw new Error(`The simulator refused ${name}: ${answer.error}`);
    return v.parse(result, answer.result);
  }
  return {
    now: () => call(v.number(), 'now'),
    moveClock: (ms) => call(Nothing, 'moveClock', ms),
    nextDay: () => call(Nothing, 'nextDay'),
    injectFault: (fault) => call(Nothing, 'injectFault', fault),
    clearFaults: () => call(Nothing, 'clearFaults'),
    setLogging: (instanceId, on) => call(Nothing, 'setLogging', instanceId, on),
    setIndex: (instanceId, kind) => call(Nothing, 'setIndex', instanceId, kind),
    setGatewayDelay: (ms) => call(Nothing, 'setGatewayDelay', ms),
    setLogDelay: (ms) => call(Nothing, 'setLogDelay', ms),
    setQps: (limit) => call(Nothing, 'setQps', limit),
    setLatency: (ms) => call(Nothing, 'setLatency', ms),
    setRegionList: (kind) => call(Nothing, 'setRegionList', kind),
    setBytesPerRow: (bytes) => call(Nothing, 'setBytesPerRow', bytes),
    denyAction: (action, denied, region) =>
      call(Nothing, 'denyAction', action, denied, ...(region === undefined ? [] : [region])),
    expireToken: (accessKeyId, code) =>
      call(Nothing, 'expireToken', accessKeyId, ...(code === undefined ? [] : [code])),
    requests: () => call(v.array(RequestSchema), 'requests'),
    keys: (aapName) => call(v.array(KeySchema), 'keys', ...(aapName === undefined ? [] : [aapName])),
    callCounts: () => call(v.array(CountSchema), 'callCounts'),
    addClientKey: (aapName, key) => call(CredentialSchema, 'addClientKey', aapName, key),
    removeClientKey: (keyId) => call(Nothing, 'removeClientKey', keyId),
    addCalls: (calls) => call(v.number(), 'addCalls', calls),
    addEntries: (instanceId, entries) => call(Nothing, 'addEntries', instanceId, entries),
    addVolume: (volume) => call(TruthSchema, 'addVolume', volume),
    loseEntries: (instanceId, lost) => call(Nothing, 'loseEntries', instanceId, lost),
    setLogNames: (instanceId, names) => call(Nothing, 'setLogNames', instanceId, names),
    setCompression: (kind) => call(Nothing, 'setCompression', kind),
    forgetCaller: (userAgent) => call(Nothing, 'forgetCaller', userAgent),
  };
}
