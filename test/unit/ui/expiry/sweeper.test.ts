import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSweeper,
  type SweepAccount,
  type SweeperParts,
  type SweepOutcome,
} from '../../../../src/ui/expiry/sweeper';
import { NOW } from './soonKeyFixture';
import { createWindows, ended, sharedFolder } from './windows';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const INTERVAL = 4 * HOUR;

/** A window of this process at a time of its own. */
function openWindow(folder = sharedFolder(), overrides: Partial<SweeperParts> = {}) {
  const swept: string[] = [];
  const window = {
    time: NOW,
    accounts: [{ accountId: 'cli:prod' }] as readonly SweepAccount[],
    outcome: 'done' as SweepOutcome,
    swept,
    look: async () => await sweeper.sweepIfDue(),
    /** Moves the time and looks. */
    async after(ms: number) {
      window.time += ms;
      return await sweeper.sweepIfDue();
    },
  };
  const sweeper = createSweeper({
    folder,
    accounts: () => window.accounts,
    sweep: async (accountId) => {
      swept.push(accountId);
      return window.outcome;
    },
    interval: () => INTERVAL,
    clock: () => window.time,
    ...overrides,
  });
  return window;
}

describe('the sweep in the background', function () {
  this.timeout(60_000);

  it('comes every four hours', async () => {
    const window = openWindow();
    const found = [await window.look(), await window.after(INTERVAL - 1), await window.after(1)];
    assert.deepEqual(found, ['read', 'idle', 'read']);
  });

  it('comes at once after the machine has slept, and once', async () => {
    const window = openWindow();
    await window.look();
    assert.deepEqual([await window.after(50 * HOUR), await window.look()], ['read', 'idle']);
  });

  it('comes again when the clock was set back', async () => {
    const window = openWindow();
    await window.look();
    assert.deepEqual([await window.after(-30 * HOUR), await window.look()], ['read', 'idle']);
  });

  it('is for all windows together', async () => {
    const folder = sharedFolder();
    const [one, other] = [openWindow(folder), openWindow(folder)];
    assert.deepEqual([await one.look(), await other.look()], ['read', 'idle']);
    assert.deepEqual(other.swept, []);
  });

  it('leaves out an account that somebody has read less than an interval ago', async () => {
    const window = openWindow();
    window.accounts = [{ accountId: 'cli:prod', readAt: NOW - INTERVAL + 1 }, { accountId: 'cli:test' }];
    await window.look();
    assert.deepEqual(window.swept, ['cli:test']);
    await window.after(1);
    assert.deepEqual(window.swept, ['cli:test', 'cli:prod']);
  });

  it('tells two owners of one source apart', async () => {
    const folder = sharedFolder();
    const [one, other] = [openWindow(folder), openWindow(folder)];
    one.accounts = [{ accountId: 'environment', identity: 'a' }];
    other.accounts = [{ accountId: 'environment', identity: 'b' }];
    assert.deepEqual([await one.look(), await other.look()], ['read', 'read']);
  });

  it('is tried again with growing pauses while nothing can be reached, and at once no more once it could', async () => {
    const window = openWindow();
    window.outcome = 'offline';
    await window.look();
    const pauses: number[] = [];
    for (let minutes = 0; pauses.length < 11; minutes++)
      if ((await window.after(MINUTE)) === 'read') {
        pauses.push(minutes + 1);
        minutes = -1;
      }
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]);
    window.outcome = 'done';
    await window.after(INTERVAL);
    assert.equal(await window.after(INTERVAL - 1), 'idle');
  });

  it('is not tried again before its time where that would not mend it', async () => {
    const window = openWindow();
    window.outcome = 'failed';
    assert.deepEqual([await window.look(), await window.after(INTERVAL - 1)], ['read', 'idle']);
  });

  it('does not come without accounts, nor when it is turned off', async () => {
    const window = openWindow();
    window.accounts = [];
    assert.equal(await window.look(), 'idle');
    assert.equal(await openWindow(sharedFolder(), { interval: () => 0 }).look(), 'idle');
  });

  it('forgets accounts that nobody has read for two months', async () => {
    const folder = sharedFolder();
    const window = openWindow(folder);
    await window.look();
    window.accounts = [{ accountId: 'cli:test' }];
    await window.after(61 * 24 * HOUR);
    assert.doesNotMatch(readFileSync(join(folder, 'sweeps.json'), 'utf8'), /cli:prod/);
  });

  it('goes on over a damaged file', async () => {
    const folder = sharedFolder();
    writeFileSync(join(folder, 'sweeps.json'), '[]');
    const window = openWindow(folder);
    assert.deepEqual([await window.look(), await window.look()], ['read', 'idle']);
  });

  describe('over several processes', () => {
    it('is made by one at a time, and not again before its time', async () => {
      const windows = createWindows('sweepWindow.ts', sharedFolder());
      const interval = 200;
      const open = [1, 2, 3].map(() => windows.open(String(interval)));
      await windows.until(() => windows.events().length >= 14);
      for (const window of open) window.kill('SIGKILL');
      await Promise.all(open.map(ended));
      const events = windows.events();
      for (let at = 0; at + 2 < events.length; at += 2) {
        const [begin, end, next] = [events[at], events[at + 1], events[at + 2]];
        assert.deepEqual(
          [begin?.what, end?.what, end?.window],
          ['begin', 'end', begin?.window],
          'two sweeps at once',
        );
        const pause = Number((next?.at ?? 0n) - (end?.at ?? 0n)) / 1e6;
        assert.ok(pause > interval - 5, `a sweep only ${pause} ms after the one before`);
      }
    });

    it('goes to another window when the one that makes it is killed', async () => {
      const windows = createWindows('sweepWindow.ts', sharedFolder());
      const killed = windows.open('60000', 'hang');
      await windows.until(({ what }) => what === 'begin');
      const next = windows.open('60000');
      killed.kill('SIGKILL');
      await ended(killed);
      await windows.until(({ what, window }) => what === 'end' && window === 2);
      next.kill('SIGKILL');
      await ended(next);
      assert.deepEqual(
        windows.events().map(({ what, window }) => [what, window]),
        [
          ['begin', 1],
          ['begin', 2],
          ['end', 2],
        ],
      );
    });
  });
});
