import assert from 'node:assert/strict';
import { connectControl, type Simulator, startSimulator } from '../../simulator';
import { failure, INSTANCE, kmsClient, logClient, PASSWORD, STS_KEY, smallWorld } from './support';

const DAY_MS = 24 * 3600_000;

describe('control', function () {
  // Key pairs take their time on a busy machine.
  this.timeout(30_000);
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld() });
  });
  afterEach(() => sim.stop());

  it('is the same over HTTP as in the process', async () => {
    const remote = connectControl(sim.url);
    assert.deepEqual(Object.keys(remote).sort(), Object.keys(sim.control).sort());
    await remote.moveClock(5 * DAY_MS);
    assert.ok(Math.abs((await remote.now()) - (await sim.control.now())) < 5000);
    assert.ok((await remote.now()) > Date.now() + 4 * DAY_MS);
    const made = await remote.addClientKey('unit-aap', { notAfter: (await remote.now()) + DAY_MS });
    assert.deepEqual(await remote.keys('unit-aap'), await sim.control.keys('unit-aap'));
    await remote.removeClientKey(made.keyId);
    assert.equal(typeof (await remote.keys())[0]?.deletedAt, 'number');
    await remote.denyAction('kms:ListClientKeys', true);
    await remote.injectFault({
      action: 'DescribeRegions',
      kind: 'status',
      status: 500,
      code: 'InternalFailure',
    });
    assert.equal((await failure(kmsClient(sim)('ListClientKeys'))).code, 'Forbidden.NoPermission');
    assert.equal((await failure(kmsClient(sim)('DescribeRegions'))).code, 'InternalFailure');
    await remote.clearFaults();
    await remote.setLogging(INSTANCE, false);
    await remote.setIndex(INSTANCE, 'none');
    await remote.setGatewayDelay(1);
    await remote.setLogDelay(1);
    await remote.setQps(1);
    await remote.setLatency(1);
    await remote.setRegionList('empty');
    await remote.setBytesPerRow(1);
    await remote.expireToken(STS_KEY.id, 'InvalidAccessKeyId.NotFound');
    await remote.forgetCaller('x');
    await remote.addEntries(INSTANCE, [{ at: 1, deliveredAt: 2, fields: { client_ip: null } }]);
    await remote.loseEntries(INSTANCE, { from: 1 });
    await remote.setLogNames(INSTANCE, { project: 'other' });
    await remote.setCompression('gzip');
    await remote.nextDay();
    assert.deepEqual(await remote.requests(), await sim.control.requests());
    assert.deepEqual(await remote.callCounts(), []);
  });

  it('refuses what it does not know, and arguments of another kind', async () => {
    const post = async (name: string, body: string) =>
      (await fetch(`${sim.url}/_control/${name}`, { method: 'POST', body })).status;
    assert.equal(await post('moveClock', '1000'), 200);
    assert.equal(await post('moveClock', '"soon"'), 400);
    assert.equal(await post('injectFault', '{"action":"*","kind":"fire"}'), 400);
    assert.equal(await post('toString', ''), 404);
    await assert.rejects(connectControl(sim.url).setLogging('kst-none', true), /no KMS instance/);
  });

  it('records requests without anything secret', async () => {
    await kmsClient(sim, STS_KEY)('CreateClientKey', { body: { AapName: 'unit-aap', Password: PASSWORD } });
    await failure(kmsClient(sim)('CreateClientKey', { query: { AapName: 'unit-aap', Password: PASSWORD } }));
    const requests = await sim.control.requests();
    assert.deepEqual(
      requests.map(({ service, method, action, region, status, code }) => ({
        service,
        method,
        action,
        region,
        status,
        code,
      })),
      [
        {
          service: 'kms',
          method: 'POST',
          action: 'CreateClientKey',
          region: 'cn-hangzhou',
          status: 200,
          code: undefined,
        },
        {
          service: 'kms',
          method: 'POST',
          action: 'CreateClientKey',
          region: 'cn-hangzhou',
          status: 400,
          code: 'Simulator.PasswordInQuery',
        },
      ],
    );
    for (const secret of [PASSWORD, STS_KEY.secret, STS_KEY.securityToken ?? '']) {
      assert.equal(JSON.stringify(requests).includes(secret), false);
    }
  });

  it('records how long an answer took and how large it was on the wire', async () => {
    await sim.control.setLatency(30);
    await kmsClient(sim)('ListApplicationAccessPoints');
    const answer = await fetch(`${sim.url}/kms/cn-hangzhou/?Action=ListClientKeys`);
    const body = await answer.text();
    const [first, second] = await sim.control.requests();
    assert.ok(first && first.ms >= 29 && first.bytes > 100);
    const head = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
    assert.ok(second && second.bytes > body.length + head && second.bytes < body.length + head + 100);
  });

  it('goes to the next day with the calls that each application would have made, judged call by call', async () => {
    const start = await sim.control.now();
    const key = await sim.control.addClientKey('unit-aap', { notAfter: start + 12 * 3600_000 });
    const caller = { userAgent: 'orders/1', apiName: 'Decrypt', resourceId: 'key-1', clientIp: '10.0.0.1' };
    const world = { ...smallWorld(), keys: sim.world.keys };
    const call = {
      ...caller,
      at: 0,
      durationMs: 1,
      instanceId: INSTANCE,
      regionId: 'cn-hangzhou',
      keyId: key.keyId,
    };
    const day = await startSimulator({ world: { ...world, callers: [call] } });
    try {
      const from = await day.control.now();
      await day.control.nextDay();
      const to = await day.control.now();
      assert.ok(Math.abs(to - from - DAY_MS) < 60_000);
      const times: number[] = [];
      const statuses = new Set<string>();
      for (let offset = 0; ; offset += 100) {
        const ask = { from: Math.floor(from / 1000), to: Math.ceil(to / 1000) + 1, query: '*', offset };
        const rows = (await logClient(day).logs(ask))?.data ?? [];
        if (rows.length === 0) break;
        for (const row of rows) {
          times.push(Number(row.__time__) * 1000);
          const expired = Number(row.__time__) * 1000 >= start + 12 * 3600_000;
          assert.equal(row.status_code, expired ? '403' : '200');
          assert.deepEqual([row.useragent, row.api_name, row.client_ip], ['orders/1', 'Decrypt', '10.0.0.1']);
          statuses.add(row.status_code ?? '');
        }
      }
      assert.deepEqual([...statuses], ['200', '403']);
      const ends = [from, ...times, to];
      for (let i = 1; i < ends.length; i += 1) assert.ok((ends[i] ?? 0) - (ends[i - 1] ?? 0) <= 601_000);
    } finally {
      await day.stop();
    }
  });

  it('leaves a forgotten application out of the next day', async () => {
    const call = {
      userAgent: 'gone/1',
      apiName: 'Decrypt',
      resourceId: 'k',
      clientIp: '1',
      at: 0,
      durationMs: 1,
      instanceId: INSTANCE,
      regionId: 'cn-hangzhou',
      keyId: 'KAAP.x',
    };
    const day = await startSimulator({ world: { ...smallWorld(), callers: [call] } });
    try {
      await day.control.forgetCaller('gone/1');
      await day.control.nextDay();
      const to = Math.floor((await day.control.now()) / 1000) + 1;
      assert.deepEqual((await logClient(day).logs({ from: to - 90_000, to, query: '*' }))?.data, []);
    } finally {
      await day.stop();
    }
  });
});
