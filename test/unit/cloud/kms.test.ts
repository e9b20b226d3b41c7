import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Secret } from '../../../src/model/secret';
import {
  DEMO_AAP,
  DEMO_ACCESS_KEY,
  DEMO_INSTANCE,
  DEMO_SHANGHAI_INSTANCE,
  DEMO_STS_KEY,
  type Simulator,
  startSimulator,
} from '../../simulator/index';
import { writeCliFile } from './accounts/support';
import { ACCOUNT, cloudOn, DAY_MS, environmentOf, failureOf, PAYMENTS, REGION, withFolder } from './support';

describe('KMS', function () {
  this.timeout(20_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());

  for (const [name, options] of [
    ['a long-lived AccessKey', {}],
    ['a session token', { env: environmentOf(DEMO_STS_KEY) }],
  ] as const) {
    describe(`with ${name}`, () => {
      it('lists regions', async () => {
        assert.deepEqual(await cloudOn(simulator, options).listRegions(ACCOUNT), [
          ...simulator.world.regions,
        ]);
      });

      it('lists AAPs with their authentication', async () => {
        const aaps = await cloudOn(simulator, options).listAaps(ACCOUNT, REGION);
        assert.deepEqual(
          aaps.map((aap) => [aap.aapName, aap.authentication, aap.authenticationMethod]),
          [
            [DEMO_AAP, 'clientKey', 'ClientKey'],
            ['reports-aap', 'clientKey', 'ClientKey'],
            ['batch-aap', 'other', 'RAMRole'],
          ],
        );
      });

      it('lists client keys', async () => {
        const keys = await cloudOn(simulator, options).listClientKeys(PAYMENTS);
        const [expected] = await simulator.control.keys(DEMO_AAP);
        assert.equal(keys.length, 1);
        assert.deepEqual(
          { ...keys[0], publicKeyPem: undefined },
          {
            ...PAYMENTS,
            id: expected?.id,
            createdAt: expected?.createdAt,
            notBefore: expected?.notBefore,
            notAfter: expected?.notAfter,
            publicKeyPem: undefined,
          },
        );
        assert.match(keys[0]?.publicKeyPem ?? '', /^-----BEGIN CERTIFICATE-----\r?\n/);
      });
    });
  }

  it('signs in with a CLI profile', () =>
    withFolder(async (home) => {
      await mkdir(path.join(home, '.aliyun'));
      const profile = {
        name: 'prod',
        mode: 'AK',
        access_key_id: simulator.world.accessKeys[0]?.id,
        access_key_secret: simulator.world.accessKeys[0]?.secret,
        region_id: 'cn-shanghai',
      };
      await writeFile(path.join(home, '.aliyun', 'config.json'), JSON.stringify({ profiles: [profile] }));
      const cloud = cloudOn(simulator, { env: {}, homeFolder: home });
      assert.equal((await cloud.listRegions('cli:prod')).length, 3);
      assert.equal((await cloud.listAaps('cli:prod', REGION)).length, 3);
    }));

  it('asks another region where a profile names none that could be, and says which account is damaged', () =>
    withFolder(async (home) => {
      const key = { access_key_id: DEMO_ACCESS_KEY.id, access_key_secret: DEMO_ACCESS_KEY.secret };
      const file = await writeCliFile(home, {
        profiles: [{ name: 'odd', mode: 'AK', ...key, region_id: 'Shanghai, please' }],
      });
      const cloud = cloudOn(simulator, { env: {}, homeFolder: home });
      assert.equal((await cloud.listRegions('cli:odd')).length, 3);
      await writeFile(file, '{');
      const error = await failureOf(cloud.listRegions('cli:odd'));
      assert.deepEqual([error.kind, error.accountId], ['badProfile', 'cli:odd']);
    }));

  it('reads all pages', async () => {
    const many = await startSimulator({ world: { ...simulator.world, accessPoints: manyAccessPoints(205) } });
    try {
      const aaps = await cloudOn(many).listAaps(ACCOUNT, REGION);
      assert.equal(aaps.length, 205);
      assert.equal(new Set(aaps.map((aap) => aap.aapName)).size, 205);
      const pages = (await many.control.requests()).filter(
        (each) => each.action === 'ListApplicationAccessPoints',
      );
      assert.equal(pages.length, 3);
    } finally {
      await many.stop();
    }
  });

  it('finds the instances behind an AAP and whether their log was bought', async () => {
    const cloud = cloudOn(simulator);
    assert.deepEqual(await cloud.instancesOf(PAYMENTS), {
      instanceIds: [DEMO_INSTANCE],
      sharedGateway: false,
    });
    assert.deepEqual(await cloud.instancesOf({ ...PAYMENTS, aapName: 'reports-aap' }), {
      instanceIds: [],
      sharedGateway: true,
    });
    assert.deepEqual(await cloud.instanceLog(ACCOUNT, REGION, DEMO_INSTANCE), { bought: true });
    assert.deepEqual(await cloud.instanceLog(ACCOUNT, 'cn-shanghai', DEMO_SHANGHAI_INSTANCE), {
      bought: false,
    });
  });

  it('creates, reads and deletes a client key', async () => {
    const cloud = cloudOn(simulator);
    await cloud.listClientKeys(PAYMENTS);
    const notBefore = Math.floor(cloud.now(ACCOUNT) / 1000) * 1000;
    const notAfter = notBefore + 365 * DAY_MS + 17_000;
    const created = await cloud.createClientKey(PAYMENTS, {
      password: new Secret('Aa1~!@#$%^&*?_-bcdef'),
      notBefore,
      notAfter,
    });
    assert.deepEqual([created.notBefore, created.notAfter], [notBefore, notAfter]);
    assert.match(created.privateKeyData.reveal(), /^MII/);
    assert.ok(!JSON.stringify(created).includes(created.privateKeyData.reveal()));
    assert.ok(created.requestId.length > 0);
    assert.ok(Math.abs(created.answeredAt - (await simulator.control.now())) < 5000);
    const read = await cloud.getClientKey(PAYMENTS, created.id);
    assert.equal(read.notAfter, notAfter);
    const elsewhere = { ...PAYMENTS, aapName: 'reports-aap' };
    assert.equal((await failureOf(cloud.getClientKey(elsewhere, created.id))).kind, 'notFound');
    await cloud.deleteClientKey(PAYMENTS, created.id);
    assert.equal((await failureOf(cloud.getClientKey(PAYMENTS, created.id))).kind, 'notFound');
    const again = await failureOf(cloud.deleteClientKey(PAYMENTS, created.id));
    assert.deepEqual([again.kind, again.effectUnknown], ['notFound', false]);
  });

  it('tells the service time, not that of this machine', async () => {
    const moved = await startSimulator({ world: simulator.world });
    try {
      const cloud = cloudOn(moved);
      assert.ok(Math.abs(cloud.now(ACCOUNT) - Date.now()) < 2000);
      await moved.control.moveClock(3 * DAY_MS);
      await cloud.listClientKeys(PAYMENTS);
      assert.ok(Math.abs(cloud.now(ACCOUNT) - (await moved.control.now())) < 5000);
      assert.ok(Math.abs(cloud.now('cli:other') - Date.now()) < 2000);
    } finally {
      await moved.stop();
    }
  });

  it('says that an AAP is full', async () => {
    const cloud = cloudOn(simulator);
    const notBefore = cloud.now(ACCOUNT);
    const error = await failureOf(
      cloud.createClientKey(
        { ...PAYMENTS, aapName: 'reports-aap' },
        { password: new Secret('Aa1~Aa1~Aa1~'), notBefore, notAfter: notBefore + 365 * DAY_MS },
      ),
    );
    assert.deepEqual([error.kind, error.retryable, error.effectUnknown], ['limitExceeded', false, false]);
  });

  function manyAccessPoints(count: number) {
    return Array.from({ length: count }, (_, i) => ({
      name: `aap-${i}`,
      regionId: REGION,
      authenticationMethod: 'ClientKey' as const,
      description: '',
      policies: [],
    }));
  }
});
