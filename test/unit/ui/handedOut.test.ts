import assert from 'node:assert/strict';
import type { Account } from '../../../src/model/account';
import { DEFAULT_THRESHOLDS } from '../../../src/model/expiry';
import { createHandedOut } from '../../../src/ui/handedOut';
import { createInventory } from '../../../src/ui/inventory/inventory';
import type { Row } from '../../../src/ui/row';
import type { KeyNode } from '../../../src/ui/tree/keyNodes';
import { createKeyTree } from '../../../src/ui/tree/keyTree';
import { fakeLists, START } from './inventory/fakeLists';
import { plain } from './plain';

interface Data {
  readonly id: string;
  text: string;
  readonly children: Data[];
}

interface Node {
  readonly data: Data;
  readonly text: string;
}

const data = (id: string, ...children: Data[]): Data => ({ id, text: id, children });

/** A view that has the same objects until it reads the row above them again, as VS Code's tree does. */
function openView<N extends object>(
  childrenOf: (node: N | undefined) => readonly N[],
  rowOf: (node: N) => Row,
) {
  const given = createHandedOut(childrenOf, async () => rowOf);
  const shown = new Map<string, { node: N; label: string; below: string[] }>();
  let roots: string[] = [];

  async function read(node?: N): Promise<string[]> {
    const ids: string[] = [];
    for (const child of await given.children(node)) {
      const row = await given.row(child);
      ids.push(row.id);
      shown.set(row.id, { node: child, label: `${row.label} ${row.description ?? ''}`.trim(), below: [] });
      shown.set(row.id, { ...shownAt(row.id), below: await read(child) });
    }
    if (node === undefined) roots = ids;
    return ids;
  }
  function shownAt(id: string) {
    const one = shown.get(id);
    assert.ok(one, id);
    return one;
  }
  /** Ids of the rows that are named as changed; these are read again. */
  async function update(words = true): Promise<string[] | 'all'> {
    const changed = await given.takeChanges(words);
    if (changed === 'all') {
      await read();
      return 'all';
    }
    const ids = changed.map((node) => [...shown].find(([, one]) => one.node === node)?.[0] ?? 'unknown');
    for (const [index, node] of changed.entries()) {
      const row = await given.row(node);
      assert.equal(row.id, ids[index]);
      const label = `${row.label} ${row.description ?? ''}`.trim();
      shown.set(row.id, { node, label, below: await read(node) });
    }
    return ids;
  }
  const outline = (ids = roots): string[] =>
    ids.flatMap((id) => {
      const { label, below } = shownAt(id);
      return [label, ...outline(below).map((line) => `  ${line}`)];
    });
  return { given, read, update, outline, node: (id: string) => shownAt(id).node };
}

/** Nodes are made anew at each look. */
function viewOf(roots: Data[]) {
  return openView<Node>(
    (node) => (node?.data.children ?? roots).map((one) => ({ data: one, text: one.text })),
    ({ data: one }) => ({ id: one.id, label: one.text, tags: [] }),
  );
}

describe('what a tree was given', () => {
  it('has to be read as a whole before it was read, and not after', async () => {
    const { given, read } = viewOf([data('a')]);
    assert.equal(await given.takeChanges(true), 'all');
    await read();
    assert.deepEqual(await given.takeChanges(true), []);
  });

  it('has changed where a row or a list of children differs, and at the roots where their list does', async () => {
    const [leaf, other] = [data('leaf'), data('other')];
    const [parent, sibling] = [data('parent', leaf), data('sibling', other)];
    const roots = [data('root', parent, sibling)];
    const { read, update, outline } = viewOf(roots);
    await read();
    leaf.text = 'leaf!';
    other.text = 'other!';
    assert.deepEqual(await update(), ['leaf', 'other']);
    sibling.children.push(data('added'));
    assert.deepEqual(await update(), ['sibling']);
    parent.children.pop();
    assert.deepEqual(await update(), ['parent']);
    assert.deepEqual(outline(), ['root', '  parent', '  sibling', '    other!', '    added']);
    roots.push(data('b'));
    assert.equal(await update(), 'all');
    assert.deepEqual(await update(), []);
  });

  it('has changed at the topmost of those above each other, until that is read', async () => {
    const leaf = data('leaf');
    const parent = data('parent', leaf);
    const { given, read, update, outline, node } = viewOf([data('root', parent)]);
    await read();
    leaf.text = 'leaf!';
    parent.text = 'parent!';
    assert.deepEqual(await given.takeChanges(true), [node('parent')]);
    assert.deepEqual(await given.takeChanges(false), [node('parent')]);
    assert.deepEqual(await update(), ['parent']);
    assert.deepEqual(outline(), ['root', '  parent!', '    leaf!']);
    assert.deepEqual(await update(), []);
  });

  it('leaves the words of a row with rows below it for later if they may wait', async () => {
    const leaf = data('leaf');
    const parent = data('parent', leaf);
    const { read, update } = viewOf([data('root', parent)]);
    await read();
    leaf.text = 'leaf!';
    parent.text = 'parent!';
    assert.deepEqual(await update(false), ['leaf']);
    assert.deepEqual(await update(false), []);
    assert.deepEqual(await update(true), ['parent']);
  });

  it('is made of objects that last as long as their row, and have its present contents', async () => {
    const leaf = data('leaf');
    const parent = data('parent', leaf);
    const { given, read, update, node } = viewOf([data('root', parent)]);
    await read();
    const [first, above] = [node('leaf'), node('parent')];
    leaf.text = 'leaf!';
    parent.children.push(data('added'));
    parent.text = 'parent!';
    await update(false);
    assert.equal(node('leaf'), first);
    assert.equal(node('parent'), above);
    assert.deepEqual([first.text, above.text], ['leaf!', 'parent!']);
    // An object that was never handed out, as for a row to reveal, says nothing about what the view shows.
    leaf.text = 'again';
    await given.row({ data: leaf, text: '' });
    assert.deepEqual(await given.takeChanges(true), [first]);
  });

  it('goes by what the view read, not by what there was when it was asked to', async () => {
    const row = data('a');
    row.text = 'busy';
    const { given, read, node } = viewOf([row]);
    await read();
    row.text = 'a';
    assert.deepEqual(await given.takeChanges(true), [node('a')]);
  });

  it('does not mind what nobody has opened', async () => {
    const child = data('b');
    const { given } = viewOf([data('a', child)]);
    for (const root of await given.children(undefined)) await given.row(root);
    child.text = 'other';
    assert.deepEqual(await given.takeChanges(true), []);
  });
});

