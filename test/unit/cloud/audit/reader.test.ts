import './lz4Alias';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createAuditReader } from '../../../../src/cloud/audit/index';
import { DEMO_INSTANCE } from '../../../simulator/index';
import { cloudOn, DAY_MS, endpointsOf, PAYMENTS } from '../support';
import { type DemoLog, logRequestsOf, readDemo, readerOn, useDemoLog } from './demoLog';

const HOUR_MS = 60 * 60 * 1000;
const ORDERS = {
  userAgent: 'AlibabaCloud (linux; amd64) Java order-service',
  api: 'GetSecretValue',
  resource: 'shop/orders/database',
  network: '10.20.4.0/24',
};

describe('audit reader', function () {
  this.timeout(30_000);
  const scene = useDemoLog();
  let simulator: DemoLog['simulator'];
  let oldKey: DemoLog['oldKey'];
  let newKeyId: string;
  beforeEach(() => {
    ({ simulator, oldKey, newKeyId } = scene);
  });

  it('reads the log of the demo', async () => {
    const evidence = await readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
    const now = await simulator.control.now();
    assert.deepEqual(
      [evidence.aap, evidence.oldKey, evidence.newKeyId, evidence.sharedGateway],
      [PAYMENTS, oldKey, newKeyId, false],
    );
    assert.ok(Math.abs(evidence.readAt - now) < 5000);
    assert.equal(new Set(evidence.requestIds).size, 14);
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
    await readDemo(scene);
    const counts: Record<string, number> = {};
    for (const { action } of await logRequestsOf(simulator)) counts[action] = (counts[action] ?? 0) + 1;
    // Index; any, old, new key (no pause: the old key has the newest entry); begin, newest, last call; how many entries there are
    // of callers, and two statements each for what has settled and what has not; at the end the old key again.
    assert.deepEqual(counts, { GetIndex: 1, GetHistograms: 5, GetLogsV2: 8 });
  });

  it('takes the figures of the old key from after the class list, which may have taken long', async () => {
    await simulator.control.moveClock(3 * HOUR_MS);
    const now = await simulator.control.now();
    const comeBack = () =>
      simulator.control.addCalls({
        keyId: oldKey.id,
        instanceId: DEMO_INSTANCE,
        userAgent: 'late',
        apiName: 'GetSecretValue',
        resourceId: 'x',
        clientIp: '10.0.0.1',
        from: now - HOUR_MS,
        to: now,
      });
    const cloud = cloudOn(simulator);
    let statements = 0;
    const reader = createAuditReader({
      cloud: {
        ...cloud,
        credentialsOf: (accountId) => ({
          ...cloud.credentialsOf(accountId),
          async getCredentials() {
            const sent = (await logRequestsOf(simulator)).filter(({ action }) => action === 'GetLogsV2');
            // Three edges, two statements about what has settled and one about the rest, which is empty: the class list has been read.
            if (sent.length === 6 && statements < 6) await comeBack();
            statements = sent.length;
            return cloud.credentialsOf(accountId).getCredentials();
          },
        }),
      },
      endpoints: () => endpointsOf(simulator),
      userAgent: 'kms-client-keys/test',
    });
    const { instances, readAt } = await reader.readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
    const [instance] = instances;
    assert.ok(instance?.oldKeyLast !== undefined && instance.newestAny !== undefined);
    assert.ok(instance.newestAny < now - 2 * HOUR_MS, 'what is read first');
    assert.ok(instance.oldKeyLast > now - HOUR_MS, `${(now - instance.oldKeyLast) / HOUR_MS} h ago`);
    assert.ok(readAt >= now - 1000);
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
    const instance = await readDemo(scene);
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
    // The class's cadence is that of both keys together, for each key up to its last call.
    const gapOf = (keyId: string) => orders.find((use) => use.keyId === keyId)?.longestGapMs ?? 0;
    assert.ok(gapOf(newKeyId) >= 5 * HOUR_MS && gapOf(newKeyId) < 6 * HOUR_MS, `${gapOf(newKeyId)}`);
    assert.ok(gapOf(oldKey.id) > 0 && gapOf(oldKey.id) < HOUR_MS, `${gapOf(oldKey.id)}`);
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
    const exact = (await readDemo(scene)).longestPauseMs;
    assert.ok(exact >= 4.7 * HOUR_MS && exact < 5 * HOUR_MS, `${exact / HOUR_MS}`);
  });

  it('knows a key that was never seen', async () => {
    const createdAt = (await simulator.control.now()) - 10 * DAY_MS;
    const evidence = await readerOn(simulator).readEvidence({
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
    const instance = await readDemo(scene);
    assert.ok((instance.oldKeyLast ?? 0) > now);
    const late = instance.callers.find((use) => use.caller.userAgent === 'late');
    assert.deepEqual(Object.keys(late?.statuses ?? {}), ['404']);
  });
});
