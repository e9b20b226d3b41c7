import assert from 'node:assert/strict';
import type { AuditEvidence } from '../../../../src/model/evidence';
import { verdictOf } from '../../../../src/model/verdictOf';
import { watchReadingOf } from '../../../../src/ui/watch/watchReading';
import { DAY, inUse, NOW, quiet } from '../audit/fixtures';

const OPTIONS = { quietPeriodMs: DAY, retired: [] };

function read(evidence: AuditEvidence) {
  return watchReadingOf({ evidence, verdict: verdictOf(evidence, OPTIONS) }, OPTIONS);
}

function withInstance(change: Partial<AuditEvidence['instances'][number]>): AuditEvidence {
  const evidence = quiet();
  return { ...evidence, instances: evidence.instances.map((instance) => ({ ...instance, ...change })) };
}

describe('what a reading of the log means for the watch', () => {
  it('is its verdict, the last call with the old key, and how many callers have moved', () => {
    assert.deepEqual(read(inUse()), {
      readAt: NOW,
      kind: 'inUse',
      lastCall: NOW - 120_000,
      moved: 1,
      total: 2,
    });
    const since = NOW - 3 * DAY;
    assert.deepEqual(read(quiet()), {
      readAt: NOW,
      kind: 'quiet',
      since,
      lastCall: since,
      moved: 1,
      total: 1,
    });
  });

  it('is nothing while the log has not answered in full, and worth a second try', () => {
    assert.equal(read(withInstance({ complete: false })), undefined);
    assert.equal(read(withInstance({ callersComplete: false, callers: [] })), undefined);
    assert.equal(read(withInstance({ problem: 'failed' })), undefined);
  });

  it('is what it is where no second try would help', () => {
    assert.equal(read(withInstance({ problem: 'noPermission' }))?.kind, 'unknown');
    assert.equal(read({ ...quiet(), sharedGateway: true })?.kind, 'unknown');
  });
});
