import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import { createNoticeBook, type NoticeWish } from '../../../../src/ui/expiry/noticeBook';
import { createNotifier, type NotifierParts } from '../../../../src/ui/expiry/notifier';
import type { SoonKey } from '../../../../src/ui/expiry/soonKeys';
import { eventually } from '../../../host/eventually';
import { DAY, NOW, soonKey } from './soonKeyFixture';
import { createWindows, ended, sharedFolder } from './windows';

/** A window of this process, whose user answers when the test says so. */
function openWindow(folder: string, overrides: Partial<NotifierParts> = {}) {
  const shown: string[][] = [];
  const answers: ((wish?: NoticeWish) => void)[] = [];
  const logged: string[] = [];
  let keys: readonly SoonKey[] = [];
  const notifier = createNotifier({
    book: createNoticeBook(folder),
    soon: () => keys,
    thresholds: () => DEFAULT_THRESHOLDS,
    isReady: () => true,
    catchUp: async () => undefined,
    isFocused: () => true,
    show: (told) => {
      shown.push(told.map(({ id }) => id));
      return new Promise((resolve) => answers.push(resolve));
    },
    sleep: async () => undefined,
    log: (line) => logged.push(line),
    ...overrides,
  });
  return {
    shown,
    logged,
    async look(...now: SoonKey[]) {
      keys = now;
      await notifier.check();
    },
    async answer(wish?: NoticeWish) {
      answers.shift()?.(wish);
      // The note of it is written behind the scenes.
      await eventually('the claim is given back', () => !notes(folder).includes('showing'));
    },
  };
}

function notes(folder: string): string {
  return readFileSync(join(folder, 'notices.json'), 'utf8');
}

