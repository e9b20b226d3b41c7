import { setTimeout as delay } from 'node:timers/promises';
import { type Disposable, window, workspace } from 'vscode';
import type { BackgroundWorker } from '../../references/background';
import type { Inventory } from '../inventory/entries';
import { t, textLocale } from '../localise';
import { expiryNotifications, sweepInterval, thresholds } from '../settings';
import { type WatchWiring, wireWatch } from '../watch/wiring';
import { accountNameAmong } from './accountName';
import type { LocalKeys } from './localKeys';
import { startLookTimer } from './lookTimer';
import { createNoticeBook } from './noticeBook';
import type { NoticeWords } from './noticeText';
import { createNotifier } from './notifier';
import { showNotice } from './showNotice';
import type { SoonKey } from './soonKeys';
import { outcomeOf, sweepAccounts } from './sweepAccounts';
import { createSweeper } from './sweeper';
import { watchLocalKeys } from './watchLocalKeys';

export interface ExpiryWiring extends WatchWiring {
  readonly inventory: Inventory;
  readonly localKeys: LocalKeys;
  readonly background: Pick<BackgroundWorker, 'scan' | 'lookAtCredentialFile' | 'inspect'>;
  /** What expires soon, of all accounts and credential files. */
  soon(): readonly SoonKey[];
}

export { createNoticeBook };

/** News are gathered before something is told, ms. */
const GATHER_MS = 1000;
/** Thresholds are reached, snoozes end, and other windows' notifications are answered without an event. */
const LOOK_EVERY_MS = 15_000;

/** What watches without being asked: over the end of keys, with sweep and credential files, and over rotations that wait. */
export function wireExpiry(parts: ExpiryWiring): Disposable {
  const { storageFolder, inventory, localKeys, board, log } = parts;
  let isSettled = false;
  let timer: NodeJS.Timeout | undefined;

  const sweeper = createSweeper({
    folder: storageFolder,
    accounts: () => sweepAccounts(inventory.accounts),
    async sweep(accountId) {
      await inventory.refresh(accountId, 'sweep');
      return outcomeOf(inventory.account(accountId));
    },
    interval: sweepInterval,
  });
  const words = (): NoticeWords => ({
    t,
    locale: textLocale(),
    accountName: (accountId) => accountNameAmong(inventory, accountId, t),
  });
  const book = createNoticeBook(storageFolder);
  const notifier = createNotifier({
    book,
    soon: () => parts.soon(),
    thresholds,
    isReady: () =>
      isSettled &&
      expiryNotifications() &&
      inventory.accounts.every(({ status }) => status !== 'loading') &&
      inventory.accounts.every(({ regions }) => regions.every(({ status }) => status !== 'loading')),
    // What cannot be read there stands in the Rotations view.
    catchUp: () => board.reload().catch(() => undefined),
    isFocused: () => window.state.focused,
    show: (keys) => showNotice(keys, thresholds(), words()),
    sleep: (ms) => delay(ms),
    log,
  });

  function checkSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void notifier.check();
    }, GATHER_MS);
  }

  const sweeps = startLookTimer({
    async look() {
      if (sweepInterval() <= 0 || inventory.accounts.length === 0) return 'idle';
      // Who they are and whether they may be read in the background stands in their sources, which no network is needed for.
      await parts.findAccounts();
      return await sweeper.sweepIfDue();
    },
    interval: sweepInterval,
    settled() {
      isSettled = true;
      checkSoon();
    },
    log: (line) => log(`expiry sweep: ${line}`),
  });
  const looks = setInterval(checkSoon, LOOK_EVERY_MS);
  looks.unref();
  const disposables: Disposable[] = [
    sweeps,
    wireWatch(parts, book),
    watchLocalKeys({ localKeys, background: parts.background, log }),
    ...[inventory.changed, localKeys.changed, board.changed].map((signal) => signal.on(checkSoon)),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('clientKeys')) checkSoon();
    }),
  ];
  return {
    dispose() {
      clearTimeout(timer);
      clearInterval(looks);
      for (const disposable of disposables) disposable.dispose();
    },
  };
}
