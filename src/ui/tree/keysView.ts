import { EventEmitter, type TreeDataProvider, type TreeView, window } from 'vscode';
import { expiryOf } from '../../model/expiry';
import { VIEWS } from '../commandIds';
import { createHandedOut } from '../handedOut';
import { t, textLocale } from '../localise';
import { treeItemOf } from '../rowItem';
import { thresholds } from '../settings';
import { allKeys, type Inventory } from './inventory';
import { childrenOf, type KeyNode } from './keyNodes';
import type { keyRowOf } from './keyRows';

/** Events are gathered for this long, ms: nodes appear as they arrive without a repaint for each. */
const GATHER_MS = 100;

export interface KeysViewParts {
  readonly inventory: Inventory;
  now(accountId: string): number;
  rotationPart(keyId: string): 'old' | 'new' | undefined;
  /** The words of a row; loaded when the first one is drawn. */
  rowOf(): Promise<typeof keyRowOf>;
}

export interface KeysView {
  readonly view: TreeView<KeyNode>;
  /** Draws the view and its badge again, for example when a rotation or a setting has changed. */
  redraw(): void;
  dispose(): void;
}

/** The *Client Keys* view over the inventory. */
export function createKeysView(parts: KeysViewParts): KeysView {
  const { inventory } = parts;
  const changes = new EventEmitter<undefined>();
  let timer: NodeJS.Timeout | undefined;
  const given = createHandedOut<KeyNode>(
    (node) => childrenOf(node, inventory),
    async () => {
      const rowOf = await parts.rowOf();
      const context = {
        t,
        locale: textLocale(),
        now: parts.now(inventory.account?.id ?? ''),
        thresholds: thresholds(),
        inventory,
        rotationPart: (id: string) => parts.rotationPart(id),
      };
      return (node) => rowOf(node, context);
    },
  );
  const provider: TreeDataProvider<KeyNode> = {
    onDidChangeTreeData: changes.event,
    getChildren: async (node) => [...(await given.children(node))],
    getTreeItem: async (node) => treeItemOf(await given.row(node), node),
  };
  const view = window.createTreeView(VIEWS.keys, { treeDataProvider: provider, showCollapseAll: true });

  function drawBadge(): void {
    const soon = allKeys(inventory).filter(({ key }) => {
      const { state } = expiryOf(key, parts.now(key.accountId), thresholds());
      return (state === 'critical' || state === 'expired') && parts.rotationPart(key.id) === undefined;
    }).length;
    const tooltip =
      soon === 1
        ? t('1 client key expires soon or has expired')
        : t('{0} client keys expire soon or have expired', soon);
    view.badge = soon > 0 ? { value: soon, tooltip } : undefined;
  }

  function redraw(): void {
    timer ??= setTimeout(async () => {
      timer = undefined;
      drawBadge();
      if (await given.isCurrent()) return;
      given.forget();
      changes.fire(undefined);
    }, GATHER_MS);
  }

  const listening = inventory.changed.on(redraw);
  return {
    view,
    redraw,
    dispose() {
      clearTimeout(timer);
      listening.dispose();
      view.dispose();
      changes.dispose();
    },
  };
}
