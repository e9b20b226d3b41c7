import assert from 'node:assert/strict';
import type { AuditDeps } from '../../../../src/ui/audit/auditDeps';
import type { AuditReading } from '../../../../src/ui/audit/auditReading';
import { createAuditSession } from '../../../../src/ui/audit/auditSession';
import { DAY, HOUR, NOW, quiet, readingOf } from './fixtures';

type Buckets = Awaited<ReturnType<AuditDeps['readBuckets']>>;

function harness(change: Partial<AuditDeps> = {}) {
  const { target, names, options, result } = readingOf(quiet());
  assert.ok(result);
  const calls: string[] = [];
  const shown: AuditReading[] = [];
  const deps: AuditDeps = {
    names: async () => names,
    readVerdict: async () => {
      calls.push('verdict');
      return result;
    },
    readBuckets: async (_target, from, to) => {
      calls.push(`buckets ${(to - from) / HOUR} h`);
      return { buckets: [], complete: true };
    },
    deleteOldKey: async () => {
      calls.push('delete');
    },
    verdictOptions: () => options,
    now: () => NOW,
    errorText: (error) => `worded: ${error instanceof Error ? error.message : ''}`,
    ...change,
  };
  const copied: AuditReading[] = [];
  const session = createAuditSession({ target, names, range: '24h' }, deps, {
    show: (reading) => shown.push(reading),
    copy: async (reading) => void copied.push(reading),
  });
  return { session, calls, shown, copied };
}

describe('audit session', () => {
  it('reads on the first ready, and shows what it knows on the next', async () => {
    const { session, calls, shown } = harness();
    await session.receive({ type: 'ready' });
    assert.deepEqual([...calls].sort(), ['buckets 24 h', 'verdict']);
    assert.deepEqual(
      [shown[0]?.status, shown.at(-1)?.status, shown.at(-1)?.histogram.status],
      ['loading', 'ready', 'ready'],
    );
    const before = shown.length;
    await session.receive({ type: 'ready' });
    assert.equal(calls.length, 2);
    assert.equal(shown.length, before + 1);
  });

  it('reads the chart alone when the range changes', async () => {
    const { session, calls, shown } = harness();
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'range', range: '7d' });
    assert.deepEqual(calls.slice(2), ['buckets 168 h']);
    assert.deepEqual([shown.at(-1)?.range, shown.at(-1)?.histogram.from], ['7d', NOW - 7 * DAY]);
  });

  it('aborts a reading that a newer one has overtaken and never shows its answer', async () => {
    const signals: AbortSignal[] = [];
    const answers: ((buckets: Buckets) => void)[] = [];
    const { session, shown } = harness({
      readBuckets: (_target, _from, _to, signal) => {
        signals.push(signal);
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    const first = session.receive({ type: 'range', range: '1h' });
    const second = session.receive({ type: 'range', range: '30d' });
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [true, false],
    );
    answers[1]?.({ buckets: [{ from: 1, to: 2, oldKey: 2, newKey: 0 }], complete: true });
    answers[0]?.({ buckets: [{ from: 1, to: 2, oldKey: 1, newKey: 0 }], complete: true });
    await Promise.all([first, second]);
    assert.deepEqual(
      shown.at(-1)?.histogram.buckets.map((bucket) => bucket.oldKey),
      [2],
    );
  });

  it('words a failure and keeps the last verdict', async () => {
    let fail = false;
    const { result } = readingOf(quiet());
    assert.ok(result);
    const { session, shown } = harness({
      readVerdict: async () => {
        if (fail) throw new Error('no network');
        return result;
      },
    });
    await session.receive({ type: 'ready' });
    fail = true;
    await session.receive({ type: 'refresh' });
    const last = shown.at(-1);
    assert.deepEqual([last?.status, last?.error, last?.result], ['error', 'worded: no network', result]);
  });

  it('asks for the chart again when the reading tells another present', async () => {
    let now = NOW;
    const { result } = readingOf(quiet());
    assert.ok(result);
    const { session, shown } = harness({
      now: () => now,
      readVerdict: async () => {
        now = NOW + DAY;
        return result;
      },
    });
    await session.receive({ type: 'ready' });
    const { from, to } = shown.at(-1)?.histogram ?? {};
    assert.deepEqual([from, to], [NOW, NOW + DAY]);
  });

  it('reads again after a deletion', async () => {
    const { session, calls } = harness();
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'deleteOldKey' });
    assert.equal(calls[2], 'delete');
    assert.deepEqual(calls.slice(3).sort(), ['buckets 24 h', 'verdict']);
  });

  it('copies what is shown, and drops what is no message', async () => {
    const { session, calls, copied } = harness();
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'copyEvidence' });
    assert.equal(copied[0]?.result?.verdict.kind, 'quiet');
    await session.receive({ type: 'format disk' });
    assert.equal(calls.length, 2);
  });

  it('aborts and shows nothing once it is closed', async () => {
    let signal: AbortSignal | undefined;
    const { session, shown } = harness({
      readVerdict: (_target, own) => {
        signal = own;
        return new Promise((_, reject) => own.addEventListener('abort', () => reject(own.reason)));
      },
    });
    const reading = session.receive({ type: 'ready' });
    await new Promise(setImmediate);
    const before = shown.length;
    session.dispose();
    await reading;
    assert.equal(signal?.aborted, true);
    assert.equal(shown.length, before);
  });
});
