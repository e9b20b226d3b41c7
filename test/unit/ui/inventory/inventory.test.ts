import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import type { Account } from '../../../../src/model/account';
import type { AapRef } from '../../../../src/model/clientKey';
import { createInventory } from '../../../../src/ui/inventory/inventory';
import { type FakeLists, fakeLists, keyIdOf } from './fakeLists';

const A: Account = { id: 'environment', kind: 'environment' };
const B: Account = { id: 'cli:b', kind: 'cliProfile', profile: 'b', mode: 'AK', current: false, file: '/b' };

/** Two accounts whose regions and AAPs have the same names. */
function estate(): FakeLists {
  return fakeLists({
    environment: { one: { pay: [1, 2], mail: [3] }, two: { pay: [4] }, none: {} },
    'cli:b': { one: { pay: [1], mail: [] }, two: {} },
  });
}

function shown(fake: FakeLists, accounts = [A]) {
  const read: string[] = [];
  const inventory = createInventory({ lists: async () => fake.lists, onRead: (id) => read.push(id) });
  inventory.show(accounts.map((account) => ({ account })));
  return { inventory, read };
}

const idsOf = (inventory: { keys(): readonly { id: string }[] }) => inventory.keys().map(({ id }) => id);
const aap = (accountId: string, regionId: string, aapName: string): AapRef => ({
  accountId,
  regionId,
  aapName,
});

