import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAccounts } from '../../../src/cloud/accounts';
import { failureOf, printed, withFolder } from './support';

const CANARY = 'canary-secret-9f3a';

async function writeProfiles(home: string, content: unknown): Promise<string> {
  const file = path.join(home, '.aliyun', 'config.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function accountsIn(homeFolder: string, env: NodeJS.ProcessEnv = {}, trusted = true) {
  return createAccounts({ env, homeFolder, isTrusted: () => trusted });
}

const PROFILES = {
  current: 'prod',
  profiles: [
    { name: 'default', mode: 'AK', access_key_id: '', access_key_secret: '' },
    { name: 'prod', access_key_id: 'LTAIprod', access_key_secret: CANARY, region_id: 'cn-shanghai' },
    {
      name: 'session',
      mode: 'StsToken',
      access_key_id: 'STS.a',
      access_key_secret: CANARY,
      sts_token: `${CANARY}-token`,
    },
    { name: 'program', mode: 'External', process_command: 'no-such-program', unknown: [1] },
    {
      name: 'chained',
      mode: 'ChainableRamRoleArn',
      source_profile: 'program',
      ram_role_arn: 'acs:ram::1:role/r',
    },
  ],
};

describe('accounts', () => {
  it('lists environment and profiles in a fixed order, without empty profiles', () =>
    withFolder(async (home) => {
      await writeProfiles(home, PROFILES);
      const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'a', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'b' };
      const accounts = await accountsIn(home, env).list();
      assert.deepEqual(
        accounts.map((account) => account.id),
        ['environment', 'cli:prod', 'cli:session', 'cli:program', 'cli:chained'],
      );
      assert.deepEqual(accounts[1], {
        id: 'cli:prod',
        kind: 'cliProfile',
        profile: 'prod',
        mode: 'AK',
        current: true,
      });
      assert.ok(!JSON.stringify(accounts).includes(CANARY));
    }));

  it('lists nothing where nothing is set up', () =>
    withFolder(async (home) => {
      assert.deepEqual(await accountsIn(home).list(), []);
      assert.deepEqual(await accountsIn(home, { ALIBABA_CLOUD_ACCESS_KEY_ID: 'only' }).list(), []);
    }));

  it('respects the variables that move, choose and switch off profiles', () =>
    withFolder(async (home) => {
      const elsewhere = path.join(home, 'elsewhere.json');
      await writeFile(elsewhere, JSON.stringify({ profiles: [PROFILES.profiles[1], PROFILES.profiles[2]] }));
      const moved = { ALIBABA_CLOUD_CONFIG_FILE: elsewhere, ALIBABA_CLOUD_PROFILE: 'session' };
      const accounts = await accountsIn(home, moved).list();
      assert.deepEqual(
        accounts.map((account) => account.kind === 'cliProfile' && [account.id, account.current]),
        [
          ['cli:prod', false],
          ['cli:session', true],
        ],
      );
      for (const name of ['ALIBABA_CLOUD_IGNORE_PROFILE', 'ALIBABA_CLOUD_CLI_PROFILE_DISABLED'])
        assert.deepEqual(await accountsIn(home, { ...moved, [name]: 'TRUE' }).list(), []);
    }));

  it('sees an edited profile at the next call', () =>
    withFolder(async (home) => {
      await writeProfiles(home, PROFILES);
      const accounts = accountsIn(home);
      const credentials = accounts.credentialsOf('cli:prod');
      assert.deepEqual(await credentials.getCredentials(), {
        accessKeyId: 'LTAIprod',
        accessKeySecret: CANARY,
      });
      assert.equal(await accounts.homeRegion('cli:prod'), 'cn-shanghai');
      await writeProfiles(home, {
        profiles: [{ name: 'prod', mode: 'AK', access_key_id: 'LTAInew', access_key_secret: 'new' }],
      });
      assert.deepEqual(await credentials.getCredentials(), {
        accessKeyId: 'LTAInew',
        accessKeySecret: 'new',
      });
      assert.equal(
        (await failureOf(accounts.credentialsOf('cli:session').getCredentials())).kind,
        'noCredentials',
      );
    }));

  it('gives the session token of an STS profile', () =>
    withFolder(async (home) => {
      await writeProfiles(home, PROFILES);
      const key = await accountsIn(home).credentialsOf('cli:session').getCredentials();
      assert.equal(key.securityToken, `${CANARY}-token`);
    }));

  it('tells path and position of a damaged file and none of its content', () =>
    withFolder(async (home) => {
      const text = `{\n  "profiles": [\n    { "name": "p", "access_key_secret": "${CANARY}" oops }\n  ]\n}`;
      const file = await writeProfiles(home, text);
      const error = await failureOf(accountsIn(home).list());
      assert.equal(error.kind, 'badProfile');
      assert.ok(error.message.includes(file));
      assert.match(error.message, /line 3, column 62/);
      assert.ok(!printed(error).includes(CANARY) && !printed(error).includes('oops'));
    }));

  it('tells which field of a file is wrong and not its value', () =>
    withFolder(async (home) => {
      await writeProfiles(home, { profiles: [{ name: 'p', access_key_secret: { [CANARY]: CANARY } }] });
      const error = await failureOf(accountsIn(home).list());
      assert.equal(error.kind, 'badProfile');
      assert.match(error.message, /profiles\.0\.access_key_secret/);
      assert.ok(!printed(error).includes(CANARY));
    }));

  for (const id of ['cli:program', 'cli:chained']) {
    it(`runs no program for ${id} without trust and consent`, () =>
      withFolder(async (home) => {
        await writeProfiles(home, PROFILES);
        const untrusted = accountsIn(home, {}, false);
        untrusted.allowEffects(id);
        const refused = await failureOf(untrusted.credentialsOf(id).getCredentials());
        assert.deepEqual([refused.kind, refused.code], ['noCredentials', 'EffectsNotAllowed']);
        const asked = await failureOf(accountsIn(home).credentialsOf(id).getCredentials());
        assert.deepEqual([asked.kind, asked.code], ['noCredentials', 'EffectsNotAllowed']);
      }));
  }

  it('hands a profile that needs a program to the SDK once allowed, again after a failure', function () {
    // The program is a shell script.
    if (process.platform === 'win32') this.skip();
    return withFolder(async (home) => {
      const answer = path.join(home, 'answer.json');
      const profile = { name: 'program', mode: 'External', process_command: `cat ${answer}` };
      await writeProfiles(home, { current: 'program', profiles: [profile] });
      const accounts = accountsIn(home);
      accounts.allowEffects('cli:program');
      const credentials = accounts.credentialsOf('cli:program');
      const error = await failureOf(credentials.getCredentials());
      assert.deepEqual([error.kind, error.code], ['noCredentials', undefined]);
      await writeFile(
        answer,
        JSON.stringify({ mode: 'AK', access_key_id: 'LTAIext', access_key_secret: CANARY }),
      );
      assert.equal((await credentials.getCredentials()).accessKeyId, 'LTAIext');
    });
  });
});
