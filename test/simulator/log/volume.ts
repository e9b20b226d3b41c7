import type { EntryColumns, Pattern } from './entryColumns';

const DAY_S = 86_400;

/** What a generated log is like. */
export interface Volume {
  readonly entries: number;
  readonly seed: number;
  /** Unix seconds, half-open: the stretch that the entries fill. */
  readonly from: number;
  readonly to: number;
  readonly oldKeyId: string;
  readonly newKeyId: string;
  readonly aapName: string;
  readonly instanceId: string;
  readonly regionId: string;
  readonly accountId: string;
  /** Days before the end at which the first caller has moved to the new key; the last one moves two days before the end. */
  readonly movingDays: number;
  /** Unix seconds, half-open: a stretch of which the truth is told too. */
  readonly within?: { readonly from: number; readonly to: number };
}

/** What was written, counted while it was written. Times in Unix seconds. */
export interface VolumeTruth {
  readonly keys: readonly {
    readonly keyId: string;
    readonly calls: number;
    readonly first: number;
    readonly last: number;
    /** Calls in `within`. */
    readonly callsWithin: number;
  }[];
  /** Callers that have called with either key: user agent as written, API, resource. */
  readonly callers: readonly { readonly userAgent: string; readonly api: string; readonly calls: number }[];
}

/** One application of the generated log. */
interface Caller {
  readonly keys: 'ours' | 'other';
  readonly userAgent: string;
  readonly api: string;
  readonly resource: string;
  /** Network of its pods, without the last number. */
  readonly network: string;
  readonly pods: number;
  /** Share of the traffic, relative. */
  readonly weight: number;
  /** Hour of the day (UTC) and, for a weekly job, day of the week, 0 for the day of 1970-01-01. */
  readonly hour?: number;
  readonly weekday?: number;
}

const APIS = ['GetSecretValue', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'Sign'];
const OUR_CALLERS = 24;
const OTHER_CALLERS = 12;
/** Per mille of the calls that are answered with each status; the rest is 200. */
const REFUSED = [
  { status: '403', code: 'Forbidden.NoPermission', perMille: 3 },
  { status: '429', code: 'Rejected.Throttling', perMille: 2 },
  { status: '500', code: 'InternalFailure', perMille: 1 },
];

/**
 * Writes a log of one instance: two dozen applications of the AAP that go over from the old key to the new one, among them a nightly and a
 * weekly job, and a neighbour's applications with keys of their own. The same seed writes the same log.
 */
export function writeVolume(volume: Volume): { columns: EntryColumns; truth: VolumeTruth } {
  const random = randomOf(volume.seed);
  const callers = [...callersOf('ours', OUR_CALLERS), ...callersOf('other', OTHER_CALLERS)];
  const wheel = wheelOf(callers);
  const seconds = new Uint32Array(volume.entries);
  const patternOf = new Uint16Array(volume.entries);
  const patterns: Pattern[] = [];
  const known = new Map<number, number>();
  const truth = new Map<string, { calls: number; first: number; last: number; callsWithin: number }>();
  const callsOf = new Float64Array(callers.length);
  const step = (volume.to - volume.from) / volume.entries;
  for (let i = 0; i < volume.entries; i += 1) {
    // Each entry has a step of its own and stands somewhere in it: in order of time without being sorted.
    const second = Math.min(Math.floor(volume.from + (i + random()) * step), volume.to - 1);
    const place = callerAt(callers, wheel, second, random);
    const caller = callers[place];
    if (caller === undefined) throw new Error('There is no such caller.');
    const isNew = second >= movedAt(volume, place);
    // A roll-out a week gives the pods other addresses.
    const pod = (Math.floor(second / (7 * DAY_S)) * 3 + Math.floor(random() * 3)) % caller.pods;
    const refused = refusedBy(random() * 1000);
    const name = ((place * 64 + pod) * 4 + refused + 1) * 2 + Number(isNew);
    let pattern = known.get(name);
    if (pattern === undefined) {
      pattern =
        patterns.push(patternFor(volume, caller, pod, refused, keyOf(volume, caller, place, isNew))) - 1;
      known.set(name, pattern);
    }
    seconds[i] = second;
    patternOf[i] = pattern;
    const keyId = patterns[pattern]?.access_key_id ?? '';
    const key = truth.get(keyId) ?? { calls: 0, first: second, last: second, callsWithin: 0 };
    key.calls += 1;
    key.last = second;
    if (volume.within && second >= volume.within.from && second < volume.within.to) key.callsWithin += 1;
    truth.set(keyId, key);
    callsOf[place] = (callsOf[place] ?? 0) + 1;
  }
  return {
    columns: { seed: volume.seed, seconds, patternOf, patterns },
    truth: {
      keys: [...truth].map(([keyId, key]) => ({ keyId, ...key })),
      callers: callers.flatMap(({ keys, userAgent, api }, i) =>
        keys === 'ours' && callsOf[i] ? [{ userAgent, api, calls: callsOf[i] ?? 0 }] : [],
      ),
    },
  };
}

