import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNoticeBook } from '../../../../src/ui/expiry/noticeBook';
import { newsOf } from '../../../../src/ui/watch/news';
import { createWatchBook, type WatchBook } from '../../../../src/ui/watch/watchBook';
import { createWatcher, type WatchedRotation, type WatchOutcome } from '../../../../src/ui/watch/watcher';
import { sharedFolder } from '../expiry/windows';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 24);
const FILE = 'watch.json';

/** A window of this process at a time of its own, with one rotation that waits. */
function openWindow(folder = sharedFolder()) {
  const book: WatchBook = createWatchBook(
    folder,
    createNoticeBook(folder, () => window.time),
  );
  const window = {
    folder,
    time: NOW,
    asked: [] as string[],
    revision: 1,
    lastCall: NOW,
    seen: undefined as WatchedRotation['seen'],
    /** What a reading comes to, if it is not the truth. */
    outcome: undefined as WatchOutcome | undefined,
    watched: ['a'] as readonly string[],
    open: ['a'] as readonly string[] | undefined,
    /** What another window did meanwhile. */
    meanwhile: () => {},
    book,
    look: async (): Promise<'read' | 'busy' | 'idle'> => await watcher.lookIfDue(),
    async after(ms: number): Promise<'read' | 'busy' | 'idle'> {
      window.time += ms;
      return await watcher.lookIfDue();
    },
    news: async (): Promise<string[]> => {
      const rotation = {
        waiting: true,
        watched: true,
        now: window.time,
        untouchedMs: 0,
        oldKeyLeftMs: 99 * DAY,
      };
      const open = (window.open ?? []).map((id) => ({ id, ...rotation }));
      return newsOf(open, await book.notes()).map(({ rotationId, kind }) => `${rotationId} ${kind}`);
    },
  };
  const truth = (): WatchOutcome => {
    const { time: readAt, lastCall } = window;
    const base = { readAt, lastCall, moved: 0, total: 1 };
    return readAt - lastCall >= DAY
      ? { ...base, kind: 'quiet', since: lastCall }
      : { ...base, kind: 'inUse' };
  };
  const watcher = createWatcher({
    folder,
    book: window.book,
    watched: () =>
      window.watched.map((id) => ({
        id,
        revision: window.revision,
        now: window.time,
        ...(window.seen && { seen: window.seen }),
      })),
    open: () => window.open && new Set(window.open),
    catchUp: async () => window.meanwhile(),
    async read(id) {
      window.asked.push(id);
      return window.outcome ?? truth();
    },
    random: () => 0.5,
  });
  return window;
}

function content(folder: string): string {
  return readFileSync(join(folder, FILE), 'utf8');
}

