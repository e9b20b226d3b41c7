import './lz4Alias';
import assert from 'node:assert/strict';
import { DEMO_INSTANCE } from '../../../simulator/index';
import { DAY_MS, PAYMENTS } from '../support';
import { type DemoLog, logRequestsOf, readerOn, useDemoLog } from './demoLog';

const HOUR_MS = 60 * 60 * 1000;

describe('readings one after the other', function () {
  this.timeout(60_000);
  const scene = useDemoLog();
  let simulator: DemoLog['simulator'];
  let oldKey: DemoLog['oldKey'];
  let newKeyId: string;
  beforeEach(() => {
    ({ simulator, oldKey, newKeyId } = scene);
  });
  const statements = async () =>
    (await logRequestsOf(simulator)).filter(({ action }) => action === 'GetLogsV2').length;

  it('see what is delivered late and out of order, in callers and figures', async () => {
    const reader = readerOn(simulator);
    const read = async () => {
      const evidence = await reader.readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
      const [instance] = evidence.instances;
      assert.ok(instance);
      assert.deepEqual([instance.complete, instance.callersComplete], [true, true]);
      return instance;
    };
    const begin = Math.floor((await simulator.control.now()) / 1000) * 1000;
    const entry = (at: number, deliveredAt: number, userAgent: string, keyId: string) => ({
      at,
      deliveredAt,
      fields: {
        access_key_id: keyId,
        principal_id: PAYMENTS.aapName,
        useragent: userAgent,
        api_name: 'Decrypt',
        resource_id: 'r',
        client_ip: '10.0.0.1',
        status_code: '200',
        instance_id: DEMO_INSTANCE,
      },
    });
    const soon = begin + 10 * 60_000;
    await simulator.control.addEntries(DEMO_INSTANCE, [
      entry(begin - 2 * HOUR_MS, soon, 'two hours', oldKey.id),
      entry(begin - 20 * DAY_MS, soon, 'twenty days', newKeyId),
      entry(begin - 60 * DAY_MS, soon, 'sixty days', oldKey.id),
      entry(begin - 30_000, soon, 'just now', oldKey.id),
    ]);
    const before = await read();
    const agents = (instance: typeof before) => new Set(instance.callers.map((use) => use.caller.userAgent));
    assert.equal(agents(before).size, 2);
    assert.equal(before.newKeyCalls, 0);
    assert.equal(before.oldKeyCalls, simulator.world.history.length);

    await simulator.control.moveClock(11 * 60_000);
    const after = await read();
    assert.deepEqual([...agents(after)].filter((agent) => !agents(before).has(agent)).sort(), [
      'just now',
      'sixty days',
      'twenty days',
      'two hours',
    ]);
    assert.deepEqual([after.newKeyCalls, after.newKeyFirst], [1, begin - 20 * DAY_MS]);
    assert.equal(after.oldKeyCalls, before.oldKeyCalls + 3);
    assert.equal(after.begins, begin - 60 * DAY_MS);
    const use = (agent: string) => after.callers.find(({ caller }) => caller.userAgent === agent);
    assert.deepEqual(
      [use('two hours')?.last, use('twenty days')?.keyId, use('just now')?.last],
      [begin - 2 * HOUR_MS, newKeyId, begin - 30_000],
    );
    // As a reader says that has kept nothing.
    const fresh = await readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
    const sums = (callers: typeof after.callers) =>
      callers.map(({ caller, keyId, calls, first, last }) => ({ caller, keyId, calls, first, last }));
    const byAgent = (a: { caller: { userAgent: string } }, b: { caller: { userAgent: string } }) =>
      a.caller.userAgent < b.caller.userAgent ? -1 : 1;
    assert.deepEqual(
      sums(after.callers).sort(byAgent),
      sums(fresh.instances[0]?.callers ?? []).sort(byAgent),
    );
  });

  it('ask only for what is new, and share what is read at the same time', async () => {
    await simulator.control.setBytesPerRow(400 * 1024);
    const reader = readerOn(simulator);
    const ask = { aap: PAYMENTS, oldKey, newKeyId };
    const one = await reader.readEvidence(ask);
    const first = await statements();
    assert.ok(first > 25, `${first}`);
    assert.equal(one.instances[0]?.callersComplete, true);
    await reader.readEvidence(ask);
    const next = (await statements()) - first;
    assert.ok(next <= 8, `${next}`);

    const views = readerOn(simulator);
    const before = await statements();
    const [a, b] = await Promise.all([views.readEvidence(ask), views.readEvidence(ask)]);
    assert.deepEqual(a.instances[0]?.callers, b.instances[0]?.callers);
    const both = (await statements()) - before;
    assert.ok(both <= first + 10, `${both} for two, ${first} for one`);
  });

  it('keep what was read before one was cancelled', async () => {
    await simulator.control.setBytesPerRow(400 * 1024);
    const ask = { aap: PAYMENTS, oldKey, newKeyId };
    const whole = readerOn(simulator);
    await whole.readEvidence(ask);
    const all = await statements();
    const reader = readerOn(simulator);
    const controller = new AbortController();
    const cancelled = reader.readEvidence(ask, controller.signal);
    while ((await statements()) < all * 1.7) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await assert.rejects(cancelled, { kind: 'cancelled' });
    const before = await statements();
    const { instances } = await reader.readEvidence(ask);
    assert.equal(instances[0]?.callersComplete, true);
    const rest = (await statements()) - before;
    assert.ok(rest < all * 0.6, `${rest} of ${all}`);
  });

  it('tell the figures before the class list', async () => {
    const told: number[] = [];
    const counts: number[] = [];
    const evidence = await readerOn(simulator).readEvidence(
      { aap: PAYMENTS, oldKey, newKeyId },
      undefined,
      (figures) => {
        const [instance] = figures.instances;
        assert.deepEqual(
          [instance?.callers, instance?.callersComplete, instance?.complete, instance?.oldKeyCalls],
          [[], false, true, simulator.world.history.length],
        );
        told.push(figures.readAt);
        counts.push(figures.requestIds.length);
      },
    );
    assert.equal(told.length, 1);
    assert.ok((told[0] ?? 0) <= evidence.readAt);
    assert.ok((counts[0] ?? 0) < evidence.requestIds.length);
    assert.equal(evidence.instances[0]?.callers.length, 2);
  });

  it('read compressed answers and plain ones', async () => {
    const kinds = ['asked', 'lz4', 'gzip', 'none'] as const;
    const seen: string[] = [];
    for (const kind of kinds) {
      await simulator.control.setCompression(kind);
      const evidence = await readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
      const [instance] = evidence.instances;
      assert.deepEqual([instance?.complete, instance?.callersComplete], [true, true], kind);
      seen.push(JSON.stringify([instance?.oldKeyLast, instance?.callers.map(({ calls }) => calls)]));
    }
    assert.equal(new Set(seen).size, 1);
  });
});
