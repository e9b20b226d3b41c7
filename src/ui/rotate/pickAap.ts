import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { type AapRef, MAX_KEYS_PER_AAP } from '../../model/clientKey';
import type { Inventory } from '../inventory/entries';
import { t } from '../localise';
import { type AapChoice, aapChoices } from './aapChoices';

/**
 * Lets the user pick one of the AAPs that applications enter with client keys. Full ones are in the list too, with the
 * reason: whoever looks for one has to learn why it takes no further key.
 */
export async function pickAap(inventory: Inventory): Promise<AapRef | undefined> {
  const { free, full } = aapChoices(inventory.accounts, t);
  if (free.length + full.length === 0) {
    void window.showInformationMessage(
      t('No application access point that uses client keys was found. Refresh the Client Keys view.'),
    );
    return undefined;
  }
  const separator = {
    label: t('Full: {0} of {0} keys', MAX_KEYS_PER_AAP),
    kind: QuickPickItemKind.Separator,
  };
  const items: (QuickPickItem & Partial<AapChoice>)[] = [
    ...free,
    ...(full.length > 0 ? [separator, ...full] : []),
  ];
  const picked = await window.showQuickPick(items, {
    placeHolder: t('For which application access point shall a client key be created?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.aap;
}
