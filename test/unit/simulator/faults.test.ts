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
});
