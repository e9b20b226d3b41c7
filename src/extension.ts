import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ExtensionContext, window, workspace } from 'vscode';
import { createBackground } from './references/background';
import { createAccounts } from './ui/accounts';
import { registerCommands } from './ui/commands/registrar';
import { createConductor } from './ui/conductor';
import type { Desk } from './ui/desk';
import { startEditorFeatures } from './ui/editor/start';
import { createLog } from './ui/log';
import { once } from './ui/once';
import { createPresent } from './ui/present';
import { createRooms } from './ui/rooms';
import { createBoard } from './ui/rotations/board';
import { createRotationsView } from './ui/rotations/rotationsView';
import { scanWorkspace } from './ui/rotations/workspaceScan';
import { createSecretVault } from './ui/secretVault';
import { endpoints, verdictOptions } from './ui/settings';
import { createInventory } from './ui/tree/inventory';
import { registerKeyDecorations } from './ui/tree/keyDecorations';
import { createKeysView } from './ui/tree/keysView';
import { withEncodings } from './ui/withEncodings';

/** Words, quick inputs, commands and panels: loaded the first time somebody looks or acts. */
const loadDesk = () => import('./ui/desk');

/** Builds the parts and hands them to each other; reading begins after it has returned. */
export function activate(context: ExtensionContext): void {
  const storageFolder = context.globalStorageUri.fsPath;
  const log = createLog();
  const background = createBackground({
    workerFile: context.asAbsolutePath(join('dist', 'references.js')),
    grammarsFolder: context.asAbsolutePath(join('dist', 'grammars')),
  });
  const rooms = createRooms({
    storageFolder,
    homeFolder: homedir(),
    userAgent: `kms-client-keys/${String(context.extension.packageJSON.version)}`,
    vault: createSecretVault(context.secrets),
    background: withEncodings(background),
    endpoints,
    verdictOptions,
    isTrusted: () => workspace.isTrusted,
    log: (line) => log.debug(line),
  });
  const inventory = createInventory(() => rooms.cloud());
  const present = createPresent(rooms);
  const now = (accountId: string) => present.now(accountId);
  const board = createBoard({
    rotations: () => rooms.rotations(),
    scan: (rotation, watch) => scanWorkspace(rotation, () => rooms.rotations(), watch),
  });
  const accounts = createAccounts(() => rooms.cloud(), context.globalState, inventory);
  const keysView = createKeysView({
    inventory,
    now,
    rotationPart: (id) => board.partOf(id),
    rowOf: async () => (await loadDesk()).keyRowOf,
  });
  const rotationsView = createRotationsView({
    board,
    now,
    verdictOptions,
    rowOf: async () => (await loadDesk()).rotationRowOf,
  });
  const showError = (error: unknown) => void desk().then((loaded) => loaded.showError(error));
  const conductor = createConductor({
    storageFolder,
    rooms,
    inventory,
    present,
    board,
    accounts,
    keysView,
    rotationsView,
    showError,
    verdictOptions,
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
      rotationsView,
      conductor,
      verdictOptions,
    }),
  );
  context.subscriptions.push(
    ...registerCommands(async () => (await desk()).handlers, showError),
    window.registerWebviewPanelSerializer('clientKeys.audit', {
      deserializeWebviewPanel: async (panel, saved) => (await desk()).auditPanels.restore(panel, saved),
    }),
    registerKeyDecorations(inventory, now, board.changed),
    startEditorFeatures({ inventory, board, background, now, log: (line) => log.debug(line) }),
    conductor,
    rotationsView,
    keysView,
    rooms,
    background,
    log,
  );
  conductor.start();
}
