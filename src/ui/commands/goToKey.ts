import { QuickPickItemKind, window } from 'vscode';
import { isClientKeyId } from '../../model/clientKey';
import { t } from '../localise';
import type { RevealTarget } from '../tree/keyNodes';
import { type ChoiceParts, itemsOf, knownKey } from './chosen';

export interface GoToParts extends ChoiceParts {
  /** Shows a node of the *Client Keys* view, selected. */
  revealInKeys(target: RevealTarget): Promise<void>;
}

/** An id that was typed or pasted in full and that no known key has. */
interface UnknownKey {
  readonly kind: 'unknownKey';
  readonly keyId: string;
}

interface Item {
  readonly label: string;
  readonly kind?: QuickPickItemKind;
  readonly description?: string;
  readonly detail?: string;
  readonly alwaysShow?: boolean;
  readonly target?: RevealTarget | UnknownKey;
}

/** *Go to Client Key…*: searches keys, AAPs and KMS instances of all accounts and shows what was picked in the view. */
export async function goToKey(parts: GoToParts): Promise<void> {
  const { inventory } = parts;
  const target = await pickTarget(
    async () => {
      if (inventory.keys().length === 0) await parts.refreshKeys();
      return await groupedItems(parts);
    },
    (keyId) => inventory.key(keyId) !== undefined,
  );
  if (target === undefined) return;
  if (target.kind !== 'unknownKey') return await parts.revealInKeys(target);
  const key = await knownKey(target.keyId, parts);
  if (key) await parts.revealInKeys({ kind: 'key', key });
}

async function groupedItems(parts: GoToParts): Promise<Item[]> {
  const found = await itemsOf(parts);
  const group = (label: string, items: readonly Item[]): Item[] =>
    items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
  return [
    ...group(t('Client keys'), found.keys),
    ...group(t('Application access points'), found.aaps),
    ...group(t('KMS instances'), found.instances),
  ];
}

/** Open at once, while the entries are read. VS Code filters by itself; only an id in full that is not known changes the list. */
function pickTarget(
  read: () => Promise<readonly Item[]>,
  isKnown: (keyId: string) => boolean,
): Promise<RevealTarget | UnknownKey | undefined> {
  const pick = window.createQuickPick<Item>();
  pick.placeholder = t('Client key id, application access point, KMS instance, account or region');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  let items: readonly Item[] = [];
  let offered = false;
  const offerUnknown = () => {
    const keyId = pick.value.trim();
    const isUnknown = !pick.busy && isClientKeyId(keyId) && !isKnown(keyId);
    if (isUnknown) pick.items = [offer(keyId)];
    else if (offered) pick.items = items;
    offered = isUnknown;
  };
  return new Promise((resolve, reject) => {
    read().then(
      (all) => {
        items = all;
        pick.busy = false;
        pick.items = items;
        offerUnknown();
      },
      (error: unknown) => {
        reject(error);
        pick.hide();
      },
    );
    pick.onDidChangeValue(offerUnknown);
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item) return;
      resolve(item.target);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function offer(keyId: string): Item {
  return {
    label: `$(refresh) ${t('Refresh and look for this client key')}`,
    description: t('not known so far'),
    detail: keyId,
    alwaysShow: true,
    target: { kind: 'unknownKey', keyId },
  };
}
