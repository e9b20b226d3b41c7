import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCaller } from '../../../src/cloud/call';
import { createCloudError } from '../../../src/cloud/errors';
import type { Cloud } from '../../../src/cloud/index';
import {
  DEMO_AAP,
  DEMO_ACCESS_KEY,
  DEMO_STS_KEY,
  type Simulator,
  startSimulator,
} from '../../simulator/index';
import { writeCliFile } from './accounts/support';
import { ACCOUNT, cloudOn, environmentOf, failureOf, PAYMENTS, REGION, withFolder } from './support';

const SHANGHAI = 'cn-shanghai';

describe('calls of clicks and of the sweep', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());
  afterEach(async () => {
    await simulator.control.clearFaults();
    await simulator.control.setQps(0);
    await simulator.control.setLatency(0);
  });

  const sweepOf = (cloud: Cloud, count: number) =>
    Array.from({ length: count }, () => cloud.background.listAaps(ACCOUNT, REGION));
  const requestsSince = async (before: number) => (await simulator.control.requests()).slice(before);
  const countRequests = async () => (await simulator.control.requests()).length;

  it('share one rate, clicks first', async () => {
    const cloud = cloudOn(simulator, { requestsPerSecond: () => 8 });
    const before = await countRequests();
    const work: Promise<unknown>[] = sweepOf(cloud, 12);
    await sleep(300);
    work.push(cloud.getClientKey(PAYMENTS, (await simulator.control.keys(DEMO_AAP))[0]?.id ?? ''));
    await Promise.all(work);
    const requests = await requestsSince(before);
    const click = requests.findIndex(({ action }) => action === 'GetClientKey');
    assert.ok(click > 0 && click < 9, `the click was call ${click + 1} of ${requests.length}`);
    for (const { at } of requests) {
      const second = requests.filter((other) => other.at <= at && other.at > at - 1000);
      assert.ok(second.length <= 8, `${second.length} calls within a second`);
    }
  });

  it('share the rate of one who signs in by two ways', () =>
    withFolder(async (home) => {
      const key = { access_key_id: DEMO_ACCESS_KEY.id, access_key_secret: DEMO_ACCESS_KEY.secret };
      await writeCliFile(home, { profiles: [{ name: 'same', mode: 'AK', ...key }] });
      const cloud = cloudOn(simulator, { homeFolder: home, requestsPerSecond: () => 4 });
      const accounts = (await cloud.listAccounts()).accounts.map(({ id }) => id);
      assert.deepEqual(accounts, [ACCOUNT, 'cli:same']);
      const before = await countRequests();
      await Promise.all([1, 2, 3, 4].flatMap(() => accounts.map((id) => cloud.listAaps(id, REGION))));
      const requests = await requestsSince(before);
      assert.equal(requests.length, 8);
      for (const { at } of requests) {
        const second = requests.filter((other) => other.at <= at && other.at > at - 1000);
        assert.ok(second.length <= 4, `${second.length} calls within a second`);
      }
    }));

  it('do not keep somebody waiting for a name that does not exist', async () => {
    const caller = createCaller({ requestsPerSecond: () => 1000, backoff: 1 });
    for (const [code, urgency, attempts] of [
      ['ENOTFOUND', 'click', 1],
      ['ENOTFOUND', 'sweep', 5],
      ['EAI_AGAIN', 'click', 5],
    ] as const) {
      let count = 0;
      const call = { action: 'ListClientKeys', account: ACCOUNT, lane: REGION, urgency, effect: false };
      await failureOf(
        caller.run(call, async () => {
          count += 1;
          throw createCloudError({ kind: 'network', action: call.action, message: code, code });
        }),
      );
      assert.equal(count, attempts, `${code} ${urgency}`);
    }
  });

  it('have a rate per region: one that waits does not hold up another', async () => {
    const cloud = cloudOn(simulator, { requestsPerSecond: () => 2 });
    const stop = new AbortController();
    const waiting = Array.from({ length: 8 }, () =>
      cloud.background.listAaps(ACCOUNT, REGION, stop.signal).catch(() => undefined),
    );
    await cloud.background.listAaps(ACCOUNT, SHANGHAI);
    assert.ok((await Promise.race([...waiting.slice(4), 'still waiting'])) === 'still waiting');
    stop.abort();
    await Promise.all(waiting);
  });

  it('are never refused at the rate that the service allows, and hardly at a lower one', async () => {
    await simulator.control.setLatency(20);
    await simulator.control.setQps(10);
    let before = await countRequests();
    await Promise.all(sweepOf(cloudOn(simulator), 22));
    assert.equal((await requestsSince(before)).filter(({ status }) => status === 429).length, 0);
    await simulator.control.setQps(2);
    before = await countRequests();
    await Promise.all(sweepOf(cloudOn(simulator), 12));
    const refused = (await requestsSince(before)).filter(({ status }) => status === 429).length;
    assert.ok(refused > 0 && refused <= 8, `${refused} refused`);
  });

  for (const hint of [
    { header: 'x-acs-retry-after', value: '700' },
    { header: 'retry-after', value: '1' },
  ] as const)
    it(`wait for as long as the service says: ${hint.header}`, async () => {
      await simulator.control.injectFault({ kind: 'throttle', action: 'ListClientKeys', times: 1, hint });
      const began = performance.now();
      const cloud = cloudOn(simulator, { timeouts: { backoff: 1 } });
      assert.equal((await cloud.listClientKeys(PAYMENTS)).length, 1);
      assert.ok(performance.now() - began >= 690);
    });

  it('stop waiting at once when cancelled, whatever the service says', async () => {
    const hint = { header: 'retry-after', value: '3600' } as const;
    await simulator.control.injectFault({ kind: 'throttle', action: 'ListClientKeys', hint });
    const stop = new AbortController();
    const cloud = cloudOn(simulator, { onEvent: () => setTimeout(() => stop.abort(), 50) });
    assert.equal((await failureOf(cloud.listClientKeys(PAYMENTS, stop.signal))).kind, 'cancelled');
  });

  it('say how long to wait in the error that is left in the end', async () => {
    const hint = { header: 'x-acs-retry-after', value: '3' } as const;
    await simulator.control.injectFault({ kind: 'throttle', action: 'ListClientKeys', hint });
    const cloud = cloudOn(simulator, { timeouts: { backoff: 1 } });
    const error = await failureOf(cloud.listClientKeys(PAYMENTS));
    assert.deepEqual([error.kind, error.retryAfterMs], ['throttled', 3]);
  });
});

describe('the client keys of a region by one call', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());

  const list = () => cloudOn(simulator, { env: environmentOf(DEMO_STS_KEY) }).listRegionKeys(ACCOUNT, REGION);

  it('are those of every AAP, each with the name of its own', async () => {
    const before = (await simulator.control.requests()).length;
    const keys = await list();
    const expected = (await simulator.control.keys()).filter(({ regionId }) => regionId === REGION);
    assert.deepEqual(
      keys.map(({ id, aapName, accountId, regionId }) => [id, aapName, accountId, regionId]),
      expected.map(({ id, aapName }) => [id, aapName, ACCOUNT, REGION]),
    );
    assert.equal((await simulator.control.requests()).length, before + 1);
  });

  it('are not taken from an answer that does not say whose they are', async () => {
    await simulator.control.setRegionList('noNames');
    const error = await failureOf(list());
    assert.deepEqual([error.kind, error.retryable], ['badAnswer', false]);
    assert.match(error.message, /ClientKeys\.0\.AapName/);
    await simulator.control.setRegionList('refused');
    assert.equal((await failureOf(list())).kind, 'invalidRequest');
    await simulator.control.setRegionList('empty');
    assert.deepEqual(await list(), []);
  });
});
