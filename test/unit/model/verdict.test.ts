import assert from 'node:assert/strict';
import type { AuditEvidence, InstanceEvidence } from '../../../src/model/evidence';
import type { UnknownReason, VerdictOptions } from '../../../src/model/verdict';
import { needsVerdict, verdictOf } from '../../../src/model/verdictOf';
import {
  ago,
  caller,
  DAY,
  evidence,
  HOUR,
  MINUTE,
  NEVER_SEEN,
  NEW,
  NOW,
  OLD,
  OPTIONS,
  quietInstance,
  use,
  withInstance,
  without,
} from './evidenceFixture';

const neverSeen = (more: Partial<InstanceEvidence> = {}) =>
  without(quietInstance({ ...NEVER_SEEN, ...more }), 'oldKeyLast');

function reasonsOf(given: AuditEvidence, options = OPTIONS): readonly UnknownReason[] {
  const verdict = verdictOf(given, options);
  assert.equal(verdict.kind, 'unknown', JSON.stringify(verdict));
  return verdict.kind === 'unknown' ? verdict.reasons : [];
}

const codesOf = (given: AuditEvidence, options = OPTIONS) =>
  reasonsOf(given, options).map((reason) => reason.code);

function assertQuiet(given: AuditEvidence, options = OPTIONS): void {
  const verdict = verdictOf(given, options);
  assert.equal(verdict.kind, 'quiet', JSON.stringify(verdict));
}

describe('verdict: quiet', () => {
  it('since the last call, measured up to the newest entry of the log', () => {
    assert.deepEqual(verdictOf(evidence(), OPTIONS), {
      kind: 'quiet',
      readAt: NOW,
      since: ago(2 * DAY),
      quietMs: 2 * DAY - 5 * MINUTE,
      neededMs: DAY,
      chosenLogs: [],
    });
  });

  it('of a key never seen since its creation, or since the log began', () => {
    const old = verdictOf(evidence({ instances: [neverSeen()] }), OPTIONS);
    assert.equal(old.kind === 'quiet' && old.since, ago(180 * DAY));
    const oldKey = { id: OLD, createdAt: ago(3 * DAY), notAfter: NOW + DAY };
    const young = verdictOf(evidence({ oldKey, instances: [neverSeen()] }), OPTIONS);
    assert.equal(young.kind === 'quiet' && young.since, ago(3 * DAY));
  });

  it('of several instances when every one is', () => {
    const second = quietInstance({
      instanceId: 'kst-2',
      oldKeyLast: ago(30 * HOUR),
      callers: [use(caller('b'), OLD, ago(30 * HOUR)), use(caller('b'), NEW, ago(HOUR))],
    });
    const verdict = verdictOf(evidence({ instances: [quietInstance(), second] }), OPTIONS);
    assert.equal(verdict.kind, 'quiet');
    assert.equal(verdict.kind === 'quiet' && verdict.since, ago(30 * HOUR));
    assert.equal(verdict.kind === 'quiet' && verdict.quietMs, 30 * HOUR - 5 * MINUTE);
  });
});

