import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { startLookTimer } from '../../../../src/ui/expiry/lookTimer';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('when a window looks whether something has to be read', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 10, 24) }));
  afterEach(() => mock.timers.reset());

  /** Starts the timer; each look finds the next of `found`, then nothing. */
  function start(interval: number, found: readonly ('read' | 'busy' | 'idle' | Error)[] = []) {
    const began = Date.now();
    const results = [...found];
    const seen = { looks: [] as number[], settledAt: [] as number[], log: [] as string[] };
    const timer = startLookTimer({
      async look() {
        seen.looks.push((Date.now() - began) / SECOND);
        const next = results.shift() ?? 'idle';
        if (next instanceof Error) throw next;
        return next;
      },
      interval: () => interval,
      settled: () => seen.settledAt.push((Date.now() - began) / SECOND),
      log: (line) => seen.log.push(line),
    });
    return { ...seen, timer };
  }

  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= SECOND) {
      mock.timers.tick(SECOND);
      // What follows a look is scheduled by promises.
      await new Promise(setImmediate);
    }
  }

  it('is a minute after the start, then every minute', async () => {
    const { looks, settledAt } = start(4 * HOUR, ['read']);
    await pass(3 * MINUTE);
    assert.deepEqual(looks, [60, 120, 180]);
    assert.deepEqual(settledAt, [60]);
  });

  it('is soon again while another window reads, and nothing counts as settled before it is through', async () => {
    const { looks, settledAt } = start(4 * HOUR, ['busy', 'busy', 'idle']);
    await pass(2 * MINUTE + 10 * SECOND);
    assert.deepEqual(looks, [60, 65, 70, 130]);
    assert.deepEqual(settledAt, [70]);
  });

  it('is no later than a short interval wants it', async () => {
    const { looks } = start(18 * SECOND);
    await pass(30 * SECOND);
    assert.deepEqual(looks, [18, 23, 28]);
  });

  it('settles also where sweeps are turned off or fail, which only the log is told', async () => {
    const off = start(0);
    const failing = start(4 * HOUR, [new Error('EACCES: permission denied')]);
    await pass(MINUTE);
    assert.deepEqual([off.settledAt, failing.settledAt], [[60], [60]]);
    assert.deepEqual(failing.log, ['EACCES: permission denied']);
  });

  it('waits a moment after the machine has slept', async () => {
    const { looks } = start(4 * HOUR);
    await pass(MINUTE);
    mock.timers.setTime(Date.now() + 8 * HOUR);
    await pass(16 * SECOND);
    assert.equal(looks.length, 2);
    assert.ok((looks[1] ?? 0) >= (8 * HOUR) / SECOND + 60 + 15, String(looks[1]));
  });

  it('ends with the window', async () => {
    const { looks, timer } = start(4 * HOUR);
    timer.dispose();
    await pass(3 * MINUTE);
    assert.deepEqual(looks, []);
  });
});