describe('inventory', () => {
  it('shows keys as they arrive', async () => {
    const { inventory } = shown(estate());
    const seen = new Set<number>();
    inventory.changed.on(() => seen.add(inventory.keys().length));
    await inventory.refresh();
    assert.equal(inventory.keys().length, 4);
    assert.ok(seen.size > 2, 'not all at once');
    assert.equal(inventory.account(A.id)?.status, 'ready');
    assert.deepEqual(
      inventory.account(A.id)?.regions.map(({ status }) => status),
      ['ready', 'ready', 'ready'],
    );
  });

  it('keeps no certificates', async () => {
    const { inventory } = shown(estate());
    await inventory.refresh();
    assert.ok(inventory.keys().every((key) => !('publicKeyPem' in key)));
  });

  it('never mixes two accounts with equal regions and AAPs', async () => {
    const fake = estate();
    const { inventory } = shown(fake, [A, B]);
    await inventory.refresh();
    const keysOf = (accountId: string) =>
      inventory.aap(aap(accountId, 'one', 'pay'))?.keys.map(({ id }) => id);
    assert.deepEqual(keysOf(A.id), [keyIdOf(A.id, 1), keyIdOf(A.id, 2)]);
    assert.deepEqual(keysOf(B.id), [keyIdOf(B.id, 1)]);
    assert.ok(
      inventory
        .keys()
        .every((key) => key.id === keyIdOf(key.accountId, Number.parseInt(key.id.slice(5, 13), 16))),
    );
    fake.world[B.id] = { one: { pay: [9] } };
    await inventory.refreshAap(aap(B.id, 'one', 'pay'));
    assert.deepEqual(keysOf(A.id), [keyIdOf(A.id, 1), keyIdOf(A.id, 2)]);
    assert.equal(inventory.key(keyIdOf(B.id, 9))?.accountId, B.id);
    assert.equal(inventory.key(keyIdOf(B.id, 1)), undefined);
  });

  it('keeps the old entries of a region that fails, says why, and reads it again', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.failing = { calls: /ListAaps environment\/two/, kind: 'serverError' };
    await inventory.refresh();
    const failed = inventory.region(A.id, 'two');
    assert.equal(failed?.status, 'failed');
    assert.ok(failed.error instanceof Error);
    assert.equal(failed.aaps[0]?.keys.length, 1);
    assert.equal(inventory.region(A.id, 'one')?.status, 'ready');
    fake.failing = undefined;
    await inventory.refreshRegion(A.id, 'two');
    assert.equal(inventory.region(A.id, 'two')?.status, 'ready');
    assert.equal(inventory.region(A.id, 'two')?.error, undefined);
  });

  it('keeps the old keys of an AAP that fails, and the rest of its region is right', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.failing = { calls: /ListKeys environment\/one\/pay/, kind: 'timeout' };
    fake.world[A.id] = { one: { pay: [7], mail: [8] } };
    await inventory.refresh();
    const pay = inventory.aap(aap(A.id, 'one', 'pay'));
    assert.equal(pay?.status, 'failed');
    assert.equal(pay.keys.length, 2);
    assert.deepEqual(
      inventory.aap(aap(A.id, 'one', 'mail'))?.keys.map(({ id }) => id),
      [keyIdOf(A.id, 8)],
    );
    fake.failing = undefined;
    await inventory.refreshAap(aap(A.id, 'one', 'pay'));
    assert.deepEqual(
      inventory.aap(aap(A.id, 'one', 'pay'))?.keys.map(({ id }) => id),
      [keyIdOf(A.id, 7)],
    );
  });

  it('says that once also when the sign-in ends while AAPs are being read, and asks no more', async () => {
    const world = Object.fromEntries(Array.from({ length: 30 }, (_, number) => [`aap-${number}`, [number]]));
    const fake = fakeLists({ environment: { one: world, two: world } });
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.failing = { calls: /ListKeys/, kind: 'expiredToken' };
    await inventory.refresh();
    const account = inventory.account(A.id);
    assert.equal(account?.status, 'failed');
    const failed = account.regions.flatMap(({ aaps }) => aaps.filter(({ status }) => status !== 'stale'));
    assert.deepEqual(failed, []);
    assert.equal(inventory.keys().length, 30);
  });

  it('says of an AAP that it could not be read for want of a sign-in, where that one was asked for', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.failing = { calls: /ListKeys/, kind: 'expiredToken' };
    await inventory.refreshAap(aap(A.id, 'one', 'pay'));
    assert.equal(inventory.aap(aap(A.id, 'one', 'pay'))?.status, 'failed');
    assert.equal(inventory.account(A.id)?.status, 'ready');
  });

  it('reads the known regions all the same when their list cannot be read', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.failing = { calls: /DescribeRegions/, kind: 'serverError' };
    fake.world[A.id] = { one: { pay: [7] }, two: {}, none: {} };
    await inventory.refresh();
    assert.equal(inventory.account(A.id)?.status, 'failed');
    assert.deepEqual(idsOf(inventory), [keyIdOf(A.id, 7)]);
  });

  it('says once, and not for each region, that an account cannot sign in', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.failing = { calls: /ListAaps/, kind: 'expiredToken' };
    await inventory.refresh(A.id, 'sweep');
    const account = inventory.account(A.id);
    assert.equal(account?.status, 'failed');
    assert.ok(account.error instanceof Error);
    assert.ok(account.regions.every(({ status }) => status === 'stale'));
    assert.equal(inventory.keys().length, 4);
    assert.equal(inventory.reading, false);
  });

  it('says why an account cannot be read at all', async () => {
    const inventory = createInventory({
      lists: async () => {
        throw new Error('no room');
      },
    });
    inventory.show([{ account: A }]);
    await inventory.refresh();
    assert.equal(inventory.account(A.id)?.status, 'failed');
  });

  it('runs one refresh at a time', async () => {
    const fake = estate();
    const { inventory, read } = shown(fake);
    await Promise.all([inventory.refresh(), inventory.refresh(), inventory.refresh(A.id, 'sweep')]);
    assert.equal(fake.calls.filter((call) => call.startsWith('DescribeRegions')).length, 1);
    assert.equal(fake.calls.filter((call) => call === 'ListAaps environment/one').length, 1);
    assert.deepEqual(read, [A.id]);
  });

  it('sweeps by the two lists and nothing else, once the regions are known', async () => {
    const fake = estate();
    const { inventory } = shown(fake, [A, B]);
    await inventory.refresh(undefined, 'sweep');
    assert.ok(fake.calls.includes('DescribeRegions environment'), 'the first time there is no other way');
    fake.calls.length = 0;
    await inventory.refresh(undefined, 'sweep');
    assert.ok(fake.calls.length > 5);
    assert.deepEqual([...new Set(fake.calls.map((call) => call.split(' ')[0]))].sort(), [
      'ListAaps',
      'ListKeys',
    ]);
  });

  it('reads the chosen regions alone', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    inventory.show([{ account: A, chosenRegions: ['two', 'none'] }]);
    assert.deepEqual(idsOf(inventory), [keyIdOf(A.id, 4)], 'what was read of others is gone at once');
    fake.calls.length = 0;
    await inventory.refresh();
    assert.deepEqual(
      fake.calls.filter((call) => !call.startsWith('ListKeys')),
      ['ListAaps environment/two', 'ListAaps environment/none'],
    );
    assert.deepEqual(
      inventory.account(A.id)?.regions.map(({ regionId }) => regionId),
      ['two', 'none'],
    );
  });

  it('says when something was read, so that it can be kept', async () => {
    const { inventory, read } = shown(estate(), [A, B]);
    await inventory.refresh(B.id);
    await inventory.refreshAap(aap(B.id, 'one', 'pay'));
    await inventory.readReach(aap(B.id, 'one', 'pay'));
    assert.deepEqual(read, [B.id, B.id, B.id]);
  });
});

