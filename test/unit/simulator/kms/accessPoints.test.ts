import assert from 'node:assert/strict';
import { type Simulator, startSimulator } from '../../../simulator';
import { ACCESS_KEY, failure, INSTANCE, kmsClient, smallWorld } from '../support';

describe('access points, policies and instances', () => {
  let sim: Simulator;
  let call: ReturnType<typeof kmsClient>;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld() });
    call = kmsClient(sim);
  });
  afterEach(() => sim.stop());

  it('lists AAPs page by page, with name and method', async () => {
    const page = (PageNumber: string) =>
      call('ListApplicationAccessPoints', { query: { PageNumber, PageSize: '2' } });
    const first = await page('1');
    const second = await page('2');
    assert.deepEqual([first.TotalCount, first.PageNumber, first.PageSize], [3, 1, 2]);
    const items = [first, second].flatMap((each) => each.ApplicationAccessPoints.ApplicationAccessPoint);
    assert.deepEqual(items, [
      { Name: 'unit-aap', AuthenticationMethod: 'ClientKey' },
      { Name: 'shared-aap', AuthenticationMethod: 'ClientKey' },
      { Name: 'role-aap', AuthenticationMethod: 'RAMRole' },
    ]);
    assert.deepEqual((await page('3')).ApplicationAccessPoints.ApplicationAccessPoint, []);
    for (const PageSize of ['0', '101', 'x']) {
      assert.equal(
        (await failure(call('ListApplicationAccessPoints', { query: { PageSize } }))).code,
        'InvalidParameter',
      );
    }
  });

  it('leads from AAP to policy to instance', async () => {
    const aap = await call('DescribeApplicationAccessPoint', { query: { Name: 'unit-aap' } });
    assert.equal(aap.Arn, 'acs:kms:cn-hangzhou:1000000000000009:applicationaccesspoint/unit-aap');
    assert.deepEqual(JSON.parse(aap.Policies), ['policy']);
    assert.equal((await call('DescribePolicy', { query: { Name: 'policy' } })).KmsInstance, INSTANCE);
    assert.equal('KmsInstance' in (await call('DescribePolicy', { query: { Name: 'shared' } })), false);
    for (const action of ['DescribeApplicationAccessPoint', 'DescribePolicy']) {
      assert.equal(
        (await failure(call(action, { query: { Name: 'none' } }))).code,
        'Forbidden.ResourceNotFound',
      );
    }
  });

  it('lists instances and tells whether their log was bought', async () => {
    const list = await call('ListKmsInstances');
    assert.deepEqual(list.KmsInstances.KmsInstance[0], {
      KmsInstanceId: INSTANCE,
      KmsInstanceArn: `acs:kms:cn-hangzhou:1000000000000009:keystore/${INSTANCE}`,
    });
    const log = async (KmsInstanceId: string) =>
      (await call('GetKmsInstance', { query: { KmsInstanceId } })).KmsInstance.Log;
    assert.deepEqual([await log(INSTANCE), await log('kst-unit2')], [1, 0]);
    await sim.control.setLogging(INSTANCE, false);
    assert.equal(await log(INSTANCE), 0);
    assert.equal((await failure(log('kst-none'))).code, 'Forbidden.DKMSInstanceNotFound');
  });

  it('refuses an action that the account is not allowed, with its details, everywhere or in one region', async () => {
    await sim.control.denyAction('kms:ListClientKeys', true, 'cn-shanghai');
    await call('ListClientKeys');
    const elsewhere = kmsClient(sim, ACCESS_KEY, 'cn-shanghai');
    const denied = await elsewhere('ListClientKeys').catch((error: unknown) => error);
    assert.ok(
      denied instanceof Error && 'accessDeniedDetail' in denied && 'statusCode' in denied && 'code' in denied,
    );
    assert.deepEqual([denied.code, denied.statusCode], ['Forbidden.NoPermission', 403]);
    assert.equal((denied.accessDeniedDetail as Record<string, string>).AuthAction, 'kms:ListClientKeys');
    await sim.control.denyAction('kms:ListClientKeys', false, 'cn-shanghai');
    await elsewhere('ListClientKeys');
  });

  it('throttles beyond the set number of calls per second', async () => {
    await sim.control.setQps(3);
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => call('ListClientKeys')));
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    assert.ok(refused.length >= 1 && refused.length <= 5);
    for (const reason of refused) assert.equal((reason as { code?: string }).code, 'Rejected.Throttling');
  });

  it("gives the simulator's time in the Date header", async () => {
    await sim.control.moveClock(100 * 24 * 3600_000);
    const answer = await call('DescribeRegions');
    const ahead = Date.parse(answer.$headers.date ?? '') - Date.now();
    assert.ok(Math.abs(ahead - 100 * 24 * 3600_000) < 60_000);
  });

  it('knows its regions and actions only', async () => {
    assert.equal((await failure(call('ListKeysOfNobody'))).code, 'InvalidAction.NotFound');
    const nowhere = kmsClient(sim, ACCESS_KEY, 'us-east-1');
    assert.equal((await failure(nowhere('ListClientKeys'))).code, 'InvalidRegionId.NotFound');
  });
});