describe('verdict: in use', () => {
  it('by an entry within the quiet period, with the callers that deletion would break', () => {
    const callers = [
      use(caller('billing-job'), OLD, ago(2 * MINUTE)),
      use(caller('order-svc'), OLD, ago(3 * HOUR)),
      use(caller('order-svc'), NEW, ago(MINUTE)),
    ];
    assert.deepEqual(verdictOf(withInstance({ oldKeyLast: ago(2 * MINUTE), callers }), OPTIONS), {
      kind: 'inUse',
      readAt: NOW,
      lastCall: ago(2 * MINUTE),
      callers: [caller('billing-job')],
    });
  });

  it('whatever the status of the call', () => {
    for (const status of ['401', '403', '429', '500']) {
      const calls = { calls: 1, statuses: { [status]: 1 } };
      const callers = [use(caller('billing-job'), OLD, ago(HOUR), calls)];
      assert.equal(verdictOf(withInstance({ oldKeyLast: ago(HOUR), callers }), OPTIONS).kind, 'inUse');
    }
  });

  it('counted back from the present, up to the quiet period', () => {
    const at = (last: number) => ({
      oldKeyLast: last,
      callers: [use(caller('a'), OLD, last), use(caller('a'), NEW, NOW)],
    });
    assert.equal(verdictOf(withInstance(at(ago(DAY - 1))), OPTIONS).kind, 'inUse');
    assert.equal(verdictOf(withInstance({ ...at(ago(DAY)), newestAny: NOW }), OPTIONS).kind, 'quiet');
    assert.equal(verdictOf(withInstance(at(NOW + MINUTE)), OPTIONS).kind, 'inUse');
  });

  it('for at least one hour, whatever the options say', () => {
    const last = ago(59 * MINUTE);
    const callers = [use(caller('a'), OLD, last), use(caller('a'), NEW, NOW)];
    const given = withInstance({ oldKeyLast: last, callers, longestPauseMs: MINUTE, newestAny: NOW });
    for (const quietPeriodMs of [0, -1, MINUTE])
      assert.equal(verdictOf(given, { ...OPTIONS, quietPeriodMs }).kind, 'inUse');
    const later = {
      ...given,
      readAt: NOW + 2 * MINUTE,
      instances: given.instances.map((one) => ({ ...one, newestAny: NOW + 2 * MINUTE })),
    };
    assertQuiet(later, { ...OPTIONS, quietPeriodMs: 0 });
  });

  it('goes before every doubt about the logs', () => {
    const inUse = quietInstance({ instanceId: 'kst-2', oldKeyLast: ago(HOUR), complete: false, callers: [] });
    const doubtful = evidence({
      sharedGateway: true,
      instances: [quietInstance({ problem: 'notBought' }), inUse],
    });
    const verdict = verdictOf(doubtful, OPTIONS);
    assert.equal(verdict.kind, 'inUse');
    assert.equal(verdict.kind === 'inUse' && verdict.lastCall, ago(HOUR));
  });

  it('also by a caller whose call is newer than the newest row', () => {
    const callers = [use(caller('a'), OLD, ago(HOUR))];
    assert.equal(verdictOf(withInstance({ callers }), OPTIONS).kind, 'inUse');
  });

  it('names a caller that calls although it is marked as retired', () => {
    const callers = [use(caller('a'), OLD, ago(HOUR))];
    const options = { ...OPTIONS, retired: [{ caller: caller('a'), reason: 'switched off' }] };
    const verdict = verdictOf(withInstance({ oldKeyLast: ago(HOUR), callers }), options);
    assert.deepEqual(verdict.kind === 'inUse' && verdict.callers, [caller('a')]);
  });
});