describe('inventory that is stopped', () => {
  it('keeps what has arrived and calls no more', async () => {
    const fake = estate();
    const { inventory, read } = shown(fake);
    fake.hold(/two/);
    const refreshed = inventory.refresh();
    while (inventory.keys().length < 3) await tick();
    assert.equal(inventory.reading, true);
    inventory.stop();
    assert.equal(inventory.reading, false);
    fake.release();
    await refreshed;
    await tick();
    assert.equal(inventory.keys().length, 3);
    assert.equal(inventory.account(A.id)?.status, 'stale');
    assert.equal(inventory.region(A.id, 'two')?.status, 'stale');
    assert.ok(!fake.calls.includes('ListKeys environment/two/pay'));
    assert.deepEqual(read, []);
    await inventory.refresh();
    assert.equal(inventory.keys().length, 4);
  });

  it('begins nothing when it is stopped while the code that reads is being loaded', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    const refreshed = inventory.refresh();
    inventory.stop();
    await refreshed;
    assert.deepEqual(fake.calls, []);
  });

  it('asks nothing of the regions it knows when it is stopped before their list has come', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.calls.length = 0;
    fake.hold(/DescribeRegions/);
    const stopped = inventory.refresh();
    while (fake.calls.length === 0) await tick();
    inventory.stop();
    fake.release();
    const again = inventory.refresh();
    await stopped;
    await again;
    const asked = fake.calls.filter((call) => call.startsWith('ListAaps')).sort();
    assert.deepEqual(asked, [
      'ListAaps environment/none',
      'ListAaps environment/one',
      'ListAaps environment/two',
    ]);
    assert.ok(inventory.account(A.id)?.regions.every(({ status }) => status === 'ready'));
  });

  it('asks nothing when it is stopped before there is a way to ask', async () => {
    const fake = estate();
    let open = () => {};
    let gate: Promise<void> | undefined;
    const inventory = createInventory({
      lists: async () => {
        await gate;
        return fake.lists;
      },
    });
    inventory.show([{ account: A }]);
    await inventory.refresh();
    fake.calls.length = 0;
    for (const read of [
      () => inventory.refresh(A.id, 'sweep'),
      () => inventory.refreshRegion(A.id, 'one'),
      () => inventory.refreshAap(aap(A.id, 'one', 'pay')),
    ]) {
      gate = new Promise((resolve) => {
        open = resolve;
      });
      const stopped = read();
      await tick();
      inventory.stop();
      open();
      await stopped;
    }
    assert.deepEqual(fake.calls, []);
    assert.equal(inventory.aap(aap(A.id, 'one', 'pay'))?.status, 'ready');
    assert.equal(inventory.region(A.id, 'one')?.status, 'ready');
  });

  it('reads what was chosen meanwhile, and nothing else', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    fake.hold(/DescribeRegions/);
    const all = inventory.refresh();
    while (fake.calls.length === 0) await tick();
    inventory.show([{ account: A, chosenRegions: ['two'] }]);
    const chosen = inventory.refresh();
    fake.release();
    await Promise.all([all, chosen]);
    assert.deepEqual(
      inventory.account(A.id)?.regions.map(({ regionId, status }) => [regionId, status]),
      [['two', 'ready']],
    );
    assert.ok(!fake.calls.some((call) => call.includes('/one')));
  });

  it('drops answers for an account that is no longer shown', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    fake.hold(/./);
    const refreshed = inventory.refresh();
    await tick();
    inventory.show([]);
    fake.release();
    await refreshed;
    assert.deepEqual(inventory.accounts, []);
    assert.deepEqual(inventory.keys(), []);
  });

  it('drops what was read for another identity, also what is still under way', async () => {
    const fake = estate();
    const inventory = createInventory({ lists: async () => fake.lists });
    inventory.show([{ account: { ...A, identity: 'old' } }]);
    await inventory.refresh();
    fake.hold(/ListKeys/);
    const refreshed = inventory.refresh();
    await tick();
    inventory.show([{ account: { ...A, identity: 'old' }, name: 'Prod' }]);
    assert.equal(inventory.keys().length, 4, 'a new name drops nothing');
    inventory.show([{ account: { ...A, identity: 'new' } }]);
    assert.deepEqual(inventory.keys(), []);
    fake.release();
    await refreshed;
    assert.deepEqual(inventory.keys(), []);
    assert.deepEqual(inventory.account(A.id)?.regions, []);
  });
});

