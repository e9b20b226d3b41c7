import { setTimeout as delay } from 'node:timers/promises';
import { commands, type Disposable, window, workspace } from 'vscode';
import { openPlaces } from '../../model/rolloutOf';
import { isOpen, type Rotation } from '../../model/rotation';
import type { VerdictOptions } from '../../model/verdict';
import { needsVerdict } from '../../model/verdictOf';
import { COMMANDS } from '../commandIds';
import { startLookTimer } from '../expiry/lookTimer';
import type { NoticeBook } from '../expiry/noticeBook';
import { mayPass, sweepAccounts } from '../expiry/sweepAccounts';
import { createTeller } from '../expiry/teller';
import type { Inventory } from '../inventory/entries';
import { t, textLocale } from '../localise';
import type { Board, Card } from '../rotations/board';
import type { placesOf } from '../rotations/rolloutPlaces';
import { watchEnabled } from '../settings';
import { type News, newsOf, type OpenRotation } from './news';
import type { NewsFacts } from './newsText';
import { showNews } from './showNews';
import { createWatchBook, type NewsClaim, type WatchWish } from './watchBook';
import { createWatcher, type WatchedRotation, type WatchOutcome } from './watcher';
import type { WatchNotes } from './watchNotes';
import { watchReadingOf } from './watchReading';
import type { LastReading } from './watchRecord';

export interface WatchWiring {
  /** Global storage of the extension, which all windows share. */
  readonly storageFolder: string;
  readonly inventory: Pick<Inventory, 'accounts'>;
  readonly board: Board;
  /** What the logs said last, by the ids of rotations, whichever window asked them; kept up to date. */
  readonly lastReadings: Map<string, LastReading>;
  /** The service's present for an account, ms UTC. */
  now(accountId: string): number;
  verdictOptions(): VerdictOptions;
  /** Reads the sources of the accounts that are shown, unless that was done. */
  findAccounts(): Promise<void>;
  /** Shows a rotation in its view. */
  reveal(rotationId: string): Promise<void>;
  /** What is in a roll-out list. */
  words(): Promise<{ readonly placesOf: typeof placesOf }>;
  /** One line without secrets. */
  log(line: string): void;
}

/** News are gathered before something is told, ms. */
const GATHER_MS = 1000;
/** Days pass, and other windows' notifications are answered, without an event. */
const LOOK_EVERY_MS = 15_000;
/** No rotation is asked about more often, ms. */
const SHORTEST_PAUSE_MS = 5 * 60_000;

/**
 * The watch over rotations that wait: asks their logs, tells when the old key has gone quiet or wakes up, and reminds of a rotation
 * that was forgotten. Nothing is read, not even a file, while no rotation is open.
 * @param turns the right to show a notification, shared with those of keys that end
 */
