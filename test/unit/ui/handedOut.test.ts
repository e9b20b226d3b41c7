import assert from 'node:assert/strict';
import { createHandedOut } from '../../../src/ui/handedOut';

interface Node {
  readonly id: string;
  text: string;
  readonly children: Node[];
}

const leaf = (id: string, text = id): Node => ({ id, text, children: [] });

async function viewOf(roots: Node[]) {
  const given = createHandedOut<Node>(
    (node) => node?.children ?? (node ? [] : roots),
    async () =>
      ({ id, text }) => ({ id, label: text, tags: [] }),
  );
  async function read(node?: Node): Promise<void> {
    for (const child of await given.children(node)) {
      await given.row(child);
      if (child.children.length > 0) await read(child);
    }
  }
  return { given, read };
}

describe('what a tree was given', () => {
  it('is not current before the view has read', async () => {
    const { given, read } = await viewOf([leaf('a')]);
    assert.equal(await given.isCurrent(), false);
    await read();
    assert.equal(await given.isCurrent(), true);
    given.forget();
    assert.equal(await given.isCurrent(), false);
  });

  it('is out of date as soon as a row or a list of children differs', async () => {
    const child = leaf('b');
    const roots: Node[] = [{ ...leaf('a'), children: [child] }];
    const { given, read } = await viewOf(roots);
    await read();
    child.text = 'busy';
    assert.equal(await given.isCurrent(), false);
    child.text = 'b';
    assert.equal(await given.isCurrent(), true);
    roots.push(leaf('c'));
    assert.equal(await given.isCurrent(), false);
  });

  it('goes by what the view read, not by what there was when it was asked to', async () => {
    const row = leaf('a', 'busy');
    const { given, read } = await viewOf([row]);
    await read();
    row.text = 'a';
    assert.equal(await given.isCurrent(), false);
  });

  it('does not mind what nobody has opened', async () => {
    const child = leaf('b');
    const { given } = await viewOf([{ ...leaf('a'), children: [child] }]);
    for (const root of await given.children(undefined)) await given.row(root);
    child.text = 'other';
    assert.equal(await given.isCurrent(), true);
  });
});
