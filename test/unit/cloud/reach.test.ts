import assert from 'node:assert/strict';
import {
  DEMO_INSTANCE,
  DEMO_SHANGHAI_INSTANCE,
  estateWorld,
  type Simulator,
  startSimulator,
} from '../../simulator/index';
import { ACCOUNT, cloudOn, failureOf, PAYMENTS, REGION } from './support';

describe('where an AAP leads', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.stop());

  const aap = (aapName: string, regionId = REGION) => ({ accountId: ACCOUNT, regionId, aapName });

  it('is told with ARN, account number, instances and their audit log', async () => {
    assert.deepEqual(await cloudOn(simulator).readReach(PAYMENTS), {
      arn: `acs:kms:${REGION}:1000000000000001:applicationaccesspoint/payments-aap`,
      uid: '1000000000000001',
      instances: [{ id: DEMO_INSTANCE, logBought: true }],
      sharedGateway: false,
    });
  });

  it('is told of an instance whose log was not bought, and of the shared gateway', async () => {
    const cloud = cloudOn(simulator);
    const shanghai = await cloud.readReach(aap('inventory-aap', 'cn-shanghai'));
    assert.deepEqual(shanghai.instances, [{ id: DEMO_SHANGHAI_INSTANCE, logBought: false }]);
    const shared = await cloud.readReach(aap('reports-aap'));
    assert.deepEqual([shared.instances, shared.sharedGateway], [[], true]);
  });

  it('is told as far as the account may see it', async () => {
    await simulator.control.denyAction('kms:GetKmsInstance', true);
    const reach = await cloudOn(simulator).readReach(PAYMENTS);
    assert.deepEqual(reach.instances, [{ id: DEMO_INSTANCE, logBought: undefined }]);
    await simulator.control.denyAction('kms:DescribePolicy', true);
    const error = await failureOf(cloudOn(simulator).readReach(PAYMENTS));
    assert.deepEqual([error.kind, error.deniedAction], ['noPermission', 'kms:DescribePolicy']);
  });

  it('asks for policies and instances once, however many AAPs share them', async () => {
    const world = await estateWorld({ regions: 2, aapsPerRegion: 3, keysPerAap: 0 });
    const estate = await startSimulator({ world });
    const cloud = cloudOn(estate);
    const aaps = ['aap-0001', 'aap-0002', 'aap-0003'].map((name) => aap(name));
    const reaches = await Promise.all(aaps.map((each) => cloud.readReach(each)));
    assert.ok(reaches.every(({ instances }) => instances[0]?.id === 'kst-estate0'));
    const other = await cloud.readReach(aap('aap-0001', 'cn-shanghai'));
    assert.equal(other.instances[0]?.id, 'kst-estate1');
    const actions = (await estate.control.requests()).map(({ action, region }) => `${action}@${region}`);
    const count = (name: string) => actions.filter((action) => action === name).length;
    assert.equal(count(`DescribeApplicationAccessPoint@${REGION}`), 3);
    assert.equal(count(`DescribePolicy@${REGION}`), 1);
    assert.equal(count(`GetKmsInstance@${REGION}`), 1);
    assert.equal(count('DescribePolicy@cn-shanghai'), 1);
    await estate.stop();
  });

  it('is asked for again after a failure, and stops when cancelled', async () => {
    const cloud = cloudOn(simulator, { timeouts: { backoff: 1 } });
    await simulator.control.injectFault({ kind: 'throttle', action: 'GetKmsInstance', times: 5 });
    assert.equal((await failureOf(cloud.readReach(PAYMENTS))).kind, 'throttled');
    const stop = new AbortController();
    await simulator.control.injectFault({ kind: 'delay', ms: 5000, action: 'GetKmsInstance', times: 1 });
    const cancelled = failureOf(cloud.readReach(PAYMENTS, stop.signal));
    setTimeout(() => stop.abort(), 300);
    assert.equal((await cancelled).kind, 'cancelled');
    assert.equal((await cloud.readReach(PAYMENTS)).instances[0]?.logBought, true);
  });
});
