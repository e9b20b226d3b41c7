import type { AuditEvidence, CallerClass, InstanceEvidence } from '../../../src/model/evidence';
import type { UnknownReason, Verdict, VerdictOptions } from '../../../src/model/verdict';
import { ago, caller, DAY, evidence, HOUR, MINUTE, NEW, OLD, OPTIONS } from './evidenceFixture';
import { type Entry, type History, readHistory } from './historyReader';

/** Something that happens to real keys, and what has to be said of it. */
export interface Situation {
  readonly name: string;
  readonly evidence: AuditEvidence;
  readonly options?: VerdictOptions;
  readonly kind: Verdict['kind'];
  readonly reasons?: readonly UnknownReason['code'][];
}

const ONE = 'kst-1';
const ORDER = caller('order-svc');
const WEEKLY = caller('weekly-report', '10.0.3.0/24');
const MONTHLY = caller('month-end', '10.0.9.0/24');
const FOREIGN = 'KAAP.00000000-63f6-4625-b8cf-47e1086e0009';

/** Calls in a rhythm, both ends included; how long ago, ms. */
function calls(
  who: CallerClass,
  keyId: string,
  from: number,
  to: number,
  step: number,
  status = '200',
): Entry[] {
  const count = Math.floor((from - to) / step) + 1;
  return Array.from({ length: count }, (_, index) => ({
    at: ago(to + index * step),
    keyId,
    caller: who,
    status,
    instanceId: ONE,
  }));
}

/** Single calls, each so long ago. */
const at = (who: CallerClass, keyId: string, times: readonly number[], status = '200') =>
  times.flatMap((time) => calls(who, keyId, time, time, 1, status));

/** Others call all the time, so the log is alive. */
const ALIVE = calls(caller('somebody'), FOREIGN, 179 * DAY, 5 * MINUTE, 4 * HOUR);
/** A service that moved two days ago. */
const MOVED = [
  ...calls(ORDER, OLD, 30 * DAY, 2 * DAY, 2 * HOUR),
  ...calls(ORDER, NEW, 2 * DAY - HOUR, MINUTE, 2 * HOUR),
];

function seen(entries: readonly Entry[], more: Partial<History> = {}): AuditEvidence {
  return readHistory({ entries, instanceIds: [ONE], createdAt: ago(353 * DAY), ...more });
}

const changed = (change: Partial<InstanceEvidence>, entries: readonly Entry[] = [...ALIVE, ...MOVED]) =>
  seen(entries, { change: (instance) => ({ ...instance, ...change }) });

const FIVE = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...ORDER, resource: `secret-${name}` }));
const SECOND = MOVED.map((entry) => ({ ...entry, instanceId: 'kst-2' }));
const TWO = { instanceIds: [ONE, 'kst-2'] };
const problem = (name: NonNullable<InstanceEvidence['problem']>, problemDetail: string) =>
  changed({ problem: name, problemDetail, callers: [], complete: false, callersComplete: false }, []);

