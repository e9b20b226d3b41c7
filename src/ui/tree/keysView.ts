import { EventEmitter, type TreeDataProvider, type TreeView, window } from 'vscode';
import { type AapRef, aapKey } from '../../model/clientKey';
import { CONTEXTS, VIEWS } from '../commandIds';
import { setContext } from '../commands/registrar';
import type { LocalKeys } from '../expiry/localKeys';
import { localNow, type SoonKey, unlistedKeys } from '../expiry/soonKeys';
import { createHandedOut } from '../handedOut';
import type { Inventory } from '../inventory/entries';
import { t, textLocale } from '../localise';
import { once } from '../once';
import type { Board } from '../rotations/board';
import { treeItemOf } from '../rowItem';
import { thresholds } from '../settings';
import type { KeyNode, RevealTarget } from './keyNodes';
import type { createKeyTree, KeyTree } from './keyTree';
import type { TreeLook } from './treeLook';

export interface KeysViewParts {
  readonly inventory: Inventory;
  readonly localKeys: LocalKeys;
  readonly board: Pick<Board, 'partOf' | 'deletedAt'>;
  readonly look: TreeLook;
  now(accountId: string): number;
  /** What expires soon, of all accounts and files. */
  soon(): readonly SoonKey[];
  /** Resolves once there is something to draw. */
  ready(): Promise<unknown>;
  /** Nodes and their words; loaded when the view is first drawn. */
  loadTree(): Promise<{ createKeyTree: typeof createKeyTree; thisMachine(): string | undefined }>;
}

export interface KeysView {
  readonly view: TreeView<KeyNode>;
  /** Draws the view and its badge again, for example when a rotation or a setting has changed. */
  redraw(): void;
  /** Shows the view with this in sight; a filter that hides it is taken away. */
  reveal(target: RevealTarget): Promise<void>;
  dispose(): void;
}

/** Events are gathered for this long, ms: nodes appear as they arrive without a repaint for each. */
const GATHER_MS = 100;
/** A drawing that took long is followed by a pause of so many times its length. */
const PAUSE_FACTOR = 5;
/** How often the counts of accounts and regions are drawn while keys arrive, ms: VS Code reads all below them again. */
const WORDS_MS = 2000;
/** Where AAPs lead is read of so few at once: unfolding a whole account asks nothing of hundreds. */
const MAX_REACHES = 12;

/** The *Client Keys* view over the inventory. */
export function createKeysView(parts: KeysViewParts): KeysView {
  const { inventory, look } = parts;
  const changes = new EventEmitter<KeyNode[] | undefined>();
  const unfolded = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let pause = GATHER_MS;
  let wordsDrawnAt = Number.NEGATIVE_INFINITY;
  let reaches = 0;
  let tree: KeyTree | undefined;
  let endReading: (() => void) | undefined;

  const loaded = once(async () => {
    const { createKeyTree, thisMachine } = await parts.loadTree();
    tree = createKeyTree({
      inventory,
      fileKeys: () => unlistedKeys(parts),
      order: () => look.order,
      expiringOnly: () => look.expiringOnly,
      context: () => ({
        t,
        locale: textLocale(),
        now: (accountId) => parts.now(accountId),
        localNow: () => localNow(parts),
        thresholds: thresholds(),
        rotationPart: (id) => parts.board.partOf(id),
        machine: thisMachine(),
      }),
    });
    return tree;
  });
  const given = createHandedOut<KeyNode>(
    (node) => tree?.children(node) ?? [],
    async () => (await loaded()).row,
  );
  const provider: TreeDataProvider<KeyNode> = {
    onDidChangeTreeData: changes.event,
    async getChildren(node) {
      await parts.ready();
      const children = [...(await given.children(node))];
      if (node?.kind === 'aap') readReachOf(node.entry.aap, false);
      return children;
    },
    getParent: (node) => tree?.parent(node),
    getTreeItem: async (node) => treeItemOf(await given.row(node), node),
  };
  const view = window.createTreeView(VIEWS.keys, { treeDataProvider: provider, showCollapseAll: true });

  /** Where an AAP leads is asked once somebody looks at it, never by a sweep. */
  function readReachOf(aap: AapRef, selected: boolean): void {
    const entry = inventory.aap(aap);
    if (entry?.aap.authentication !== 'clientKey') return;
    const looksAt = selected || unfolded.has(aapKey(aap)) || tree?.isSmall(aap.accountId);
    if (!looksAt || reaches >= MAX_REACHES) return;
    reaches += 1;
    const end = () => {
      reaches -= 1;
    };
    inventory.readReach(aap).then(end, end);
  }

  function drawBadge(): void {
    const soon = parts.soon().filter(({ expiry }) => expiry.state !== 'expiring').length;
    const tooltip =
      soon === 1
        ? t('1 client key expires soon or has expired')
        : t('{0} client keys expire soon or have expired', soon);
    view.badge = soon > 0 ? { value: soon, tooltip } : undefined;
  }

  /** The bar that runs over the view, and the button that stops the reading. */
  function drawReading(): void {
    if (inventory.reading === (endReading !== undefined)) return;
    setContext(CONTEXTS.reading, inventory.reading);
    // That a reading has begun, or ended, is said at once.
    wordsDrawnAt = Number.NEGATIVE_INFINITY;
    endReading?.();
    endReading = undefined;
    if (!inventory.reading) return;
    const ended = new Promise<void>((resolve) => {
      endReading = resolve;
    });
    void window.withProgress({ location: { viewId: VIEWS.keys } }, () => ended);
  }

  async function draw(words: boolean): Promise<void> {
    drawBadge();
    view.message = look.expiringOnly ? t('Only client keys that expire soon or have expired are shown.') : '';
    tree?.renew();
    const changed = await given.takeChanges(words);
    if (changed === 'all') changes.fire(undefined);
    else if (changed.length > 0) changes.fire([...changed]);
  }

  function redraw(): void {
    drawReading();
    timer ??= setTimeout(async () => {
      timer = undefined;
      const began = performance.now();
      const words = !inventory.reading || began - wordsDrawnAt > WORDS_MS;
      if (words) wordsDrawnAt = began;
      await draw(words).catch(() => undefined);
      pause = Math.max(GATHER_MS, PAUSE_FACTOR * (performance.now() - began));
    }, pause);
  }

  const listening = [
    inventory.changed.on(redraw),
    parts.localKeys.changed.on(redraw),
    look.changed.on(() => {
      tree?.sortAnew();
      redraw();
    }),
    view.onDidExpandElement(({ element }) => {
      if (element.kind !== 'aap') return;
      unfolded.add(aapKey(element.entry.aap));
      readReachOf(element.entry.aap, true);
    }),
    view.onDidCollapseElement(({ element }) => {
      if (element.kind === 'aap') unfolded.delete(aapKey(element.entry.aap));
    }),
    view.onDidChangeSelection(({ selection: [node] }) => {
      if (node?.kind === 'aap') readReachOf(node.entry.aap, true);
      else if (node?.kind === 'key') readReachOf(node.key, true);
    }),
  ];
  return {
    view,
    redraw,
    async reveal(target) {
      const known = await loaded();
      if (known.isHidden(target)) look.filter(false);
      // VS Code finds only what it has read, and waits for what it was told to read.
      await draw(true);
      const node = known.find(target);
      if (node) await view.reveal(node, { select: true, focus: true, expand: true });
    },
    dispose() {
      clearTimeout(timer);
      endReading?.();
      for (const listener of listening) listener.dispose();
      view.dispose();
      changes.dispose();
    },
  };
}
