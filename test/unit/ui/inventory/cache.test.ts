import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../../../../src/model/account';
import type { AapRef } from '../../../../src/model/clientKey';
import { createCaches } from '../../../../src/ui/inventory/cache';
import { cachedText, parseCache } from '../../../../src/ui/inventory/cacheFormat';
import { watchCaches } from '../../../../src/ui/inventory/cacheWatch';
import type { Inventory, KnownAccount } from '../../../../src/ui/inventory/entries';
import { createInventory } from '../../../../src/ui/inventory/inventory';
import { keepCaches } from '../../../../src/ui/inventory/keepCaches';
import { type FakeLists, fakeLists, keyIdOf } from './fakeLists';

const A: Account = { id: 'environment', kind: 'environment', identity: 'somebody' };
const PAY: AapRef = { accountId: A.id, regionId: 'one', aapName: 'pay' };

/** A window: an inventory over the same world as the other windows, with a clock of its own that only goes on by hand. */
function openWindow(fake: FakeLists, account = A) {
  const time = { now: 1000 };
  const inventory = createInventory({ lists: async () => fake.lists, clock: () => time.now });
  inventory.show([{ account }]);
  const known = (): KnownAccount => {
    const entry = inventory.account(account.id);
    assert.ok(entry);
    return {
      accountId: account.id,
      ...(account.identity !== undefined && { identity: account.identity }),
      clockOffset: 5,
      regions: entry.regions,
    };
  };
  return { inventory, time, known };
}

const world = () =>
  fakeLists({ [A.id]: { one: { pay: [1, 2], mail: [], role: 'role' }, two: { log: [3] } } });
const numbersOf = (inventory: Pick<Inventory, 'keys'>) =>
  inventory
    .keys()
    .map(({ id }) => Number.parseInt(id.slice(5, 13), 16))
    .sort((one, other) => one - other);

/** The file of such a content, whose regions are lines of their own. */
function linesOf(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('regions' in data)) return `${JSON.stringify(data)}\n`;
  const regions = Array.isArray(data.regions) ? data.regions : [];
  return [{ ...data, regions: regions.length }, ...regions]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

