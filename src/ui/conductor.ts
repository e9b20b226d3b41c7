import { join } from 'node:path';
import { type Disposable, workspace } from 'vscode';
import { expiryOf } from '../model/expiry';
import { isOpen } from '../model/rotation';
import type { VerdictOptions } from '../model/verdict';
import type { Accounts } from './accounts';
import { CONTEXTS } from './commandIds';
import { setContext } from './commands/registrar';
import type { Present } from './present';
import type { Rooms } from './rooms';
import type { Board } from './rotations/board';
import { movedCallers } from './rotations/movedCallers';
import { closePatchPreviews } from './rotations/previewTabs';
import type { RotationsView } from './rotations/rotationsView';
import { thresholds } from './settings';
import type { ShowError } from './showError';
import { startUp } from './startUp';
import { createStatusBar } from './status/statusBar';
import type { StatusFacts } from './status/statusText';
import { allKeys, type Inventory } from './tree/inventory';
import { type CachedInventory, writeInventoryCache } from './tree/inventoryCache';
import type { KeysView } from './tree/keysView';

export interface ConductorParts {
  readonly storageFolder: string;
  readonly rooms: Rooms;
  readonly inventory: Inventory;
  readonly present: Present;
  readonly board: Board;
  readonly accounts: Accounts;
  readonly keysView: KeysView;
  readonly rotationsView: RotationsView;
  readonly showError: ShowError;
  readonly verdictOptions: () => VerdictOptions;
}

/** Decides when something is read: after activation, when a view is shown, on *Refresh*, when the world has changed. */
export interface Conductor extends Disposable {
  start(): void;
  refreshKeys(): Promise<void>;
  refreshRotations(): Promise<void>;
  expiringKeys(): number;
}

/** While the Rotations view is in sight the audit log is read this often, ms. */
const VERDICT_EVERY_MS = 5 * 60 * 1000;
/** Times left are told anew this often, ms. */
const REDRAW_EVERY_MS = 60 * 1000;

export function createConductor(parts: ConductorParts): Conductor {
  const { rooms, inventory, present, board, accounts, keysView, rotationsView, showError } = parts;
  const cacheFile = join(parts.storageFolder, 'inventory.json');
  const statusBar = createStatusBar(() => statusFacts(parts));
  const disposables: Disposable[] = [statusBar];
  let cached: CachedInventory | undefined;
  let accountFound = false;
  let listening = false;
  let started: Promise<void> | undefined;

  function run(task: Promise<unknown>): void {
    task.catch(showError);
  }

  function redraw(): void {
    keysView.redraw();
    rotationsView.redraw();
    statusBar.redraw();
  }

  async function refreshKeys(): Promise<void> {
    await started;
    if (!accountFound || !inventory.account) {
      accountFound = true;
      await accounts.find(cached);
    }
    const { account } = inventory;
    if (!account) return;
    await inventory.refresh();
    await writeInventoryCache(cacheFile, inventory, present.offset(account.id));
  }

  async function reloadBoard(): Promise<void> {
    await board.reload();
    if (listening) return;
    listening = true;
    const stop = (await rooms.rotations()).onChange(() => run(board.reload()));
    disposables.push({ dispose: stop });
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
    disposables.push(
      keysView.view.onDidChangeVisibility(({ visible }) => {
        if (visible && !accountFound) run(refreshKeys());
      }),
      rotationsView.view.onDidChangeVisibility(({ visible }) => {
        if (visible) run(readOpenRotations(false));
      }),
      workspace.onDidGrantWorkspaceTrust(() => run(readOpenRotations(true))),
      workspace.onDidChangeWorkspaceFolders(() => run(readOpenRotations(true))),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('clientKeys.endpoints')) run(refreshKeys());
        else if (event.affectsConfiguration('clientKeys')) redraw();
      }),
      inventory.changed.on(() => statusBar.redraw()),
      board.changed.on(() => {
        setContext(CONTEXTS.rotationsRead, board.loaded);
        setContext(
          CONTEXTS.hasOpenRotation,
          board.cards.some(({ rotation }) => isOpen(rotation)),
        );
        keysView.redraw();
        statusBar.redraw();
      }),
      { dispose: () => [verdicts, times].forEach(clearInterval) },
    );
  }

  return {
    start() {
      watch();
      // After activate() has returned: it does no I/O.
      started = new Promise<void>((resolve) => {
        setTimeout(() => resolve(), 0);
      }).then(async () => {
        cached = await startUp({
          cacheFile,
          journalFolder: join(parts.storageFolder, 'rotations'),
          inventory,
          present,
          reloadBoard,
        });
      });
      run(
        started.finally(() => {
          run(closePatchPreviews());
          if (keysView.view.visible && !accountFound) run(refreshKeys());
          if (rotationsView.view.visible) run(readOpenRotations(false));
        }),
      );
    },
    refreshKeys,
    refreshRotations: () => readOpenRotations(true),
    expiringKeys: () =>
      statusFacts(parts).keys.filter((key) => {
        const { state } = expiryOf(key, present.now(key.accountId), thresholds());
        return state !== 'valid' && state !== 'notYetValid' && board.partOf(key.id) === undefined;
      }).length,
    dispose() {
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

function statusFacts(parts: ConductorParts): Omit<StatusFacts, 'locale'> {
  const { inventory, board, present } = parts;
  const open = board.cards.filter(({ rotation }) => isOpen(rotation));
  return {
    keys: allKeys(inventory).map(({ key }) => key),
    rotated: new Set(open.flatMap(({ rotation }) => [rotation.oldKey.id])),
    waiting: open.map((card) => ({
      aapName: card.rotation.aap.aapName,
      ...movedCallers(card, parts.verdictOptions()),
    })),
    now: present.now(inventory.account?.id ?? ''),
    thresholds: thresholds(),
  };
}
