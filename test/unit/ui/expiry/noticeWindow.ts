import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import { dueNotice } from '../../../../src/model/expiryNotice';
import { createNoticeBook } from '../../../../src/ui/expiry/noticeBook';
import { createNotifier } from '../../../../src/ui/expiry/notifier';
import { soonKey } from './soonKeyFixture';
import { tell } from './windows';

// A window for notices.test.ts: the days of some keys run down, and at each it looks whether something is to be told.
// Arguments: the shared folder; `hang` shows its first notification for ever.
const [folder = '', mode] = process.argv.slice(2);
let day = 0;
let showing = 0;
const keys = () => [95, 92, 90].map((left, index) => soonKey(`KAAP-${index}`, left - day));

const book = createNoticeBook(folder);

const notifier = createNotifier({
  book,
  soon: keys,
  thresholds: () => DEFAULT_THRESHOLDS,
  isReady: () => true,
  catchUp: async () => undefined,
  isFocused: () => true,
  async show(shown) {
    showing += 1;
    const told = shown.map((key) => `${key.id} ${dueNotice(key, key.now, DEFAULT_THRESHOLDS)}`);
    tell('begin', told);
    await setTimeout(mode === 'hang' ? 60_000 : randomInt(20));
    tell('end', told);
    showing -= 1;
    return undefined;
  },
  sleep: (ms) => setTimeout(ms),
  log: (line) => console.error(line),
});

async function isAllTold(): Promise<boolean> {
  const records = await book.records();
  return keys().every(({ id }) => records.get(id)?.toldDays === 0);
}

async function live(): Promise<void> {
  for (day = 0; day < 95; day++) {
    await notifier.check();
    if (randomInt(4) === 0) await setTimeout(randomInt(6));
  }
  // All have expired on the last day: it is looked at until one window or another has told that.
  for (day = 95; showing > 0 || !(await isAllTold()); ) {
    await notifier.check();
    await setTimeout(10);
  }
  process.disconnect?.();
}

void live();
