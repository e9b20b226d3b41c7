import * as v from 'valibot';
import type { Accounts } from './accounts';
import { type Control, createControl } from './control';
import type { Answer, Exchange } from './exchange';
import { FaultSchema } from './faults';
import { COMPRESSIONS, EXPIRY_CODES, REGION_LISTS } from './simulation';

const nothing = v.tuple([]);
const text = v.tuple([v.string()]);
const number = v.tuple([v.number()]);
const stretch = v.object({ from: v.number(), to: v.number() });

/** The arguments of every method, as a JSON array in the body. */
const ARGUMENTS = {
  now: nothing,
  moveClock: number,
  nextDay: nothing,
  injectFault: v.tuple([FaultSchema]),
  clearFaults: nothing,
  setLogging: v.tuple([v.string(), v.boolean()]),
  setIndex: v.tuple([v.string(), v.picklist(['full', 'noAnalytics', 'none'])]),
  setGatewayDelay: number,
  setLogDelay: number,
  setQps: number,
  setLatency: number,
  setRegionList: v.tuple([v.picklist(REGION_LISTS)]),
  setBytesPerRow: number,
  denyAction: v.union([v.tuple([v.string(), v.boolean()]), v.tuple([v.string(), v.boolean(), v.string()])]),
  expireToken: v.union([text, v.tuple([v.string(), v.picklist(EXPIRY_CODES)])]),
  requests: nothing,
  keys: v.union([nothing, text]),
  callCounts: nothing,
  addClientKey: v.tuple([
    v.string(),
    v.object({
      notAfter: v.number(),
      notBefore: v.exactOptional(v.number()),
      createdAt: v.exactOptional(v.number()),
      password: v.exactOptional(v.string()),
    }),
  ]),
  removeClientKey: text,
  addCalls: v.tuple([
    v.object({
      keyId: v.string(),
      instanceId: v.string(),
      from: v.number(),
      to: v.number(),
      userAgent: v.string(),
      apiName: v.string(),
      resourceId: v.string(),
      clientIp: v.string(),
    }),
  ]),
  addEntries: v.tuple([
    v.string(),
    v.array(
      v.object({
        at: v.number(),
        deliveredAt: v.exactOptional(v.number()),
        fields: v.record(v.string(), v.unknown()),
      }),
    ),
  ]),
  addVolume: v.tuple([
    v.object({
      instanceId: v.string(),
      entries: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000_000)),
      oldKeyId: v.string(),
      newKeyId: v.string(),
      aapName: v.string(),
      days: v.exactOptional(v.number()),
      seed: v.exactOptional(v.number()),
      movingDays: v.exactOptional(v.number()),
      within: v.exactOptional(stretch),
    }),
  ]),
  loseEntries: v.tuple([v.string(), v.partial(stretch)]),
  setLogNames: v.tuple([
    v.string(),
    v.object({ project: v.exactOptional(v.string()), logStore: v.exactOptional(v.string()) }),
  ]),
  setCompression: v.tuple([v.picklist(COMPRESSIONS)]),
  forgetCaller: text,
} satisfies Record<keyof Control, v.GenericSchema<unknown, unknown[]>>;

/**
 * `POST /_control/<method>`, or `/_control/<account id>/<method>` for another account than the first, with the arguments as a JSON array (one argument may also stand alone, none may be left
 * out altogether). Answers `{"result": …}`, or 400 with `{"error": …}`.
 */
export async function answerControl(accounts: Accounts, exchange: Exchange): Promise<Answer> {
  const [name = '', accountId] = exchange.path.slice('/_control/'.length).split('/').reverse();
  try {
    const control = createControl(accounts, accountId);
    if (exchange.method !== 'POST' || !isMethod(name)) return failed(404, `There is no control ${name}.`);
    const body: unknown = exchange.body.length === 0 ? [] : JSON.parse(exchange.body.toString('utf8'));
    const given = v.parse(ARGUMENTS[name], Array.isArray(body) ? body : [body]);
    // The arguments were just checked against this very method; the compiler cannot follow the pairing.
    const method = control[name] as (...args: unknown[]) => Promise<unknown>;
    return { status: 200, json: { result: (await method(...given)) ?? null } };
  } catch (error) {
    return failed(400, error instanceof Error ? error.message : 'The control failed.');
  }
}

function isMethod(name: string): name is keyof Control {
  return Object.hasOwn(ARGUMENTS, name);
}

function failed(status: number, error: string): Answer {
  return { status, json: { error } };
}
