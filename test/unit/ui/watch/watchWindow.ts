import { randomInt } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createNoticeBook } from '../../../../src/ui/expiry/noticeBook';
import { createTeller } from '../../../../src/ui/expiry/teller';
import { type News, newsOf } from '../../../../src/ui/watch/news';
import { createWatchBook, type NewsClaim, type WatchWish } from '../../../../src/ui/watch/watchBook';
import { createWatcher } from '../../../../src/ui/watch/watcher';
import type { WatchNotes } from '../../../../src/ui/watch/watchNotes';
import type { WatchReading } from '../../../../src/ui/watch/watchRecord';
import { tell } from '../expiry/windows';

// A window for watchWindows.test.ts: over some days an old key goes quiet, wakes up and goes quiet again, while windows ask and tell.
// Arguments: the shared folder; `hang` reads for ever.
const [folder = '', mode] = process.argv.slice(2);
const HOUR = 3_600_000;
const STEP = HOUR / 6;
const ID = '11111111';
const END = 110 * HOUR;

/** All windows have one clock: whoever has nothing to do lets it go on. */
const clockFile = join(folder, 'clock');
appendFileSync(clockFile, '');
const now = () => statSync(clockFile).size * STEP;

/** Called without a break for ten hours, and once more on the third day. */
function lastCall(): number {
  const time = now();
  if (time >= 60 * HOUR) return Math.min(time, 61 * HOUR);
  return Math.min(time, 10 * HOUR);
}

async function read(): Promise<WatchReading> {
  tell('begin', ['reading', String(now())]);
  await setTimeout(mode === 'hang' ? 60_000 : randomInt(15));
  const [readAt, last] = [now(), lastCall()];
  const isQuiet = readAt - last >= 24 * HOUR;
  tell('end', ['reading', String(readAt)]);
  const found = isQuiet ? ({ kind: 'quiet', since: last } as const) : ({ kind: 'inUse' } as const);
  return { readAt, lastCall: last, moved: 0, total: 1, ...found };
}

const book = createWatchBook(folder, createNoticeBook(folder));
const watcher = createWatcher({
  folder,
  book,
  watched: () => [{ id: ID, revision: 1, now: now() }],
  open: () => new Set([ID]),
  catchUp: async () => undefined,
  read,
  staleMs: 2000,
});

const news = (notes: WatchNotes): readonly News[] =>
  newsOf(
    [{ id: ID, waiting: true, watched: true, now: now(), untouchedMs: 0, oldKeyLeftMs: 1000 * HOUR }],
    notes,
  );
let showing = 0;
const teller = createTeller<WatchNotes, NewsClaim, WatchWish>({
  name: 'watch notices',
  book: {
    records: () => book.notes(),
    claim: () => book.claim(news),
    finish: (claim) => book.finish(claim),
  },
  isReady: () => true,
  isDue: (notes) => news(notes).length > 0,
  catchUp: async () => undefined,
  isFocused: () => true,
  async show({ news: { kind } }) {
    showing += 1;
    tell('begin', ['notification', kind]);
    await setTimeout(randomInt(20));
    tell('end', ['notification', kind]);
    showing -= 1;
    return undefined;
  },
  sleep: (ms) => setTimeout(ms),
  log: (line) => console.error(line),
});

async function live(): Promise<void> {
  while (now() < END || showing > 0) {
    const found = await watcher.lookIfDue();
    await teller.check();
    if (found === 'idle' && news(await book.notes()).length === 0) appendFileSync(clockFile, '.');
    if (randomInt(4) === 0) await setTimeout(randomInt(4));
  }
  process.disconnect?.();
}

void live();
