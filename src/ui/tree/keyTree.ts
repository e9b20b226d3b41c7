import { type AapRef, aapKey, type ClientKey } from '../../model/clientKey';
import { expiryOf, isSoon } from '../../model/expiry';
import type { LocalKey } from '../expiry/localKeys';
import type { AapEntry, AccountEntry, Inventory, RegionEntry } from '../inventory/entries';
import { regionName } from '../regionNames';
import type { Row } from '../row';
import type { KeyNode, RetryTarget, RevealTarget } from './keyNodes';
import { createKeyOrder, type SortOrder } from './keyOrder';
import { createKeyPlaces } from './keyPlaces';
import { keyRowOf } from './keyRows';
import type { RowContext } from './rowContext';

export interface KeyTreeParts {
  readonly inventory: Inventory;
  /** Keys that no account lists. */
  fileKeys(): readonly LocalKey[];
  order(): SortOrder;
  expiringOnly(): boolean;
  /** Made once for each drawing. */
  context(): Omit<RowContext, 'account' | 'isSmall'>;
}

/** The *Client Keys* view before VS Code's types: which nodes there are, in which order, and what they say. */
export interface KeyTree {
  /** The children of a node as it is now, or the roots. */
  children(node: KeyNode | undefined): KeyNode[];
  parent(node: KeyNode): KeyNode | undefined;
  row(node: KeyNode): Row;
  /** The node of something, where it is known. */
  find(target: RevealTarget): KeyNode | undefined;
  /** Whether an account is shown unfolded, and where each AAP leads may be read without being asked for. */
  isSmall(accountId: string): boolean;
  /** Whether the filter hides it. */
  isHidden(target: RevealTarget): boolean;
  /** A new drawing begins: words, present and settings are looked up again. */
  renew(): void;
  /** The order was changed by hand. */
  sortAnew(): void;
}

/** An account with at most this many AAPs is shown unfolded. */
const SMALL_ACCOUNT = 12;

