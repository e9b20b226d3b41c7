import assert from 'node:assert/strict';
import {
  connectControl,
  DEMO_AAP,
  SECOND_ACCESS_KEY,
  SECOND_ACCOUNT_ID,
  SECOND_STS_KEY,
  type Simulator,
  secondWorld,
  startSimulator,
} from '../../simulator';
import {
  ACCESS_KEY,
  failure,
  INSTANCE,
  kmsClient,
  logClient,
  rpcClient,
  STS_KEY,
  smallWorld,
} from './support';

describe('accounts of the simulator', function () {
  this.timeout(30_000);
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld(), others: [await secondWorld()] });
  });
  afterEach(() => sim.stop());

  it('belong to the AccessKey that signs, whichever scheme it signs with', async () => {
    const names = async (key: typeof ACCESS_KEY) =>
      (await kmsClient(sim, key)('ListApplicationAccessPoints')).ApplicationAccessPoints
        .ApplicationAccessPoint;
    for (const key of [ACCESS_KEY, STS_KEY]) assert.equal((await names(key)).length, 3);
    for (const key of [SECOND_ACCESS_KEY, SECOND_STS_KEY])
      assert.deepEqual(await names(key), [{ Name: DEMO_AAP, AuthenticationMethod: 'ClientKey' }]);
    const regions = (await rpcClient(sim, SECOND_ACCESS_KEY).describeRegions({} as never)).regions?.region;
    assert.deepEqual(
      regions?.map((region) => region.regionId),
      ['cn-hangzhou', 'ap-southeast-1'],
    );
    const second = logClient(sim, 'kst-hzz65f0second0payments', SECOND_ACCESS_KEY);
    assert.equal((await second.project())?.owner, SECOND_ACCOUNT_ID);
    assert.equal(
      (await failure(logClient(sim, INSTANCE, SECOND_ACCESS_KEY).project())).code,
      'ProjectNotExist',
    );
  });

  it('share no key, limit, permission, fault or record', async () => {
    const first = kmsClient(sim);
    const second = kmsClient(sim, SECOND_ACCESS_KEY);
    const control = sim.controlOf(SECOND_ACCOUNT_ID);
    const [theirs] = await control.keys();
    assert.ok(theirs);
    assert.equal(
      (await failure(first('GetClientKey', { query: { ClientKeyId: theirs.id } }))).code,
      'Forbidden.ResourceNotFound',
    );
    await control.denyAction('kms:ListClientKeys', true);
    await control.injectFault({ action: 'ListKmsInstances', kind: 'resetBefore' });
    await first('ListClientKeys');
    await first('ListKmsInstances');
    assert.equal((await failure(second('ListClientKeys'))).code, 'Forbidden.NoPermission');
    await control.setQps(1);
    for (let call = 0; call < 4; call += 1) await first('ListClientKeys');
    await second('DescribeRegions').catch(() => {});
    assert.equal((await failure(second('DescribeRegions'))).code, 'Rejected.Throttling');
    assert.ok((await control.requests()).every(({ action }) => !/GetClientKey|ListKms/.test(action)));
    assert.equal(
      (await sim.control.requests()).filter(({ action }) => action === 'DescribeRegions').length,
      0,
    );
  });

  it('share the clock, and are steered over HTTP too', async () => {
    const remote = connectControl(sim.url, SECOND_ACCOUNT_ID);
    assert.deepEqual(await remote.keys(), await sim.controlOf(SECOND_ACCOUNT_ID).keys());
    assert.notDeepEqual(await remote.keys(), await sim.control.keys());
    await remote.moveClock(3 * 86_400_000);
    assert.ok((await sim.control.now()) > Date.now() + 2 * 86_400_000);
    await assert.rejects(connectControl(sim.url, '42').now(), /no account 42/);
    assert.throws(() => sim.controlOf('42'), /no account 42/);
  });

  it('end a session token, with either of the codes', async () => {
    const call = kmsClient(sim, STS_KEY);
    await call('ListClientKeys');
    await sim.control.expireToken(STS_KEY.id);
    assert.equal((await failure(call('ListClientKeys'))).code, 'InvalidSecurityToken.Expired');
    assert.equal((await failure(logClient(sim, INSTANCE, STS_KEY).project())).code, 'Unauthorized');
    await sim.control.expireToken(STS_KEY.id, 'InvalidAccessKeyId.NotFound');
    assert.equal((await failure(call('ListClientKeys'))).code, 'InvalidAccessKeyId.NotFound');
    await kmsClient(sim)('ListClientKeys');
    await assert.rejects(sim.control.expireToken(ACCESS_KEY.id), /no session token/);
  });
});
