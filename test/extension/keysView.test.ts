import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Account } from '../../src/model/account';
import { createLocalKeys } from '../../src/ui/expiry/localKeys';
import { createInventory } from '../../src/ui/inventory/inventory';
import type { KeyNode } from '../../src/ui/tree/keyNodes';
import { createKeysView } from '../../src/ui/tree/keysView';
import { createTreeLook } from '../../src/ui/tree/treeLook';
import { type FakeLists, fakeLists, keyIdOf } from '../unit/ui/inventory/fakeLists';

const A: Account = { id: 'environment', kind: 'environment' };

/** The view as VS Code would read it: what it asks for is asked for here, since no view of a test is ever in sight. */
async function openView(fake: FakeLists) {
  const inventory = createInventory({ lists: async () => fake.lists });
  inventory.show([{ account: A }]);
  const expanded = new vscode.EventEmitter<vscode.TreeViewExpansionEvent<KeyNode>>();
  const collapsed = new vscode.EventEmitter<vscode.TreeViewExpansionEvent<KeyNode>>();
  const selected = new vscode.EventEmitter<vscode.TreeViewSelectionChangeEvent<KeyNode>>();
  const revealed: KeyNode[] = [];
  let provider: vscode.TreeDataProvider<KeyNode> | undefined;
  const shown = {
    message: undefined as string | undefined,
    onDidExpandElement: expanded.event,
    onDidCollapseElement: collapsed.event,
    onDidChangeSelection: selected.event,
    reveal: async (node: KeyNode) => void revealed.push(node),
    dispose: () => undefined,
  };
  const original = vscode.window.createTreeView;
  const replace = (value: unknown) =>
    Object.defineProperty(vscode.window, 'createTreeView', { configurable: true, writable: true, value });
  replace((_: string, options: vscode.TreeViewOptions<KeyNode>) => {
    provider = options.treeDataProvider;
    return shown;
  });
  const look = createTreeLook(
    { get: () => undefined, update: async () => undefined } as unknown as vscode.Memento,
    () => undefined,
  );
  const view = createKeysView({
    inventory,
    localKeys: createLocalKeys(),
    board: { partOf: () => undefined, deletedAt: () => undefined },
    look,
    now: () => Date.now(),
    soon: () => [],
    ready: async () => undefined,
    loadTree: () => import('../../src/ui/tree/treeRoom'),
  });
  replace(original);
  assert.ok(provider);
  const tree = provider;
  const childrenOf = async (node?: KeyNode) => (await tree.getChildren(node)) ?? [];
  /** Reads everything, as if all were unfolded. */
  async function readAll(node?: KeyNode): Promise<KeyNode[]> {
    const nodes = await childrenOf(node);
    for (const child of nodes) await tree.getTreeItem(child);
    return [...nodes, ...(await Promise.all(nodes.map((child) => readAll(child)))).flat()];
  }
  return { inventory, look, view, tree, shown, expanded, collapsed, selected, revealed, readAll };
}

const manyAaps = (count: number) =>
  fakeLists({
    environment: {
      'cn-hangzhou': Object.fromEntries(Array.from({ length: count }, (_, n) => [`aap-${n}`, [n + 100]])),
    },
  });
const reachesOf = (fake: FakeLists) => fake.calls.filter((call) => call.startsWith('ReadReach'));
const aapsIn = (nodes: readonly KeyNode[]) => nodes.filter((node) => node.kind === 'aap');

describe('the view of client keys', () => {
  it('asks where AAPs lead only of an account that is small enough to be unfolded', async () => {
    const small = manyAaps(3);
    const few = await openView(small);
    await few.inventory.refresh();
    await few.readAll();
    while (reachesOf(small).length < 3) await delay(5);
    await few.readAll();
    assert.equal(reachesOf(small).length, 3);
    few.view.dispose();

    const large = manyAaps(40);
    const many = await openView(large);
    await many.inventory.refresh();
    const nodes = await many.readAll();
    assert.equal(aapsIn(nodes).length, 40);
    assert.deepEqual(reachesOf(large), []);
    const [first, second, third] = aapsIn(nodes);
    assert.ok(first && second?.kind === 'aap' && third?.kind === 'aap');
    many.expanded.fire({ element: first });
    many.selected.fire({ selection: [second] });
    const [key] = third.entry.keys;
    assert.ok(key);
    many.selected.fire({ selection: [{ kind: 'key', key }] });
    while (reachesOf(large).length < 3) await delay(5);
    many.view.dispose();
  });

  it('asks it of a dozen at a time when somebody unfolds hundreds', async () => {
    const fake = manyAaps(40);
    const { inventory, expanded, view, readAll } = await openView(fake);
    await inventory.refresh();
    const aaps = aapsIn(await readAll());
    fake.hold(/ReadReach/);
    for (const element of aaps) expanded.fire({ element });
    await delay(50);
    assert.equal(reachesOf(fake).length, 12);
    fake.release();
    view.dispose();
  });

  it('says above the rows that a filter hides some, and takes it away for a key it hides', async () => {
    const fake = manyAaps(1);
    const { inventory, look, shown, revealed, view } = await openView(fake);
    await inventory.refresh();
    look.filter(true);
    while (!shown.message) await delay(10);
    const key = inventory.key(keyIdOf(A.id, 100));
    assert.ok(key);
    // It ends long after the first threshold.
    await view.reveal({ kind: 'key', key: { ...key, notAfter: Date.now() + 900 * 86_400_000 } });
    assert.equal(look.expiringOnly, false);
    assert.deepEqual(
      revealed.map((node) => node.kind === 'key' && node.key.id),
      [key.id],
    );
    while (shown.message) await delay(10);
    view.dispose();
  });

  it('asks VS Code to read again only the rows that have changed since it saw them', async () => {
    const fake = manyAaps(2);
    const { inventory, tree, view, readAll } = await openView(fake);
    await inventory.refresh();
    await readAll();
    const fired: string[][] = [];
    const labels = async (nodes: readonly KeyNode[]) => {
      const items = await Promise.all(nodes.map(async (node) => tree.getTreeItem(node)));
      return items.map((item) => String(item.id));
    };
    const listening = tree.onDidChangeTreeData?.(async (nodes) => {
      assert.ok(Array.isArray(nodes));
      fired.push(await labels(nodes));
      await readAll();
    });
    const aap = (name: string) => `aap/${A.id}/cn-hangzhou/${name}`;
    while (new Set(fired.flat()).size < 2) await delay(5);
    assert.deepEqual([...new Set(fired.flat())].sort(), [aap('aap-0'), aap('aap-1')]);
    const before = fired.length;
    view.redraw();
    await delay(400);
    assert.equal(fired.length, before);
    fake.world[A.id] = { 'cn-hangzhou': { 'aap-0': [100, 102], 'aap-1': [101] } };
    await inventory.refreshAap({ accountId: A.id, regionId: 'cn-hangzhou', aapName: 'aap-0' });
    while (fired.length === before) await delay(10);
    // The account counts its keys.
    assert.deepEqual(fired.at(-1), [`account/${A.id}`]);
    listening?.dispose();
    view.dispose();
  });
});