export function createKeyTree(parts: KeyTreeParts): KeyTree {
  const { inventory } = parts;
  const places = createKeyPlaces(inventory, parts.fileKeys);
  let context: RowContext | undefined;
  let rows = new WeakMap<KeyNode, Row>();
  const order = createKeyOrder(parts.order, () => contextNow().locale);

  function contextNow(): RowContext {
    context ??= {
      ...parts.context(),
      account: (id) => inventory.account(id),
      isSmall: (id) => isSmallAccount(inventory.account(id)),
    };
    return context;
  }

  function endsSoon(key: ClientKey): boolean {
    const { thresholds, now } = contextNow();
    return isSoon(expiryOf(key, now(key.accountId), thresholds).state);
  }

  /** With the filter on: what ends soon, and what could not be read. */
  function isAapShown({ keys, status }: AapEntry): boolean {
    return !parts.expiringOnly() || status === 'failed' || keys.some(endsSoon);
  }

  function isRegionShown(region: RegionEntry, chosen: boolean): boolean {
    if (region.status === 'failed') return true;
    if (parts.expiringOnly()) return region.aaps.some(isAapShown);
    // Most of an account's thirty regions are empty.
    return chosen || region.aaps.length > 0;
  }

  function roots(): KeyNode[] {
    const files = parts.fileKeys().filter((key) => !parts.expiringOnly() || isFileKeySoon(key));
    return [
      ...inventory.problems.map(
        (error, index): KeyNode => ({ kind: 'error', id: `sources/${index}`, error, retry: { kind: 'all' } }),
      ),
      ...inventory.accounts.map(({ account }): KeyNode => ({ kind: 'account', account })),
      // Without files there is no root at all, and VS Code shows the welcome text instead.
      ...(inventory.accounts.length === 0 && files.length > 0 ? [{ kind: 'signIn' as const }] : []),
      ...(files.length > 0 ? [{ kind: 'files' as const, keys: files }] : []),
    ];
  }

  function isFileKeySoon(key: LocalKey): boolean {
    const { thresholds, localNow } = contextNow();
    return isSoon(expiryOf(key, localNow(), thresholds).state);
  }

  function accountChildren(entry: AccountEntry | undefined): KeyNode[] {
    if (!entry) return [];
    const { account, status, error, regions, chosenRegions } = entry;
    const { t } = contextNow();
    const { id } = account;
    const shown = regions.filter((region) => isRegionShown(region, chosenRegions !== undefined));
    const sorted = order.sort(
      id,
      shown,
      (region) => ({
        id: region.regionId,
        name: regionName(region.regionId, t),
        ends: Math.min(...region.aaps.map(endOf)),
      }),
      status === 'loading',
    );
    const nodes: KeyNode[] = [
      ...(status === 'failed' ? [errorNode(id, error, { kind: 'account', accountId: id })] : []),
      ...sorted.map((region): KeyNode => ({ kind: 'region', region })),
    ];
    if (nodes.length > 0 || status === 'loading') return nodes;
    const why = parts.expiringOnly() && regions.some(({ aaps }) => aaps.length > 0) ? 'filter' : 'noAap';
    return status === 'ready' || why === 'filter' ? [{ kind: 'empty', accountId: id, why }] : [];
  }

  function regionChildren(region: RegionEntry): KeyNode[] {
    const { accountId, regionId, status, error, aaps } = region;
    const sorted = order.sort(
      `${accountId}/${regionId}`,
      aaps.filter(isAapShown),
      (entry) => ({ id: entry.aap.aapName, name: entry.aap.aapName, ends: endOf(entry) }),
      status === 'loading' || inventory.account(accountId)?.status === 'loading',
    );
    return [
      ...(status === 'failed'
        ? [errorNode(`${accountId}/${regionId}`, error, { kind: 'region', accountId, regionId })]
        : []),
      ...sorted.map((entry): KeyNode => ({ kind: 'aap', entry })),
    ];
  }

  function aapChildren({ aap, keys, status, error, reach, reachError }: AapEntry): KeyNode[] {
    const id = aapKey(aap);
    const shown = parts.expiringOnly() ? keys.filter(endsSoon) : keys;
    const { accountId, regionId, aapName } = aap;
    const ref: AapRef = { accountId, regionId, aapName };
    return [
      ...(status === 'failed' ? [errorNode(id, error, { kind: 'aap', aap: ref })] : []),
      ...[...shown]
        .sort((one, other) => one.notAfter - other.notAfter)
        .map((key): KeyNode => ({ kind: 'key', key })),
      ...(reach?.instances ?? []).map(
        (instance): KeyNode => ({
          kind: 'instance',
          aap: ref,
          instanceId: instance.id,
          logBought: instance.logBought,
        }),
      ),
      ...(reach?.sharedGateway ? [{ kind: 'gateway' as const, aap: ref }] : []),
      ...(reachError === undefined
        ? []
        : [errorNode(`${id}#reach`, reachError, { kind: 'reach', aap: ref })]),
    ];
  }

  return {
    children(node) {
      switch (node?.kind) {
        case undefined:
          return roots();
        case 'account':
          return accountChildren(inventory.account(node.account.id));
        case 'region': {
          const { accountId, regionId } = node.region;
          return regionChildren(inventory.region(accountId, regionId) ?? node.region);
        }
        case 'aap':
          return aapChildren(inventory.aap(node.entry.aap) ?? node.entry);
        case 'files':
          return [...node.keys]
            .sort((one, other) => one.notAfter - other.notAfter)
            .map((key): KeyNode => ({ kind: 'fileKey', key, file: key.file }));
        default:
          return [];
      }
    },
    parent: places.parent,
    row(node) {
      const known = rows.get(node);
      if (known) return known;
      const row = keyRowOf(node, contextNow());
      rows.set(node, row);
      return row;
    },
    find(target) {
      if (target.kind === 'aap') return places.aap(target.aap);
      const entry = inventory.aap(target.kind === 'key' ? target.key : target.aap);
      if (!entry) return undefined;
      return aapChildren(entry).find((node) =>
        target.kind === 'key'
          ? node.kind === 'key' && node.key.id === target.key.id
          : node.kind === 'instance' && node.instanceId === target.instanceId,
      );
    },
    isSmall: (accountId) => isSmallAccount(inventory.account(accountId)),
    isHidden(target) {
      if (!parts.expiringOnly()) return false;
      if (target.kind === 'key') return !endsSoon(target.key);
      const entry = inventory.aap(target.aap);
      return entry !== undefined && !isAapShown(entry);
    },
    renew() {
      context = undefined;
      rows = new WeakMap();
    },
    sortAnew: () => order.forget(),
  };
}

function isSmallAccount(entry: AccountEntry | undefined): boolean {
  let aaps = 0;
  for (const region of entry?.regions ?? []) aaps += region.aaps.length;
  return aaps <= SMALL_ACCOUNT;
}

function errorNode(id: string, error: unknown, retry: RetryTarget): KeyNode {
  return { kind: 'error', id, error, retry };
}

/** When the earliest key of an AAP ends, ms UTC. */
function endOf({ keys }: AapEntry): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const { notAfter } of keys) earliest = Math.min(earliest, notAfter);
  return earliest;
}
