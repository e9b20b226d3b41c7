import { window } from 'vscode';
import type { AapRef, ClientKey } from '../../model/clientKey';
import { textOf } from '../editor/editorCommands';
import type { Inventory } from '../inventory/entries';
import { t, textLocale } from '../localise';
import { waitFor } from '../progress';
import { thresholds } from '../settings';
import type { KeyNode, RevealTarget } from '../tree/keyNodes';
import { type GoToItem, goToItems } from './goToItems';

export interface ChoiceParts {
  readonly inventory: Inventory;
  now(accountId: string): number;
  /** Reads the keys of all accounts again, finding the accounts first where there are none. */
  refreshKeys(): Promise<void>;
}

interface KeyQuestion {
  readonly placeholder: string;
}

/** The client key that a command is about: of a row, of a link in an editor, else as the user picks. */
export async function chosenKey(
  target: unknown,
  parts: ChoiceParts,
  { placeholder }: KeyQuestion,
): Promise<ClientKey | undefined> {
  if (isKeyNode(target)) return target.key;
  if (isFileKeyNode(target)) return await knownKey(target.key.id, parts);
  const keyId = textOf(target, 'keyId');
  if (keyId !== undefined) return await knownKey(keyId, parts);
  if (parts.inventory.keys().length === 0 && !(await readKeys(parts))) return undefined;
  const { keys } = await itemsOf(parts);
  if (keys.length === 0) {
    void window.showInformationMessage(t('No client key was found. Refresh the Client Keys view.'));
    return undefined;
  }
  const picked = await pick(keys, placeholder);
  return picked?.kind === 'key' ? picked.key : undefined;
}

/** Reads the keys of all accounts again, in sight of the user. Resolves with false if the user did not want to wait. */
export async function readKeys({ refreshKeys }: Pick<ChoiceParts, 'refreshKeys'>): Promise<boolean> {
  return await waitFor(t('Reading the client keys'), refreshKeys());
}

/** A key by its id; the accounts are read again where it is not known, and it is said if that does not help. */
export async function knownKey(
  keyId: string,
  parts: Pick<ChoiceParts, 'inventory' | 'refreshKeys'>,
): Promise<ClientKey | undefined> {
  const { inventory } = parts;
  if (inventory.key(keyId) === undefined && !(await readKeys(parts))) return undefined;
  const key = inventory.key(keyId);
  if (key === undefined)
    void window.showInformationMessage(
      t(
        'Client key {0} is not among the keys of the accounts that are shown. Sign in to the account it belongs to, or choose its region.',
        keyId,
      ),
    );
  return key;
}

/** The AAP that a command is about: of a row or of the AAP of its key, else as the user picks. */
export async function chosenAap(
  target: unknown,
  parts: ChoiceParts,
  placeholder: string,
): Promise<AapRef | undefined> {
  const given = aapOf(target);
  if (given) return given;
  const { inventory } = parts;
  if (!hasAap(inventory) && !(await readKeys(parts))) return undefined;
  if (!hasAap(inventory)) {
    void window.showInformationMessage(
      t('No application access point was found. Refresh the Client Keys view.'),
    );
    return undefined;
  }
  const picked = await pick((await itemsOf(parts)).aaps, placeholder);
  return picked?.kind === 'aap' ? picked.aap : undefined;
}

/** Everything there is to choose from. */
export function itemsOf({ inventory, now }: ChoiceParts): ReturnType<typeof goToItems> {
  return goToItems(inventory, { t, locale: textLocale(), thresholds: thresholds(), now });
}

async function pick(items: readonly GoToItem[], placeHolder: string): Promise<RevealTarget | undefined> {
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.target;
}

export function hasAap({ accounts }: Pick<Inventory, 'accounts'>): boolean {
  return accounts.some(({ regions }) => regions.some(({ aaps }) => aaps.length > 0));
}

/** The AAP of a row, or the one that it stands below. */
export function aapOf(target: unknown): AapRef | undefined {
  if (!isKeyViewNode(target)) return undefined;
  switch (target.kind) {
    case 'key':
      return target.key;
    case 'aap':
      return target.entry.aap;
    case 'instance':
    case 'gateway':
      return target.aap;
    default:
      return undefined;
  }
}

/** Whether VS Code handed over a node of the *Client Keys* view. */
export function isKeyViewNode(target: unknown): target is KeyNode {
  return typeof target === 'object' && target !== null && 'kind' in target && !('card' in target);
}

/** Whether it is a key that only a credential file of the workspace tells of. */
export function isFileKeyNode(target: unknown): target is Extract<KeyNode, { kind: 'fileKey' }> {
  return isKeyViewNode(target) && target.kind === 'fileKey';
}

function isKeyNode(target: unknown): target is Extract<KeyNode, { kind: 'key' }> {
  return isKeyViewNode(target) && target.kind === 'key' && 'key' in target;
}