describe('verdict: unknown because of the log', () => {
  const problems: readonly [NonNullable<InstanceEvidence['problem']>, UnknownReason['code']][] = [
    ['notBought', 'logNotBought'],
    ['noPermission', 'noPermission'],
    ['projectMissing', 'projectMissing'],
    ['logStoreMissing', 'logStoreMissing'],
    ['indexMissing', 'indexMissing'],
    ['failed', 'readFailed'],
  ];
  for (const [problem, code] of problems)
    it(`${problem}: ${code}, and nothing else`, () => {
      const instance: InstanceEvidence = {
        instanceId: 'kst-hzz65f',
        project: 'kms-log-kst-hzz65f',
        logStore: 'kms_audit_log',
        problem,
        problemDetail: 'the detail',
        oldKeyCalls: 0,
        newKeyCalls: 0,
        longestPauseMs: 0,
        complete: false,
        callers: [],
        callersComplete: false,
      };
      assert.deepEqual(reasonsOf(evidence({ instances: [instance] })), [
        { code, detail: 'the detail', instanceId: 'kst-hzz65f' },
      ]);
    });

  const cases: readonly [string, AuditEvidence, readonly UnknownReason['code'][]][] = [
    ['no instance at all', evidence({ instances: [] }), ['noInstance']],
    [
      'an AAP over the shared gateway alone',
      evidence({ instances: [], sharedGateway: true }),
      ['sharedGateway'],
    ],
    ['an AAP over the shared gateway too', evidence({ sharedGateway: true }), ['sharedGateway']],
    ['an incomplete result', withInstance({ complete: false }), ['incomplete']],
    ['a class list still being read', withInstance({ callersComplete: false }), ['stillReading']],
    ['entries without a time', evidence({ instances: [neverSeen({ oldKeyCalls: 3 })] }), ['incomplete']],
    ['entries without a caller', withInstance({ callers: NEVER_SEEN.callers ?? [] }), ['stillReading']],
    [
      'a class list older than the newest entry',
      withInstance({ callers: [use(caller('a'), OLD, ago(3 * DAY)), use(caller('a'), NEW, NOW)] }),
      ['stillReading'],
    ],
    [
      'an empty log',
      evidence({ instances: [without(neverSeen({ callers: [] }), 'begins', 'newestAny')] }),
      ['logEmpty'],
    ],
    [
      'a log younger than 35 days and than the key',
      withInstance({ begins: ago(35 * DAY - 1) }),
      ['logTooYoung'],
    ],
    [
      'a pause longer than a quarter',
      withInstance({ longestPauseMs: (2 * DAY - 5 * MINUTE) / 4 + 1 }),
      ['logNotAlive'],
    ],
    [
      'a pause up to the present',
      withInstance({ newestAny: ago(10 * HOUR), longestPauseMs: HOUR }),
      ['nothingLogged'],
    ],
    [
      'an instance that nobody calls any more',
      withInstance({
        newestAny: ago(2 * DAY),
        longestPauseMs: 2 * DAY,
        callers: [use(caller('a'), OLD, ago(2 * DAY))],
      }),
      ['nothingLogged', 'callersNotMoved'],
    ],
    [
      'a day by the clock that is not yet a day in the log',
      withInstance({
        newestAny: ago(2 * HOUR),
        oldKeyLast: ago(25 * HOUR),
        callers: [use(caller('a'), OLD, ago(25 * HOUR)), use(caller('a'), NEW, ago(2 * HOUR))],
      }),
      ['notQuietLongEnough'],
    ],
    [
      'a key created two hours ago',
      evidence({
        oldKey: { id: OLD, createdAt: ago(2 * HOUR), notAfter: NOW + DAY },
        instances: [neverSeen()],
      }),
      ['notQuietLongEnough'],
    ],
    [
      'a log chosen by hand in which the new key does not call',
      withInstance({ project: 'our-logs', newKeyCalls: 0 }),
      ['chosenLogUnproven'],
    ],
    [
      'a log store chosen by hand in which the new key does not call',
      withInstance({ logStore: 'copy', newKeyCalls: 0 }),
      ['chosenLogUnproven'],
    ],
  ];
  for (const [what, given, codes] of cases)
    it(`${what}: ${codes.join(', ')}`, () => assert.deepEqual(codesOf(given), codes));

  it('is outgrown just by waiting, or at the limit', () => {
    assertQuiet(withInstance({ longestPauseMs: (2 * DAY - 5 * MINUTE) / 4 }));
    assertQuiet(withInstance({ begins: ago(35 * DAY) }));
    assertQuiet(withInstance({ project: 'our-logs', newKeyCalls: 1 }));
  });

  it('does not ask a log to be older than its key', () => {
    const oldKey = { id: OLD, createdAt: ago(5 * DAY), notAfter: NOW + DAY };
    assertQuiet(evidence({ oldKey, instances: [quietInstance({ begins: ago(5 * DAY) })] }));
    const later = quietInstance({ begins: ago(4 * DAY) });
    assert.deepEqual(codesOf(evidence({ oldKey, instances: [later] })), ['logTooYoung']);
  });

  it('says times and instances', () => {
    const young = reasonsOf(withInstance({ begins: ago(20 * DAY) }));
    assert.deepEqual(young, [{ code: 'logTooYoung', at: ago(20 * DAY), instanceId: 'kst-hzz65f' }]);
    const dead = reasonsOf(withInstance({ longestPauseMs: DAY }));
    assert.deepEqual(dead, [{ code: 'logNotAlive', durationMs: DAY, instanceId: 'kst-hzz65f' }]);
    const stopped = reasonsOf(withInstance({ newestAny: ago(DAY) }));
    assert.deepEqual(stopped, [{ code: 'nothingLogged', at: ago(DAY), instanceId: 'kst-hzz65f' }]);
  });

  it('if only one of several instances is', () => {
    const second = quietInstance({ instanceId: 'kst-2', problem: 'notBought' });
    assert.deepEqual(reasonsOf(evidence({ instances: [quietInstance(), second] })), [
      { code: 'logNotBought', instanceId: 'kst-2' },
    ]);
  });

  it('never lets a time that is no number count as quiet', () => {
    for (const member of ['oldKeyLast', 'newestAny', 'longestPauseMs'] as const)
      assert.notEqual(verdictOf(withInstance({ [member]: Number.NaN }), OPTIONS).kind, 'quiet', member);
    assert.notEqual(verdictOf(evidence(), { ...OPTIONS, quietPeriodMs: Number.NaN }).kind, 'quiet');
    assert.notEqual(verdictOf(evidence({ readAt: Number.NaN }), OPTIONS).kind, 'quiet');
  });
});

