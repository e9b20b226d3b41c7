import './lz4Alias';
import assert from 'node:assert/strict';
import { DEMO_ACCESS_KEY, DEMO_INSTANCE } from '../../../simulator/index';
import { failureOf, PAYMENTS } from '../support';
import { type DemoLog, logRequestsOf, readDemo, readerOn, useDemoLog } from './demoLog';

describe('audit log that cannot be trusted', function () {
  this.timeout(30_000);
  const scene = useDemoLog();
  let simulator: DemoLog['simulator'];
  let oldKey: DemoLog['oldKey'];
  beforeEach(() => {
    ({ simulator, oldKey } = scene);
  });

  it('says that the log is not bought', async () => {
    await simulator.control.setLogging(DEMO_INSTANCE, false);
    const instance = await readDemo(scene);
    assert.deepEqual([instance.problem, instance.complete, instance.oldKeyCalls], ['notBought', false, 0]);
    assert.equal((await logRequestsOf(simulator)).length, 0);
  });

  it('says that the project is missing where it may not ask whether the log is bought', async () => {
    await simulator.control.setLogging(DEMO_INSTANCE, false);
    await simulator.control.denyAction('kms:GetKmsInstance', true);
    assert.equal((await readDemo(scene)).problem, 'projectMissing');
  });

  for (const action of ['log:GetLogStoreLogs', 'log:GetLogStoreHistogram', 'log:GetIndex']) {
    it(`says that ${action} is not allowed`, async () => {
      await simulator.control.denyAction(action, true);
      const instance = await readDemo(scene);
      assert.equal(instance.problem, 'noPermission');
      assert.ok(instance.problemDetail?.includes(action), instance.problemDetail);
    });
  }

  it('says that there is no index', async () => {
    await simulator.control.setIndex(DEMO_INSTANCE, 'none');
    assert.equal((await readDemo(scene)).problem, 'indexMissing');
  });

  it('goes without analytics, and says that the callers are partial', async () => {
    await simulator.control.setIndex(DEMO_INSTANCE, 'noAnalytics');
    const instance = await readDemo(scene);
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
    const instance = await readDemo(scene);
    assert.deepEqual([instance.complete, instance.callersComplete], [true, true]);
    assert.equal(instance.oldKeyCalls, simulator.world.history.length);
  });

  for (const action of ['GetHistograms', 'GetLogsV2']) {
    it(`says that what stays incomplete is so: ${action}`, async () => {
      await simulator.control.injectFault({ kind: 'incomplete', action });
      const instance = await readDemo(scene);
      assert.deepEqual([instance.problem, instance.complete], [undefined, false]);
      assert.equal(instance.callersComplete, action !== 'GetLogsV2');
    }).timeout(60_000);
  }

  it('halves ranges until the class list is accurate', async () => {
    const rows = simulator.world.history.length;
    await simulator.control.setBytesPerRow(Math.ceil((400 * 1024 * 1024) / (rows / 3)));
    const instance = await readDemo(scene);
    assert.equal(instance.callersComplete, true);
    assert.equal(
      instance.callers.reduce((sum, use) => sum + use.calls, 0),
      rows,
    );
  });

  it('says that the class list is not complete where halving does not end', async () => {
    await simulator.control.setBytesPerRow(400 * 1024 * 1024 + 1);
    const instance = await readDemo(scene);
    assert.deepEqual([instance.complete, instance.callersComplete], [true, false]);
    const sql = (await logRequestsOf(simulator)).filter((request) => request.action === 'GetLogsV2').length;
    assert.ok(sql < 140, `${sql} requests`);
  }).timeout(60_000);

  it('says that the log failed, with all secrets left out', async () => {
    await simulator.control.injectFault({ kind: 'html', action: 'GetIndex' });
    const instance = await readDemo(scene);
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
    assert.equal((await readDemo(scene)).complete, true);
  });

  it('throws where the instances cannot be found out', async () => {
    await simulator.control.denyAction('kms:DescribePolicy', true);
    const error = await failureOf(readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey }));
    assert.deepEqual([error.kind, error.deniedAction], ['noPermission', 'kms:DescribePolicy']);
  });

  it('tells of an AAP on the shared gateway', async () => {
    const evidence = await readerOn(simulator).readEvidence({
      aap: { ...PAYMENTS, aapName: 'reports-aap' },
      oldKey,
    });
    assert.deepEqual([evidence.sharedGateway, evidence.instances], [true, []]);
  });

  it('refuses to search for what is no client key id', async () => {
    for (const id of ['KAAP.x', `${oldKey.id}" or *`, '*']) {
      const error = await failureOf(
        readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey: { ...oldKey, id } }),
      );
      assert.equal(error.kind, 'invalidRequest');
      const other = await failureOf(
        readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey, newKeyId: id }),
      );
      assert.equal(other.kind, 'invalidRequest');
    }
    assert.equal((await logRequestsOf(simulator)).length, 0);
  });

  it('ends when cancelled', async () => {
    await simulator.control.injectFault({ kind: 'delay', ms: 3000, action: 'GetHistograms' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const error = await failureOf(
      readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey }, controller.signal),
    );
    assert.equal(error.kind, 'cancelled');
  });

  it('puts no secret into its lines', async () => {
    const lines: string[] = [];
    await simulator.control.injectFault({ kind: 'resetBefore', action: 'GetIndex' });
    const evidence = await readerOn(simulator, (line) => lines.push(line)).readEvidence({
      aap: PAYMENTS,
      oldKey,
    });
    assert.equal(evidence.instances[0]?.problem, 'failed');
    assert.ok(lines.length > 0);
    assert.ok(!lines.join().includes(DEMO_ACCESS_KEY.secret) && !/https?:/.test(lines.join()));
  });
});