describe('cache of an account', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inventory-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back all that was read, as it was read', async () => {
    const fake = world();
    const { inventory, known } = openWindow(fake);
    await inventory.refresh();
    await inventory.readReach(PAY);
    const caches = createCaches(folder);
    await caches.write(known());
    const [read] = await caches.readAll();
    assert.equal(read?.identity, 'somebody');
    assert.equal(read.clockOffset, 5);
    const stale = known().regions.map((region) => ({
      ...region,
      status: 'stale',
      aaps: region.aaps.map((entry) => ({ ...entry, status: 'stale' })),
    }));
    assert.deepEqual(read.regions, stale);
    assert.deepEqual(read.regions[0]?.aaps.find(({ aap }) => aap.aapName === 'pay')?.reach, fake.reach);
    assert.equal(read.regions[0]?.oneCall, 'doesNot');
    assert.equal((await readdir(folder)).length, 1, 'nothing else lies about');
  });

  it('has one file for each account, whose name tells nothing', async () => {
    const caches = createCaches(folder);
    const regions = [] as const;
    await caches.write({ accountId: 'cli:../../etc', clockOffset: 0, regions });
    await caches.write({ accountId: 'environment', clockOffset: 0, regions });
    const names = await readdir(folder);
    assert.equal(names.length, 2);
    assert.ok(names.every((name) => /^[0-9a-f]{32}\.json$/.test(name)));
    await caches.remove('environment');
    assert.deepEqual(
      (await caches.readAll()).map(({ accountId }) => accountId),
      ['cli:../../etc'],
    );
  });

  it('ignores what is damaged, newer or something else, and takes what it understands', async () => {
    const key = [keyIdOf(A.id, 1), 1, 2, 3.5];
    const aap = { name: 'a', keys: key };
    const good = { version: 2, accountId: 'x', clockOffset: 1, regions: [{ regionId: 'one', aaps: [aap] }] };
    const cases: Record<string, unknown> = {
      good,
      version: { ...good, version: 3 },
      text: 'text',
      nothing: null,
      list: [],
      noAccount: { ...good, accountId: 7 },
      regions: { ...good, regions: [{ regionId: 7 }, null, 'one', { regionId: 'two' }] },
      aaps: {
        ...good,
        regions: [{ regionId: 'one', aaps: [{ ...aap, method: 1 }, { ...aap, name: null }, 3] }],
      },
      keys: {
        ...good,
        regions: [
          {
            regionId: 'one',
            readAt: 'now',
            oneCall: 'maybe',
            aaps: [
              {
                ...aap,
                readAt: null,
                reach: { instances: 3 },
                keys: [
                  ...key,
                  'KAAP.x',
                  1,
                  2,
                  3,
                  key[0],
                  '1',
                  2,
                  3,
                  null,
                  1,
                  2,
                  3,
                  key[0],
                  1,
                  2,
                  1e13,
                  key[0],
                ],
              },
            ],
          },
        ],
      },
    };
    const parsed = Object.fromEntries(
      Object.entries(cases).map(([name, data]) => [name, parseCache(linesOf(data))]),
    );
    assert.equal(parsed.good?.regions[0]?.aaps[0]?.keys[0]?.notAfter, 3500);
    for (const name of ['version', 'text', 'nothing', 'list', 'noAccount'])
      assert.equal(parsed[name], undefined, name);
    assert.deepEqual(parsed.regions?.regions, [
      { accountId: 'x', regionId: 'two', status: 'stale', aaps: [] },
    ]);
    assert.deepEqual(parsed.aaps?.regions[0]?.aaps, []);
    assert.deepEqual(parsed.keys?.regions, parsed.good?.regions);

    const whole = cachedText({ accountId: 'x', clockOffset: 1, regions: parsed.good?.regions ?? [] });
    await mkdir(folder, { recursive: true });
    for (let length = 0; length < whole.length; length += 7)
      await writeFile(join(folder, `cut-${length}.json`), whole.slice(0, length));
    assert.deepEqual(await createCaches(folder).readAll(), []);
  });

  it('is replaced in one step', async () => {
    const { inventory, known } = openWindow(world());
    await inventory.refresh();
    const caches = createCaches(folder);
    await caches.write(known());
    const [name] = await readdir(folder);
    assert.ok(name);
    let reading = true;
    const seen = (async () => {
      let whole = 0;
      while (reading) {
        if (parseCache(await readFile(join(folder, name), 'utf8'))?.regions.length === 2) whole += 1;
        else assert.fail('a cut file was seen');
      }
      return whole;
    })();
    for (let round = 0; round < 50; round++) await caches.write(known());
    reading = false;
    assert.ok((await seen) > 0);
    assert.deepEqual(await readdir(folder), [name]);
  });

  it('is rid of what a killed process left behind', async () => {
    const abandoned = join(folder, `${'0'.repeat(32)}.json.1234`);
    await writeFile(abandoned, 'x');
    const write = () => createCaches(folder).write({ accountId: 'x', clockOffset: 0, regions: [] });
    await write();
    assert.equal((await readdir(folder)).length, 2, 'it may be another window that writes just now');
    await utimes(abandoned, new Date(0), new Date(0));
    await write();
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !name.endsWith('.json')),
      [],
    );
  });

  it('shows a window what another one has read, the newer reading of each region', async () => {
    const fake = world();
    const one = openWindow(fake);
    const other = openWindow(fake);
    await one.inventory.refresh();
    fake.world[A.id] = { one: { pay: [1, 2] }, two: { log: [4] } };
    other.time.now = 2000;
    await other.inventory.refresh();
    fake.world[A.id] = { one: { pay: [2, 5] }, two: { log: [4] } };
    one.time.now = 3000;
    await one.inventory.refreshRegion(A.id, 'one');
    assert.deepEqual(numbersOf(one.inventory), [2, 3, 5]);

    one.inventory.takeKnown(other.known());
    assert.deepEqual(numbersOf(one.inventory), [2, 4, 5], 'region two of the other, region one of its own');
    other.inventory.takeKnown(one.known());
    assert.deepEqual(numbersOf(other.inventory), [2, 4, 5]);
    let changes = 0;
    other.inventory.changed.on(() => {
      changes += 1;
    });
    other.inventory.takeKnown(one.known());
    assert.equal(changes, 0, 'nothing new');
  });

  it('keeps an AAP that was read alone after the region of the other window', async () => {
    const fake = world();
    const one = openWindow(fake);
    const other = openWindow(fake);
    await Promise.all([one.inventory.refresh(), other.inventory.refresh()]);
    other.time.now = 2000;
    await other.inventory.refresh();
    fake.world[A.id] = { one: { pay: [2], mail: [] }, two: { log: [3] } };
    one.time.now = 3000;
    await one.inventory.refreshAap(PAY);
    one.inventory.takeKnown(other.known());
    assert.deepEqual(numbersOf(one.inventory), [2, 3], 'the deleted key does not come back');

    const caches = createCaches(folder);
    await caches.write(other.known());
    await caches.write(one.known());
    for (const known of await caches.readAll()) other.inventory.takeKnown(known);
    assert.deepEqual(numbersOf(other.inventory), [2, 3]);
  });

  it('is still news here where another window wrote it before this one wrote', async () => {
    const fake = world();
    const [one, other] = [openWindow(fake), openWindow(fake)];
    const [caches, otherCaches] = [createCaches(folder), createCaches(folder)];
    await one.inventory.refresh();
    await caches.write(one.known());
    fake.world[A.id] = { one: { pay: [7] }, two: { log: [8] } };
    other.time.now = 2000;
    await other.inventory.refresh();
    await otherCaches.write(other.known());
    await caches.write(one.known());
    for (const known of await caches.readNew()) one.inventory.takeKnown(known);
    assert.deepEqual(numbersOf(one.inventory), [7, 8]);
    assert.deepEqual(await caches.readNew(), []);
  });

  it('is gone for good when it is removed while it is being written', async () => {
    const caches = createCaches(folder);
    const written = caches.write({ accountId: 'x', clockOffset: 0, regions: [] });
    await caches.remove('x');
    await written;
    assert.deepEqual(await readdir(folder), []);
  });

  it('loses nothing to a window that has read less lately', async () => {
    const fake = world();
    const one = openWindow(fake);
    const other = openWindow(fake);
    await one.inventory.refresh();
    fake.world[A.id] = { one: { pay: [7] }, two: { log: [8] } };
    other.time.now = 2000;
    await other.inventory.refresh();
    await createCaches(folder).write(other.known());
    one.time.now = 3000;
    await one.inventory.refreshRegion(A.id, 'two');
    await createCaches(folder).write(one.known());
    const third = openWindow(fake);
    for (const known of await createCaches(folder).readAll()) third.inventory.takeKnown(known);
    assert.deepEqual(numbersOf(third.inventory), [7, 8]);
  });

  it('is not shown for another identity, for another account or where it is not shown', async () => {
    const fake = world();
    const { inventory, known } = openWindow(fake);
    await inventory.refresh();
    for (const account of [
      { ...A, identity: 'somebody else' },
      { id: 'environment', kind: 'environment' } as const,
      { id: 'typed:1', kind: 'typed', temporary: false, identity: 'somebody' } as const,
    ]) {
      const { inventory: fresh } = openWindow(fake, account);
      fresh.takeKnown(known());
      assert.deepEqual(fresh.keys(), [], JSON.stringify(account));
    }
    const chosen = createInventory({ lists: async () => fake.lists });
    chosen.show([{ account: A, chosenRegions: ['two'] }]);
    chosen.takeKnown(known());
    assert.deepEqual(numbersOf(chosen), [3]);
  });

  it('does not disturb what is being read here', async () => {
    const fake = world();
    const one = openWindow(fake);
    const other = openWindow(fake);
    await one.inventory.refresh();
    other.time.now = 2000;
    await other.inventory.refresh();
    fake.hold(/ListAaps/);
    one.time.now = 3000;
    const refreshed = one.inventory.refresh();
    while (!one.inventory.account(A.id)?.regions.every(({ status }) => status === 'loading')) await delay(1);
    one.inventory.takeKnown(other.known());
    assert.ok(one.inventory.account(A.id)?.regions.every(({ status }) => status === 'loading'));
    fake.release();
    await refreshed;
    assert.equal(one.inventory.account(A.id)?.status, 'ready');
  });

  it('is written after a reading, and other windows are told', async () => {
    const fake = world();
    const caches = createCaches(folder);
    const otherCaches = createCaches(folder);
    const inventory = createInventory({ lists: async () => fake.lists, onRead: (id) => kept.noteRead(id) });
    const kept = keepCaches({ inventory, caches, offset: () => 7, log: (line) => assert.fail(line) });
    const other = openWindow(fake);
    const told = new Promise<void>((resolve) => {
      const watcher = watchCaches(folder, () => {
        void otherCaches.readNew().then((known) => {
          for (const one of known) other.inventory.takeKnown(one);
          if (known.length === 0) return;
          watcher.dispose();
          resolve();
        });
      });
    });
    inventory.show([{ account: A }]);
    await inventory.refresh();
    await told;
    assert.deepEqual(numbersOf(other.inventory), [1, 2, 3]);
    assert.deepEqual(await caches.readNew(), [], 'what this window wrote itself is not news');
    assert.deepEqual(await otherCaches.readNew(), []);
    kept.dispose();
  });
});
