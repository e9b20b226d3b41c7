import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { Account } from '../../src/model/account';
import { createLocalKeys } from '../../src/ui/expiry/localKeys';
import { createCaches } from '../../src/ui/inventory/cache';
import type { Inventory } from '../../src/ui/inventory/entries';
import { createInventory } from '../../src/ui/inventory/inventory';
import { showRemembered } from '../../src/ui/startUp';
import { createKeysView } from '../../src/ui/tree/keysView';
import { createTreeLook } from '../../src/ui/tree/treeLook';
import { makeEstate, TREE_ACCOUNT } from './treeEstate';

/** What is measured in one window. */
export interface TreeTimes {
  readonly keys: number;
  /** From VS Code's first question to the last row that is seen first, ms. */
  readonly firstPaintMs: number;
  /** Of the region with the most AAPs: its children and their rows, ms. */
  readonly expandMs: number;
  readonly rows: number;
  /** Growth of the heap by inventory and tree after all that, bytes. */
  readonly heapBytes: number;
}

/** A window that is still coming up keeps host and renderer waiting for things of its own, ms. */
const AT_REST_AFTER_MS = 6000;

const account: Account = { id: TREE_ACCOUNT, kind: 'environment' };

/** Without collecting what nobody holds, a heap tells more of the collector than of us. */
function collectedHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('The extension host cannot collect garbage on demand.');
  collect();
  return process.memoryUsage().heapUsed;
}

/**
 * Runs in the extension host, with the view's real modules over a view of the probe's own: opens the *Client Keys* view over
 * the cache file of a large account in the folder BENCH_FOLDER and writes `TreeTimes` to the file BENCH_OUTPUT.
 */
export async function run(): Promise<void> {
  const { BENCH_FOLDER: folder = '', BENCH_OUTPUT: output = '' } = process.env;
  await warmUp();
  const before = collectedHeap();
  const inventory = emptyInventory();
  let asked: number | undefined;
  // As at the start of a window: the cache is read before anybody opens the view.
  await showRemembered({
    caches: createCaches(folder),
    remembered: async () => [{ account }],
    inventory,
    present: { setEarlierOffset: () => undefined },
  });
  await new Promise((resolve) => setTimeout(resolve, AT_REST_AFTER_MS));
  const ready = async () => {
    asked ??= performance.now();
  };
  const { painted, provider, dispose } = openView(inventory, ready);
  await vscode.commands.executeCommand('clientKeys.keys.focus');
  const last = await painted;
  if (asked === undefined) throw new Error('VS Code asked for nothing.');
  const firstPaintMs = last - asked;

  const [root] = await childrenOf(provider, undefined);
  const regions = await childrenOf(provider, root);
  const began = performance.now();
  const aaps = await childrenOf(provider, regions[0]);
  for (const aap of aaps) await provider.getTreeItem(aap);
  const expandMs = performance.now() - began;
  const heapBytes = collectedHeap() - before;
  const keys = inventory.keys().length;
  dispose();
  const times: TreeTimes = { keys, firstPaintMs, expandMs, rows: aaps.length, heapBytes };
  writeFileSync(output, JSON.stringify(times));
}

type Provider = vscode.TreeDataProvider<unknown>;

async function childrenOf(provider: Provider, node: unknown): Promise<unknown[]> {
  return (await provider.getChildren(node)) ?? [];
}

function emptyInventory(): Inventory {
  return createInventory({
    lists: async () => {
      throw new Error('Nothing is read here.');
    },
  });
}

/** The view, and when the row of its last region was given out. */
function openView(inventory: Inventory, ready: () => Promise<unknown>) {
  const original = vscode.window.createTreeView;
  let provider: Provider | undefined;
  let paint: (at: number) => void = () => undefined;
  const painted = new Promise<number>((resolve) => {
    paint = resolve;
  });
  let rows = 0;
  const watched = <T>(id: string, options: vscode.TreeViewOptions<T>): vscode.TreeView<T> => {
    const inner = options.treeDataProvider;
    provider = inner as Provider;
    const watching: vscode.TreeDataProvider<T> = {
      ...inner,
      async getTreeItem(node) {
        const item = await inner.getTreeItem(node);
        rows += 1;
        const regions = inventory.account(TREE_ACCOUNT)?.regions.length ?? 0;
        // The account and its regions, which are folded up.
        if (rows === 1 + regions) paint(performance.now());
        return item;
      },
    };
    return original(id, { ...options, treeDataProvider: watching });
  };
  const replace = (value: unknown) =>
    Object.defineProperty(vscode.window, 'createTreeView', { configurable: true, writable: true, value });
  replace(watched);
  const view = createKeysView({
    inventory,
    localKeys: createLocalKeys(),
    board: { partOf: () => undefined, deletedAt: () => undefined },
    look: createTreeLook({ get: () => undefined, update: async () => undefined }, () => undefined),
    now: () => Date.now(),
    soon: () => [],
    ready,
    loadTree: () => import('../../src/ui/tree/treeRoom'),
  });
  replace(original);
  if (!provider) throw new Error('No view was made.');
  return { painted, provider, dispose: () => view.dispose() };
}

/** What a window has compiled and loaded anyway is not what twenty thousand keys cost. */
async function warmUp(): Promise<void> {
  const inventory = emptyInventory();
  inventory.show([{ account }]);
  inventory.takeKnown(makeEstate(2, 2, 1));
  const { provider, dispose } = openView(inventory, async () => undefined);
  for (const node of await childrenOf(provider, undefined)) await provider.getTreeItem(node);
  dispose();
}
