import { join } from 'node:path';
import { type Disposable, workspace } from 'vscode';
import { isOpen } from '../model/rotation';
import type { VerdictOptions } from '../model/verdict';
import type { Accounts } from './accounts/accounts';
import { CONTEXTS } from './commandIds';
import { setContext } from './commands/registrar';
import { accountNameAmong } from './expiry/accountName';
import type { LocalKeys } from './expiry/localKeys';
import type { SoonKey } from './expiry/soonKeys';
import type { Caches } from './inventory/cache';
import { watchCaches } from './inventory/cacheWatch';
import type { Inventory } from './inventory/entries';
import { t } from './localise';
import type { Present } from './present';
import type { Rooms } from './rooms';
import type { Board, Card } from './rotations/board';
import { movedCallers } from './rotations/movedCallers';
import { closePatchPreviews } from './rotations/previewTabs';
import type { RotationsView } from './rotations/rotationsView';
import { changesWay } from './settings';
import type { ShowError } from './showError';
import { createAccountFinder, hasJournals, showRemembered, takeKnown, watchShown } from './startUp';
import { createStatusBar } from './status/statusBar';
import type { StatusFacts } from './status/statusText';
import type { KeysView } from './tree/keysView';
import type { LastReading } from './watch/watchRecord';

export interface ConductorParts {
  readonly storageFolder: string;
  readonly caches: Caches;
  readonly localKeys: Pick<LocalKeys, 'changed'>;
  /** What expires soon, of all accounts and credential files. */
  soon(): readonly SoonKey[];
  readonly rooms: Rooms;
  readonly inventory: Inventory;
  readonly present: Present;
  readonly board: Board;
  readonly accounts: Accounts;
  readonly keysView: KeysView;
  readonly rotationsView: RotationsView;
  readonly showError: ShowError;
  readonly verdictOptions: () => VerdictOptions;
  /** What the logs said last, by the ids of rotations, whichever window asked them. */
  readonly lastReadings: ReadonlyMap<string, LastReading>;
}

/** Decides when something is read: after activation, when a view is shown, on *Refresh*, when the world has changed. */
export interface Conductor extends Disposable {
  start(): void;
  /** Resolves once what was known before is shown. */
  remembered(): Promise<void>;
  refreshKeys(): Promise<void>;
  /** Finds out which accounts are shown, unless that was done. */
  findAccounts(): Promise<void>;
  refreshRotations(): Promise<void>;
}

/** While the Rotations view is in sight the audit log is read this often, ms. */
const VERDICT_EVERY_MS = 5 * 60 * 1000;
/** While a key is being created the journals are read this often, ms: a window that was killed says nothing. */
const CREATING_EVERY_MS = 3000;
/** Times left are told anew this often, ms. */
const REDRAW_EVERY_MS = 60 * 1000;