describe('what the tree of client keys was given', () => {
  const A: Account = { id: 'environment', kind: 'environment' };
  const pay = { accountId: A.id, regionId: 'cn-hangzhou', aapName: 'pay' };

  async function scene() {
    const fake = fakeLists({
      environment: { 'cn-hangzhou': { pay: [10], mail: [300] }, 'cn-shanghai': { old: [200] } },
    });
    const inventory = createInventory({ lists: async () => fake.lists });
    inventory.show([{ account: A }]);
    const look = { expiringOnly: false };
    const tree = createKeyTree({
      inventory,
      fileKeys: () => [],
      order: () => 'name',
      expiringOnly: () => look.expiringOnly,
      context: () => ({
        t: plain,
        locale: 'en',
        now: () => START,
        localNow: () => START,
        thresholds: DEFAULT_THRESHOLDS,
        rotationPart: () => undefined,
        machine: undefined,
      }),
    });
    const view = openView<KeyNode>(tree.children, tree.row);
    await inventory.refresh();
    await view.read();
    /** What is named, once what is shown after it has been held against a view that reads everything. */
    async function update(words = true) {
      tree.renew();
      const changed = await view.update(words);
      if (words) {
        const anew = openView<KeyNode>(tree.children, tree.row);
        await anew.read();
        assert.deepEqual(view.outline(), anew.outline());
      }
      return changed;
    }
    return { fake, inventory, look, view, update };
  }

  it('has not changed when nothing has', async () => {
    const { inventory, update } = await scene();
    assert.deepEqual(await update(), []);
    await inventory.refresh();
    assert.deepEqual(await update(), []);
  });

  it('has changed at the AAP that has one more client key, and then in the counts above', async () => {
    const { fake, inventory, view, update } = await scene();
    fake.world[A.id] = {
      'cn-hangzhou': { pay: [10, 20], mail: [300] },
      'cn-shanghai': { old: [200] },
    };
    await inventory.refreshAap(pay);
    assert.deepEqual(await update(false), ['aap/environment/cn-hangzhou/pay']);
    const node = view.node('aap/environment/cn-hangzhou/pay');
    assert.equal(node.kind === 'aap' && node.entry.keys.length, 2);
    assert.deepEqual(await update(), ['account/environment']);
    assert.deepEqual(await update(), []);
  });

  it('has changed at the AAP whose description has', async () => {
    const { inventory, update } = await scene();
    await inventory.readReach(pay);
    assert.deepEqual(await update(), ['aap/environment/cn-hangzhou/pay']);
  });

  it('has changed at the account that has a region more or less', async () => {
    const { fake, inventory, update } = await scene();
    const { 'cn-hangzhou': hangzhou = {}, 'cn-shanghai': shanghai = {} } = fake.world[A.id] ?? {};
    fake.world[A.id] = { 'cn-hangzhou': hangzhou, 'cn-shanghai': shanghai, 'cn-beijing': { new: [7] } };
    await inventory.refresh();
    assert.deepEqual(await update(false), ['account/environment']);
    fake.world[A.id] = { 'cn-hangzhou': hangzhou, 'cn-shanghai': shanghai };
    await inventory.refresh();
    assert.deepEqual(await update(false), ['account/environment']);
    assert.deepEqual(await update(), []);
  });

  it('has changed where a filter hides rows', async () => {
    const { fake, inventory, look, update } = await scene();
    fake.world[A.id] = { 'cn-hangzhou': { pay: [10], mail: [300] }, 'cn-shanghai': { old: [20] } };
    await inventory.refresh();
    await update();
    look.expiringOnly = true;
    assert.deepEqual(await update(), ['region/environment/cn-hangzhou']);
    look.expiringOnly = false;
    assert.deepEqual(await update(), ['region/environment/cn-hangzhou']);
  });
});
