import assert from 'node:assert/strict';
import {
  parseFromAuditView,
  parseSavedRange,
  parseSavedTarget,
} from '../../../../src/ui/audit/fromAuditView';
import { AAP, OLD_KEY } from './fixtures';

describe('messages of the audit view', () => {
  it('takes its messages and nothing else', () => {
    for (const type of [
      'ready',
      'refresh',
      'entries',
      'copyEvidence',
      'copyPolicy',
      'showRollout',
      'deleteOldKey',
    ]) {
      assert.deepEqual(parseFromAuditView({ type, extra: 1 }), { type });
    }
    for (const type of ['markRetired', 'unmarkRetired', 'openReference']) {
      assert.deepEqual(parseFromAuditView({ type, caller: 'c1', extra: 1 }), { type, caller: 'c1' });
      assert.equal(parseFromAuditView({ type, caller: { id: 'c1' } }), undefined);
    }
    for (const format of ['csv', 'json'])
      assert.deepEqual(parseFromAuditView({ type: 'export', format }), { type: 'export', format });
    assert.deepEqual(parseFromAuditView({ type: 'range', range: '7d' }), { type: 'range', range: '7d' });
    for (const wrong of [
      undefined,
      null,
      'ready',
      [],
      {},
      { type: 'range' },
      { type: 'range', range: '9d' },
      { type: 'eval' },
      { type: 'export' },
      { type: 'export', format: '../x' },
      { type: 'markRetired' },
      { type: ['ready'] },
    ]) {
      assert.equal(parseFromAuditView(wrong), undefined);
    }
  });

  it('finds the target in a kept state', () => {
    const rotation = { kind: 'rotation', rotationId: 'r1' };
    const key = { kind: 'key', aap: AAP, keyId: OLD_KEY };
    assert.deepEqual(parseSavedTarget({ state: { target: rotation } }), rotation);
    assert.deepEqual(parseSavedTarget({ state: { target: key } }), key);
    assert.equal(parseSavedRange({ state: { range: '30d' } }), '30d');
    for (const wrong of [
      undefined,
      {},
      { state: { target: { kind: 'rotation' } } },
      { state: { target: { ...key, aap: {} } } },
    ]) {
      assert.equal(parseSavedTarget(wrong), undefined);
      assert.equal(parseSavedRange(wrong), undefined);
    }
  });
});
