import fc from 'fast-check';
import type { CallerClass } from '../../../src/model/evidence';
import type { VerdictOptions } from '../../../src/model/verdict';
import { ago, caller, DAY, HOUR, MINUTE, NEW, NOW, OLD } from './evidenceFixture';
import type { Entry, History } from './historyReader';

/** Somebody else's key: its entries only show that the log is alive. */
const FOREIGN = 'KAAP.00000000-63f6-4625-b8cf-47e1086e0009';
const MAX_BACKGROUND = 40;

/** Short and long times equally likely, ms. */
const durations = (from: number, to: number) =>
  fc
    .double({ min: Math.log(from), max: Math.log(to), noNaN: true })
    .map((exponent) => Math.round(Math.exp(exponent)));

export const classes: fc.Arbitrary<CallerClass> = fc.constantFrom(
  caller('order-svc'),
  caller('order-svc', '10.0.7.0/24'),
  caller('billing-job'),
  { ...caller('order-svc'), resource: 'api-token' },
);

export const statuses = fc.constantFrom('200', '200', '200', '200', '401', '403', '429', '500');

/** One program: it calls with the old key in its rhythm, and afterwards, as a rule, with the new one. */
const program = fc.record({
  who: classes,
  /** Where its calls with the new key come from. */
  elsewhere: fc.nat({ max: 5 }).map((one) => one === 0),
  rhythm: fc.oneof(fc.constant(10 * MINUTE), durations(MINUTE, 2 * DAY), durations(DAY, 90 * DAY)),
  oldCalls: fc.integer({ min: 1, max: 5 }),
  /** Its last call with the old key, in parts of the time since the key's last call. */
  earlier: fc.oneof(fc.constant(1), fc.double({ min: 1, max: 20, noNaN: true })),
  newCalls: fc.constantFrom(0, 1, 2, 4, 4, 4, 4, 4),
  /** The last one of those, as a part of the time until now. */
  until: fc.double({ min: 0.01, max: 1, noNaN: true }),
  oldStatus: statuses,
  newStatus: statuses,
  second: fc.nat({ max: 4 }).map((one) => one === 0),
});
type Program = typeof program extends fc.Arbitrary<infer T> ? T : never;

const spec = fc.record({
  programs: fc.array(program, { minLength: 1, maxLength: 3 }),
  /** Since the key's last call. */
  quiet: fc.oneof(durations(MINUTE, 2 * DAY), durations(DAY, 100 * DAY), durations(DAY, 100 * DAY)),
  instances: fc.constantFrom(1, 1, 2),
  /** Entries of other keys in the quiet time. */
  density: fc.integer({ min: 3, max: 30 }),
  outage: fc.option(fc.record({ at: fc.nat({ max: 30 }), length: fc.nat({ max: 15 }) }), {
    freq: 1,
    nil: undefined,
  }),
  logAge: fc.oneof({ weight: 4, arbitrary: fc.constant(179 * DAY) }, durations(DAY, 179 * DAY)),
  keyAge: fc.oneof(fc.constant(353 * DAY), durations(2 * DAY, 400 * DAY)),
  delayMs: fc.constantFrom(0, 0, 3000, 10 * MINUTE),
  sharedGateway: fc.nat({ max: 30 }).map((one) => one === 0),
});
type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;

/** What happened around a key, and how it is read. */
export const histories: fc.Arbitrary<History> = spec.map(toHistory);

export const options: fc.Arbitrary<VerdictOptions> = fc.record({
  quietPeriodMs: fc.constantFrom(0, HOUR, DAY, DAY, 7 * DAY),
  retired: fc.array(fc.record({ caller: classes, reason: fc.constantFrom('gone', ' ') }), { maxLength: 1 }),
});

function toHistory(given: Spec): History {
  const instanceIds = ['kst-1', 'kst-2'].slice(0, given.instances);
  const history: History = {
    entries: [
      ...given.programs.flatMap((one) => entriesOf(one, given, instanceIds)),
      ...instanceIds.flatMap((id) => background(given, id)),
    ],
    instanceIds,
    createdAt: ago(given.keyAge),
    delayMs: given.delayMs,
    sharedGateway: given.sharedGateway,
  };
  // What is printed of one that fails.
  return Object.assign(history, { [fc.toStringMethod]: () => fc.stringify(given) });
}

function entriesOf(one: Program, { quiet }: Spec, instanceIds: readonly string[]): readonly Entry[] {
  const instanceId = instanceIds[one.second ? instanceIds.length - 1 : 0] ?? '';
  const last = ago(Math.min(170 * DAY, quiet * one.earlier));
  const old = Array.from({ length: one.oldCalls }, (_, index) => last - index * one.rhythm);
  const there = one.elsewhere ? { ...one.who, network: '10.9.9.0/24' } : one.who;
  const fresh = Array.from(
    { length: one.newCalls },
    (_, index) => last + ((NOW - last) * one.until * (index + 1)) / one.newCalls,
  );
  return [
    ...old.map((at) => ({ at, keyId: OLD, caller: one.who, status: one.oldStatus, instanceId })),
    ...fresh.map((at) => ({
      at: Math.round(at),
      keyId: NEW,
      caller: there,
      status: one.newStatus,
      instanceId,
    })),
  ];
}

/** Calls that keep the log alive: evenly over the quiet time and some of the time before, with an outage perhaps. */
function background({ quiet, density, outage, logAge }: Spec, instanceId: string): readonly Entry[] {
  const step = quiet / density;
  const count = Math.min(MAX_BACKGROUND, Math.floor(logAge / step));
  const times = [ago(logAge), ...Array.from({ length: count }, (_, index) => Math.round(ago(index * step)))];
  return times
    .filter((_, index) => outage === undefined || index < outage.at || index >= outage.at + outage.length)
    .map((at) => ({ at, keyId: FOREIGN, caller: caller('somebody'), status: '200', instanceId }));
}