describe('a click during a sweep', () => {
  it('on an AAP is not overwritten by the older answer of the sweep', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.hold(/ListKeys/);
    const sweep = inventory.refresh(A.id, 'sweep');
    while (!fake.calls.slice(8).includes('ListKeys environment/one/pay')) await tick();
    // Somebody deletes a key and creates another.
    fake.world[A.id] = { one: { pay: [2, 5], mail: [3] }, two: { pay: [4] }, none: {} };
    fake.holdNoMore();
    await inventory.refreshAap(aap(A.id, 'one', 'pay'));
    fake.release();
    await sweep;
    assert.deepEqual(
      inventory.aap(aap(A.id, 'one', 'pay'))?.keys.map(({ id }) => id),
      [keyIdOf(A.id, 2), keyIdOf(A.id, 5)],
    );
    assert.equal(inventory.aap(aap(A.id, 'one', 'pay'))?.status, 'ready');
  });

  it('on a region reads it at once, and the sweep goes on without it', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    const urgencies: string[] = [];
    fake.hold(/ListAaps environment\/two/);
    const sweep = inventory.refresh(A.id, 'sweep').then(() => urgencies.push('sweep'));
    await tick();
    fake.world[A.id] = { one: { pay: [1, 2], mail: [3] }, two: { other: [6] }, none: {} };
    fake.holdNoMore();
    await inventory.refreshRegion(A.id, 'two').then(() => urgencies.push('click'));
    fake.release();
    await sweep;
    assert.deepEqual(urgencies, ['click', 'sweep']);
    assert.deepEqual(
      inventory.region(A.id, 'two')?.aaps.map((entry) => [entry.aap.aapName, entry.keys[0]?.id]),
      [['other', keyIdOf(A.id, 6)]],
    );
    assert.equal(inventory.account(A.id)?.status, 'ready');
  });

  it('leaves nothing loading when it breaks the sweep off and then fails itself', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.hold(/ListKeys/);
    const calls = fake.calls.length;
    const sweep = inventory.refresh(A.id, 'sweep');
    while (!fake.calls.slice(calls).includes('ListKeys environment/two/pay')) await tick();
    fake.failing = { calls: /DescribeRegions/, kind: 'expiredToken' };
    await inventory.refresh();
    fake.release();
    await sweep;
    await tick();
    const account = inventory.account(A.id);
    assert.equal(account?.status, 'failed');
    const statuses = account.regions.flatMap(({ status, aaps }) => [
      status,
      ...aaps.map((one) => one.status),
    ]);
    assert.ok(!statuses.includes('loading'), statuses.join());
    assert.equal(inventory.keys().length, 4);
  });

  it('on Refresh begins anew, ahead of the sweep, and both end', async () => {
    const fake = estate();
    const used: string[] = [];
    const inventory = createInventory({
      lists: async (urgency) => {
        used.push(urgency);
        return fake.lists;
      },
    });
    inventory.show([{ account: A }]);
    fake.hold(/ListAaps/);
    const sweep = inventory.refresh(A.id, 'sweep');
    while (!fake.calls.some((call) => call.startsWith('ListAaps'))) await tick();
    const click = inventory.refresh();
    fake.release();
    await Promise.all([sweep, click]);
    assert.deepEqual(used, ['sweep', 'click']);
    assert.equal(inventory.keys().length, 4);
    assert.equal(inventory.account(A.id)?.status, 'ready');
  });
});

