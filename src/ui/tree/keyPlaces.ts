import type { AapRef } from '../../model/clientKey';
import type { LocalKey } from '../expiry/localKeys';
import type { Inventory } from '../inventory/entries';
import type { KeyNode, RetryTarget } from './keyNodes';

/** Where nodes of the *Client Keys* view stand: the way up, which VS Code asks for to bring one into sight. */
export interface KeyPlaces {
  aap(aap: AapRef): KeyNode | undefined;
  parent(node: KeyNode): KeyNode | undefined;
}

export function createKeyPlaces(
  inventory: Pick<Inventory, 'account' | 'region' | 'aap'>,
  fileKeys: () => readonly LocalKey[],
): KeyPlaces {
  function accountNode(accountId: string): KeyNode | undefined {
    const entry = inventory.account(accountId);
    return entry && { kind: 'account', account: entry.account };
  }

  function regionNode(accountId: string, regionId: string): KeyNode | undefined {
    const region = inventory.region(accountId, regionId);
    return region && { kind: 'region', region };
  }

  function aapNode(aap: AapRef): KeyNode | undefined {
    const entry = inventory.aap(aap);
    return entry && { kind: 'aap', entry };
  }

  function errorParent(retry: RetryTarget): KeyNode | undefined {
    switch (retry.kind) {
      case 'all':
        return undefined;
      case 'account':
        return accountNode(retry.accountId);
      case 'region':
        return regionNode(retry.accountId, retry.regionId);
      case 'aap':
      case 'reach':
        return aapNode(retry.aap);
    }
  }

  return {
    aap: aapNode,
    parent(node) {
      switch (node.kind) {
        case 'account':
        case 'signIn':
        case 'files':
          return undefined;
        case 'region':
          return accountNode(node.region.accountId);
        case 'aap':
          return regionNode(node.entry.aap.accountId, node.entry.aap.regionId);
        case 'key':
          return aapNode(node.key);
        case 'instance':
        case 'gateway':
          return aapNode(node.aap);
        case 'error':
          return errorParent(node.retry);
        case 'empty':
          return accountNode(node.accountId);
        case 'fileKey':
          return { kind: 'files', keys: fileKeys() };
      }
    },
  };
}
