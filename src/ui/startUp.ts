import { readdir } from 'node:fs/promises';
import type { Caches } from './inventory/cache';
import type { Inventory, ShownAccount } from './inventory/entries';
import type { Present } from './present';

export interface StartUpParts {
  readonly caches: Pick<Caches, 'readAll'>;
  readonly inventory: Pick<Inventory, 'accounts' | 'show' | 'takeKnown'>;
  readonly present: Pick<Present, 'setEarlierOffset'>;
  remembered(): Promise<readonly ShownAccount[]>;
}

/** What runs once after activation: shows what the last session or another window knew, without any network. */
export async function showRemembered(parts: StartUpParts): Promise<void> {
  const { inventory } = parts;
  const [shown, known] = await Promise.all([parts.remembered(), parts.caches.readAll()]);
  if (inventory.accounts.length === 0 && shown.length > 0) {
    inventory.show(shown);
    for (const one of known) takeKnown(one, parts);
  }
}

/** Takes over what a cache says, and the clock it was read by. */
export function takeKnown(
  known: Parameters<Inventory['takeKnown']>[0],
  { inventory, present }: Pick<StartUpParts, 'inventory' | 'present'>,
): void {
  present.setEarlierOffset(known.accountId, known.clockOffset);
  inventory.takeKnown(known);
}

/** Whether there are rotations to load. */
export async function hasJournals(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch {
    return false;
  }
}