describe('the watch over rotations that wait', () => {
  it('asks nothing and writes nothing while none waits', async () => {
    const window = openWindow();
    window.watched = [];
    window.open = [];
    assert.equal(await window.look(), 'idle');
    assert.deepEqual([window.asked, existsSync(join(window.folder, FILE))], [[], false]);
  });

  it('asks after 5 minutes, then ever less often', async () => {
    const window = openWindow();
    const pauses: number[] = [];
    await window.look();
    for (let minutes = 0; pauses.length < 5; ) {
      minutes += 1;
      if ((await window.after(MINUTE)) !== 'read') continue;
      pauses.push(minutes);
      minutes = 0;
    }
    // The key goes quiet after a day: a change, and soon again.
    assert.deepEqual(pauses, [5, 15, 60, 240, 480]);
  });

  it('asks again soon after a patch, and when a view of this window has read something else', async () => {
    const window = openWindow();
    await window.look();
    for (const pause of [5, 15, 60]) await window.after(pause * MINUTE);
    assert.equal(window.asked.length, 3);
    window.revision = 2;
    await window.look();
    assert.equal(await window.after(5 * MINUTE), 'read');
    await window.after(15 * MINUTE);
    window.seen = { readAt: window.time + 1, kind: 'unknown', moved: 0, total: 1 };
    await window.look();
    assert.equal(await window.after(5 * MINUTE), 'read');
  });

  it('asks once after the machine has slept, and at once when the clock was set back', async () => {
    const window = openWindow();
    await window.look();
    await window.after(5 * MINUTE);
    assert.deepEqual([await window.after(50 * HOUR), await window.look()], ['read', 'idle']);
    assert.deepEqual([await window.after(-30 * HOUR), await window.look()], ['read', 'idle']);
  });

  it('outlasts a restart: the moment of the next reading and what was told stand in a file', async () => {
    const before = openWindow();
    await before.look();
    await before.after(25 * HOUR);
    assert.deepEqual(await before.news(), ['a quiet']);
    const claim = await before.book.claim(() => [{ rotationId: 'a', kind: 'quiet', recalls: [] }]);
    assert.ok(claim);
    await before.book.finish(claim);
    const after = openWindow(before.folder);
    after.time = before.time + MINUTE;
    assert.deepEqual([await after.look(), await after.news()], ['idle', []]);
    after.lastCall = NOW;
    assert.equal(await after.after(8 * HOUR), 'read');
    assert.deepEqual(await after.news(), []);
  });

  it('tries again soon while nothing can be reached, and tells nobody', async () => {
    const window = openWindow();
    await window.look();
    for (const pause of [5, 15, 60]) await window.after(pause * MINUTE);
    window.outcome = 'later';
    await window.after(4 * HOUR);
    const pauses: number[] = [];
    for (let minutes = 0; pauses.length < 4; ) {
      minutes += 1;
      if ((await window.after(MINUTE)) !== 'read') continue;
      pauses.push(minutes);
      minutes = 0;
    }
    assert.deepEqual([pauses, await window.news()], [[1, 2, 4, 8], []]);
    window.outcome = undefined;
    window.lastCall = window.time;
    await window.after(16 * MINUTE);
    assert.equal(await window.after(HOUR), 'idle', 'the pause that was due before');
  });

  it('does not ask more often where trying again would not mend it', async () => {
    const window = openWindow();
    window.outcome = 'failed';
    await window.look();
    await window.after(5 * MINUTE);
    assert.deepEqual([await window.after(14 * MINUTE), await window.after(MINUTE)], ['idle', 'read']);
  });

  it('is for all windows together, and each asks for its own accounts', async () => {
    const folder = sharedFolder();
    const [one, other] = [openWindow(folder), openWindow(folder)];
    await one.look();
    other.time = one.time + 5 * MINUTE;
    assert.deepEqual([await one.after(5 * MINUTE), await other.look()], ['read', 'idle']);
    // Signed in elsewhere only: open here too, and not forgotten.
    one.watched = [];
    one.open = ['a'];
    await one.after(HOUR);
    assert.match(content(folder), /"a"/);
  });

  it('forgets a rotation that was deleted or abandoned, and only then', async () => {
    const window = openWindow();
    await window.look();
    window.watched = [];
    window.open = undefined;
    await window.look();
    assert.match(content(window.folder), /"a"/, 'not known which are open');
    window.open = [];
    // Another window began it, and this one had not heard of it.
    window.meanwhile = () => {
      window.open = ['a'];
    };
    await window.look();
    assert.match(content(window.folder), /"a"/, 'known after catching up');
    window.open = [];
    window.meanwhile = () => {};
    await window.look();
    assert.doesNotMatch(content(window.folder), /"a"/);
  });

  it('notes nothing of a rotation that ended while its log was read', async () => {
    const window = openWindow();
    await window.look();
    window.meanwhile = () => {
      window.watched = [];
      window.open = [];
    };
    assert.equal(await window.after(5 * MINUTE), 'idle');
    assert.deepEqual(window.asked, []);
  });

  it('goes on over a damaged file', async () => {
    const window = openWindow();
    for (const damaged of [
      '',
      '{"version":1,"rotations":{"a":{"watch"',
      '{"version":1,"rotations":[]}',
      '[]',
    ]) {
      writeFileSync(join(window.folder, FILE), damaged);
      await window.look();
      assert.equal(await window.after(5 * MINUTE), 'read', damaged);
    }
  });

  it('leaves the file of a newer version to its windows: asks nothing, tells nothing', async () => {
    const window = openWindow();
    const newer = '{"version":2,"rotations":{"a":{"sleepsUntil":"spring"}}}';
    writeFileSync(join(window.folder, FILE), newer);
    await assert.rejects(window.look(), /a newer version of the extension wrote watch\.json/);
    await assert.rejects(
      window.book.claim(() => [{ rotationId: 'a', kind: 'quiet', recalls: [] }]),
      /newer version/,
    );
    assert.deepEqual([content(window.folder), window.asked], [newer, []]);
    // The right to show a notification was given back.
    assert.ok(await createNoticeBook(window.folder, () => NOW).claimTurn());
  });

  it('asks nothing where nothing can be noted: it would never end', async () => {
    const file = join(sharedFolder(), 'a file, no folder');
    writeFileSync(file, '');
    const window = openWindow(file);
    await assert.rejects(window.look(), /E/);
    await assert.rejects(window.after(DAY), /E/);
    assert.deepEqual(window.asked, []);
  });
});

describe('what was told of rotations that wait', () => {
  const news = (kind: 'quiet' | 'woke' | 'reminder', rotationId = 'a') =>
    ({ rotationId, kind, recalls: kind === 'reminder' ? (['untouched'] as const) : [] }) as const;

  it('never stands beside the notification of a key that ends, or beside another', async () => {
    const folder = sharedFolder();
    const notices = createNoticeBook(folder, () => NOW);
    const expiry = await notices.claim(() => [{ id: 'k', toldDays: 7, notAfter: NOW }]);
    assert.ok(expiry);
    const { book } = openWindow(folder);
    const claim = () => book.claim(() => [news('woke'), news('quiet', 'b')]);
    assert.equal(await claim(), undefined);
    await notices.finish(expiry);
    const told = await claim();
    assert.equal(told?.news.kind, 'woke');
    assert.equal(await claim(), undefined);
    assert.equal(await notices.claim(() => [{ id: 'm', toldDays: 7, notAfter: NOW }]), undefined);
    if (told) await book.finish(told);
    assert.equal((await book.claim(() => [news('quiet', 'b')]))?.news.rotationId, 'b');
  });

  it('takes no turn where nothing is to be told after all', async () => {
    const { book, folder } = openWindow();
    assert.equal(await book.claim(() => []), undefined);
    assert.ok(await createNoticeBook(folder, () => NOW).claimTurn());
  });

  it('leaves the records of keys that end as they are', async () => {
    const folder = sharedFolder();
    const notices = createNoticeBook(folder);
    const expiry = await notices.claim(() => [{ id: 'k', toldDays: 7, notAfter: Date.now() }]);
    if (expiry) await notices.finish(expiry, { silenced: true });
    const { book } = openWindow(folder);
    const told = await book.claim(() => [news('woke')]);
    if (told) await book.finish(told);
    assert.equal((await notices.records()).get('k')?.silenced, true);
  });

  it('is noted before it is shown, with what the user wants after it', async () => {
    const { book } = openWindow();
    const claim = await book.claim(() => [news('reminder')]);
    assert.ok(claim);
    assert.deepEqual((await book.notes()).a?.recalled, ['untouched']);
    await book.finish(claim, { silenced: true });
    assert.deepEqual((await book.notes()).a, { recalled: ['untouched'], silenced: true });
  });
});