function callersOf(keys: Caller['keys'], count: number): Caller[] {
  return Array.from({ length: count }, (_, i) => ({
    keys,
    userAgent: `AlibabaCloud (linux; amd64) Java/17.0.${i % 9} ${keys}-service-${String.fromCharCode(97 + i)}/1.${i}`,
    api: APIS[i % APIS.length] ?? '',
    resource: `${keys}/secret-${i}`,
    network: `10.${keys === 'ours' ? 20 : 90}.${i}`,
    pods: 3 + (i % 6),
    weight: 1 + (i % 7) * 3,
    ...(keys === 'ours' && i >= count - 2 && { hour: 2 }),
    ...(keys === 'ours' && i === count - 1 && { weekday: 3 }),
  }));
}

/** Callers as often as their weight says, so that a number picks one. */
function wheelOf(callers: readonly Caller[]): readonly number[] {
  return callers.flatMap(({ weight }, place) => Array<number>(weight).fill(place));
}

/** Picks a caller; a job that is not due leaves its turn to the first service. */
function callerAt(
  callers: readonly Caller[],
  wheel: readonly number[],
  second: number,
  random: () => number,
): number {
  const place = wheel[Math.floor(random() * wheel.length)] ?? 0;
  const { hour, weekday } = callers[place] ?? {};
  const isHour = hour === undefined || Math.floor(second / 3600) % 24 === hour;
  const isDay = weekday === undefined || Math.floor(second / DAY_S) % 7 === weekday;
  return isHour && isDay ? place : 0;
}

/** When an application has gone over to the new key, Unix seconds: one after the other. */
function movedAt(volume: Volume, place: number): number {
  const share = Math.min(place / (OUR_CALLERS - 1), 1);
  const days = volume.movingDays - share * Math.max(0, volume.movingDays - 2);
  return volume.to - days * DAY_S;
}

function keyOf(volume: Volume, caller: Caller, place: number, isNew: boolean): string {
  if (caller.keys === 'ours') return isNew ? volume.newKeyId : volume.oldKeyId;
  return `KAAP.00e5e000-0000-4000-8000-${String(place).padStart(12, '0')}`;
}

/** Place in REFUSED, or −1. */
function refusedBy(perMille: number): number {
  let sum = 0;
  return REFUSED.findIndex((refusal) => {
    sum += refusal.perMille;
    return perMille < sum;
  });
}

function patternFor(volume: Volume, caller: Caller, pod: number, refused: number, keyId: string): Pattern {
  const refusal = REFUSED[refused];
  return {
    access_key_fingerprint: `sha256-${'8cf3'.repeat(16)}`,
    access_key_id: keyId,
    account_id: volume.accountId,
    api_name: caller.api,
    api_version: 'dkms-gcs-0.2',
    client_ip: `${caller.network}.${10 + pod}`,
    error_code: refusal?.code ?? '',
    error_message: '',
    gateway_type: 'dedicated',
    identity_type: 'aap',
    instance_id: volume.instanceId,
    level: 'INFO',
    principal_id: caller.keys === 'ours' ? volume.aapName : 'neighbour-aap',
    region_id: volume.regionId,
    resource_id: caller.resource,
    status_code: refusal?.status ?? '200',
    user_id: volume.accountId,
    useragent: caller.userAgent,
    version: 'V1.0',
  };
}

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
