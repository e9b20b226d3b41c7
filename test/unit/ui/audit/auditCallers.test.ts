import assert from 'node:assert/strict';
import { callerId } from '../../../../src/ui/audit/callerRows';
import { callerOf, inUse, quiet } from './fixtures';
import { harness } from './sessionHarness';

describe('what a user says of callers in the audit session', () => {
  const billing = callerId(callerOf('billing-job Python'));
  const reads = { readEvidence: async () => inUse() };

  it('marks a caller as retired with a reason, which counts at once, and takes it back', async () => {
    const { session, calls, shown } = harness(reads, { reason: 'switched off' });
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'markRetired', caller: billing });
    assert.deepEqual(calls.slice(1), ['mark billing-job Python: switched off']);
    assert.equal(shown.at(-1)?.options.retired[0]?.reason, 'switched off');
    await session.receive({ type: 'unmarkRetired', caller: billing });
    assert.equal(shown.at(-1)?.options.retired.length, 0);
  });

  it('marks nothing without a reason, nor a caller that only the message names', async () => {
    const { session, calls, asked } = harness(reads);
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'markRetired', caller: billing });
    assert.deepEqual([asked.length, calls.slice(1)], [1, []]);
    for (const type of ['markRetired', 'unmarkRetired', 'openReference'])
      await session.receive({ type, caller: JSON.stringify(callerOf('root')) });
    assert.deepEqual([asked.length, calls.slice(1)], [1, []]);
  });

  it('opens the reference that explains a caller', async () => {
    const { session, calls, known } = harness(reads);
    known.more = { references: [{ groupId: 'g1', label: 'billing.py:9', resources: ['secret/db'] }] };
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'openReference', caller: billing });
    assert.deepEqual(calls.slice(1), ['open g1']);
  });

  it('passes on what an action failed with', async () => {
    const { session } = harness(
      { ...reads, markRetired: async () => Promise.reject(new Error('busy')) },
      { reason: 'gone' },
    );
    await session.receive({ type: 'ready' });
    await assert.rejects(session.receive({ type: 'markRetired', caller: billing }), /busy/);
  });

  it('shows the roll-out list, and copies the policy for what was refused', async () => {
    const { session, calls, shown } = harness({
      readRange: async () => Promise.reject(new Error('not allowed')),
    });
    await session.receive({ type: 'ready' });
    assert.equal(shown.at(-1)?.policyOffered, true);
    await session.receive({ type: 'showRollout' });
    await session.receive({ type: 'copyPolicy' });
    assert.deepEqual(calls.slice(1), ['roll-out', 'policy not allowed']);
  });

  it('offers the policy where a log may not be read, and not for another failure', async () => {
    const instances = quiet().instances.map((one) => ({ ...one, problem: 'noPermission' as const }));
    const refused = harness({ readEvidence: async () => ({ ...quiet(), instances }) });
    await refused.session.receive({ type: 'ready' });
    assert.equal(refused.shown.at(-1)?.policyOffered, true);
    const failed = harness({ readEvidence: async () => Promise.reject(new Error('no network')) });
    await failed.session.receive({ type: 'ready' });
    assert.equal(failed.shown.at(-1)?.policyOffered, false);
  });
});
