import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { BackgroundWorker } from '../references/background';
import type { Accounts } from './accounts/accounts';
import type { TypedKeys } from './accounts/typedKeys';
import { type AuditPanels, createAuditPanels } from './audit/auditPanel';
import { type AuditWiring, auditDeps } from './auditWiring';
import type { CommandId } from './commandIds';
import { commandHandlers } from './commands/handlers';
import type { CommandHandler } from './commands/registrar';
import type { Conductor } from './conductor';
import { forgetKeys } from './expiry/forgetKeys';
import type { SoonKey } from './expiry/soonKeys';
import type { Caches } from './inventory/cache';
import { type DeletionParts, deleteKeyOf } from './rotations/deletionCommand';
import { knownReferences } from './rotations/knownReferences';
import { createPatching } from './rotations/patching';
import { createPatchPreview } from './rotations/patchPreview';
import { placesOf } from './rotations/rolloutPlaces';
import { rotationRowOf } from './rotations/rotationRows';
import type { RotationsView } from './rotations/rotationsView';
import { createShowError, type ShowError } from './showError';
import type { KeysView } from './tree/keysView';
import type { TreeLook } from './tree/treeLook';

export { knownReferences, placesOf, rotationRowOf };

export interface DeskParts extends Omit<AuditWiring, 'deleteOldKey'> {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly background: BackgroundWorker;
  readonly accounts: Accounts;
  readonly typedKeys: TypedKeys;
  readonly caches: Pick<Caches, 'readAll' | 'remove'>;
  readonly rotationsView: RotationsView;
  readonly keysView: Pick<KeysView, 'reveal'>;
  readonly look: TreeLook;
  readonly conductor: Pick<Conductor, 'refreshKeys' | 'refreshRotations'>;
  /** What expires soon, of all accounts and credential files. */
  soon(): readonly SoonKey[];
}

/** All that is needed only once somebody looks or acts: words, questions, commands, the audit views. */
export interface Desk {
  readonly handlers: Readonly<Record<CommandId, CommandHandler>>;
  readonly auditPanels: AuditPanels;
  readonly showError: ShowError;
}

export function createDesk(parts: DeskParts): Desk {
  const { context, rooms, board, conductor, rotationsView, keysView } = parts;
  const preview = createPatchPreview();
  const deletion: DeletionParts = {
    ...parts,
    openAudit: (target) => auditPanels.open(target),
    refreshAudit: (target) => auditPanels.refresh(target),
  };
  const auditPanels = createAuditPanels(
    context.extensionUri,
    auditDeps({ ...parts, deleteOldKey: (target) => deleteKeyOf(target, deletion) }),
    board.changed,
  );
  const handlers = commandHandlers({
    ...parts,
    ...deletion,
    secrets: context.secrets,
    readAccount: (accountId) => parts.inventory.refresh(accountId),
    forgetKeys: (accountId) => forgetKeys(accountId, context.globalStorageUri.fsPath, parts.caches),
    patching: createPatching({ board, preview, rotations: () => rooms.rotations() }),
    reveal: (rotationId) => rotationsView.reveal(rotationId),
    revealRollout: (rotationId) => rotationsView.revealRollout(rotationId),
    revealInKeys: (target) => keysView.reveal(target),
    refreshKeys: () => conductor.refreshKeys(),
    refreshRotations: () => conductor.refreshRotations(),
  });
  context.subscriptions.push(preview, auditPanels);
  return { handlers, auditPanels, showError: createShowError(parts.log, parts.inventory) };
}
