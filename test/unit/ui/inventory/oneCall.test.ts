import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import type { Account } from '../../../../src/model/account';
import { createInventory } from '../../../../src/ui/inventory/inventory';
import { type FakeLists, fakeLists, START } from './fakeLists';

const A: Account = { id: 'environment', kind: 'environment' };
const DAY = 86_400_000;

function scene(oneCall: FakeLists['oneCall'], world: FakeLists['world'][string]) {
  const fake = fakeLists({ [A.id]: world });
  fake.oneCall = oneCall;
  const time = { now: START };
  const inventory = createInventory({ lists: async () => fake.lists, clock: () => time.now });
  inventory.show([{ account: A }]);
  /** The calls of a sweep, without those of the first one, which has to find out. */
  const sweep = async () => {
    fake.calls.length = 0;
    await inventory.refresh(A.id, 'sweep');
    return fake.calls
      .filter((call) => !call.startsWith('DescribeRegions'))
      .map((call) => call.replace('environment/', ''));
  };
  const numbers = () =>
    inventory
      .keys()
      .map(({ id }) => Number.parseInt(id.slice(5, 13), 16))
      .sort((a, b) => a - b);
  return { fake, time, inventory, sweep, numbers };
}

describe('one call for all keys of a region', () => {
  it('is tried once, then used, beside the list of AAPs', async () => {
    const { fake, inventory, sweep, numbers } = scene('works', { one: { a: [1, 2], b: [3], c: 'role' } });
    assert.deepEqual(await sweep(), ['ListAaps one', 'ListAllKeys one']);
    assert.deepEqual(numbers(), [1, 2, 3]);
    assert.equal(inventory.region(A.id, 'one')?.oneCall, 'works');
    fake.hold(/ListAaps/);
    fake.calls.length = 0;
    const second = inventory.refresh(A.id, 'sweep');
    await tick();
    assert.deepEqual(fake.calls, ['ListAllKeys environment/one', 'ListAaps environment/one'], 'both at once');
    fake.release();
    await second;
    assert.deepEqual(numbers(), [1, 2, 3]);
  });

  it('is believed about an AAP without keys only after that was read alone', async () => {
    const { inventory, sweep } = scene('works', { one: { a: [1], b: [] } });
    assert.deepEqual(await sweep(), ['ListAaps one', 'ListAllKeys one', 'ListKeys one/b']);
    assert.equal(inventory.region(A.id, 'one')?.oneCall, 'works');
    assert.deepEqual(await sweep(), ['ListAllKeys one', 'ListAaps one']);
  });

  it('says nothing where a region has no keys, and is not tried where it has no AAPs', async () => {
    const { inventory, sweep } = scene('works', { one: { b: [] }, none: {} });
    assert.deepEqual((await sweep()).sort(), [
      'ListAaps none',
      'ListAaps one',
      'ListAllKeys one',
      'ListKeys one/b',
    ]);
    assert.equal(inventory.region(A.id, 'one')?.oneCall, undefined);
    assert.equal(inventory.region(A.id, 'none')?.oneCall, undefined);
  });

  for (const oneCall of ['refused', 'empty', 'cut'] as const)
    it(`is not used again for thirty days where it was ${oneCall}, and no key is missing`, async () => {
      // Cut after ten, the answer has keys of every AAP, but not all of the last one.
      const { time, inventory, sweep, numbers } = scene(oneCall, {
        one: { a: [1, 2, 3], b: [4, 5, 6], c: [7, 8, 9], d: [10, 11] },
      });
      const all = Array.from({ length: 11 }, (_, index) => index + 1);
      const calls = await sweep();
      assert.equal(calls.filter((call) => call === 'ListAllKeys one').length, 1);
      assert.deepEqual(numbers(), all);
      assert.equal(inventory.region(A.id, 'one')?.oneCall, 'doesNot');
      time.now += 29 * DAY;
      assert.deepEqual(await sweep(), [
        'ListAaps one',
        'ListKeys one/a',
        'ListKeys one/b',
        'ListKeys one/c',
        'ListKeys one/d',
      ]);
      time.now += 2 * DAY;
      assert.ok((await sweep()).includes('ListAllKeys one'));
      assert.deepEqual(numbers(), all);
    });

  it('is tried again where it just failed', async () => {
    const { fake, inventory, sweep, numbers } = scene('fails', { one: { a: [1], b: [2] } });
    await sweep();
    assert.deepEqual(numbers(), [1, 2]);
    assert.equal(inventory.region(A.id, 'one')?.oneCall, undefined);
    fake.oneCall = 'works';
    assert.deepEqual(await sweep(), ['ListAaps one', 'ListAllKeys one']);
  });

  it('makes no key disappear when its answer is cut', async () => {
    const { fake, inventory, sweep, numbers } = scene('works', {
      one: { a: [1, 2, 3], b: [4, 5, 6], c: [7, 8], d: [9] },
    });
    await sweep();
    fake.world[A.id] = { one: { a: [1, 2, 3], b: [4, 5, 6], c: [7, 8, 12], d: [9], e: [10, 11] } };
    fake.oneCall = 'cut';
    const calls = await sweep();
    assert.ok(calls.includes('ListKeys one/d'), 'the last AAP of ten keys is read alone');
    assert.ok(calls.includes('ListKeys one/e'), 'and a new one without keys');
    assert.deepEqual(numbers(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    assert.equal(inventory.region(A.id, 'one')?.oneCall, 'doesNot');
  });

  it('drops a deleted key once the AAP alone confirms it, and finds a new AAP', async () => {
    const { fake, inventory, sweep, numbers } = scene('works', { one: { a: [1], b: [2, 3] } });
    await sweep();
    fake.world[A.id] = { one: { a: [1], b: [3], d: [5], e: [] } };
    assert.deepEqual(await sweep(), ['ListAllKeys one', 'ListAaps one', 'ListKeys one/b', 'ListKeys one/e']);
    assert.deepEqual(numbers(), [1, 3, 5]);
    assert.equal(inventory.region(A.id, 'one')?.oneCall, 'works');
    assert.deepEqual(await sweep(), ['ListAllKeys one', 'ListAaps one']);
  });

  it('does not overwrite what a click read meanwhile', async () => {
    const { fake, inventory, sweep, numbers } = scene('works', { one: { a: [1, 3], b: [2] } });
    await sweep();
    fake.hold(/ListAllKeys/);
    const swept = inventory.refresh(A.id, 'sweep');
    await tick();
    // Somebody deletes a key; the answer that is still on its way has it.
    fake.world[A.id] = { one: { a: [1], b: [2] } };
    await inventory.refreshAap({ accountId: A.id, regionId: 'one', aapName: 'a' });
    fake.release();
    await swept;
    assert.deepEqual(numbers(), [1, 2]);
  });

  it('leaves the region failed, not empty, where the AAPs cannot be listed', async () => {
    const { fake, inventory, sweep, numbers } = scene('works', { one: { a: [1] } });
    await sweep();
    fake.failing = { calls: /ListAaps/, kind: 'timeout' };
    await sweep();
    assert.equal(inventory.region(A.id, 'one')?.status, 'failed');
    assert.deepEqual(numbers(), [1]);
  });
});
