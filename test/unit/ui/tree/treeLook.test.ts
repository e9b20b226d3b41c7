import assert from 'node:assert/strict';
import { createTreeLook } from '../../../../src/ui/tree/treeLook';

/** A memento that outlives its windows, and the context keys of the menus. */
function scene(kept = new Map<string, unknown>()) {
  const contexts = new Map<string, boolean>();
  const memento = {
    get: <T>(name: string) => kept.get(name) as T | undefined,
    update: async (name: string, value: unknown) => void kept.set(name, value),
  };
  const look = createTreeLook(memento as Parameters<typeof createTreeLook>[0], (key, value) =>
    contexts.set(key, value),
  );
  let changes = 0;
  look.changed.on(() => {
    changes += 1;
  });
  return { look, kept, contexts, changes: () => changes };
}

describe('look of the tree', () => {
  it('begins with everything, sorted by expiry', () => {
    const { look, contexts } = scene();
    assert.deepEqual([look.order, look.expiringOnly], ['expiry', false]);
    assert.deepEqual(
      [...contexts],
      [
        ['clientKeys.expiringOnly', false],
        ['clientKeys.sortedByName', false],
      ],
    );
  });

  it('is kept for the next session, and the menus follow', () => {
    const first = scene();
    first.look.filter(true);
    first.look.sortBy('name');
    first.look.sortBy('name');
    assert.equal(first.changes(), 2);
    assert.equal(first.contexts.get('clientKeys.sortedByName'), true);
    const next = scene(first.kept);
    assert.deepEqual([next.look.order, next.look.expiringOnly], ['name', true]);
    assert.equal(next.contexts.get('clientKeys.expiringOnly'), true);
  });

  it('takes nothing over that it does not know', () => {
    const { look } = scene(
      new Map<string, unknown>([
        ['clientKeys.tree.order', 'size'],
        ['clientKeys.tree.expiringOnly', 'yes'],
      ]),
    );
    assert.deepEqual([look.order, look.expiringOnly], ['expiry', false]);
  });
});
