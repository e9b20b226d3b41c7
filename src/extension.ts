import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import { createBackground } from './references/background';
import { createAccounts } from './ui/accounts';
import { createAuditPanels } from './ui/audit/auditPanel';
import { auditDeps } from './ui/auditWiring';
import { commandHandlers } from './ui/commands/handlers';
import { registerCommands } from './ui/commands/registrar';
import { createConductor } from './ui/conductor';
import { createLog } from './ui/log';
import { createPresent } from './ui/present';
import { createRooms } from './ui/rooms';
import { createBoard } from './ui/rotations/board';
import { type DeletionParts, deleteKeyOf } from './ui/rotations/deletionCommand';
import { createPatching } from './ui/rotations/patching';
import { createPatchPreview } from './ui/rotations/patchPreview';
import { createRotationsView } from './ui/rotations/rotationsView';
import { scanWorkspace } from './ui/rotations/workspaceScan';
import { createSecretVault } from './ui/secretVault';
import { endpoints, verdictOptions } from './ui/settings';
import { createShowError } from './ui/showError';
import { createInventory } from './ui/tree/inventory';
import { registerKeyDecorations } from './ui/tree/keyDecorations';
import { createKeysView } from './ui/tree/keysView';

/** Builds the parts and hands them to each other; reading begins after it has returned. */
export function activate(context: ExtensionContext): void {
  const storageFolder = context.globalStorageUri.fsPath;
  const log = createLog();
  const showError = createShowError(log);
  const background = createBackground({
    workerFile: context.asAbsolutePath(join('dist', 'references.js')),
    grammarsFolder: context.asAbsolutePath(join('dist', 'grammars')),
  });
  const rooms = createRooms({
    storageFolder,
    homeFolder: homedir(),
    userAgent: `kms-client-keys/${String(context.extension.packageJSON.version)}`,
    vault: createSecretVault(context.secrets),
    background,
    endpoints,
    verdictOptions,
    isTrusted: () => workspace.isTrusted,
    log: (line) => log.debug(line),
  });
  const inventory = createInventory(() => rooms.cloud());
  const present = createPresent(rooms, () => inventory.regions.some(({ status }) => status === 'ready'));
  const now = (accountId: string) => present.now(accountId);
  const board = createBoard({
    rotations: () => rooms.rotations(),
    scan: (rotation) => scanWorkspace(rotation, () => rooms.rotations(), background),
  });
  const accounts = createAccounts(() => rooms.cloud(), context.globalState, inventory);
  const keysView = createKeysView({ inventory, now, rotationPart: (id) => board.partOf(id) });
  const rotationsView = createRotationsView({ board, now, verdictOptions });
  const preview = createPatchPreview();
  const patching = createPatching({ board, preview, rotations: () => rooms.rotations() });
  const deletion: DeletionParts = {
    rooms,
    board,
    inventory,
    now,
    verdictOptions,
    openAudit: (target) => auditPanels.open(target),
    refreshAudit: (target) => auditPanels.refresh(target),
  };
  const auditPanels = createAuditPanels(
    context.extensionUri,
    auditDeps({ ...deletion, deleteOldKey: (target) => deleteKeyOf(target, deletion) }),
  );
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
  context.subscriptions.push(
    ...registerCommands(
      commandHandlers({
        ...deletion,
        accounts,
        background,
        patching,
        log,
        reveal: (rotationId) => rotationsView.reveal(rotationId),
        expiringKeys: () => conductor.expiringKeys(),
        refreshKeys: () => conductor.refreshKeys(),
        refreshRotations: () => conductor.refreshRotations(),
      }),
      showError,
    ),
    registerKeyDecorations(inventory, now),
    conductor,
    auditPanels,
    preview,
    rotationsView,
    keysView,
    rooms,
    background,
    log,
  );
  conductor.start();
}
