import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ExtensionContext, window, workspace } from 'vscode';
import { startAccounts } from './ui/accounts/startAccounts';
import { createTypedKeys } from './ui/accounts/typedKeys';
import { registerCommands, setContext } from './ui/commands/registrar';
import { createConductor } from './ui/conductor';
import type { Desk } from './ui/desk';
import { startEditorFeatures } from './ui/editor/start';
import { createLocalKeys } from './ui/expiry/localKeys';
import { soonKeys } from './ui/expiry/soonKeys';
import { startExpiryWatch } from './ui/expiry/start';
import { createCaches } from './ui/inventory/cache';
import { createInventory } from './ui/inventory/inventory';
import { keepCaches } from './ui/inventory/keepCaches';
import { createLazyBackground } from './ui/lazyBackground';
import { loadTree } from './ui/lazyRooms';
import { createLog } from './ui/log';
import { once } from './ui/once';
import { createPresent } from './ui/present';
import { createRooms } from './ui/rooms';
import { createBoard } from './ui/rotations/board';
import { createRotationsView } from './ui/rotations/rotationsView';
import { scanWorkspace } from './ui/rotations/workspaceScan';
import { createSecretVault } from './ui/secretVault';
import { endpoints, logOf, network, requestsPerSecond, thresholds, verdictOptions } from './ui/settings';
import { registerKeyDecorations } from './ui/tree/keyDecorations';
import { createKeysView } from './ui/tree/keysView';
import { createTreeLook } from './ui/tree/treeLook';
import type { LastReading } from './ui/watch/watchRecord';
import { withEncodings } from './ui/withEncodings';

/** Words, quick inputs, commands and panels: loaded the first time somebody looks or acts. */
const loadDesk = () => import('./ui/desk');

/** Builds the parts and hands them to each other; reading begins after it has returned. */
export function activate(context: ExtensionContext): void {
  const storageFolder = context.globalStorageUri.fsPath;
  const log = createLog();
  const background = createLazyBackground({
    workerFile: context.asAbsolutePath(join('dist', 'references.js')),
    grammarsFolder: context.asAbsolutePath(join('dist', 'grammars')),
  });
  const typedKeys = createTypedKeys(context.secrets);
  const rooms = createRooms({
    storageFolder,
    homeFolder: homedir(),
    userAgent: `kms-client-keys/${String(context.extension.packageJSON.version)}`,
    vault: createSecretVault(context.secrets),
    typedKeys,
    background: withEncodings(background),
    endpoints,
    network,
    requestsPerSecond,
    verdictOptions,
    logOf,
    isTrusted: () => workspace.isTrusted,
    log: (line) => log.debug(line),
  });
  const inventory = createInventory({
    lists: async (urgency) => {
      const cloud = await rooms.cloud();
      return urgency === 'sweep' ? cloud.background : cloud;
    },
    onRead: (accountId) => kept.noteRead(accountId),
  });
  const present = createPresent(rooms);
  const caches = createCaches(join(storageFolder, 'inventory'));
  const kept = keepCaches({ inventory, caches, offset: present.offset, log: (line) => log.debug(line) });
  const localKeys = createLocalKeys();
  const now = (accountId: string) => present.now(accountId);
  const board = createBoard({
    rotations: () => rooms.rotations(),
    scan: (rotation, watch) => scanWorkspace(rotation, () => rooms.rotations(), watch),
    known: async (scans, evidence) => (await loadDesk()).knownReferences(scans, evidence),
  });
  const soon = () => soonKeys({ inventory, localKeys, board, now, thresholds });
  const accounts = startAccounts({
    storageFolder,
    rooms,
    inventory,
    typedKeys,
    isLookedAt: () => keysView.view.visible,
    showError: (error) => showError(error),
  });
  const look = createTreeLook(context.globalState, setContext);
  const keysView = createKeysView({
    inventory,
    localKeys,
    board,
    look,
    now,
    soon,
    ready: () => conductor.remembered(),
    loadTree,
  });
  const rotationsView = createRotationsView({
    board,
    now,
    verdictOptions,
    words: loadDesk,
  });
  const lastReadings = new Map<string, LastReading>();
  const showError = (error: unknown) => void desk().then((loaded) => loaded.showError(error));
  const conductor = createConductor({
    storageFolder,
    caches,
    localKeys,
    soon,
    rooms,
    inventory,
    present,
    board,
    accounts,
    keysView,
    rotationsView,
    showError,
    verdictOptions,
    lastReadings,
  });
  const desk: () => Promise<Desk> = once(async () =>
    (await loadDesk()).createDesk({
      context,
      log,
      rooms,
      inventory,
      now,
      board,
      background,
      accounts,
      typedKeys,
      caches,
      rotationsView,
      keysView,
      look,
      soon,
      conductor,
      verdictOptions,
    }),
  );
  context.subscriptions.push(
    ...registerCommands(async () => (await desk()).handlers, showError),
    window.registerWebviewPanelSerializer('clientKeys.audit', {
      deserializeWebviewPanel: async (panel, saved) => (await desk()).auditPanels.restore(panel, saved),
    }),
    registerKeyDecorations(
      { inventory, localKeys, now },
      inventory.changed,
      localKeys.changed,
      board.changed,
    ),
    startEditorFeatures({ inventory, board, background, now, log: (line) => log.debug(line) }),
    startExpiryWatch({
      storageFolder,
      inventory,
      localKeys,
      board,
      background,
      soon,
      lastReadings,
      now,
      verdictOptions,
      findAccounts: () => conductor.findAccounts(),
      reveal: (rotationId) => rotationsView.reveal(rotationId),
      words: loadDesk,
      log: (line) => log.debug(line),
    }),
    accounts,
    conductor,
    kept,
    rotationsView,
    keysView,
    rooms,
    background,
    log,
  );
  conductor.start();
}
