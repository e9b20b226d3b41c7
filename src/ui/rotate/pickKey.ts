import { window } from 'vscode';
import { type ClientKey, shortKeyId } from '../../model/clientKey';
import { expiryOf } from '../../model/expiry';
import { expiryText } from '../expiryText';
import type { Inventory } from '../inventory/entries';
import { t, textLocale } from '../localise';
import { regionName } from '../regionNames';
import { thresholds } from '../settings';
import { keyIcon } from '../tree/keyIcon';

/** Lets the user pick one of the known client keys, the one that ends first on top. */
export async function pickKey(
  inventory: Inventory,
  present: (accountId: string) => number,
  placeholder: string,
): Promise<ClientKey | undefined> {
  const items = inventory
    .keys()
    .map((key) => {
      const now = present(key.accountId);
      return { key, now, expiry: expiryOf(key, now, thresholds()) };
    })
    .sort((one, other) => one.key.notAfter - other.key.notAfter)
    .map(({ key, now, expiry }) => ({
      label: `$(${keyIcon(expiry.state).icon}) ${shortKeyId(key.id)}`,
      description: expiryText(key, expiry, now, textLocale(), t),
      detail: `${key.aapName} · ${regionName(key.regionId, t)}`,
      key,
    }));
  if (items.length === 0) {
    void window.showInformationMessage(t('No client key was found. Refresh the Client Keys view.'));
    return undefined;
  }
  const picked = await window.showQuickPick(items, {
    placeHolder: placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.key;
}
