import assert from 'node:assert/strict';
import { DEMO_ACCESS_KEY, estateWorld, type Simulator, startSimulator } from '../../simulator';
import { kmsClient } from './support';

const DAY_MS = 24 * 3600_000;
const LATENCY_MS = 60;

describe('estate world', function () {
  this.timeout(30_000);
  let sim: Simulator;
  before(async () => {
    const world = await estateWorld({ regions: 25, aapsPerRegion: 40, keysPerAap: 2 });
    sim = await startSimulator({ world });
  });
  after(() => sim.stop());

  it('is an account with 25 regions of 40 AAPs with two keys each, some of every age', async () => {
    const call = kmsClient(sim, DEMO_ACCESS_KEY, 'eu-west-1');
    assert.equal((await call('DescribeRegions')).Regions.Region.length, 25);
    assert.equal((await call('ListApplicationAccessPoints')).TotalCount, 40);
    assert.equal((await call('ListClientKeys')).ClientKeys.length, 80);
    assert.equal((await call('ListClientKeys', { query: { AapName: 'aap-0040' } })).ClientKeys.length, 2);
    const keys = await sim.control.keys();
    assert.equal(new Set(keys.map(({ id }) => id)).size, 2000);
    const days = keys.map(({ notAfter }) => Math.floor((notAfter - Date.now()) / DAY_MS));
    for (const [from, to] of [
      [-10, 0],
      [0, 8],
      [8, 31],
      [31, 91],
      [91, 10_000],
    ] as const)
      assert.ok(
        days.some((left) => left >= from && left < to),
        `none between ${from} and ${to}`,
      );
  });

  it('answers every call as late as it is told', async () => {
    const call = kmsClient(sim, DEMO_ACCESS_KEY, 'eu-west-1');
    await sim.control.setLatency(LATENCY_MS);
    const began = performance.now();
    await call('DescribeRegions');
    assert.ok(performance.now() - began >= LATENCY_MS - 1);
    await sim.control.setLatency(0);
  });
});
