import './lz4Alias';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createAuditReader } from '../../../../src/cloud/audit/index';
import type { InstanceEvidence } from '../../../../src/model/evidence';
import {
  DEMO_ACCESS_KEY,
  DEMO_INSTANCE,
  demoWorld,
  type Simulator,
  startSimulator,
  type World,
} from '../../../simulator/index';
import {
  ACCOUNT,
  cloudOn,
  DAY_MS,
  endpointsOf,
  environmentOf,
  failureOf,
  PAYMENTS,
  printed,
} from '../support';

const HOUR_MS = 60 * 60 * 1000;
const ORDERS = {
  userAgent: 'AlibabaCloud (linux; amd64) Java order-service',
  api: 'GetSecretValue',
  resource: 'shop/orders/database',
  network: '10.20.4.0/24',
};

describe('audit reader', function () {
  this.timeout(30_000);
  let demo: World;
  before(async () => {
    demo = await demoWorld();
  });
  let simulator: Simulator;
  let oldKey: { id: string; createdAt: number; notAfter: number };
  let newKeyId: string;

  // Tests change the log: each has a world of its own.
  beforeEach(async () => {
    const [key] = demo.keys;
    assert.ok(key);
    oldKey = { id: key.id, createdAt: key.createdAt, notAfter: key.notAfter };
    newKeyId = `KAAP.${randomUUID()}`;
    const now = Date.now();
    const newKey = { ...key, id: newKeyId, createdAt: now, notBefore: now, notAfter: now + 365 * DAY_MS };
    simulator = await startSimulator({
      world: {
        ...demo,
        keys: [...demo.keys.map((each) => ({ ...each })), newKey],
        instances: demo.instances.map((each) => ({ ...each })),
      },
    });
  });
  afterEach(() => simulator.stop());

  const reader = (env = environmentOf(DEMO_ACCESS_KEY), onEvent: (line: string) => void = () => {}) =>
    createAuditReader({
      cloud: cloudOn(simulator, { env }),
      endpoints: () => endpointsOf(simulator),
      userAgent: 'kms-client-keys/test',
      onEvent,
    });

  const read = async (): Promise<InstanceEvidence> => {
    const evidence = await reader().readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
    assert.equal(evidence.instances.length, 1);
    const [instance] = evidence.instances;
    assert.ok(instance);
    return instance;
  };

  const logRequests = async () =>
    (await simulator.control.requests()).filter((request) => request.service === 'log');

  it('reads the log of the demo', async () => {
    const evidence = await reader().readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
    const now = await simulator.control.now();
    assert.deepEqual(
      [evidence.aap, evidence.oldKey, evidence.newKeyId, evidence.sharedGateway],
      [PAYMENTS, oldKey, newKeyId, false],
    );
    assert.ok(Math.abs(evidence.readAt - now) < 5000);
    assert.equal(new Set(evidence.requestIds).size, 9);
    const [instance] = evidence.instances;
    assert.ok(instance);
    assert.deepEqual(
      [instance.instanceId, instance.project, instance.logStore, instance.problem],
      [DEMO_INSTANCE, `kms-log-${DEMO_INSTANCE}`, 'kms_audit_log', undefined],
    );
    const rows = simulator.world.history;
    const seconds = (ms: number | undefined) => Math.floor((ms ?? 0) / 1000) * 1000;
    assert.equal(instance.oldKeyCalls, rows.length);
    assert.equal(instance.begins, seconds(rows[0]?.at), 'begins');
    assert.equal(instance.newestAny, seconds(rows.at(-1)?.at));
    assert.equal(instance.oldKeyLast, instance.newestAny);
    assert.deepEqual(
      [instance.newKeyCalls, instance.newKeyFirst, instance.newKeyLast],
      [0, undefined, undefined],
    );
    assert.deepEqual([instance.complete, instance.callersComplete], [true, true]);
    assert.equal(instance.callers.length, 2);
    const orders = instance.callers.find((use) => use.caller.api === 'GetSecretValue');
    assert.ok(orders);
    const own = rows.filter((row) => row.fields.api_name === 'GetSecretValue');
    assert.deepEqual(orders.caller, ORDERS);
    assert.equal(orders.keyId, oldKey.id);
    assert.equal(orders.calls, own.length);
    assert.deepEqual([orders.first, orders.last], [seconds(own[0]?.at), seconds(own.at(-1)?.at)]);
    assert.deepEqual(orders.statuses, { 200: own.length });
    assert.deepEqual(orders.addresses, ['10.20.4.17']);
    const gaps = own.slice(1).map((row, i) => seconds(row.at) - seconds(own[i]?.at));
    assert.ok(orders.longestGapMs >= Math.max(...gaps));
    assert.ok(orders.longestGapMs <= 20 * 60 * 1000, `${orders.longestGapMs}`);
  });

  it('needs few requests', async () => {
    await read();
    const counts: Record<string, number> = {};
    for (const { action } of await logRequests()) counts[action] = (counts[action] ?? 0) + 1;
    // Index; any, old, new key (no pause: the old key has the newest entry); begin, newest, last call; two statements.
    assert.deepEqual(counts, { GetIndex: 1, GetHistograms: 3, GetLogsV2: 5 });
  });

  it('sees callers move, the old key fall silent and the pauses of the log since', async () => {
    const switched = await simulator.control.now();
    await simulator.control.moveClock(DAY_MS);
    const calls = { instanceId: DEMO_INSTANCE, clientIp: '10.20.4.99', apiName: 'GetSecretValue' };
    const move = (from: number, to: number) =>
      simulator.control.addCalls({
        ...calls,
        keyId: newKeyId,
        userAgent: 'AlibabaCloud (linux; amd64) Java/21.0.1 order-service/3.0.0',
        resourceId: 'shop/orders/database',
        from: switched + from,
        to: switched + to,
      });
    // Nobody calls for five hours.
    const count = (await move(0, 10 * HOUR_MS)) + (await move(15 * HOUR_MS, 24 * HOUR_MS));
    const instance = await read();
    assert.equal(instance.newKeyCalls, count);
    assert.ok(
      (instance.newKeyFirst ?? 0) >= switched - 1000 && (instance.newKeyFirst ?? 0) < switched + 11 * 60_000,
    );
    assert.equal(instance.newKeyLast, instance.newestAny);
    assert.ok((instance.oldKeyLast ?? 0) <= switched);
    assert.ok(instance.longestPauseMs >= 5 * HOUR_MS, `${instance.longestPauseMs}`);
    assert.ok(instance.longestPauseMs <= 6.2 * HOUR_MS, `${instance.longestPauseMs}`);
    const orders = instance.callers.filter((use) => use.caller.userAgent === ORDERS.userAgent);
    assert.deepEqual(orders.map((use) => use.keyId).sort(), [newKeyId, oldKey.id].sort());
    assert.deepEqual(
      orders.map((use) => use.caller),
      [ORDERS, ORDERS],
    );
    // The class's cadence is that of both keys together.
    for (const use of orders) assert.ok(use.longestGapMs >= 5 * HOUR_MS && use.longestGapMs < 6 * HOUR_MS);
  });

  it('makes a pause exact where that decides', async () => {
    const switched = await simulator.control.now();
    await simulator.control.moveClock(20 * HOUR_MS);
    // Quiet time is 20 h: a pause of 4 h 50 min is below a quarter, what the buckets alone say is above.
    const add = (from: number, to: number) =>
      simulator.control.addCalls({
        keyId: newKeyId,
        instanceId: DEMO_INSTANCE,
        userAgent: 'a',
        apiName: 'b',
        resourceId: 'c',
        clientIp: '10.0.0.1',
        from: switched + from,
        to: switched + to,
      });
    await add(0, 6 * HOUR_MS);
    await add(10.7 * HOUR_MS, 20 * HOUR_MS);
    const exact = (await read()).longestPauseMs;
    assert.ok(exact >= 4.7 * HOUR_MS && exact < 5 * HOUR_MS, `${exact / HOUR_MS}`);
  });

  it('knows a key that was never seen', async () => {
    const createdAt = (await simulator.control.now()) - 10 * DAY_MS;
    const evidence = await reader().readEvidence({
      aap: PAYMENTS,
      oldKey: { id: `KAAP.${randomUUID()}`, createdAt, notAfter: createdAt + 365 * DAY_MS },
    });
    const [instance] = evidence.instances;
    assert.ok(instance);
    assert.deepEqual([instance.oldKeyCalls, instance.oldKeyLast, instance.complete], [0, undefined, true]);
    // Calls every 10 minutes; the bound is two of the buckets of 10 days.
    assert.ok(instance.longestPauseMs <= 12 * HOUR_MS, `${instance.longestPauseMs}`);
    // The other key of the AAP shows up by the AAP's name.
    assert.deepEqual([...new Set(instance.callers.map((use) => use.keyId))], [oldKey.id]);
  });

  it('counts entries whatever their status', async () => {
    const now = await simulator.control.now();
    await simulator.control.removeClientKey(oldKey.id);
    await simulator.control.moveClock(HOUR_MS);
    await simulator.control.addCalls({
      keyId: oldKey.id,
      instanceId: DEMO_INSTANCE,
      userAgent: 'late',
      apiName: 'GetSecretValue',
      resourceId: 'x',
      clientIp: '10.0.0.1',
      from: now,
      to: now + HOUR_MS,
    });
    const instance = await read();
    assert.ok((instance.oldKeyLast ?? 0) > now);
    const late = instance.callers.find((use) => use.caller.userAgent === 'late');
    assert.deepEqual(Object.keys(late?.statuses ?? {}), ['404']);
  });

  it('says that the log is not bought', async () => {
    await simulator.control.setLogging(DEMO_INSTANCE, false);
    const instance = await read();
    assert.deepEqual([instance.problem, instance.complete, instance.oldKeyCalls], ['notBought', false, 0]);
    assert.equal((await logRequests()).length, 0);
  });

  it('says that the project is missing where it may not ask whether the log is bought', async () => {
    await simulator.control.setLogging(DEMO_INSTANCE, false);
    await simulator.control.denyAction('kms:GetKmsInstance', true);
    assert.equal((await read()).problem, 'projectMissing');
  });

  for (const action of ['log:GetLogStoreLogs', 'log:GetIndex']) {
    it(`says that ${action} is not allowed`, async () => {
      await simulator.control.denyAction(action, true);
      const instance = await read();
      assert.equal(instance.problem, 'noPermission');
      assert.ok(instance.problemDetail?.includes(action), instance.problemDetail);
    });
  }

  it('says that there is no index', async () => {
    await simulator.control.setIndex(DEMO_INSTANCE, 'none');
    assert.equal((await read()).problem, 'indexMissing');
  });

  it('goes without analytics, and says that the callers are partial', async () => {
    await simulator.control.setIndex(DEMO_INSTANCE, 'noAnalytics');
    const instance = await read();
    assert.deepEqual(
      [instance.problem, instance.complete, instance.callersComplete],
      [undefined, true, false],
    );
    assert.equal(instance.callers.length, 2);
    assert.equal(instance.oldKeyCalls, simulator.world.history.length);
  });

  it('asks again for what is incomplete', async () => {
    for (const action of ['GetHistograms', 'GetLogsV2'])
      await simulator.control.injectFault({ kind: 'incomplete', action, times: 2 });
    const instance = await read();
    assert.deepEqual([instance.complete, instance.callersComplete], [true, true]);
    assert.equal(instance.oldKeyCalls, simulator.world.history.length);
  });

  for (const action of ['GetHistograms', 'GetLogsV2']) {
    it(`says that what stays incomplete is so: ${action}`, async () => {
      await simulator.control.injectFault({ kind: 'incomplete', action });
      const instance = await read();
      assert.deepEqual([instance.problem, instance.complete], [undefined, false]);
      assert.equal(instance.callersComplete, action !== 'GetLogsV2');
    }).timeout(60_000);
  }

  it('halves ranges until the class list is accurate', async () => {
    const rows = simulator.world.history.length;
    await simulator.control.setBytesPerRow(Math.ceil((400 * 1024 * 1024) / (rows / 3)));
    const instance = await read();
    assert.equal(instance.callersComplete, true);
    assert.equal(
      instance.callers.reduce((sum, use) => sum + use.calls, 0),
      rows,
    );
  });

  it('says that the class list is not complete where halving does not end', async () => {
    await simulator.control.setBytesPerRow(400 * 1024 * 1024 + 1);
    const instance = await read();
    assert.deepEqual([instance.complete, instance.callersComplete], [true, false]);
    const sql = (await logRequests()).filter((request) => request.action === 'GetLogsV2').length;
    assert.ok(sql < 140, `${sql} requests`);
  }).timeout(60_000);

  it('says that the log failed, with all secrets left out', async () => {
    await simulator.control.injectFault({ kind: 'html', action: 'GetIndex' });
    const instance = await read();
    assert.equal(instance.problem, 'failed');
    assert.ok(!instance.problemDetail?.includes(DEMO_ACCESS_KEY.secret));
  });

  it('passes over single failures', async () => {
    for (const fault of [
      { kind: 'throttle' },
      { kind: 'resetBefore' },
      { kind: 'html' },
      { kind: 'cutBody' },
    ] as const)
      for (const action of ['GetIndex', 'GetHistograms', 'GetLogsV2'])
        await simulator.control.injectFault({ ...fault, action, times: 1 });
    assert.equal((await read()).complete, true);
  });

  it('throws where the instances cannot be found out', async () => {
    await simulator.control.denyAction('kms:DescribePolicy', true);
    const error = await failureOf(reader().readEvidence({ aap: PAYMENTS, oldKey }));
    assert.deepEqual([error.kind, error.deniedAction], ['noPermission', 'kms:DescribePolicy']);
  });

  it('tells of an AAP on the shared gateway', async () => {
    const evidence = await reader().readEvidence({ aap: { ...PAYMENTS, aapName: 'reports-aap' }, oldKey });
    assert.deepEqual([evidence.sharedGateway, evidence.instances], [true, []]);
  });

  it('refuses to search for what is no client key id', async () => {
    for (const id of ['KAAP.x', `${oldKey.id}" or *`, '*']) {
      const error = await failureOf(reader().readEvidence({ aap: PAYMENTS, oldKey: { ...oldKey, id } }));
      assert.equal(error.kind, 'invalidRequest');
      const other = await failureOf(reader().readEvidence({ aap: PAYMENTS, oldKey, newKeyId: id }));
      assert.equal(other.kind, 'invalidRequest');
    }
    assert.equal((await logRequests()).length, 0);
  });

  it('ends when cancelled', async () => {
    await simulator.control.injectFault({ kind: 'delay', ms: 3000, action: 'GetHistograms' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const error = await failureOf(reader().readEvidence({ aap: PAYMENTS, oldKey }, controller.signal));
    assert.equal(error.kind, 'cancelled');
  });

  it('puts no secret into its lines', async () => {
    const lines: string[] = [];
    await simulator.control.injectFault({ kind: 'resetBefore', action: 'GetIndex' });
    const env = environmentOf({ ...DEMO_ACCESS_KEY });
    const evidence = await reader(env, (line) => lines.push(line)).readEvidence({ aap: PAYMENTS, oldKey });
    assert.equal(evidence.instances[0]?.problem, 'failed');
    assert.ok(lines.length > 0);
    assert.ok(!lines.join().includes(DEMO_ACCESS_KEY.secret) && !/https?:/.test(lines.join()));
  });

  describe('buckets', () => {
    it('count both keys over the range', async () => {
      const now = await simulator.control.now();
      for (const range of [HOUR_MS, DAY_MS, 30 * DAY_MS, 180 * DAY_MS]) {
        const { buckets, complete } = await reader().readBuckets({
          aap: PAYMENTS,
          oldKeyId: oldKey.id,
          newKeyId,
          from: now - range,
          to: now,
        });
        assert.ok(complete);
        assert.ok(buckets.length > 10 && buckets.length <= 90, `${buckets.length}`);
        const floor = Math.floor((now - range) / 1000) * 1000;
        assert.equal(
          buckets.reduce((sum, bucket) => sum + bucket.oldKey, 0),
          simulator.world.history.filter((row) => row.at >= floor).length,
        );
        assert.equal(
          buckets.reduce((sum, bucket) => sum + bucket.newKey, 0),
          0,
        );
        for (const [i, bucket] of buckets.entries()) assert.ok(i === 0 || bucket.from === buckets[i - 1]?.to);
      }
    });

    it('are not complete where the log cannot be read', async () => {
      await simulator.control.setLogging(DEMO_INSTANCE, false);
      const now = Date.now();
      const ask = { aap: PAYMENTS, oldKeyId: oldKey.id, from: now - DAY_MS, to: now };
      assert.deepEqual(await reader().readBuckets(ask), { buckets: [], complete: false });
      const error = await failureOf(reader().readBuckets({ ...ask, oldKeyId: '*' }));
      assert.equal(error.kind, 'invalidRequest', printed(error));
      assert.equal(error.action, 'ReadAuditLog');
      assert.equal(ACCOUNT, PAYMENTS.accountId);
    });
  });
});