export function wireWatch(parts: WatchWiring, turns: Pick<NoticeBook, 'claimTurn' | 'finish'>): Disposable {
  const { board, log } = parts;
  const book = createWatchBook(parts.storageFolder, turns);
  let timer: NodeJS.Timeout | undefined;
  let isSettled = false;
  /** Notes of the last rotation are dropped once it has ended. */
  let hasNotes = false;

  const isOn = () => watchEnabled() && workspace.isTrusted;
  const openCards = () => board.cards.filter(({ rotation }) => isOpen(rotation));
  const nowOf = ({ aap }: Rotation) => parts.now(aap.accountId);
  const optionsOf = ({ retired }: Rotation) => ({ ...parts.verdictOptions(), retired });
  /** Patched, and the old key still there; one that has ended needs no verdict. */
  const isWaiting = (rotation: Rotation) =>
    rotation.state === 'watching' && needsVerdict(rotation.oldKey, nowOf(rotation));

  function watchedCards(): readonly Card[] {
    if (!isOn()) return [];
    // Without a program to run or a question to ask.
    const accounts = new Set(sweepAccounts(parts.inventory.accounts).map(({ accountId }) => accountId));
    return openCards().filter(({ rotation }) => isWaiting(rotation) && accounts.has(rotation.aap.accountId));
  }

  function toWatched({ rotation, reading }: Card): WatchedRotation {
    const seen = reading && watchReadingOf(reading, optionsOf(rotation));
    const { id, revision } = rotation;
    return { id, revision, now: nowOf(rotation), ...(seen && { seen }) };
  }

  /** Through the board, so that rows and status bar show it: what is under way, what came of it, and why nothing did. */
  async function read(id: string): Promise<WatchOutcome> {
    const before = board.card(id)?.reading;
    try {
      await board.readVerdict(id);
    } catch (error) {
      return mayPass(error) ? 'later' : 'failed';
    }
    const card = board.card(id);
    // A view of this window is reading it already.
    if (card?.reading === undefined || card.reading === before) return 'later';
    return watchReadingOf(card.reading, optionsOf(card.rotation)) ?? 'later';
  }

  async function notes(): Promise<WatchNotes> {
    const all = await book.notes();
    for (const [id, { watch }] of Object.entries(all))
      if (watch?.last) parts.lastReadings.set(id, watch.last);
    return all;
  }

  const watcher = createWatcher({
    folder: parts.storageFolder,
    book,
    watched: () => watchedCards().map(toWatched),
    open: () =>
      board.loaded && board.problems.length === 0
        ? new Set(openCards().map(({ rotation }) => rotation.id))
        : undefined,
    catchUp: () => board.reload(),
    read,
  });

  function openRotations(): OpenRotation[] {
    const watched = new Set(watchedCards().map(({ rotation }) => rotation.id));
    return openCards()
      .filter(({ busy }) => !busy.has('action'))
      .map(({ rotation }) => ({
        id: rotation.id,
        waiting: isWaiting(rotation),
        watched: watched.has(rotation.id),
        now: nowOf(rotation),
        // The journal is dated by this machine.
        untouchedMs: Date.now() - rotation.updatedAt,
        oldKeyLeftMs: rotation.oldKey.notAfter - nowOf(rotation),
      }));
  }

  const teller = createTeller<WatchNotes, NewsClaim, WatchWish>({
    name: 'watch notices',
    book: {
      records: notes,
      claim: () => book.claim((known) => newsOf(openRotations(), known)),
      finish: (claim, wish) => book.finish(claim, wish),
    },
    isReady: () => isSettled && isOn() && openCards().length > 0,
    isDue: (known) => newsOf(openRotations(), known).length > 0,
    catchUp: () => board.reload(),
    isFocused: () => window.state.focused,
    show: ({ news }) => show(news),
    sleep: (ms) => delay(ms),
    log,
  });

  async function show(news: News): Promise<WatchWish | undefined> {
    const card = board.card(news.rotationId);
    return card && (await showNews(news, await factsOf(card), actions, { t, locale: textLocale() }));
  }

  async function factsOf(card: Card): Promise<NewsFacts> {
    const { rotation } = card;
    const [{ [rotation.id]: about }, { placesOf }] = await Promise.all([notes(), parts.words()]);
    const last = about?.watch?.last;
    return {
      rotation,
      now: nowOf(rotation),
      untouchedMs: Date.now() - rotation.updatedAt,
      moved: last?.moved ?? 0,
      total: last?.total ?? 0,
      deletable:
        rotation.state === 'watching' &&
        (last?.kind === 'quiet' || !needsVerdict(rotation.oldKey, nowOf(rotation))),
      openPlaces: openPlaces(placesOf(card, parts.verdictOptions(), t)).length,
    };
  }

  const actions = {
    deleteOldKey: (id: string) => void commands.executeCommand(COMMANDS.deleteOldKey, id),
    openAudit(id: string) {
      const card = board.card(id);
      if (card) void commands.executeCommand(COMMANDS.openAudit, { kind: 'rotation', card });
    },
    openRotation: (id: string) => void parts.reveal(id),
  };

  function checkSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void teller.check();
    }, GATHER_MS);
  }

  const asking = startLookTimer({
    async look() {
      const hasOpen = openCards().length > 0;
      if (!isOn() || (!hasOpen && !hasNotes)) return 'idle';
      // Who they are and whether they may be read in the background stands in their sources, which no network is needed for.
      if (openCards().some(({ rotation }) => isWaiting(rotation)) && parts.inventory.accounts.length > 0)
        await parts.findAccounts();
      const found = await watcher.lookIfDue();
      hasNotes = hasOpen;
      if (found === 'read') checkSoon();
      return found;
    },
    interval: () => SHORTEST_PAUSE_MS,
    settled() {
      isSettled = true;
      checkSoon();
    },
    log: (line) => log(`watch: ${line}`),
  });
  const looks = setInterval(checkSoon, LOOK_EVERY_MS);
  looks.unref();
  const listening = board.changed.on(checkSoon);
  return {
    dispose() {
      clearTimeout(timer);
      clearInterval(looks);
      asking.dispose();
      listening.dispose();
    },
  };
}
