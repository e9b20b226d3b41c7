import type { ClientKey } from '../../model/clientKey';
import { type Expiry, type ExpiryThresholds, expiryOf, isSoon } from '../../model/expiry';
import type { Inventory } from '../inventory/entries';
import type { Board } from '../rotations/board';
import type { LocalKey, LocalKeys } from './localKeys';

/** A key that expires soon or has expired, and that nobody is replacing. */
export interface SoonKey {
  readonly id: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly expiry: Expiry;
  /** The service's present by which it was judged, ms UTC. */
  readonly now: number;
  /** Where it is known from: an account, or only a credential file of this workspace. */
  readonly from:
    | { readonly kind: 'account'; readonly key: ClientKey }
    | { readonly kind: 'file'; readonly key: LocalKey };
}

export interface JudgeParts {
  readonly inventory: Pick<Inventory, 'accounts' | 'key'>;
  readonly localKeys: Pick<LocalKeys, 'keys'>;
  /** The service's present for an account, ms UTC. */
  now(accountId: string): number;
}

interface WatchParts extends JudgeParts {
  readonly inventory: Pick<Inventory, 'accounts' | 'keys' | 'key'>;
  readonly board: Pick<Board, 'partOf' | 'deletedAt'>;
  thresholds(): ExpiryThresholds;
}

/** All such keys of accounts and credential files, the nearest end first. What an account lists goes before what a file says. */
export function soonKeys(parts: WatchParts): SoonKey[] {
  const { inventory, board } = parts;
  const limits = parts.thresholds();
  const presents = new Map(inventory.accounts.map(({ account: { id } }) => [id, parts.now(id)]));
  const soon: SoonKey[] = [];

  function consider(from: SoonKey['from'], now: number): void {
    const { id, notBefore, notAfter } = from.key;
    const expiry = expiryOf(from.key, now, limits);
    if (!isSoon(expiry.state) || board.partOf(id) !== undefined) return;
    // Two profiles may sign in to the same account.
    if (from.kind === 'account' && inventory.key(id)?.accountId !== from.key.accountId) return;
    soon.push({ id, notBefore, notAfter, expiry, now, from });
  }

  for (const key of inventory.keys())
    consider({ kind: 'account', key }, presents.get(key.accountId) ?? parts.now(key.accountId));
  const here = localNow(parts);
  for (const key of unlistedKeys(parts)) consider({ kind: 'file', key }, here);
  return soon.sort((one, other) => one.notAfter - other.notAfter);
}

/** Keys that only credential files tell of: no account lists them, and no rotation of this machine has deleted them. */
export function unlistedKeys({
  localKeys,
  inventory,
  board,
}: Pick<WatchParts, 'localKeys' | 'inventory' | 'board'>): readonly LocalKey[] {
  return localKeys.keys.filter(
    ({ id }) => inventory.key(id) === undefined && board.deletedAt(id) === undefined,
  );
}

/** A key by its id with the present to judge it by: of an account, else of a credential file. */
export function judgedKey(
  keyId: string,
  parts: JudgeParts,
): { readonly key: ClientKey | LocalKey; readonly now: number } | undefined {
  const listed = parts.inventory.key(keyId);
  if (listed) return { key: listed, now: parts.now(listed.accountId) };
  const key = parts.localKeys.keys.find(({ id }) => id === keyId);
  return key && { key, now: localNow(parts) };
}

/** The present for keys without an account, ms UTC: this machine's, unless the service told an account that it is wrong. */
export function localNow({ inventory, now }: Pick<JudgeParts, 'inventory' | 'now'>): number {
  const machine = Date.now();
  const offsets = inventory.accounts.map(({ account }) => now(account.id) - machine);
  return machine + (offsets.find((offset) => Math.abs(offset) >= 1000) ?? 0);
}
