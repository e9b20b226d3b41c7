import { readdir } from 'node:fs/promises';
import type { Caches } from './inventory/cache';
import type { AccountEntry, Inventory, ShownAccount } from './inventory/entries';
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

export interface FindingParts {
  readonly inventory: Pick<Inventory, 'accounts'>;
  /** Reads the sources of the accounts and shows them. */
  find(): Promise<unknown>;
  /** Takes over what the caches say. */
  takeCaches(): Promise<void>;
}

/** Finds the accounts that are shown: once, but again after a failure or while there are none. */
export function createAccountFinder({ inventory, find, takeCaches }: FindingParts): () => Promise<void> {
  let found = false;
  let finding: Promise<void> | undefined;

  async function findNow(): Promise<void> {
    await find();
    found = true;
    // What was not remembered may still have been read before.
    if (isUnknown(inventory.accounts)) await takeCaches();
  }

  return async () => {
    if (found && inventory.accounts.length > 0) return;
    finding ??= findNow().finally(() => {
      finding = undefined;
    });
    await finding;
  };
}

/**
 * Calls `onNew` when an account or a region is shown that this window knows nothing of: another window may have read it, and
 * told so before it was shown here.
 */
export function watchShown(
  inventory: Pick<Inventory, 'accounts' | 'changed'>,
  onNew: () => void,
): { dispose(): void } {
  let last = '';
  return inventory.changed.on(() => {
    const shown = inventory.accounts.map(({ account: { id, identity }, chosenRegions }) => [
      id,
      identity,
      chosenRegions,
    ]);
    const now = JSON.stringify(shown);
    if (now === last) return;
    last = now;
    // Whoever shows it may say in the same breath what is known.
    queueMicrotask(() => {
      if (isUnknown(inventory.accounts)) onNew();
    });
  });
}

/** Whether there is an account without entries, or a chosen region without one. */
function isUnknown(accounts: readonly AccountEntry[]): boolean {
  return accounts.some(({ chosenRegions, regions }) =>
    chosenRegions
      ? chosenRegions.some((id) => !regions.some(({ regionId }) => regionId === id))
      : regions.length === 0,
  );
}

/** Whether there are rotations to load. */
export async function hasJournals(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch {
    return false;
  }
}
