import { readdir } from 'node:fs/promises';
import type { Caches } from './inventory/cache';
import type { Inventory, ShownAccount } from './inventory/entries';
import type { Present } from './present';

export interface StartUpParts {
  readonly caches: Pick<Caches, 'readAll'>;
  readonly journalFolder: string;
  readonly inventory: Inventory;
  readonly present: Present;
  remembered(): Promise<readonly ShownAccount[]>;
  reloadBoard(): Promise<void>;
}

/**
 * What runs once after activation: shows what the last session knew, without any network, and loads the rotations only if
 * there are journals.
 */
export async function startUp(parts: StartUpParts): Promise<void> {
  const { inventory } = parts;
  const [shown, known] = await Promise.all([parts.remembered(), parts.caches.readAll()]);
  if (inventory.accounts.length === 0 && shown.length > 0) {
    inventory.show(shown);
    for (const one of known) takeKnown(one, parts);
  }
  if (await hasJournals(parts.journalFolder)) await parts.reloadBoard();
}

/** Takes over what a cache says, and the clock it was read by. */
export function takeKnown(
  known: Parameters<Inventory['takeKnown']>[0],
  { inventory, present }: Pick<StartUpParts, 'inventory' | 'present'>,
): void {
  present.setEarlierOffset(known.accountId, known.clockOffset);
  inventory.takeKnown(known);
}

async function hasJournals(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch {
    return false;
  }
}