export const SITUATIONS: readonly Situation[] = [
  {
    name: 'weekly job that has not moved',
    evidence: seen([...ALIVE, ...at(WEEKLY, OLD, [3 * DAY, 10 * DAY, 17 * DAY])]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'weekly job that moved, within its rhythm',
    evidence: seen([...ALIVE, ...at(WEEKLY, OLD, [8 * DAY, 15 * DAY, 22 * DAY]), ...at(WEEKLY, NEW, [DAY])]),
    kind: 'unknown',
    reasons: ['notQuietLongEnough'],
  },
  {
    name: 'weekly job that moved, beyond its rhythm',
    evidence: seen([...ALIVE, ...at(WEEKLY, OLD, [11 * DAY, 18 * DAY]), ...at(WEEKLY, NEW, [4 * DAY])]),
    kind: 'quiet',
  },
  {
    name: 'weekly job beside a busy service that has moved',
    evidence: seen([...ALIVE, ...MOVED, ...at(WEEKLY, OLD, [5 * DAY, 12 * DAY])]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'monthly job that has not moved',
    evidence: seen([...ALIVE, ...at(MONTHLY, OLD, [26 * DAY, 56 * DAY])]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'monthly job seen only once',
    evidence: seen([...ALIVE, ...MOVED, ...at(MONTHLY, OLD, [34 * DAY])]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'monthly job that moved',
    evidence: seen([...ALIVE, ...at(MONTHLY, OLD, [36 * DAY, 66 * DAY]), ...at(MONTHLY, NEW, [6 * DAY])]),
    kind: 'quiet',
  },
  {
    name: 'quarterly job, silent for longer than 35 days',
    evidence: seen([...ALIVE, ...MOVED, ...at(MONTHLY, OLD, [80 * DAY, 170 * DAY])]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'quarterly job that moved',
    evidence: seen([...ALIVE, ...at(MONTHLY, OLD, [80 * DAY, 170 * DAY]), ...at(MONTHLY, NEW, [HOUR])]),
    kind: 'quiet',
  },
  {
    name: 'rolling deployment that changes every IP',
    evidence: seen([
      ...ALIVE,
      ...['10.0.1.0/24', '10.0.2.0/24'].flatMap((network) =>
        calls({ ...ORDER, network }, OLD, 9 * DAY, 2 * DAY, HOUR),
      ),
      ...['10.0.6.0/24', '10.0.7.0/24'].flatMap((network) =>
        calls({ ...ORDER, network }, NEW, 2 * DAY - HOUR, MINUTE, HOUR),
      ),
    ]),
    kind: 'quiet',
  },
  {
    name: 'five services with one user agent, of which one has not moved',
    evidence: seen([
      ...ALIVE,
      ...FIVE.flatMap((one) => calls(one, OLD, 9 * DAY, 2 * DAY, HOUR)),
      ...FIVE.slice(0, 4).flatMap((one) => calls(one, NEW, 2 * DAY - HOUR, MINUTE, HOUR)),
    ]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'cluster scaled to zero for nine days, still down',
    evidence: seen(calls(ORDER, OLD, 170 * DAY, 9 * DAY, 4 * HOUR)),
    kind: 'unknown',
    reasons: ['nothingLogged', 'callersNotMoved'],
  },
  {
    name: 'cluster scaled to zero for nine days, back with the new key',
    evidence: seen([
      ...calls(ORDER, OLD, 170 * DAY, 11 * DAY, 4 * HOUR),
      ...calls(ORDER, NEW, 2 * DAY, MINUTE, HOUR),
    ]),
    kind: 'unknown',
    reasons: ['logNotAlive'],
  },
  {
    name: 'cluster scaled to zero for nine days, back with the old key',
    evidence: seen([
      ...calls(ORDER, OLD, 170 * DAY, 10 * DAY, 4 * HOUR),
      ...calls(ORDER, OLD, DAY, MINUTE, HOUR),
    ]),
    kind: 'inUse',
  },
  {
    name: 'outage of the log in the middle',
    evidence: seen(
      [
        ...calls(ORDER, OLD, 30 * DAY, 8 * DAY, HOUR),
        ...calls(ORDER, NEW, 8 * DAY - HOUR, 6 * DAY, HOUR),
        ...calls(ORDER, NEW, 3 * DAY, MINUTE, HOUR),
      ],
      { createdAt: ago(30 * DAY) },
    ),
    kind: 'unknown',
    reasons: ['logNotAlive'],
  },
  {
    name: 'outage of the log that was outgrown',
    evidence: seen([
      ...calls(ORDER, OLD, 60 * DAY, 20 * DAY, HOUR),
      ...calls(ORDER, NEW, 20 * DAY - HOUR, 6 * DAY, HOUR),
      ...calls(ORDER, NEW, 3 * DAY, MINUTE, HOUR),
    ]),
    kind: 'quiet',
  },
  {
    name: 'outage of the log that hides what a silent caller did',
    evidence: seen([
      ...ALIVE.filter((entry) => entry.at < ago(30 * DAY) || entry.at > ago(12 * DAY)),
      ...MOVED.filter((entry) => entry.at > ago(12 * DAY)),
      ...at(MONTHLY, OLD, [40 * DAY]),
    ]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'log bought yesterday and empty',
    evidence: seen([]),
    kind: 'unknown',
    reasons: ['logEmpty'],
  },
  {
    name: 'log bought three days ago',
    evidence: seen(MOVED.filter((entry) => entry.at > ago(3 * DAY))),
    kind: 'unknown',
    reasons: ['logTooYoung'],
  },
  {
    name: 'storage full',
    evidence: seen([...ALIVE, ...MOVED].map((entry) => ({ ...entry, at: entry.at - 6 * DAY }))),
    kind: 'unknown',
    reasons: ['nothingLogged'],
  },
  {
    name: 'half-flipped client: the old id, refused with 401',
    evidence: seen([...ALIVE, ...MOVED, ...at(ORDER, OLD, [HOUR + 1], '401')]),
    kind: 'inUse',
  },
  {
    name: 'half-flipped client: the new id, refused with 401',
    evidence: seen([
      ...ALIVE,
      ...calls(ORDER, OLD, 30 * DAY, 2 * DAY, 2 * HOUR),
      ...calls(ORDER, NEW, 2 * DAY - HOUR, MINUTE, HOUR, '401'),
    ]),
    kind: 'unknown',
    reasons: ['callersNotMoved'],
  },
  {
    name: 'shared gateway',
    evidence: seen([...ALIVE, ...MOVED], { sharedGateway: true }),
    kind: 'unknown',
    reasons: ['sharedGateway'],
  },
  {
    name: 'no instance',
    evidence: evidence({ instances: [] }),
    kind: 'unknown',
    reasons: ['noInstance'],
  },
  {
    name: 'several instances, all quiet',
    evidence: seen(
      [...ALIVE, ...MOVED, ...ALIVE.map((one) => ({ ...one, instanceId: 'kst-2' })), ...SECOND],
      TWO,
    ),
    kind: 'quiet',
  },
  {
    name: 'several instances, one that is called no more',
    evidence: seen([...ALIVE, ...MOVED, ...SECOND.filter((one) => one.at < ago(2 * DAY - HOUR))], TWO),
    kind: 'unknown',
    reasons: ['logTooYoung', 'nothingLogged'],
  },
  {
    name: 'several instances, one of them still called with the old key',
    evidence: seen(
      [...ALIVE, ...MOVED, ...at(WEEKLY, OLD, [HOUR]).map((one) => ({ ...one, instanceId: 'kst-2' }))],
      TWO,
    ),
    kind: 'inUse',
  },
  {
    name: 'delivery delay: a day by the clock is not yet a day in the log',
    evidence: seen(
      [
        ...calls(caller('somebody'), FOREIGN, 179 * DAY, 0, 5 * MINUTE * 12),
        ...calls(ORDER, OLD, 5 * DAY, DAY + 5 * MINUTE, HOUR),
        ...calls(ORDER, NEW, DAY, MINUTE, HOUR),
      ],
      { delayMs: 10 * MINUTE },
    ),
    kind: 'unknown',
    reasons: ['notQuietLongEnough'],
  },
  {
    name: 'silent caller, gone for longer than 35 days',
    evidence: seen([...ALIVE, ...MOVED, ...at(MONTHLY, OLD, [60 * DAY])]),
    kind: 'quiet',
  },
  {
    name: 'retired caller',
    evidence: seen([...ALIVE, ...MOVED, ...at(MONTHLY, OLD, [26 * DAY])]),
    options: { ...OPTIONS, retired: [{ caller: MONTHLY, reason: 'switched off' }] },
    kind: 'quiet',
  },
  {
    name: 'retired caller that calls all the same',
    evidence: seen([...ALIVE, ...MOVED, ...at(MONTHLY, OLD, [HOUR])]),
    options: { ...OPTIONS, retired: [{ caller: MONTHLY, reason: 'switched off' }] },
    kind: 'inUse',
  },
  {
    name: 'key that was never used',
    evidence: seen(ALIVE, { createdAt: ago(3 * DAY) }),
    kind: 'quiet',
  },
  { name: 'log not bought', evidence: problem('notBought', ''), kind: 'unknown', reasons: ['logNotBought'] },
  {
    name: 'no permission',
    evidence: problem('noPermission', 'log:GetIndex'),
    kind: 'unknown',
    reasons: ['noPermission'],
  },
  {
    name: 'project absent',
    evidence: problem('projectMissing', 'kms-log-kst-1'),
    kind: 'unknown',
    reasons: ['projectMissing'],
  },
  {
    name: 'log store absent',
    evidence: problem('logStoreMissing', 'kms_audit_log'),
    kind: 'unknown',
    reasons: ['logStoreMissing'],
  },
  {
    name: 'index absent',
    evidence: problem('indexMissing', 'access_key_id'),
    kind: 'unknown',
    reasons: ['indexMissing'],
  },
  {
    name: 'log that cannot be read',
    evidence: problem('failed', 'timed out'),
    kind: 'unknown',
    reasons: ['readFailed'],
  },
  {
    name: 'incomplete answer',
    evidence: changed({ complete: false }),
    kind: 'unknown',
    reasons: ['incomplete'],
  },
  {
    name: 'callers still being read',
    evidence: changed({ callersComplete: false }),
    kind: 'unknown',
    reasons: ['stillReading'],
  },
  {
    name: 'index without analytics',
    evidence: changed({ callersComplete: false, callersSampled: true }),
    kind: 'unknown',
    reasons: ['callersSampled'],
  },
  {
    name: 'log chosen by hand, without a call of the new key',
    evidence: changed({ project: 'our-logs', newKeyCalls: 0 }),
    kind: 'unknown',
    reasons: ['chosenLogUnproven'],
  },
  {
    name: 'region of the log chosen by hand, with calls of the new key',
    evidence: changed({ logRegionId: 'cn-shanghai' }),
    kind: 'quiet',
  },
];