describe('notices of keys that expire', function () {
  this.timeout(60_000);

  it('come in one notification for all that is due', async () => {
    const window = openWindow(sharedFolder());
    await window.look(soonKey('a', 3), soonKey('b', 12), soonKey('c', 80));
    assert.deepEqual(window.shown, [['a', 'b', 'c']]);
  });

  it('come once for each key and threshold, in whichever window', async () => {
    const folder = sharedFolder();
    const [one, other] = [openWindow(folder), openWindow(folder)];
    await one.look(soonKey('a', 80));
    await one.answer();
    await other.look(soonKey('a', 79));
    assert.deepEqual(other.shown, []);
    await other.look(soonKey('a', 30));
    await other.answer();
    await one.look(soonKey('a', 29));
    await one.look(soonKey('a', 7));
    await one.answer();
    await one.look(soonKey('a', -0.5));
    assert.deepEqual([one.shown.length, other.shown.length], [3, 1]);
  });

  it('wait for the one that is shown to be answered, in the same window and in others', async () => {
    const folder = sharedFolder();
    const [one, other] = [openWindow(folder), openWindow(folder)];
    await one.look(soonKey('a', 12));
    await one.look(soonKey('a', 12), soonKey('b', 20));
    await other.look(soonKey('a', 12), soonKey('b', 20));
    assert.deepEqual([one.shown, other.shown], [[['a']], []]);
    await one.answer();
    await other.look(soonKey('a', 12), soonKey('b', 20));
    assert.deepEqual(other.shown, [['b']]);
  });

  it('are kept back by an unanswered one for an hour, not for days', async () => {
    const folder = sharedFolder();
    let time = NOW;
    const late = openWindow(folder, { book: createNoticeBook(folder, () => time) });
    await late.look(soonKey('a', 12));
    time += 59 * 60_000;
    await late.look(soonKey('a', 12), soonKey('b', 20));
    assert.equal(late.shown.length, 1);
    time += 60_000;
    await late.look(soonKey('a', 12), soonKey('b', 20));
    assert.deepEqual(late.shown, [['a'], ['b']]);
  });

  it('come again after a snooze, also in a window that was opened later', async () => {
    const folder = sharedFolder();
    const before = openWindow(folder);
    await before.look(soonKey('a', 12));
    await before.answer({ snoozedUntil: NOW + DAY });
    const later = openWindow(folder);
    await later.look(soonKey('a', 11.1, NOW + 0.9 * DAY));
    assert.deepEqual(later.shown, []);
    await later.look(soonKey('a', 11, NOW + DAY));
    await later.answer();
    await later.look(soonKey('a', 11, NOW + DAY));
    assert.deepEqual(later.shown, [['a']]);
  });

  it('never come again for a key that the user has silenced, but for others', async () => {
    const folder = sharedFolder();
    const window = openWindow(folder);
    await window.look(soonKey('a', 80));
    await window.answer({ silenced: true });
    await window.look(soonKey('a', 3), soonKey('b', 3));
    assert.deepEqual(window.shown, [['a'], ['b']]);
  });

  it('do not come for a key that another window has begun to rotate', async () => {
    let keys = [soonKey('a', 12)];
    const window = openWindow(sharedFolder(), {
      soon: () => keys,
      catchUp: async () => {
        keys = [];
      },
    });
    await window.look();
    assert.deepEqual(window.shown, []);
  });

  it('are left to a window that is focused', async () => {
    const folder = sharedFolder();
    const focused = openWindow(folder);
    const behind = openWindow(folder, {
      isFocused: () => false,
      sleep: async () => await focused.look(soonKey('a', 12)),
    });
    await behind.look(soonKey('a', 12));
    assert.deepEqual([focused.shown, behind.shown], [[['a']], []]);
  });

  it('do not come while they are turned off or while keys are being read', async () => {
    let isReady = false;
    const window = openWindow(sharedFolder(), { isReady: () => isReady });
    await window.look(soonKey('a', 12));
    assert.deepEqual(window.shown, []);
    isReady = true;
    await window.look(soonKey('a', 12));
    assert.deepEqual(window.shown, [['a']]);
  });

  it('go on over a damaged file, and tell the log where nothing can be written', async () => {
    const folder = sharedFolder();
    writeFileSync(join(folder, 'notices.json'), '{"version":1,"keys":{"a":{"toldD');
    const window = openWindow(folder);
    await window.look(soonKey('a', 12));
    assert.deepEqual(window.shown, [['a']]);
    const file = join(folder, 'a file, no folder');
    writeFileSync(file, '');
    const hopeless = openWindow(file);
    await hopeless.look(soonKey('a', 12));
    assert.deepEqual(hopeless.shown, []);
    assert.match(hopeless.logged.join(), /^expiry notices: E/);
  });

  it('drop their notes some weeks after the key has ended', async () => {
    const folder = sharedFolder();
    const book = createNoticeBook(folder, () => NOW);
    const gone = await book.claim(() => [{ id: 'gone', toldDays: 0, notAfter: NOW - 61 * DAY }]);
    assert.ok(gone);
    await book.finish(gone);
    const next = await book.claim(() => [{ id: 'a', toldDays: 30, notAfter: NOW + 12 * DAY }]);
    assert.ok(next);
    assert.deepEqual([...(await book.records()).keys()], ['a']);
  });

  it('are forgotten with the account of their keys', async () => {
    const folder = sharedFolder();
    const window = openWindow(folder);
    await window.look(soonKey('a', 12), soonKey('b', 20));
    await window.answer({ silenced: true });
    await createNoticeBook(folder).forget(['a']);
    assert.deepEqual([...(await createNoticeBook(folder).records()).keys()], ['b']);
  });

  describe('over several processes that look at the same moment', () => {
    it('tell each threshold once, and never two at once', async () => {
      const windows = createWindows('noticeWindow.ts', sharedFolder());
      const codes = await Promise.all([1, 2, 3].map(() => ended(windows.open())));
      assert.deepEqual(codes, [0, 0, 0]);
      const events = windows.events();
      const told = events.filter(({ what }) => what === 'begin').flatMap(({ ids }) => ids);
      assert.equal(new Set(told).size, told.length, `told twice: ${told.join(', ')}`);
      for (const id of ['KAAP-0', 'KAAP-1', 'KAAP-2'])
        assert.ok(told.includes(`${id} 0`), `the end of ${id} is missing in ${told.join(', ')}`);
      for (let at = 0; at < events.length; at += 2)
        assert.deepEqual(
          [events[at]?.what, events[at + 1]?.what, events[at + 1]?.window],
          ['begin', 'end', events[at]?.window],
          'two notifications at once',
        );
    });

    it('go on in another window when the one that shows a notification is killed', async () => {
      const folder = sharedFolder();
      const windows = createWindows('noticeWindow.ts', folder);
      const killed = windows.open('hang');
      await windows.until(({ what }) => what === 'begin');
      const other = openWindow(folder);
      await other.look(soonKey('new', 12));
      assert.deepEqual(other.shown, []);
      killed.kill('SIGKILL');
      await ended(killed);
      await other.look(soonKey('new', 12));
      assert.deepEqual(other.shown, [['new']]);
    });
  });
});
