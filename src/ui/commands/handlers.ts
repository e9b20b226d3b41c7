import { env, type LogOutputChannel, type Memento, window } from 'vscode';
import type { AuditTarget } from '../../model/auditView';
import type { ClientKey } from '../../model/clientKey';
import type { Strategy } from '../../model/reference';
import { isOpen } from '../../model/rotation';
import type { BackgroundWorker } from '../../references/background';
import type { Accounts } from '../accounts';
import { chooseAccount } from '../chooseAccount';
import { COMMANDS, type CommandId } from '../commandIds';
import { addToGitignore, revealCredentialFile, textOf, useNewKeyHere } from '../editor/editorCommands';
import { movePassword } from '../editor/passwordMoveCommand';
import { describeError } from '../errorText';
import { t } from '../localise';
import { withProgress } from '../progress';
import { pickKey } from '../rotate/pickKey';
import { type RotateParts, rotateKey } from '../rotate/rotateCommand';
import { copyManualCommand, copyManualValue } from '../rotations/copyForManualStep';
import { type DeletionParts, deleteKeyOf } from '../rotations/deletionCommand';
import { removeOldFiles } from '../rotations/oldFiles';
import { openReference } from '../rotations/openReference';
import type { Patching } from '../rotations/patching';
import { pickRotation } from '../rotations/pickRotation';
import { abandonRotation, resumeRotation } from '../rotations/resuming';
import { isResumable, isRotationNode } from '../rotations/rotationNodes';
import { patchableFolders } from '../rotations/trust';
import { allKeys } from '../tree/inventory';
import type { KeyNode } from '../tree/keyNodes';
import type { CommandHandler } from './registrar';

export interface HandlerParts extends Omit<RotateParts, 'now' | 'rotations'>, DeletionParts {
  readonly background: BackgroundWorker;
  readonly accounts: Accounts;
  readonly memento: Memento;
  readonly patching: Patching;
  readonly log: LogOutputChannel;
  /** Reads the keys of the account again, finding the account first where there is none. */
  refreshKeys(): Promise<void>;
  /** How many known keys expire within the warning period and are not being rotated. */
  expiringKeys(): number;
  /** Reads journals, references and verdicts of open rotations again. */
  refreshRotations(): Promise<void>;
}

