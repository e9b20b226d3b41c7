import type { LogOutputChannel } from 'vscode';
import type { AuditTarget } from '../../model/auditView';
import type { Strategy } from '../../model/reference';
import { isOpen, isRotation } from '../../model/rotation';
import type { BackgroundWorker } from '../../references/background';
import { accountCommands } from '../accounts/accountCommands';
import type { AccountParts } from '../accounts/accountParts';
import { COMMANDS, type CommandId } from '../commandIds';
import { addToGitignore, revealCredentialFile, useNewKeyHere } from '../editor/editorCommands';
import { movePassword } from '../editor/passwordMoveCommand';
import { accountNameAmong } from '../expiry/accountName';
import { pickSoonKey } from '../expiry/pickSoonKey';
import type { SoonKey } from '../expiry/soonKeys';
import { t, textLocale } from '../localise';
import { withProgress } from '../progress';
import { tellCreated } from '../rotate/createCommand';
import { type RotateParts, rotateKey } from '../rotate/rotateCommand';
import { copyManualCommand, copyManualValue } from '../rotations/copyForManualStep';
import { type DeletionParts, deleteKeyOf } from '../rotations/deletionCommand';
import { removeOldFiles } from '../rotations/oldFiles';
import { openReference } from '../rotations/openReference';
import type { Patching } from '../rotations/patching';
import { pickNewKey, pickRotation } from '../rotations/pickRotation';
import { abandonRotation, resumeRotation } from '../rotations/resuming';
import { type RolloutParts, rolloutCommands } from '../rotations/rolloutCommands';
import { isResumable, isRotationNode } from '../rotations/rotationNodes';
import { patchableFolders } from '../rotations/trust';
import { retryNode } from '../tree/retryNode';
import { type TreeCommandParts, treeCommands } from '../tree/treeCommands';
import { chosenKey, isKeyViewNode, readKeys } from './chosen';
import { createCommands } from './createCommands';
import { type KeyCommandParts, keyCommands } from './keyCommands';
import type { CommandHandler } from './registrar';

export interface HandlerParts
  extends Omit<RotateParts, 'now' | 'rotations'>,
    DeletionParts,
    AccountParts,
    Pick<TreeCommandParts, 'look'>,
    KeyCommandParts,
    Pick<RolloutParts, 'revealRollout'> {
  readonly background: BackgroundWorker;
  readonly patching: Patching;
  readonly log: LogOutputChannel;
  /** Reads the keys of the account again, finding the account first where there is none. */
  refreshKeys(): Promise<void>;
  /** What expires soon, of all accounts and credential files, and is not being rotated. */
  soon(): readonly SoonKey[];
  /** Reads journals, references and verdicts of open rotations again. */
  refreshRotations(): Promise<void>;
}

/** What each command does. */
export function commandHandlers(parts: HandlerParts): Record<CommandId, CommandHandler> {
  const { board, inventory, rooms, patching } = parts;
  const rotateParts: RotateParts = { ...parts, rotations: () => rooms.rotations() };

  async function rotate(target: unknown): Promise<void> {
    const key = await chosenKey(target, parts, { placeholder: t('Which client key shall be rotated?') });
    if (key) await rotateKey(key, rotateParts);
  }

  async function resume(target: unknown): Promise<void> {
    const stopped = await pickNewKey(board, target, isResumable);
    if (!stopped) return;
    try {
      const resumed = await resumeRotation(board, await rooms.rotations(), stopped);
      if (resumed) await (isRotation(resumed) ? scan(resumed.id) : tellCreated(resumed));
    } finally {
      void inventory.refreshAap(stopped.aap);
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
    const key = await chosenKey(target, parts, { placeholder: t('Whose use shall be shown?') });
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
    if (!isKeyViewNode(target)) return;
    await retryNode(target, { ...parts, cloud: () => rooms.cloud() });
  }

  return {
    ...keyCommands(parts),
    ...createCommands({ ...rotateParts, refreshKeys: () => parts.refreshKeys() }),
    ...treeCommands(parts),
    ...accountCommands(parts),
    ...rolloutCommands({ ...parts, rotations: () => rooms.rotations() }),
    [COMMANDS.rotate]: rotate,
    [COMMANDS.showExpiring]: async () => {
      const waiting = board.cards.find(({ rotation }) => isOpen(rotation));
      if (waiting && parts.soon().length === 0) return await parts.reveal(waiting.rotation.id);
      if (inventory.keys().length === 0 && !(await readKeys(parts))) return;
      const accountName = (accountId: string) => accountNameAmong(inventory, accountId, t);
      const key = await pickSoonKey(parts.soon(), { t, locale: textLocale(), accountName });
      if (key) await rotate({ keyId: key.id });
    },
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
      const given = await pickNewKey(board, target, isOpen);
      if (!given) return;
      await abandonRotation(board, await rooms.rotations(), given);
      void inventory.refreshAap(given.aap);
    },
    [COMMANDS.removeOldFiles]: async (target) => {
      const card = await pickRotation(board, target, ({ oldFiles }) => oldFiles.length > 0);
      if (card) await removeOldFiles(board, await rooms.rotations(), card.rotation.id);
    },
    [COMMANDS.showLog]: () => parts.log.show(),
  };
}
