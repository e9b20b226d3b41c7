import assert from 'node:assert/strict';
import type { AuditEvidence } from '../../../src/model/evidence';
import { type EvidenceItem, evidenceItems } from '../../../src/model/evidenceItems';
import { verdictOf } from '../../../src/model/verdictOf';
import {
  ago,
  caller,
  DAY,
  evidence,
  HOUR,
  MINUTE,
  NEW,
  OLD,
  OPTIONS,
  quietInstance,
  use,
  withInstance,
  without,
} from './evidenceFixture';

const itemsOf = (given: AuditEvidence, options = OPTIONS): readonly EvidenceItem[] =>
  evidenceItems(given, verdictOf(given, options), options);

function codes(items: readonly EvidenceItem[]): readonly string[] {
  return items.map((item) =>
    item.code === 'reason' ? item.params.reason.code : `${item.code} ${item.level}`,
  );
}

describe('evidence behind a verdict', () => {
  const ID = 'kst-hzz65f';

  it('of a quiet key: log alive, old enough and complete, calls, callers', () => {
    assert.deepEqual(itemsOf(evidence()), [
      {
        level: 'ok',
        code: 'logAlive',
        params: { instanceId: ID, pauseMs: 40 * MINUTE, quietMs: 2 * DAY - 5 * MINUTE },
      },
      {
        level: 'ok',
        code: 'logReaches',
        params: { instanceId: ID, begins: ago(180 * DAY), keyCreatedAt: ago(353 * DAY) },
      },
      { level: 'ok', code: 'resultComplete', params: { instanceId: ID } },
      { level: 'note', code: 'oldKeyCalls', params: { instanceId: ID, calls: 100, last: ago(2 * DAY) } },
      {
        level: 'ok',
        code: 'newKeyCalls',
        params: { calls: 300, first: ago(2 * DAY - MINUTE), last: ago(5 * MINUTE) },
      },
      { level: 'ok', code: 'callersMoved', params: { moved: 1, total: 1 } },
    ]);
  });

  it('counts the stretch up to the present as a pause', () => {
    const items = itemsOf(withInstance({ newestAny: ago(HOUR), longestPauseMs: MINUTE }));
    const alive = items.find((item) => item.code === 'logAlive');
    assert.deepEqual(alive?.params, { instanceId: ID, pauseMs: HOUR, quietMs: 2 * DAY - HOUR });
  });

  it('puts every reason for unknown first, and no praise of the same thing', () => {
    const log = { newestAny: ago(20 * HOUR), begins: ago(20 * DAY), callersComplete: false };
    assert.deepEqual(codes(itemsOf(withInstance(log))), [
      'stillReading',
      'logTooYoung',
      'nothingLogged',
      'oldKeyCalls note',
      'newKeyCalls ok',
      'callersMoved ok',
    ]);
  });

  it('tells nothing of a log that cannot be read but why', () => {
    const second = quietInstance({ instanceId: 'kst-2', problem: 'notBought', callers: [] });
    const items = itemsOf(evidence({ instances: [second] }));
    assert.deepEqual(codes(items), ['logNotBought', 'newKeyCalls ok']);
  });

  it('of a key in use does not say that it was not quiet, nor that the log was alive since', () => {
    const callers = [use(caller('order-svc'), OLD, ago(MINUTE)), use(caller('order-svc'), NEW, ago(0))];
    assert.deepEqual(codes(itemsOf(withInstance({ oldKeyLast: ago(MINUTE), callers }))), [
      'logReaches ok',
      'resultComplete ok',
      'oldKeyCalls note',
      'newKeyCalls ok',
      'callersMoved ok',
    ]);
  });

  it('names callers that count with a reservation', () => {
    const elsewhere = caller('order-svc', '10.0.9.0/24');
    const monthEnd = caller('month-end');
    const gone = caller('gone');
    const given = withInstance({
      callers: [
        use(caller('order-svc'), OLD, ago(2 * DAY)),
        use(elsewhere, NEW, ago(HOUR)),
        use(monthEnd, OLD, ago(26 * DAY)),
        use(gone, OLD, ago(50 * DAY)),
      ],
    });
    const options = { ...OPTIONS, retired: [{ caller: monthEnd, reason: 'switched off' }] };
    assert.deepEqual(itemsOf(given, options).slice(-4), [
      { level: 'note', code: 'callersMoved', params: { moved: 1, total: 3 } },
      { level: 'note', code: 'probablyMoved', params: { callers: [caller('order-svc')] } },
      { level: 'note', code: 'silentCallers', params: { callers: [gone] } },
      { level: 'note', code: 'retiredCaller', params: { caller: monthEnd, reason: 'switched off' } },
    ]);
  });

  it('says when the rhythm of a caller asks for more than the quiet period', () => {
    const callers = [
      use(caller('weekly'), OLD, ago(2 * DAY), { longestGapMs: 7 * DAY }),
      use(caller('weekly'), NEW, ago(HOUR)),
    ];
    assert.deepEqual(itemsOf(withInstance({ callers })).at(-1), {
      level: 'note',
      code: 'quietPeriodGrown',
      params: { neededMs: 10.5 * DAY, periodMs: DAY },
    });
  });

  it('names a log that was chosen by hand', () => {
    const items = itemsOf(withInstance({ project: 'our-logs' }));
    assert.ok(
      items.some((item) => item.code === 'chosenLog' && item.params.log === 'our-logs / kms_audit_log'),
      JSON.stringify(items),
    );
  });

  it('of a key that was never seen has no last call, and no line on a new key where there is none', () => {
    const unseen = without(quietInstance({ oldKeyCalls: 0, callers: [] }), 'oldKeyLast');
    const { newKeyId: _, ...single } = evidence({ instances: [unseen] });
    const items = itemsOf(single);
    assert.deepEqual(codes(items), ['logAlive ok', 'logReaches ok', 'resultComplete ok', 'oldKeyCalls note']);
    assert.deepEqual(items.at(-1)?.params, { instanceId: ID, calls: 0 });
  });
});
