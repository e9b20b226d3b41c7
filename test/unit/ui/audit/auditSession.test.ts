import assert from 'node:assert/strict';
import type { AuditEvidence, RangeUse } from '../../../../src/model/evidence';
import { callerOf, DAY, inUse, NOW, quiet, readingOf, rotationOf } from './fixtures';
import { EMPTY, harness } from './sessionHarness';

/** A range whose only bar tells which reading it is of. */
const rangeOf = (oldKey: number): RangeUse => ({
  ...EMPTY,
  buckets: [{ from: 1, to: 2, oldKey, newKey: 0 }],
});

/** As the figures of a first reading: without callers. */
function figuresOf(evidence: AuditEvidence): AuditEvidence {
  const instances = evidence.instances.map((one) => ({ ...one, callers: [], callersComplete: false }));
  return { ...evidence, instances };
}

describe('audit session', () => {
  it('reads the range first and the verdict behind it, and shows what it knows on the next ready', async () => {
    const { session, calls, shown } = harness();
    await session.receive({ type: 'ready' });
    assert.deepEqual(calls, ['range 24 h', 'verdict']);
    assert.deepEqual(
      [shown[0]?.status, shown.at(-1)?.status, shown.at(-1)?.histogram.status],
      ['loading', 'ready', 'ready'],
    );
    const before = shown.length;
    await session.receive({ type: 'ready' });
    assert.equal(calls.length, 2);
    assert.equal(shown.length, before + 1);
  });

  it('reads the verdict also where the range cannot be read, and says why', async () => {
    const { session, shown } = harness({ readRange: async () => Promise.reject(new Error('no way')) });
    await session.receive({ type: 'ready' });
    const last = shown.at(-1);
    assert.deepEqual(
      [last?.histogram.status, last?.histogram.error, last?.status, last?.result?.verdict.kind],
      ['error', 'worded: no way', 'ready', 'quiet'],
    );
  });

  it('shows the figures of the first reading as unknown before the callers are there', async () => {
    const kinds: unknown[] = [];
    const { session, shown } = harness({
      readEvidence: async (_target, _signal, onFigures) => {
        onFigures(figuresOf(quiet()));
        kinds.push([shown.at(-1)?.status, shown.at(-1)?.result?.verdict.kind]);
        return quiet();
      },
    });
    await session.receive({ type: 'ready' });
    assert.deepEqual(kinds, [['loading', 'unknown']]);
    assert.deepEqual([shown.at(-1)?.status, shown.at(-1)?.result?.verdict.kind], ['ready', 'quiet']);
  });

  it('keeps a whole reading over later figures, unless they say that the key woke up', async () => {
    let next = quiet();
    const kinds: unknown[] = [];
    const { session, shown } = harness({
      readEvidence: async (_target, _signal, onFigures) => {
        onFigures(figuresOf(next));
        const result = shown.at(-1)?.result;
        kinds.push([result?.verdict.kind, result?.evidence.instances[0]?.callers.length]);
        return next;
      },
    });
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'refresh' });
    next = inUse();
    await session.receive({ type: 'refresh' });
    assert.deepEqual(kinds, [
      ['unknown', 0],
      ['quiet', 3],
      ['inUse', 0],
    ]);
  });

  it('reads the range alone when the range changes', async () => {
    const { session, calls, shown } = harness();
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'range', range: '7d' });
    assert.deepEqual(calls.slice(2), ['range 168 h']);
    assert.deepEqual([shown.at(-1)?.range, shown.at(-1)?.histogram.from], ['7d', NOW - 7 * DAY]);
  });

  it('aborts a range that a newer one has overtaken and never shows its answer', async () => {
    const signals: AbortSignal[] = [];
    const answers: ((use: RangeUse) => void)[] = [];
    const { session, shown } = harness({
      readRange: (_target, _span, signal) => {
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
    answers[1]?.(rangeOf(2));
    answers[0]?.(rangeOf(1));
    await Promise.all([first, second]);
    const bars = shown.map(({ histogram }) => histogram.buckets.map((bucket) => bucket.oldKey));
    assert.deepEqual(bars.at(-1), [2]);
    assert.ok(!bars.flat().includes(1));
  });

  it('gives up a verdict that is read when it is to be read again', async () => {
    const signals: AbortSignal[] = [];
    const answers: ((evidence: AuditEvidence) => void)[] = [];
    const { session, shown } = harness({
      readEvidence: (_target, signal) => {
        signals.push(signal);
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    const first = session.receive({ type: 'ready' });
    await new Promise(setImmediate);
    const second = session.receive({ type: 'refresh' });
    await new Promise(setImmediate);
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [true, false],
    );
    answers[0]?.(inUse());
    answers[1]?.(quiet());
    await Promise.all([first, second]);
    assert.deepEqual(
      shown.flatMap(({ result }) => result?.verdict.kind ?? []),
      ['quiet'],
    );
  });

  it('words a failure and keeps the last verdict', async () => {
    let fail = false;
    const { session, shown } = harness({
      readEvidence: async () => {
        if (fail) throw new Error('no network');
        return quiet();
      },
    });
    await session.receive({ type: 'ready' });
    fail = true;
    await session.receive({ type: 'refresh' });
    const last = shown.at(-1);
    assert.deepEqual(
      [last?.status, last?.error, last?.result?.evidence],
      ['error', 'worded: no network', quiet()],
    );
  });

  it('asks for the chart again when the first answer tells another present', async () => {
    let now = NOW;
    const { session, shown, calls } = harness({
      now: () => now,
      readRange: async (_target, { to }) => {
        calls.push(`range to ${to - NOW}`);
        now = NOW + DAY;
        return EMPTY;
      },
    });
    await session.receive({ type: 'ready' });
    assert.deepEqual(calls, ['range to 0', `range to ${DAY}`, 'verdict']);
    const { from, to } = shown.at(-1)?.histogram ?? {};
    assert.deepEqual([from, to], [NOW, NOW + DAY]);
  });

  it('reads again after a deletion', async () => {
    const { session, calls } = harness();
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'deleteOldKey' });
    assert.deepEqual(calls.slice(2), ['delete', 'range 24 h', 'verdict']);
  });

  it('copies and exports what is shown, and drops what is no message', async () => {
    const { session, calls, copied } = harness();
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'copyEvidence' });
    assert.equal(copied[0]?.result?.verdict.kind, 'quiet');
    await session.receive({ type: 'export', format: 'csv' });
    await session.receive({ type: 'export', format: 'exe' });
    await session.receive({ type: 'format disk' });
    assert.deepEqual(calls.slice(2), ['export csv 24h']);
  });

  it('shows what memory knows by now, without asking the cloud', async () => {
    const { session, calls, shown, known } = harness();
    session.renew();
    assert.equal(shown.length, 0);
    await session.receive({ type: 'ready' });
    known.names = {
      ...readingOf(quiet()).names,
      rotation: rotationOf({
        revision: 9,
        retired: [{ caller: callerOf('order-svc Java'), reason: 'gone', at: NOW }],
      }),
    };
    known.more = { references: [], places: [] };
    session.renew();
    assert.equal(calls.length, 2);
    const last = shown.at(-1);
    assert.deepEqual(
      [last?.names.rotation?.revision, last?.references, last?.options.retired.length],
      [9, [], 1],
    );
    // An older one in memory must not hide what this window has just changed.
    known.names = { ...known.names, rotation: rotationOf({ revision: 1 }) };
    session.renew();
    assert.equal(shown.at(-1)?.names.rotation?.revision, 3);
  });

  it('aborts and shows nothing once it is closed', async () => {
    let signal: AbortSignal | undefined;
    const { session, shown } = harness({
      readEvidence: (_target, own) => {
        signal = own;
        return new Promise((_, reject) => own.addEventListener('abort', () => reject(own.reason)));
      },
    });
    const reading = session.receive({ type: 'ready' });
    await new Promise(setImmediate);
    const before = shown.length;
    session.dispose();
    await reading;
    session.renew();
    assert.equal(signal?.aborted, true);
    assert.equal(shown.length, before);
  });
});
