import assert from 'node:assert/strict';
import { type Simulator, startSimulator } from '../../simulator';
import { failure, kmsClient, logClient, PASSWORD, smallWorld } from './support';

const CREATE = { body: { AapName: 'unit-aap', Password: PASSWORD } };
const EIGHT_HOURS = 8 * 3600_000;

describe('faults', function () {
  // Key pairs take their time on a busy machine.
  this.timeout(30_000);
  let sim: Simulator;
  let call: ReturnType<typeof kmsClient>;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld() });
    call = kmsClient(sim);
  });
  afterEach(() => sim.stop());

  const keyCount = async () => (await sim.control.keys()).length;

  it('reset before the effect: nothing was made', async () => {
    await sim.control.injectFault({ action: 'CreateClientKey', kind: 'resetBefore' });
    assert.equal((await failure(call('CreateClientKey', CREATE))).code, 'ECONNRESET');
    assert.equal(await keyCount(), 0);
  });

  it('reset after the effect: the key is there, its private part is lost', async () => {
    await sim.control.injectFault({ action: 'CreateClientKey', kind: 'resetAfter' });
    assert.equal((await failure(call('CreateClientKey', CREATE))).code, 'ECONNRESET');
    assert.equal(await keyCount(), 1);
  });

  for (const kind of ['html', 'cutBody', 'emptyBody'] as const) {
    it(`${kind}: the key is there, the answer cannot be read`, async () => {
      await sim.control.injectFault({ action: 'CreateClientKey', kind });
      await failure(call('CreateClientKey', CREATE));
      assert.equal(await keyCount(), 1);
    });
  }

  it('status and throttle: the service’s error, nothing was made', async () => {
    await sim.control.injectFault({
      action: 'CreateClientKey',
      kind: 'status',
      status: 503,
      code: 'ServiceUnavailableTemporary',
      times: 1,
    });
    const unavailable = await failure(call('CreateClientKey', CREATE));
    assert.deepEqual([unavailable.code, unavailable.statusCode], ['ServiceUnavailableTemporary', 503]);
    await sim.control.injectFault({ action: '*', kind: 'throttle', times: 2 });
    const throttled = await failure(call('CreateClientKey', CREATE));
    assert.deepEqual([throttled.code, throttled.statusCode], ['Rejected.Throttling', 429]);
    assert.equal((await failure(logClient(sim).project())).code, 'ReadQuotaExceed');
    assert.equal(await keyCount(), 0);
  });

  it('delay: no answer comes before its time', async () => {
    const ask = () =>
      fetch(`${sim.url}/kms/cn-hangzhou/`, {
        method: 'POST',
        headers: { 'x-acs-action': 'DescribeRegions' },
        signal: AbortSignal.timeout(1500),
      });
    assert.equal((await ask()).status, 400);
    await sim.control.injectFault({ action: 'DescribeRegions', kind: 'delay', ms: 60_000, times: 1 });
    await assert.rejects(ask(), { name: 'TimeoutError' });
    await sim.control.injectFault({ action: 'DescribeRegions', kind: 'delay', ms: 50 });
    assert.ok((await call('DescribeRegions')).Regions);
  });

  it('NotBefore shifted by eight hours, or refused', async () => {
    const now = Math.floor((await sim.control.now()) / 1000) * 1000;
    const time = (ms: number) => new Date(ms).toISOString().replace('.000', '');
    const dates = { NotBefore: time(now), NotAfter: time(now + 365 * 24 * 3600_000) };
    await sim.control.injectFault({
      action: 'CreateClientKey',
      kind: 'notBeforeShift',
      ms: EIGHT_HOURS,
      times: 1,
    });
    const made = await call('CreateClientKey', { body: { ...CREATE.body, ...dates } });
    assert.equal(made.NotBefore, time(now + EIGHT_HOURS));
    await sim.control.injectFault({ action: 'CreateClientKey', kind: 'notBeforeRefused' });
    assert.equal(
      (await failure(call('CreateClientKey', { body: { ...CREATE.body, ...dates } }))).code,
      'InvalidParameter',
    );
    await call('CreateClientKey', CREATE);
  });

  it('throttle with a hint: the answer says how long to wait', async () => {
    const ask = async (hint: { header: 'retry-after' | 'x-acs-retry-after'; value: string }) => {
      await sim.control.injectFault({ action: 'DescribeRegions', kind: 'throttle', times: 1, hint });
      const answer = await fetch(`${sim.url}/kms/cn-hangzhou/`, {
        method: 'POST',
        headers: { 'x-acs-action': 'DescribeRegions' },
      });
      return [answer.status, answer.headers.get(hint.header)];
    };
    assert.deepEqual(await ask({ header: 'retry-after', value: '2' }), [429, '2']);
    assert.deepEqual(await ask({ header: 'x-acs-retry-after', value: '1500' }), [429, '1500']);
  });

  it('reset after headers, slow first byte, wrong types: the answer breaks at another place', async () => {
    await sim.control.injectFault({ action: 'DescribeRegions', kind: 'resetAfterHeaders', times: 1 });
    assert.equal((await failure(call('DescribeRegions'))).code, 'ECONNRESET');
    await sim.control.injectFault({ action: 'DescribeRegions', kind: 'wrongTypes', times: 1 });
    assert.equal(typeof (await call('DescribeRegions')).Regions.Region, 'string');
    await sim.control.injectFault({ action: 'DescribeRegions', kind: 'slowFirstByte', ms: 300, times: 1 });
    const began = performance.now();
    const answer = await fetch(`${sim.url}/kms/cn-hangzhou/`, {
      method: 'POST',
      headers: { 'x-acs-action': 'DescribeRegions' },
    });
    const headers = performance.now();
    await answer.text();
    assert.ok(performance.now() - began >= 299 && headers - began < 250);
  });

  it('hit their action and region only, as often as asked, until cleared', async () => {
    await sim.control.injectFault({
      action: 'ListClientKeys',
      kind: 'throttle',
      times: 2,
      region: 'cn-shanghai',
    });
    const elsewhere = kmsClient(sim, undefined, 'cn-shanghai');
    await call('ListClientKeys');
    await elsewhere('ListKmsInstances');
    for (let i = 0; i < 2; i += 1) await failure(elsewhere('ListClientKeys'));
    await elsewhere('ListClientKeys');
    await sim.control.injectFault({ action: '*', kind: 'throttle' });
    for (let i = 0; i < 3; i += 1) await failure(call('ListClientKeys'));
    await sim.control.clearFaults();
    await call('ListClientKeys');
  });

  it('hit only calls with the query parameters that they name, or without them', async () => {
    const list = (query: Record<string, string>) => call('ListClientKeys', { query });
    await sim.control.injectFault({
      action: 'ListClientKeys',
      kind: 'status',
      status: 403,
      code: 'Forbidden.NoPermission',
      deniedAction: 'kms:ListClientKeys',
      where: { AapName: 'unit-aap' },
    });
    await list({ AapName: 'shared-aap' });
    await list({});
    assert.equal((await failure(list({ AapName: 'unit-aap' }))).code, 'Forbidden.NoPermission');
    await sim.control.clearFaults();
    await sim.control.injectFault({ action: 'ListClientKeys', kind: 'throttle', where: { AapName: '' } });
    await list({ AapName: 'unit-aap' });
    assert.equal((await failure(list({}))).code, 'Rejected.Throttling');
  });
});
