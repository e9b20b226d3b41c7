import assert from 'node:assert/strict';
import type { Account } from '../../../../src/model/account';
import type { Aap, ClientKey } from '../../../../src/model/clientKey';
import { allKeys, createInventory, type KeyLists } from '../../../../src/ui/tree/inventory';
import { parseInventoryCache } from '../../../../src/ui/tree/inventoryCache';
import { childrenOf } from '../../../../src/ui/tree/keyNodes';

const ACCOUNT: Account = { id: 'environment', kind: 'environment' };

function aap(regionId: string, aapName: string): Aap {
  return {
    accountId: ACCOUNT.id,
    regionId,
    aapName,
    authentication: 'clientKey',
    authenticationMethod: 'ClientKey',
  };
}

function key(of: Aap, digit: string): ClientKey {
  const { accountId, regionId, aapName } = of;
  const id = `KAAP.${digit.repeat(8)}-0000-0000-0000-000000000000`;
  return { accountId, regionId, aapName, id, createdAt: 1, notBefore: 1, notAfter: 2 };
}

/** A cloud of two regions whose second one can be made to fail, and whose answers can be held back. */
function cloud() {
  const state = { calls: 0, fails: false, digit: '1', hold: Promise.resolve() };
  const lists: KeyLists = {
    async listRegions() {
      state.calls += 1;
      return ['one', 'two', 'empty'];
    },
    async listAaps(_, regionId) {
      if (regionId === 'two' && state.fails) throw new Error('refused');
      return regionId === 'empty' ? [] : [aap(regionId, `aap-${regionId}`)];
    },
    async listClientKeys(of) {
      await state.hold;
      return [key(aap(of.regionId, of.aapName), state.digit)];
    },
  };
  return { state, lists };
}

describe('inventory', () => {
  it('shows nodes as they arrive, and only regions that hold something', async () => {
    const { lists } = cloud();
    const inventory = createInventory(async () => lists);
    const seen: number[] = [];
    inventory.setAccount(ACCOUNT);
    inventory.changed.on(() => seen.push(allKeys(inventory).length));
    await inventory.refresh();
    assert.ok(seen.includes(1), 'the first key is shown before the second is there');
    const [root] = childrenOf(undefined, inventory);
    const regions = childrenOf(root, inventory).map((node) => node.kind === 'region' && node.region.regionId);
    assert.deepEqual(regions, ['one', 'two']);
  });

  it('keeps the old nodes of a region that fails, with the error before them, and reads it again', async () => {
    const { lists, state } = cloud();
    const inventory = createInventory(async () => lists);
    inventory.setAccount(ACCOUNT);
    await inventory.refresh();
    state.fails = true;
    await inventory.refresh();
    const [root] = childrenOf(undefined, inventory);
    const failed = childrenOf(root, inventory).find(
      (node) => node.kind === 'region' && node.region.regionId === 'two',
    );
    assert.deepEqual(
      childrenOf(failed, inventory).map(({ kind }) => kind),
      ['error', 'aap'],
    );
    state.fails = false;
    await inventory.refreshRegion('two');
    const mended = childrenOf(root, inventory).find(
      (node) => node.kind === 'region' && node.region.regionId === 'two',
    );
    assert.deepEqual(
      childrenOf(mended, inventory).map(({ kind }) => kind),
      ['aap'],
    );
  });

  it('keeps the old keys during a refresh', async () => {
    const { lists, state } = cloud();
    const inventory = createInventory(async () => lists);
    inventory.setAccount(ACCOUNT);
    await inventory.refresh();
    let release = () => {};
    state.hold = new Promise((resolve) => {
      release = resolve;
    });
    state.digit = '2';
    const counts: number[] = [];
    inventory.changed.on(() => counts.push(allKeys(inventory).length));
    const refreshed = inventory.refresh();
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await refreshed;
    assert.ok(counts.length > 3);
    assert.deepEqual([...new Set(counts)], [2]);
    assert.deepEqual(new Set(allKeys(inventory).map(({ key: { id } }) => id[5])), new Set(['2']));
  });

  it('runs one refresh at a time', async () => {
    const { lists, state } = cloud();
    const inventory = createInventory(async () => lists);
    inventory.setAccount(ACCOUNT);
    await Promise.all([inventory.refresh(), inventory.refresh(), inventory.refresh()]);
    assert.equal(state.calls, 1);
  });

  it('forgets the answers for an account that is no longer shown', async () => {
    const { lists } = cloud();
    const inventory = createInventory(async () => lists);
    inventory.setAccount(ACCOUNT);
    const old = inventory.refresh();
    inventory.setAccount(undefined);
    await old;
    assert.deepEqual(inventory.regions, []);
  });

  it('says why an account cannot be read at all', async () => {
    const inventory = createInventory(async () => {
      throw new Error('no room');
    });
    inventory.setAccount(ACCOUNT);
    await inventory.refresh();
    const [root] = childrenOf(undefined, inventory);
    assert.deepEqual(
      childrenOf(root, inventory).map(({ kind }) => kind),
      ['error'],
    );
  });

  it('says why no account could be found, until there is one', () => {
    const inventory = createInventory(async () => cloud().lists);
    inventory.setAccountError(new Error('broken file'));
    const [root] = childrenOf(undefined, inventory);
    assert.ok(root?.kind === 'error' && root.error instanceof Error);
    assert.deepEqual(root.retry, { kind: 'all' });
    inventory.setAccount(ACCOUNT);
    assert.equal(childrenOf(undefined, inventory)[0]?.kind, 'account');
  });
});

describe('inventory cache', () => {
  const good = {
    version: 1,
    accountId: 'environment',
    clockOffset: 5,
    regions: [
      {
        regionId: 'one',
        aaps: [
          {
            name: 'a',
            authentication: 'clientKey',
            method: 'ClientKey',
            keys: [{ id: key(aap('one', 'a'), '1').id, createdAt: 1, notBefore: 2, notAfter: 3 }],
          },
        ],
      },
    ],
  };

  it('gives back names, ids and dates', () => {
    const cached = parseInventoryCache(good);
    assert.equal(cached?.clockOffset, 5);
    assert.deepEqual(cached && allKeys(cached).map(({ key: { notAfter } }) => notAfter), [3]);
  });

  it('takes nothing that has another shape', () => {
    assert.equal(parseInventoryCache({ ...good, version: 2 }), undefined);
    assert.equal(parseInventoryCache('text'), undefined);
    const damaged = {
      ...good,
      regions: [{ regionId: 7 }, { regionId: 'one', aaps: [{ name: 'a', keys: [{ id: 'x' }] }] }],
    };
    const cached = parseInventoryCache(damaged);
    assert.deepEqual(cached?.regions, [{ regionId: 'one', status: 'stale', aaps: [] }]);
  });
});
