import assert from 'node:assert/strict';
import type { AuditText } from '../../../../src/model/auditView';
import { auditViewState } from '../../../../src/ui/audit/auditViewState';
import { parseMessage } from '../../../../src/webview/audit/stateSchema';
import { DAY, evidenceOf, inUse, NOW, OLD_KEY, quiet, readingOf, t, use } from './fixtures';

const plain = (text: AuditText): string =>
  text.map((part) => (typeof part === 'string' ? part : '<time>')).join('');

describe('state of the audit view', () => {
  it('says who would break, with the moment of the last call as a moment', () => {
    const state = auditViewState(readingOf(inUse()), t, 'en');
    assert.equal(state.verdict?.kind, 'inUse');
    assert.deepEqual(state.verdict.sentences.map(plain), [
      '1 of 2 callers still use the old key.',
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

  it('is understood by the view in every form', () => {
    const { result: _, ...unread } = readingOf(quiet());
    const readings = [readingOf(inUse()), readingOf(quiet()), { ...unread, status: 'loading' as const }];
    for (const reading of readings) {
      const message = { type: 'state', state: auditViewState(reading, t, 'zh-cn') };
      assert.deepEqual(parseMessage(structuredClone(message)), message);
    }
  });
});