describe('verdict: unknown because of the callers', () => {
  const monthEnd = caller('month-end');
  const with26Days = withInstance({
    callers: [...quietInstance().callers, use(monthEnd, OLD, ago(26 * DAY), { longestGapMs: 0 })],
  });
  const retired = (reason: string): VerdictOptions => ({
    ...OPTIONS,
    retired: [{ caller: monthEnd, reason }],
  });

  it('that have not moved, by name', () => {
    assert.deepEqual(reasonsOf(with26Days), [{ code: 'callersNotMoved', callers: [monthEnd] }]);
  });

  it('unless they are marked as retired with a reason', () => {
    assertQuiet(with26Days, retired('switched off in October'));
    assert.deepEqual(codesOf(with26Days, retired('  ')), ['callersNotMoved']);
    const other = { ...OPTIONS, retired: [{ caller: caller('month-end', '10.9.9.0/24'), reason: 'gone' }] };
    assert.deepEqual(codesOf(with26Days, other), ['callersNotMoved']);
  });

  it('unless they are silent for 35 days and longer than their rhythm', () => {
    const silent = (last: number, longestGapMs: number) =>
      withInstance({ callers: [...quietInstance().callers, use(monthEnd, OLD, last, { longestGapMs })] });
    const newest = ago(5 * MINUTE);
    assertQuiet(silent(newest - 35 * DAY, 0));
    assert.deepEqual(codesOf(silent(newest - 35 * DAY + 1, 0)), ['callersNotMoved']);
    assertQuiet(silent(newest - 46 * DAY, 30 * DAY));
    assert.deepEqual(codesOf(silent(newest - 45 * DAY, 30 * DAY)).at(-1), 'callersNotMoved');
  });

  it('that moved, as long as they are not silent for their own rhythm', () => {
    const moved = (last: number, longestGapMs: number) =>
      withInstance({
        callers: [
          ...quietInstance().callers,
          use(monthEnd, OLD, last, { longestGapMs }),
          use(monthEnd, NEW, ago(HOUR), { longestGapMs }),
        ],
      });
    const newest = ago(5 * MINUTE);
    assert.deepEqual(codesOf(moved(newest - 14 * DAY, 10 * DAY)), ['notQuietLongEnough']);
    assertQuiet(moved(newest - 15 * DAY, 10 * DAY));
    // A single pause of 100 days asks for 35 days, not for 150.
    assert.deepEqual(codesOf(moved(newest - 35 * DAY + 1, 100 * DAY)), ['notQuietLongEnough']);
    assertQuiet(moved(newest - 35 * DAY, 100 * DAY));
  });

  it('says how long the key has to be quiet, counted from its last call', () => {
    const callers = [
      use(caller('weekly'), OLD, ago(2 * DAY), { longestGapMs: 7 * DAY }),
      use(caller('weekly'), NEW, ago(HOUR), { longestGapMs: 7 * DAY }),
    ];
    assert.deepEqual(reasonsOf(withInstance({ callers })), [
      {
        code: 'notQuietLongEnough',
        durationMs: 10.5 * DAY,
        quietMs: 2 * DAY - 5 * MINUTE,
        until: NOW + 8.5 * DAY,
        at: ago(2 * DAY),
        instanceId: 'kst-hzz65f',
      },
    ]);
  });
});

describe('a key that expired', () => {
  it('needs a verdict until 24 hours later', () => {
    assert.equal(needsVerdict({ notAfter: NOW + DAY }, NOW), true);
    assert.equal(needsVerdict({ notAfter: ago(DAY) }, NOW), true);
    assert.equal(needsVerdict({ notAfter: ago(DAY + 1) }, NOW), false);
    assert.equal(needsVerdict({ notAfter: Number.NaN }, NOW), true);
  });
});
