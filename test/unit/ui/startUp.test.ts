import assert from 'node:assert/strict';
import type { Account } from '../../../src/model/account';
import type { KnownAccount } from '../../../src/ui/inventory/entries';
import { createInventory } from '../../../src/ui/inventory/inventory';
import { createAccountFinder, showRemembered, watchShown } from '../../../src/ui/startUp';

const A: Account = { id: 'environment', kind: 'environment' };
const B: Account = { id: 'cli:b', kind: 'cliProfile', profile: 'b', mode: 'AK', current: false, file: '/b' };

function emptyInventory() {
  return createInventory({
    lists: async () => {
      throw new Error('Nothing is read here.');
    },
  });
}

function known({ id }: Account, ...regionIds: string[]): KnownAccount {
  return {
    accountId: id,
    clockOffset: 3,
    regions: regionIds.map((regionId) => ({
      accountId: id,
      regionId,
      status: 'stale',
      aaps: [],
      readAt: 1,
    })),
  };
}

describe('the accounts of a window are searched for', () => {
  /** An inventory without accounts; each search shows the next of `found`, or fails. */
  function scene(...found: (readonly Account[] | Error)[]) {
    const inventory = emptyInventory();
    const seen = { searches: 0, taken: 0 };
    const find = createAccountFinder({
      inventory,
      async find() {
        seen.searches += 1;
        const next = found.shift() ?? [];
        if (next instanceof Error) throw next;
        inventory.show(next.map((account) => ({ account })));
      },
      async takeCaches() {
        seen.taken += 1;
        for (const { account } of inventory.accounts) inventory.takeKnown(known(account, 'one'));
      },
    });
    return { inventory, seen, find };
  }

  it('once, also by two who ask at the same time', async () => {
    const { seen, find } = scene([A], [A]);
    await Promise.all([find(), find()]);
    await find();
    assert.equal(seen.searches, 1);
  });

  it('again as long as there are none', async () => {
    const { inventory, seen, find } = scene([], [A]);
    await find();
    await find();
    assert.equal(seen.searches, 2);
    assert.equal(inventory.accounts.length, 1);
  });

  it('again after a failure, though accounts of the last session are shown', async () => {
    const { inventory, seen, find } = scene(new Error('EACCES'), [A, B]);
    inventory.show([{ account: A }]);
    await assert.rejects(find(), /EACCES/);
    await find();
    assert.equal(seen.searches, 2);
    assert.equal(inventory.accounts.length, 2);
  });

  it('and what is known of new ones is taken over, before anybody reads them', async () => {
    const { inventory, seen, find } = scene([A]);
    await find();
    assert.equal(seen.taken, 1);
    assert.equal(inventory.region(A.id, 'one')?.readAt, 1);
  });

  it('and nothing is taken over a second time where all is known', async () => {
    const { inventory, seen, find } = scene([A]);
    inventory.show([{ account: A }]);
    inventory.takeKnown(known(A, 'one'));
    await find();
    assert.equal(seen.taken, 0);
  });
});

describe('what is shown anew', () => {
  function scene() {
    const inventory = emptyInventory();
    const seen = { news: 0 };
    const watching = watchShown(inventory, () => {
      seen.news += 1;
    });
    return { inventory, seen, watching };
  }

  it('is looked up where this window knows nothing of it', async () => {
    const { inventory, seen, watching } = scene();
    inventory.show([{ account: A }]);
    await Promise.resolve();
    assert.equal(seen.news, 1);
    inventory.takeKnown(known(A, 'one'));
    inventory.show([{ account: A }, { account: B }]);
    await Promise.resolve();
    assert.equal(seen.news, 2);
    inventory.takeKnown(known(B, 'one'));
    inventory.show([{ account: A, chosenRegions: ['one', 'two'] }, { account: B }]);
    await Promise.resolve();
    assert.equal(seen.news, 3, 'a region that is chosen now');
    watching.dispose();
    inventory.show([]);
    inventory.show([{ account: A }]);
    await Promise.resolve();
    assert.equal(seen.news, 3);
  });

  it('is looked up once, not at every change', async () => {
    const { inventory, seen } = scene();
    inventory.show([{ account: A }]);
    inventory.changed.fire();
    inventory.show([{ account: A, name: 'Production' }]);
    await Promise.resolve();
    assert.equal(seen.news, 1);
  });

  it('is known already after the start: the caches are not read twice before the first paint', async () => {
    const { inventory, seen } = scene();
    let reads = 0;
    const offsets: [string, number][] = [];
    await showRemembered({
      caches: {
        async readAll() {
          reads += 1;
          return [known(A, 'one')];
        },
      },
      inventory,
      present: { setEarlierOffset: (...told) => offsets.push(told) },
      remembered: async () => [{ account: A }],
    });
    await Promise.resolve();
    assert.deepEqual([reads, seen.news], [1, 0]);
    assert.deepEqual(offsets, [[A.id, 3]]);
    assert.equal(inventory.region(A.id, 'one')?.readAt, 1);
  });
});