describe('where an AAP leads', () => {
  const pay = aap(A.id, 'one', 'pay');
  const reads = (fake: FakeLists) => fake.calls.filter((call) => call.startsWith('ReadReach')).length;

  it('is read once, kept over readings of the keys, and read again when asked to', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    assert.equal(reads(fake), 0);
    await Promise.all([inventory.readReach(pay), inventory.readReach(pay)]);
    await inventory.readReach(pay);
    assert.equal(reads(fake), 1);
    await inventory.refresh(A.id, 'sweep');
    await inventory.readReach(pay);
    assert.equal(reads(fake), 1);
    assert.deepEqual(inventory.aap(pay)?.reach, fake.reach);
    await inventory.readReach(pay, true);
    await inventory.refresh();
    await inventory.readReach(pay);
    assert.equal(reads(fake), 3);
  });

  it('is not read twice because everything is read meanwhile', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    fake.hold(/ReadReach/);
    const first = inventory.readReach(pay);
    while (reads(fake) === 0) await tick();
    await inventory.refresh();
    const second = inventory.readReach(pay);
    fake.release();
    await Promise.all([first, second]);
    assert.equal(reads(fake), 1);
  });

  it('is said to be unknown where it cannot be read, and what was known stays', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    await inventory.readReach(pay);
    fake.failing = { calls: /ReadReach/, kind: 'noPermission' };
    await inventory.readReach(pay, true);
    await inventory.readReach(pay);
    assert.equal(reads(fake), 2, 'a failure is not repeated by itself');
    assert.ok(inventory.aap(pay)?.reachError instanceof Error);
    assert.deepEqual(inventory.aap(pay)?.reach, fake.reach);
    fake.failing = undefined;
    await inventory.readReach(pay, true);
    assert.equal(inventory.aap(pay)?.reachError, undefined);
  });

  it('is not complained of where the account cannot sign in: the account says so', async () => {
    const fake = estate();
    const { inventory } = shown(fake);
    await inventory.refresh();
    await inventory.readReach(pay);
    fake.failing = { calls: /ReadReach/, kind: 'expiredToken' };
    await inventory.readReach(pay, true);
    assert.equal(inventory.aap(pay)?.reachError, undefined);
    assert.deepEqual(inventory.aap(pay)?.reach, fake.reach);
    assert.equal(inventory.account(A.id)?.status, 'failed');
    fake.failing = undefined;
    await inventory.refresh(A.id);
    assert.equal(inventory.account(A.id)?.status, 'ready');
  });
});
