import { env, Uri, window } from 'vscode';
import { type Creation, isOpen, isRotation, type Rotation } from '../../model/rotation';
import type { BackgroundWorker } from '../../references/background';
import { COMMANDS } from '../commandIds';
import { describeError } from '../errorText';
import { t } from '../localise';
import { type DeletionParts, deleteKeyOf } from '../rotations/deletionCommand';
import { isBoardNode, shownOf, stepErrorOf } from '../rotations/rotationNodes';
import { consoleSiteSetting } from '../settings';
import { chosenAap, chosenKey, isFileKeyNode, isKeyViewNode } from './chosen';
import { consoleSite, consoleUrl } from './consoleLink';
import { copyArn } from './copyArn';
import { copyPolicy } from './copyPolicy';
import { findReferences } from './findReferences';
import { type GoToParts, goToKey } from './goToKey';
import type { CommandHandler } from './registrar';

export interface KeyCommandParts extends GoToParts, DeletionParts {
  readonly background: Pick<BackgroundWorker, 'scan'>;
}

/** What can be done with a client key, an AAP or an error besides rotating and creating. */
export function keyCommands(parts: KeyCommandParts) {
  const { board, inventory } = parts;

  async function deleteKey(target: unknown): Promise<void> {
    const key = await chosenKey(target, parts, { placeholder: t('Which client key shall be deleted?') });
    if (!key) return;
    const { accountId, regionId, aapName } = key;
    // A rotation that replaces it knows more: whether the callers have moved, and which files stay behind.
    const card = board.cards.find(({ rotation }) => isOpen(rotation) && rotation.oldKey.id === key.id);
    const subject = card
      ? ({ kind: 'rotation', rotationId: card.rotation.id } as const)
      : ({ kind: 'key', aap: { accountId, regionId, aapName }, keyId: key.id } as const);
    await deleteKeyOf(subject, parts);
  }

  async function openInConsole(target: unknown): Promise<void> {
    const aap = await chosenAap(target, parts, t('Which application access point?'));
    if (!aap) return;
    const ofAccount = inventory.account(aap.accountId)?.account.site;
    const site = consoleSite(consoleSiteSetting(), ofAccount, env.language);
    await env.openExternal(Uri.parse(consoleUrl(site, aap.regionId), true));
  }

  return {
    [COMMANDS.goToKey]: () => goToKey(parts),
    [COMMANDS.deleteKey]: deleteKey,
    [COMMANDS.findReferences]: async (target) => {
      // A key that only a file tells of has references too.
      const keyId = isFileKeyNode(target)
        ? target.key.id
        : (await chosenKey(target, parts, { placeholder: t('References to which client key?') }))?.id;
      if (keyId !== undefined) await findReferences(keyId, parts.background);
    },
    [COMMANDS.copyKeyId]: copyId,
    [COMMANDS.copyArn]: async (target) => {
      const aap = await chosenAap(target, parts, t('ARN of which application access point?'));
      if (aap) await copyArn(aap, inventory);
    },
    [COMMANDS.openInConsole]: openInConsole,
    [COMMANDS.copyPolicy]: (target) => copyPolicy(errorOf(target)),
    [COMMANDS.copyRequestId]: async (target) => {
      const id = describeError(errorOf(target), t).requestId;
      if (id !== undefined) await env.clipboard.writeText(id);
    },
  } satisfies Partial<Record<string, CommandHandler>>;
}

/** The error that a row shows, or a notification is about. */
function errorOf(target: unknown): unknown {
  const failed = stepErrorOf(target) ?? target;
  return typeof failed === 'object' && failed !== null && 'error' in failed ? failed.error : undefined;
}

/** The id of what a row stands for; of the two of a rotation the user picks one. */
async function copyId(target: unknown): Promise<void> {
  const id = isBoardNode(target) ? await pickId(shownOf(target.card)) : idOf(target);
  if (id !== undefined) await env.clipboard.writeText(id);
}

function idOf(target: unknown): string | undefined {
  if (!isKeyViewNode(target)) return undefined;
  switch (target.kind) {
    case 'key':
    case 'fileKey':
      return target.key.id;
    case 'aap':
      return target.entry.aap.aapName;
    case 'instance':
      return target.instanceId;
    default:
      return undefined;
  }
}

async function pickId(shown: Rotation | Creation): Promise<string | undefined> {
  const ids = [
    ...(isRotation(shown) ? [{ label: shown.oldKey.id, description: t('Old client key') }] : []),
    ...(shown.newKey ? [{ label: shown.newKey.id, description: t('New client key') }] : []),
  ];
  if (ids.length < 2) return ids[0]?.label;
  return (await window.showQuickPick(ids))?.label;
}
