import type { Account } from '../../model/account';
import { aapKey, type ClientKey } from '../../model/clientKey';
import type { AapEntry, Inventory, RegionEntry } from './inventory';

/** What *Retry* on an error node reads again. */
type RetryTarget =
  | { readonly kind: 'all' }
  | { readonly kind: 'region'; readonly regionId: string }
  | { readonly kind: 'aap'; readonly entry: AapEntry };

/** A node of the *Client Keys* view. */
export type KeyNode =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'region'; readonly region: RegionEntry }
  | { readonly kind: 'aap'; readonly entry: AapEntry }
  | { readonly kind: 'key'; readonly key: ClientKey }
  | { readonly kind: 'error'; readonly id: string; readonly error: unknown; readonly retry: RetryTarget }
  | { readonly kind: 'empty' };

/** The children of a node, or the roots. */
export function childrenOf(node: KeyNode | undefined, inventory: Inventory): KeyNode[] {
  if (!node) return roots(inventory);
  switch (node.kind) {
    case 'account':
      return accountChildren(inventory);
    case 'region':
      return regionChildren(node.region);
    case 'aap':
      return aapChildren(node.entry);
    default:
      return [];
  }
}

function roots({ account, status, error }: Inventory): KeyNode[] {
  if (account) return [{ kind: 'account', account }];
  return status === 'failed' ? [{ kind: 'error', id: 'accounts', error, retry: { kind: 'all' } }] : [];
}

/** Only regions that hold AAPs, that failed or are being read: an account has some thirty regions, most of them empty. */
function isShown(region: RegionEntry): boolean {
  return region.aaps.length > 0 || region.status === 'failed' || region.status === 'loading';
}

function accountChildren(inventory: Inventory): KeyNode[] {
  const nodes: KeyNode[] = [];
  if (inventory.status === 'failed')
    nodes.push({ kind: 'error', id: 'account', error: inventory.error, retry: { kind: 'all' } });
  for (const region of inventory.regions) if (isShown(region)) nodes.push({ kind: 'region', region });
  if (nodes.length === 0 && inventory.status === 'ready') nodes.push({ kind: 'empty' });
  return nodes;
}

function regionChildren(region: RegionEntry): KeyNode[] {
  const nodes: KeyNode[] = [];
  const { regionId } = region;
  if (region.status === 'failed')
    nodes.push({ kind: 'error', id: regionId, error: region.error, retry: { kind: 'region', regionId } });
  for (const entry of region.aaps) nodes.push({ kind: 'aap', entry });
  return nodes;
}

function aapChildren(entry: AapEntry): KeyNode[] {
  const nodes: KeyNode[] = [];
  if (entry.status === 'failed')
    nodes.push({ kind: 'error', id: aapKey(entry.aap), error: entry.error, retry: { kind: 'aap', entry } });
  const keys = [...entry.keys].sort((one, other) => one.notAfter - other.notAfter);
  for (const key of keys) nodes.push({ kind: 'key', key });
  return nodes;
}
