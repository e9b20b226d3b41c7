import { window } from 'vscode';
import type { Account } from '../../model/account';
import type { Inventory } from '../inventory/entries';
import { t } from '../localise';
import { accountText } from './accountText';

interface PickParts {
  readonly inventory: Inventory;
  readonly accounts: { find(): Promise<void> };
}

/** The account that a command was called on; from the palette the only one there is, else the one that the user picks. */
export async function pickAccount(
  target: unknown,
  placeholder: string,
  parts: PickParts,
): Promise<Account | undefined> {
  const { inventory } = parts;
  if (isRecord(target) && isRecord(target.account) && typeof target.account.id === 'string')
    return inventory.account(target.account.id)?.account;
  if (inventory.accounts.length === 0) await parts.accounts.find();
  const [only, ...others] = inventory.accounts;
  if (only && others.length === 0) return only.account;
  if (!only) {
    void window.showInformationMessage(t('No account is signed in.'));
    return undefined;
  }
  const items = inventory.accounts.map(({ account, name }) => {
    const text = accountText(account, t, name);
    return { label: text.name, description: text.source, account };
  });
  const picked = await window.showQuickPick(items, { placeHolder: placeholder, matchOnDescription: true });
  return picked?.account;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
