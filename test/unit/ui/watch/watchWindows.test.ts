import assert from 'node:assert/strict';
import { createWindows, ended, sharedFolder } from '../expiry/windows';

const SCRIPT = '../watch/watchWindow.ts';
const HOUR = 3_600_000;

describe('the watch over a rotation by several processes', function () {
  this.timeout(120_000);

  it('asks the log from one window at a time, ever less often, and tells each news once, never two at once', async () => {
    const windows = createWindows(SCRIPT, sharedFolder());
    const codes = await Promise.all([1, 2, 3].map(() => ended(windows.open())));
    assert.deepEqual(codes, [0, 0, 0]);
    const events = windows.events();
    const of = (what: string) => events.filter(({ ids }) => ids[0] === what);
    for (const what of ['reading', 'notification']) {
      const some = of(what);
      for (let at = 0; at < some.length; at += 2)
        assert.deepEqual(
          [some[at]?.what, some[at + 1]?.what, some[at + 1]?.window],
          ['begin', 'end', some[at]?.window],
          `two at once: ${what}`,
        );
    }
    const told = of('notification').filter(({ what }) => what === 'begin');
    assert.deepEqual(
      told.map(({ ids }) => ids[1]),
      ['quiet', 'woke', 'quiet'],
    );
    const asked = of('reading')
      .filter(({ what }) => what === 'end')
      .map(({ ids }) => Number(ids[1]));
    const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    assert.ok(Math.min(...pauses) >= 0.9 * (HOUR / 12), `pauses of ${pauses.join(', ')}`);
    assert.ok(Math.max(...pauses) >= 7 * HOUR, `pauses of ${pauses.join(', ')}`);
    assert.ok(asked.length < 50, `${asked.length} readings in four and a half days`);
  });

  it('goes on in another window when the one that asks is killed', async () => {
    const windows = createWindows(SCRIPT, sharedFolder());
    const killed = windows.open('hang');
    await windows.until(({ what }) => what === 'begin');
    const next = windows.open();
    killed.kill('SIGKILL');
    await ended(killed);
    await windows.until(({ what, window }) => what === 'end' && window === 2);
    next.kill('SIGKILL');
    await ended(next);
    assert.equal(windows.events().find(({ what }) => what === 'end')?.window, 2);
  });
});
