import assert from 'node:assert/strict';
import type { AuditText } from '../../../../src/model/auditView';
import { auditViewState } from '../../../../src/ui/audit/auditViewState';
import { parseMessage } from '../../../../src/webview/audit/stateSchema';
import {
  callerOf,
  DAY,
  entryOf,
  evidenceOf,
  inUse,
  NEW_KEY,
  NOW,
  OLD_KEY,
  quiet,
  readingOf,
  rotationOf,
  t,
  use,
} from './fixtures';

const plain = (text: AuditText): string =>
  text.map((part) => (typeof part === 'string' ? part : '<time>')).join('');

describe('state of the audit view', () => {
  it('says who would break, with the moment of the last call as a moment', () => {
    const state = auditViewState(readingOf(inUse()), t, 'en');
    assert.equal(state.verdict?.kind, 'inUse');
    assert.deepEqual(state.verdict.sentences.map(plain), [
      '1 of 2 callers still uses the old key.',
      'Last call <time>.',
      'Deleting now would break: billing-job Python (GetSecretValue, secret/db, 10.0.3.0/24).',
    ]);
    assert.deepEqual(state.verdict.sentences[1]?.[1], { at: NOW - 120_000 });
    assert.equal(state.deletion.offered, false);
    assert.equal(plain(state.deletion.reason ?? []), 'Held back: the old key is in use.');
  });

  it('puts callers that need attention first and joins the uses of a caller', () => {
    const { callers } = auditViewState(readingOf(inUse()), t, 'en');
    assert.deepEqual(
      callers.map((row) => [row.userAgent, row.state, row.oldLast, row.newFirst]),
      [
        ['billing-job Python', 'oldKey', NOW - 120_000, undefined],
        ['order-svc Java', 'moved', NOW - 3 * DAY, NOW - 3 * DAY + 1000],
      ],
    );
  });

  it('offers deletion with the verdict quiet', () => {
    const state = auditViewState(readingOf(quiet()), t, 'en');
    assert.equal(state.verdict?.kind, 'quiet');
    assert.match(plain(state.verdict.headline), /^Quiet since Nov 2\d, 2026/);
    assert.match(plain(state.verdict.sentences[0] ?? []), /^No call with the old key for 2 days; 24 hours/);
    assert.deepEqual(state.deletion, { offered: true, label: 'Delete old key…' });
    assert.deepEqual(
      state.callers.map((row) => row.state),
      ['moved', 'newOnly'],
    );
  });

  it('does not offer it when the last reading failed, or once the key is gone', () => {
    const failed = auditViewState({ ...readingOf(quiet()), status: 'error', error: 'no network' }, t, 'en');
    assert.equal(failed.deletion.offered, false);
    const reading = readingOf(quiet());
    const gone = { ...reading, names: { ...reading.names, deletedAt: NOW - 1000 } };
    const state = auditViewState(gone, t, 'en');
    assert.equal(state.deletion.offered, false);
    assert.match(plain(state.verdict?.sentences[0] ?? []), /^The key was deleted/);
    assert.equal(state.verdict?.sentences.length, 1);
  });

  it('offers deletion of a key that expired more than a day ago whatever the log says', () => {
    const evidence = { ...inUse(), oldKey: { id: OLD_KEY, createdAt: 0, notAfter: NOW - 2 * DAY } };
    assert.equal(auditViewState(readingOf(evidence), t, 'en').deletion.offered, true);
  });

  it('says why nothing can be told, with the instance', () => {
    const evidence = quiet();
    const instances = evidence.instances.map((instance) => ({ ...instance, problem: 'notBought' as const }));
    const state = auditViewState(readingOf({ ...evidence, instances }), t, 'en');
    assert.equal(state.verdict?.kind, 'unknown');
    assert.match(
      plain(state.verdict.sentences[0] ?? []),
      /^Instance kst-hzz65f176a0ogplgqabcd: The audit log was not bought/,
    );
    assert.ok(state.evidence.some((row) => row.level === 'problem'));
  });

  it('takes marks and controls out of what a caller calls itself', () => {
    const forged = use('a\uE000123\uE000b\u202Ec\nd', OLD_KEY, NOW - DAY, NOW - 1000);
    const state = auditViewState(readingOf(evidenceOf(NOW - 1000, [forged])), t, 'en');
    assert.equal(state.callers[0]?.userAgent, 'a 123 b c d');
    assert.equal(plain(state.verdict?.sentences[2] ?? []).includes('<time>'), false);
  });

  it('joins callers to the reference that explains them, and lets the others stand out', () => {
    const reading = {
      ...readingOf(
        evidenceOf(NOW - 1000, [
          {
            ...use('billing-job', OLD_KEY, NOW - DAY, NOW - 1000),
            caller: { ...callerOf('billing-job'), resource: 'secret/billing' },
          },
          use('stranger', OLD_KEY, NOW - DAY, NOW - 2000),
        ]),
      ),
      references: [{ groupId: 'g1', label: 'src/billing.py:9', resources: ['secret/billing'] }],
    };
    const rows = auditViewState(reading, t, 'en').callers;
    assert.deepEqual(
      rows.map((row) => [row.userAgent, row.reference?.label, row.unexplained]),
      [
        ['billing-job', 'src/billing.py:9', false],
        ['stranger', undefined, true],
      ],
    );
    assert.equal(rows[0]?.reference?.how, 'probably: names what the caller asks for');
    // Before a scan nothing can be said of anybody.
    const { references: _, ...unscanned } = reading;
    assert.deepEqual(
      auditViewState(unscanned, t, 'en').callers.map((row) => [row.reference, row.unexplained]),
      [
        [undefined, false],
        [undefined, false],
      ],
    );
  });

  it('says how sure a move is, and how many callers have moved', () => {
    const elsewhere = use('order-svc Java', NEW_KEY, NOW - DAY, NOW - 1000);
    const state = auditViewState(
      readingOf(
        evidenceOf(NOW - 3 * DAY, [
          use('order-svc Java', OLD_KEY, NOW - 90 * DAY, NOW - 3 * DAY),
          { ...elsewhere, caller: { ...elsewhere.caller, network: '10.9.9.0/24' } },
          use('month-end Go', OLD_KEY, NOW - 90 * DAY, NOW - 26 * DAY),
        ]),
      ),
      t,
      'en',
    );
    assert.deepEqual(
      state.callers.map((row) => [row.state, row.sureText]),
      [
        ['silent', 'may call again; holds the deletion back'],
        ['probablyMoved', 'seen with another key from another network'],
        ['newOnly', undefined],
      ],
    );
    assert.equal(state.migration, '1 of 2 callers moved.');
    const { newKeyId: _, ...names } = readingOf(inUse()).names;
    assert.equal(auditViewState({ ...readingOf(inUse()), names }, t, 'en').migration, undefined);
  });

  it('offers to mark callers of an open rotation as retired, and to take a mark back', () => {
    const mark = { caller: callerOf('billing-job Python'), reason: 'switched\u202E off', at: NOW };
    const rows = (rotation = rotationOf()) =>
      auditViewState(readingOf(inUse(), rotation), t, 'en').callers.map((row) => [
        row.userAgent,
        row.retire,
        row.reason,
      ]);
    assert.deepEqual(rows(), [
      ['billing-job Python', 'mark', undefined],
      ['order-svc Java', undefined, undefined],
    ]);
    assert.deepEqual(rows(rotationOf({ retired: [mark] })), [
      ['order-svc Java', undefined, undefined],
      ['billing-job Python', 'unmark', 'switched off'],
    ]);
    assert.deepEqual(rows(rotationOf({ retired: [mark], state: 'deleted' }))[1], [
      'billing-job Python',
      undefined,
      'switched off',
    ]);
    const { rotation: _, ...names } = readingOf(inUse()).names;
    const plain = auditViewState({ ...readingOf(inUse()), names }, t, 'en');
    assert.ok(plain.callers.every((row) => row.retire === undefined));
  });

  it('tells how many places of the roll-out list are open', () => {
    const place = { kind: 'own', service: 'gateway' } as const;
    const text = (...states: readonly ('open' | 'done' | 'notNeeded')[]) => {
      const places = states.map((state, index) => ({ ...place, id: `own:${index}`, state }));
      return auditViewState({ ...readingOf(inUse()), places }, t, 'en').rollout;
    };
    assert.deepEqual(text('open', 'done', 'open', 'notNeeded', 'done'), {
      open: 2,
      text: '2 of 5 places of the roll-out list are open.',
    });
    assert.equal(text('open', 'done')?.text, '1 of 2 places of the roll-out list is open.');
    assert.deepEqual(text('done'), { open: 0, text: 'No place of the roll-out list is open, of 1.' });
    assert.equal(text()?.text, 'No place is in the roll-out list.');
    assert.equal(auditViewState(readingOf(inUse()), t, 'en').rollout, undefined);
  });

  it('words shares and entries, with what a caller wrote as text of one line', () => {
    const share = {
      keyId: NEW_KEY,
      api: 'GetSecretValue',
      status: '200',
      gateway: 'dedicated',
      calls: 7,
      last: NOW,
    };
    const entry = entryOf({
      userAgent: `<b>x\u0000\n${'a'.repeat(10_000)}`,
      status: '403',
      errorCode: 'Forbidden',
      errorMessage: 'not you',
    });
    const state = auditViewState(
      {
        ...readingOf(inUse()),
        shares: { shares: [share, { ...share, keyId: OLD_KEY }], sharesQuality: 'sampled' },
        entries: { status: 'ready', list: [entry], more: true, complete: false },
      },
      t,
      'en',
    );
    assert.equal(state.shares.quality, 'sampled');
    assert.deepEqual(
      state.shares.rows.map((row) => row.key),
      ['New key', 'Old key'],
    );
    const { rows, more, complete } = state.entries;
    assert.deepEqual(
      [rows[0]?.error, rows[0]?.key, more, complete],
      ['Forbidden: not you', 'Old key', true, false],
    );
    assert.match(rows[0]?.userAgent ?? '', /^<b>x a+…$/);
    assert.ok((rows[0]?.userAgent.length ?? 0) <= 300);
  });

  it('is understood by the view in every form', () => {
    const { result: _, ...unread } = readingOf(quiet());
    const full = {
      ...readingOf(inUse()),
      references: [{ groupId: 'g1', label: 'a.py:1', resources: ['secret/db'] }],
      places: [{ id: 'own:1', kind: 'own' as const, service: 'x', state: 'open' as const }],
      entries: { status: 'error' as const, error: 'why', list: [entryOf()], more: true, complete: true },
      policyOffered: true,
    };
    const readings = [full, readingOf(quiet()), { ...unread, status: 'loading' as const }];
    for (const reading of readings) {
      const message = { type: 'state', state: auditViewState(reading, t, 'zh-cn') };
      assert.deepEqual(parseMessage(structuredClone(message)), message);
    }
  });
});