export function createConductor(parts: ConductorParts): Conductor {
  const { rooms, inventory, present, board, accounts, keysView, rotationsView, showError } = parts;
  const { caches } = parts;
  const statusBar = createStatusBar(() => statusFacts(parts));
  const disposables: Disposable[] = [statusBar];
  const findOnce = createAccountFinder({ inventory, find: () => accounts.find(), takeCaches });
  let keysWanted = false;
  let listening = false;
  let remembered: Promise<void> | undefined;
  let started: Promise<void> | undefined;
  let disposed = false;

  function run(task: Promise<unknown>): void {
    task.catch(showError);
  }

  /** Keeps what was begun later until the end, which may have come already. */
  function keep(disposable: Disposable): void {
    if (disposed) disposable.dispose();
    else disposables.push(disposable);
  }

  function redraw(): void {
    keysView.redraw();
    rotationsView.redraw();
    statusBar.redraw();
  }

  async function findAccounts(): Promise<void> {
    // What could not be loaded is told already; it keeps no key from being read.
    await started?.catch(() => undefined);
    await findOnce();
  }

  async function refreshKeys(): Promise<void> {
    keysWanted = true;
    await findAccounts();
    await inventory.refresh();
  }

  async function takeCaches(): Promise<void> {
    for (const known of await caches.readAll()) takeKnown(known, parts);
  }

  /** What another window has read. */
  async function takeNewCaches(): Promise<void> {
    for (const known of await caches.readNew()) takeKnown(known, parts);
  }

  async function reloadBoard(): Promise<void> {
    await board.reload();
    if (listening) return;
    listening = true;
    const stop = (await rooms.rotations()).onChange(() => run(board.reload()));
    keep({ dispose: stop });
  }

  /** Errors of a scan or a reading stand in the view, so they are not shown a second time. */
  async function readOpenRotations(everything: boolean): Promise<void> {
    await reloadBoard();
    const open = board.cards.filter(({ rotation }) => isOpen(rotation) && rotation.newKey !== undefined);
    await Promise.all(
      open.map(async ({ rotation, scans, reading }) => {
        const { id } = rotation;
        const stale = !reading || Date.now() - reading.verdict.readAt > VERDICT_EVERY_MS;
        if (everything || scans === undefined) await board.rescan(id).catch(() => undefined);
        if (rotation.state !== 'created' && (everything || stale))
          await board.readVerdict(id).catch(() => undefined);
      }),
    );
  }

  function watch(): void {
    const verdicts = setInterval(() => {
      if (rotationsView.view.visible) run(readOpenRotations(false));
    }, VERDICT_EVERY_MS);
    const times = setInterval(redraw, REDRAW_EVERY_MS);
    const creating = setInterval(() => {
      if (board.creating) run(board.reload());
    }, CREATING_EVERY_MS);
    disposables.push(
      keysView.view.onDidChangeVisibility(({ visible }) => {
        if (visible && !keysWanted) run(refreshKeys());
      }),
      rotationsView.view.onDidChangeVisibility(({ visible }) => {
        if (visible) run(readOpenRotations(false));
      }),
      workspace.onDidGrantWorkspaceTrust(() => run(readOpenRotations(true))),
      workspace.onDidChangeWorkspaceFolders(() => run(readOpenRotations(true))),
      workspace.onDidChangeConfiguration((event) => {
        // A window that nobody has looked at shows what the others read.
        if (keysWanted && changesWay(event)) {
          // What is under way still goes the old way, and would be joined.
          inventory.stop();
          run(refreshKeys());
        } else if (event.affectsConfiguration('clientKeys')) redraw();
      }),
      inventory.changed.on(() => statusBar.redraw()),
      parts.localKeys.changed.on(() => statusBar.redraw()),
      board.changed.on(() => {
        setContext(CONTEXTS.rotationsRead, board.loaded);
        setContext(
          CONTEXTS.hasOpenRotation,
          board.cards.some(({ rotation }) => isOpen(rotation)),
        );
        setContext(
          CONTEXTS.hasOpenCreation,
          board.creations.some(({ creation }) => isOpen(creation)),
        );
        keysView.redraw();
        statusBar.redraw();
      }),
      { dispose: () => [verdicts, times, creating].forEach(clearInterval) },
      watchShown(inventory, () => run(takeCaches())),
    );
  }

  return {
    start() {
      watch();
      // After activate() has returned: it does no I/O.
      remembered = new Promise<void>((resolve) => {
        setTimeout(() => resolve(), 0);
      }).then(async () => {
        keep(watchCaches(caches.folder, () => run(takeNewCaches())));
        await showRemembered({ caches, remembered: () => accounts.remembered(), inventory, present });
      });
      started = remembered.then(async () => {
        if (await hasJournals(join(parts.storageFolder, 'rotations'))) await reloadBoard();
      });
      run(
        started.finally(() => {
          run(closePatchPreviews());
          if (keysView.view.visible && !keysWanted) run(refreshKeys());
          if (rotationsView.view.visible) run(readOpenRotations(false));
        }),
      );
    },
    remembered: async () => await remembered?.catch(() => undefined),
    refreshKeys,
    findAccounts,
    refreshRotations: () => readOpenRotations(true),
    dispose() {
      disposed = true;
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

function statusFacts(parts: ConductorParts): Omit<StatusFacts, 'locale'> {
  const { inventory, board } = parts;
  const open = board.cards.filter(({ rotation }) => isOpen(rotation));
  return {
    soon: parts.soon(),
    waiting: open.map((card) => waitingFacts(card, parts)),
    accountName: (accountId) => accountNameAmong(inventory, accountId, t),
  };
}

/** How far a rotation is by the newest reading: of this window, or told by the one that watches. */
function waitingFacts(
  card: Card,
  { lastReadings, verdictOptions }: Pick<ConductorParts, 'lastReadings' | 'verdictOptions'>,
): StatusFacts['waiting'][number] {
  const { rotation, reading } = card;
  const { aapName } = rotation.aap;
  const told = lastReadings.get(rotation.id);
  if (rotation.state !== 'watching') return { aapName, moved: 0, all: 0, quiet: false };
  if (told && !(reading && reading.verdict.readAt >= told.readAt))
    return { aapName, moved: told.moved, all: told.total, quiet: told.kind === 'quiet' };
  const quiet = reading?.verdict.kind === 'quiet';
  return { aapName, ...movedCallers(card, verdictOptions()), quiet };
}
