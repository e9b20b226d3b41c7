import assert from 'node:assert/strict';
import { Secret } from '../../../../src/model/secret';
import {
  DEMO_AAP,
  DEMO_ACCESS_KEY,
  DEMO_ACCOUNT_ID,
  DEMO_INSTANCE,
  DEMO_STS_KEY,
  SECOND_ACCESS_KEY,
  SECOND_ACCOUNT_ID,
  SECOND_INSTANCE,
  SECOND_STS_KEY,
  type Simulator,
  secondWorld,
  startSimulator,
} from '../../../simulator';
import { cloudOn, DAY_MS, failureOf, REGION, withFolder } from '../support';
import { type SignInServices, startSignInServices } from './signInServices';
import { writeCliFile, writeIniFile } from './support';

const ROLES = {
  first: `acs:ram::${DEMO_ACCOUNT_ID}:role/ops`,
  second: `acs:ram::${SECOND_ACCOUNT_ID}:role/ops`,
};
const stored = (key: { id: string; secret: string }) => ({
  access_key_id: key.id,
  access_key_secret: key.secret,
});

const TYPED = 'typed:0b5b7c0e-0000-4000-8000-000000000001';
const typedKeys = {
  ids: async () => [{ id: TYPED, temporary: false, identity: 'abc' }],
  read: async (id: string) =>
    id === TYPED
      ? { accessKeyId: SECOND_ACCESS_KEY.id, accessKeySecret: new Secret(SECOND_ACCESS_KEY.secret) }
      : undefined,
};

/** Which of the two Alibaba Cloud accounts each of our accounts leads to. */
const WHOSE: Readonly<Record<string, keyof typeof ROLES>> = {
  'cli:one': 'first',
  'cli:two': 'second',
  'cli:role one': 'first',
  'cli:role two': 'second',
  'ini:one': 'first',
  'ini:two': 'second',
  [TYPED]: 'second',
};

async function writeAccounts(home: string): Promise<void> {
  const role = (name: string, ram_role_arn: string) => ({
    name,
    mode: 'RamRoleArn',
    ...stored(DEMO_ACCESS_KEY),
    ram_role_arn,
  });
  await writeCliFile(home, {
    profiles: [
      { name: 'one', mode: 'AK', ...stored(DEMO_ACCESS_KEY) },
      { name: 'two', mode: 'AK', ...stored(SECOND_ACCESS_KEY) },
      role('role one', ROLES.first),
      role('role two', ROLES.second),
    ],
  });
  const sts = (name: string, key: typeof DEMO_STS_KEY) =>
    `[${name}]\ntype = sts\naccess_key_id = ${key.id}\naccess_key_secret = ${key.secret}\nsecurity_token = ${key.securityToken}\n`;
  await writeIniFile(home, sts('one', DEMO_STS_KEY) + sts('two', SECOND_STS_KEY));
}