/** What each command does. */
export function commandHandlers(parts: HandlerParts): Record<CommandId, CommandHandler> {
  const { board, inventory, rooms, patching } = parts;
  const rotateParts: RotateParts = { ...parts, rotations: () => rooms.rotations() };

  async function keyFor(
    target: unknown,
    placeholder: string,
    expiringOnly = false,
  ): Promise<ClientKey | undefined> {
    if (isKeyNode(target)) return target.key;
    const keyId = textOf(target, 'keyId');
    if (keyId !== undefined) return await knownKey(keyId);
    if (inventory.regions.length === 0) await parts.refreshKeys();
    const now = parts.now(inventory.account?.id ?? '');
    return await pickKey(inventory, now, { expiringOnly, placeholder });
  }

  /** A link in an editor names a key by its id. */
  async function knownKey(keyId: string): Promise<ClientKey | undefined> {
    const find = () => allKeys(inventory).find(({ key }) => key.id === keyId)?.key;
    if (find() === undefined) await parts.refreshKeys();
    const key = find();
    if (key === undefined)
      void window.showInformationMessage(
        t('Client key {0} is not among the keys of this account. Choose the account it belongs to.', keyId),
      );
    return key;
  }

  async function rotate(target: unknown, expiringOnly: boolean): Promise<void> {
    const key = await keyFor(target, t('Which client key shall be rotated?'), expiringOnly);
    if (key) await rotateKey(key, rotateParts);
  }

  async function resume(target: unknown): Promise<void> {
    const card = await pickRotation(board, target, ({ rotation }) => isResumable(rotation));
    if (!card) return;
    const rotations = await rooms.rotations();
    try {
      if (await resumeRotation(board, rotations, card.rotation.id)) await scan(card.rotation.id);
    } finally {
      void inventory.refreshAap(card.rotation.aap);
    }
  }

  async function scan(target: unknown): Promise<void> {
    const card = await pickRotation(board, target);
    if (!card) return;
    patchableFolders();
    const { id } = card.rotation;
    await withProgress(t('Finding references'), (signal, onProgress) =>
      board.rescan(id, { signal, onProgress }),
    );
  }

  function choose(target: unknown, strategy: Strategy): void {
    if (isRotationNode(target) && target.kind === 'group')
      board.choose(target.card.rotation.id, target.group.id, strategy);
  }

  async function deleteOld(target: unknown): Promise<void> {
    const card = await pickRotation(board, target);
    if (card) await deleteKeyOf({ kind: 'rotation', rotationId: card.rotation.id }, parts);
  }

  async function auditTarget(target: unknown): Promise<AuditTarget | undefined> {
    if (isRotationNode(target)) return { kind: 'rotation', rotationId: target.card.rotation.id };
    // From the palette, or from a row that VS Code is just reading again and hands over as nothing.
    const [only, ...others] = board.cards.filter(({ rotation }) => isOpen(rotation));
    if (target === undefined && only && others.length === 0)
      return { kind: 'rotation', rotationId: only.rotation.id };
    const key = await keyFor(target, t('Whose use shall be shown?'));
    if (!key) return undefined;
    const { id, accountId, regionId, aapName } = key;
    const card = board.cards.find(({ rotation }) => isOpen(rotation) && rotation.oldKey.id === id);
    return card
      ? { kind: 'rotation', rotationId: card.rotation.id }
      : { kind: 'key', aap: { accountId, regionId, aapName }, keyId: id };
  }

  async function retry(target: unknown): Promise<void> {
    if (isRotationNode(target)) {
      const { id } = target.card.rotation;
      if (target.kind !== 'step') return await board.reload();
      if (target.step === 'create') return await resume(target);
      if (target.step === 'references') return await scan(target);
      return target.step === 'verify' ? await board.readVerdict(id) : await deleteOld(target);
    }
    if (!isNode(target)) return;
    if (inventory.account) (await rooms.cloud()).forget(inventory.account.id);
    if (target.kind === 'region') await inventory.refreshRegion(target.region.regionId);
    else if (target.kind === 'aap') await inventory.refreshAap(target.entry.aap);
    else if (target.kind !== 'error' || target.retry.kind === 'all') await parts.refreshKeys();
    else if (target.retry.kind === 'region') await inventory.refreshRegion(target.retry.regionId);
    else await inventory.refreshAap(target.retry.entry.aap);
  }

  return {
    [COMMANDS.refresh]: () => parts.refreshKeys(),
    [COMMANDS.chooseAccount]: async () => {
      const cloud = await rooms.cloud();
      if (await chooseAccount(cloud, inventory.account, parts.accounts, parts.memento))
        await parts.refreshKeys();
    },
    [COMMANDS.rotate]: (target) => rotate(target, false),
    [COMMANDS.showExpiring]: async () => {
      const waiting = board.cards.find(({ rotation }) => isOpen(rotation));
      if (waiting && parts.expiringKeys() === 0) await parts.reveal(waiting.rotation.id);
      else await rotate(undefined, true);
    },
    [COMMANDS.copyKeyId]: copyKeyId,
    [COMMANDS.openAudit]: async (target) => {
      const audit = await auditTarget(target);
      if (audit) await parts.openAudit(audit);
    },
    [COMMANDS.retry]: retry,
    [COMMANDS.refreshRotations]: async () => {
      await parts.refreshRotations();
      for (const { rotation } of board.cards)
        parts.refreshAudit({ kind: 'rotation', rotationId: rotation.id });
    },
    [COMMANDS.scanReferences]: scan,
    [COMMANDS.openReference]: openReference,
    [COMMANDS.previewPatch]: (target) => patching.preview(target),
    [COMMANDS.applyPatch]: (target) => patching.apply(target),
    [COMMANDS.undoPatch]: (target) => patching.undo(target),
    [COMMANDS.replaceInPlace]: (target) => choose(target, 'inPlace'),
    [COMMANDS.putBeside]: (target) => choose(target, 'beside'),
    [COMMANDS.copyManualCommand]: copyManualCommand,
    [COMMANDS.copyManualValue]: copyManualValue,
    [COMMANDS.useNewKeyHere]: (target) => useNewKeyHere(target, parts),
    [COMMANDS.movePassword]: (target) =>
      movePassword(target, {
        ...rotateParts,
        background: parts.background,
        log: (line) => parts.log.info(line),
      }),
    [COMMANDS.addToGitignore]: addToGitignore,
    [COMMANDS.revealCredentialFile]: revealCredentialFile,
    [COMMANDS.resumeRotation]: resume,
    [COMMANDS.deleteOldKey]: deleteOld,
    [COMMANDS.abandonRotation]: async (target) => {
      const card = await pickRotation(board, target);
      if (!card) return;
      await abandonRotation(board, await rooms.rotations(), card.rotation.id);
      void inventory.refreshAap(card.rotation.aap);
    },
    [COMMANDS.removeOldFiles]: async (target) => {
      const card = await pickRotation(board, target, ({ oldFiles }) => oldFiles.length > 0);
      if (card) await removeOldFiles(board, await rooms.rotations(), card.rotation.id);
    },
    [COMMANDS.copyRequestId]: copyRequestId,
    [COMMANDS.showLog]: () => parts.log.show(),
  };
}

async function copyKeyId(target: unknown): Promise<void> {
  if (isKeyNode(target)) await env.clipboard.writeText(target.key.id);
  if (!isRotationNode(target)) return;
  const { oldKey, newKey } = target.card.rotation;
  const ids = [oldKey.id, ...(newKey ? [newKey.id] : [])];
  const labels = [t('Old client key'), t('New client key')];
  const picked = await window.showQuickPick(
    ids.map((id, index) => ({ label: id, description: labels[index] ?? '' })),
  );
  if (picked) await env.clipboard.writeText(picked.label);
}

async function copyRequestId(target: unknown): Promise<void> {
  const errors = isRotationNode(target)
    ? [...target.card.errors.values()]
    : isNode(target) && target.kind === 'error'
      ? [target.error]
      : [];
  const id = errors.map((error) => describeError(error, t).requestId).find((found) => found !== undefined);
  if (id !== undefined) await env.clipboard.writeText(id);
}

function isNode(target: unknown): target is KeyNode {
  return typeof target === 'object' && target !== null && 'kind' in target && !('card' in target);
}

function isKeyNode(target: unknown): target is Extract<KeyNode, { kind: 'key' }> {
  return isNode(target) && target.kind === 'key' && 'key' in target;
}
