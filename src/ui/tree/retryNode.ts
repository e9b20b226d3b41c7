import type { Inventory } from '../inventory/entries';
import type { KeyNode, RetryTarget } from './keyNodes';

export interface RetryParts {
  readonly inventory: Inventory;
  /** Finds the accounts again and reads them. */
  refreshKeys(): Promise<void>;
  cloud(): Promise<{ forget(accountId: string): void }>;
}

/** *Retry*: reads again what a node stands for. A sign-in that failed is tried anew. */
export async function retryNode(node: KeyNode, parts: RetryParts): Promise<void> {
  const { inventory } = parts;
  const target = targetOf(node);
  if (target.kind === 'all') return await parts.refreshKeys();
  (await parts.cloud()).forget('aap' in target ? target.aap.accountId : target.accountId);
  if (target.kind === 'account') return await inventory.refresh(target.accountId);
  if (target.kind === 'region') return await inventory.refreshRegion(target.accountId, target.regionId);
  if (target.kind === 'reach') return await inventory.readReach(target.aap, true);
  await inventory.refreshAap(target.aap);
}

function targetOf(node: KeyNode): RetryTarget {
  switch (node.kind) {
    case 'error':
      return node.retry;
    case 'account':
      return { kind: 'account', accountId: node.account.id };
    case 'empty':
      return { kind: 'account', accountId: node.accountId };
    case 'region':
      return { kind: 'region', accountId: node.region.accountId, regionId: node.region.regionId };
    case 'aap':
      return { kind: 'aap', aap: node.entry.aap };
    case 'key':
      return { kind: 'aap', aap: node.key };
    case 'instance':
    case 'gateway':
      return { kind: 'reach', aap: node.aap };
    case 'signIn':
    case 'files':
    case 'fileKey':
      return { kind: 'all' };
  }
}