describe('two accounts with equal names', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let services: SignInServices;
  let keysOf: Record<keyof typeof ROLES, string[]>;
  before(async () => {
    simulator = await startSimulator({ others: [await secondWorld()] });
    services = await startSignInServices({
      accessKeys: [DEMO_ACCESS_KEY],
      sessionOf: (role) => (role === ROLES.first ? DEMO_STS_KEY : SECOND_STS_KEY),
    });
    const ids = async (control: Simulator['control']) => (await control.keys(DEMO_AAP)).map(({ id }) => id);
    keysOf = {
      first: await ids(simulator.control),
      second: await ids(simulator.controlOf(SECOND_ACCOUNT_ID)),
    };
    assert.deepEqual([keysOf.first.length, keysOf.second.length], [1, 1]);
  });
  after(async () => {
    await services.stop();
    await simulator.stop();
  });

  const payments = (accountId: string) => ({ accountId, regionId: REGION, aapName: DEMO_AAP });

  it('never mix, whichever way they sign in and however many calls there are at once', () =>
    withFolder(async (home) => {
      await writeAccounts(home);
      const cloud = cloudOn(simulator, {
        env: {},
        homeFolder: home,
        typedKeys,
        requestsPerSecond: () => 1000,
      });
      const { accounts, problems } = await cloud.listAccounts();
      assert.deepEqual(problems, []);
      assert.deepEqual(
        accounts.map(({ id }) => id),
        Object.keys(WHOSE),
      );
      for (let round = 0; round < 5; round += 1)
        await Promise.all(
          Object.entries(WHOSE).map(async ([id, whose]) => {
            const [keys, regions] = await Promise.all([
              cloud.listClientKeys(payments(id)),
              cloud.background.listRegions(id),
            ]);
            assert.deepEqual(
              keys.map((key) => key.id),
              keysOf[whose],
              id,
            );
            assert.equal(regions.length, whose === 'first' ? 3 : 2, id);
            const foreign = keysOf[whose === 'first' ? 'second' : 'first'][0] ?? '';
            assert.equal((await failureOf(cloud.getClientKey(payments(id), foreign))).kind, 'notFound');
          }),
        );
    }));

  it('follow a profile that becomes somebody else’s between two calls, also one with a session', () =>
    withFolder(async (home) => {
      const write = async (key: typeof DEMO_ACCESS_KEY, role: string) =>
        await writeCliFile(home, {
          profiles: [
            { name: 'p', mode: 'AK', ...stored(key) },
            { name: 'r', mode: 'RamRoleArn', ...stored(DEMO_ACCESS_KEY), ram_role_arn: role },
          ],
        });
      const cloud = cloudOn(simulator, { env: {}, homeFolder: home });
      const identities = new Set<string | undefined>();
      for (const whose of ['first', 'second', 'first'] as const) {
        await write(whose === 'first' ? DEMO_ACCESS_KEY : SECOND_ACCESS_KEY, ROLES[whose]);
        for (const id of ['cli:p', 'cli:r']) {
          const keys = await cloud.listClientKeys(payments(id));
          assert.deepEqual(
            keys.map((key) => key.id),
            keysOf[whose],
            id,
          );
          // Policies of both have the same name, another instance, and are remembered for a while.
          const { instances } = await cloud.readReach(payments(id));
          assert.deepEqual(
            instances.map((instance) => instance.id),
            [whose === 'first' ? DEMO_INSTANCE : SECOND_INSTANCE],
            id,
          );
        }
        for (const { identity } of (await cloud.listAccounts()).accounts) identities.add(identity);
      }
      assert.equal(identities.size, 4);
    }));

  it('have a clock and a pace of their own', () =>
    withFolder(async (home) => {
      await writeAccounts(home);
      const lines: string[] = [];
      const cloud = cloudOn(simulator, { env: {}, homeFolder: home, onEvent: (line) => lines.push(line) });
      const second = simulator.controlOf(SECOND_ACCOUNT_ID);
      await cloud.listClientKeys(payments('cli:one'));
      assert.equal(cloud.toldTime('cli:two'), undefined);
      await simulator.control.moveClock(3 * DAY_MS);
      await cloud.listClientKeys(payments('cli:two'));
      assert.ok(cloud.now('cli:two') - cloud.now('cli:one') > 2 * DAY_MS);
      await second.setQps(1);
      await Promise.all([
        ...[1, 2, 3].map(() => cloud.listClientKeys(payments('cli:two'))),
        ...[1, 2, 3].map(() => cloud.listClientKeys(payments('cli:one'))),
      ]);
      assert.ok((await second.requests()).some(({ status }) => status === 429));
      assert.ok(lines.length > 0);
      assert.ok((await simulator.control.requests()).every(({ status }) => status !== 429));
      await second.setQps(0);
      await simulator.control.moveClock(-3 * DAY_MS);
    }));

  it('are tried out with the number of regions and the distance of the clocks', () =>
    withFolder(async (home) => {
      await writeAccounts(home);
      const cloud = cloudOn(simulator, { env: {}, homeFolder: home, typedKeys });
      await simulator.control.moveClock(600_000);
      for (const [id, regions] of [
        ['cli:one', 3],
        ['ini:one', 3],
        ['ini:two', 2],
        [TYPED, 2],
      ] as const) {
        const test = await cloud.testAccount(id);
        assert.equal(test.regions, regions, id);
        assert.ok(Math.abs(test.clockOffset - 600_000) < 5000, `${id}: ${test.clockOffset}`);
      }
      await simulator.control.moveClock(-600_000);
      const gone = await failureOf(cloud.testAccount('typed:of-yesterday'));
      assert.deepEqual(
        [gone.kind, gone.message],
        ['noCredentials', 'There is no account typed:of-yesterday any more.'],
      );
    }));
});
