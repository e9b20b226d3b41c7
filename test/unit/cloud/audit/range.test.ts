import './lz4Alias';
import assert from 'node:assert/strict';
import { joinRanges } from '../../../../src/cloud/audit/range';
import { DEMO_INSTANCE } from '../../../simulator/index';
import { DAY_MS, failureOf, PAYMENTS, printed } from '../support';
import { type DemoLog, logRequestsOf, readerOn, useDemoLog } from './demoLog';

const HOUR_MS = 60 * 60 * 1000;

describe('range of an audit view', function () {
  this.timeout(60_000);
  const scene = useDemoLog();
  let simulator: DemoLog['simulator'];
  let oldKey: DemoLog['oldKey'];
  let newKeyId: string;
  beforeEach(() => {
    ({ simulator, oldKey, newKeyId } = scene);
  });

  it('counts both keys in at most 90 buckets', async () => {
    const now = await simulator.control.now();
    const reader = readerOn(simulator);
    for (const range of [HOUR_MS, DAY_MS, 30 * DAY_MS, 180 * DAY_MS]) {
      const { buckets, bucketsComplete, shares, sharesQuality } = await reader.readRange({
        aap: PAYMENTS,
        oldKeyId: oldKey.id,
        newKeyId,
        from: now - range,
        to: now,
      });
      const floor = Math.floor((now - range) / 1000) * 1000;
      const count = simulator.world.history.filter((row) => row.at >= floor).length;
      assert.deepEqual([bucketsComplete, sharesQuality], [true, 'exact']);
      assert.ok(buckets.length > 10 && buckets.length <= 90, `${buckets.length}`);
      assert.equal(
        buckets.reduce((sum, bucket) => sum + bucket.oldKey, 0),
        count,
      );
      assert.equal(
        buckets.reduce((sum, bucket) => sum + bucket.newKey, 0),
        0,
      );
      for (const [i, bucket] of buckets.entries()) assert.ok(i === 0 || bucket.from === buckets[i - 1]?.to);
      assert.equal(
        shares.reduce((sum, share) => sum + share.calls, 0),
        count,
      );
    }
  });

  it('says what each key was used for, and leaves out what only mentions it', async () => {
    const now = Math.floor((await simulator.control.now()) / 1000) * 1000;
    const fields = { identity_type: 'aap', principal_id: 'payments-aap' };
    const entry = (secondsAgo: number, more: Record<string, unknown>) => ({
      at: now - secondsAgo * 1000,
      fields: { ...fields, ...more },
    });
    await simulator.control.moveClock(10 * DAY_MS);
    const at = 5 * DAY_MS;
    const dedicated = { gateway_type: 'dedicated', api_name: 'Decrypt', access_key_id: newKeyId };
    await simulator.control.addEntries(
      DEMO_INSTANCE,
      [
        entry(-1, { ...dedicated, status_code: '200' }),
        entry(-2, { ...dedicated, status_code: '200' }),
        entry(-3, { ...dedicated, status_code: '401' }),
        entry(-4, { ...dedicated, status_code: '200', gateway_type: 'shared' }),
        entry(-5, { access_key_id: oldKey.id, api_name: 7, status_code: null }),
        entry(-6, { access_key_id: `${newKeyId} unknown`, api_name: 'Decrypt', status_code: '200' }),
      ].map((each) => ({ ...each, at: each.at + at })),
    );
    const { shares, sharesQuality } = await readerOn(simulator).readRange({
      aap: PAYMENTS,
      oldKeyId: oldKey.id,
      newKeyId,
      from: now + at,
      to: now + at + HOUR_MS,
    });
    assert.equal(sharesQuality, 'exact');
    const share = (
      keyId: string,
      api: string,
      status: string,
      gateway: string,
      calls: number,
      second: number,
    ) => ({
      keyId,
      api,
      status,
      gateway,
      calls,
      last: now + at + second * 1000,
    });
    assert.deepEqual(shares, [
      share(newKeyId, 'Decrypt', '200', 'dedicated', 2, 2),
      share(oldKey.id, '7', '', '', 1, 5),
      share(newKeyId, 'Decrypt', '200', 'shared', 1, 4),
      share(newKeyId, 'Decrypt', '401', 'dedicated', 1, 3),
    ]);
  });

  it('is approximate where the service read only a part, and sampled without analytics', async () => {
    const to = await simulator.control.now();
    const ask = { aap: PAYMENTS, oldKeyId: oldKey.id, from: to - 30 * DAY_MS, to };
    await simulator.control.setBytesPerRow(1024 * 1024);
    const part = await readerOn(simulator).readRange(ask);
    assert.deepEqual([part.sharesQuality, part.bucketsComplete], ['approximate', true]);
    assert.equal(
      part.shares.reduce((sum, { calls }) => sum + calls, 0),
      400,
    );
    await simulator.control.setIndex(DEMO_INSTANCE, 'noAnalytics');
    const sampled = await readerOn(simulator).readRange(ask);
    assert.deepEqual([sampled.sharesQuality, sampled.bucketsComplete], ['sampled', true]);
    assert.equal(
      sampled.shares.reduce((sum, { calls }) => sum + calls, 0),
      100,
    );
  });

  it('opens with at most 12 requests and 64 KB, and asks for less the next time', async () => {
    await simulator.control.addVolume({
      instanceId: DEMO_INSTANCE,
      entries: 100_000,
      oldKeyId: oldKey.id,
      newKeyId,
      aapName: PAYMENTS.aapName,
    });
    const to = await simulator.control.now();
    const ask = { aap: PAYMENTS, oldKeyId: oldKey.id, newKeyId, from: to - 180 * DAY_MS, to };
    const reader = readerOn(simulator);
    await reader.readRange(ask);
    const requests = await simulator.control.requests();
    assert.deepEqual(requests.map(({ action }) => action).sort(), [
      'DescribeApplicationAccessPoint',
      'DescribePolicy',
      'GetHistograms',
      'GetHistograms',
      'GetIndex',
      'GetLogsV2',
    ]);
    const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
    assert.ok(bytes <= 64 * 1024, `${bytes}`);
    await reader.readRange({ ...ask, from: to - DAY_MS });
    assert.equal((await simulator.control.requests()).length, requests.length + 3);
  });

  it('is not complete where the log cannot be read, and refuses to search for anything else', async () => {
    await simulator.control.setLogging(DEMO_INSTANCE, false);
    const now = Date.now();
    const ask = { aap: PAYMENTS, oldKeyId: oldKey.id, from: now - DAY_MS, to: now };
    assert.deepEqual(await readerOn(simulator).readRange(ask), {
      buckets: [],
      bucketsComplete: false,
      shares: [],
      sharesQuality: 'approximate',
    });
    for (const refused of [{ oldKeyId: '*' }, { newKeyId: `${oldKey.id}' or '1'='1` }]) {
      const error = await failureOf(readerOn(simulator).readRange({ ...ask, ...refused }));
      assert.deepEqual([error.kind, error.action], ['invalidRequest', 'ReadAuditLog'], printed(error));
    }
    assert.equal((await logRequestsOf(simulator)).length, 1);
  });

  it('says of several instances together what the least certain of them allows', () => {
    const share = { keyId: oldKey.id, api: 'Decrypt', status: '200', gateway: 'dedicated' };
    const reading = (quality: 'exact' | 'sampled', calls: number, last: number) => ({
      histograms: [
        { key: 'oldKey' as const, buckets: [{ from: 0, to: 1000, count: calls }], complete: true },
      ],
      shares: [{ ...share, calls, last }],
      quality,
    });
    const span = { from: 0, to: 1000 };
    assert.deepEqual(joinRanges([reading('exact', 2, 900), reading('sampled', 3, 500)], span), {
      buckets: [{ from: 0, to: 1000, oldKey: 5, newKey: 0 }],
      bucketsComplete: true,
      shares: [{ ...share, calls: 5, last: 900 }],
      sharesQuality: 'sampled',
    });
    const { bucketsComplete, sharesQuality } = joinRanges([reading('exact', 2, 900), undefined], span);
    assert.deepEqual([bucketsComplete, sharesQuality], [false, 'approximate']);
  });
});
