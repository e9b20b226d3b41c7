import { readdir } from 'node:fs/promises';
import type { Account } from '../model/account';
import type { Present } from './present';
import type { Inventory } from './tree/inventory';
import { type CachedInventory, readInventoryCache } from './tree/inventoryCache';

export interface StartUpParts {
  readonly cacheFile: string;
  readonly journalFolder: string;
  readonly inventory: Inventory;
  readonly present: Present;
  reloadBoard(): Promise<void>;
}

/**
 * What runs once after activation: shows what the last session knew, without any network, and loads the rotations only if
 * there are journals.
 */
export async function startUp(parts: StartUpParts): Promise<CachedInventory | undefined> {
  const cached = await readInventoryCache(parts.cacheFile);
  if (cached && !parts.inventory.account) {
    parts.present.setEarlierOffset(cached.clockOffset);
    parts.inventory.setAccount(accountOf(cached.accountId), cached.regions);
  }
  if (await hasJournals(parts.journalFolder)) await parts.reloadBoard();
  return cached;
}

async function hasJournals(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch {
    return false;
  }
}

/** As much of the account as its id tells; the profile file says the rest once the view is opened. */
function accountOf(id: string): Account {
  if (id === 'environment') return { id, kind: 'environment' };
  return { id, kind: 'cliProfile', profile: id.replace(/^cli:/, ''), mode: '', current: false };
}
