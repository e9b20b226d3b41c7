import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashIdentity } from '../../../../src/cloud/accounts/identity';
import { failureOf, printed, withFolder } from '../support';
import { accountsIn, CANARY, writeCliFile } from './support';

const ROLE = 'acs:ram::1000000000000001:role/ops';

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
    { name: 'chained', mode: 'ChainableRamRoleArn', source_profile: 'program', ram_role_arn: ROLE },
    {
      name: 'role',
      mode: 'RamRoleArn',
      access_key_id: 'LTAIprod',
      access_key_secret: CANARY,
      ram_role_arn: ROLE,
      ram_session_name: 's',
    },
    {
      name: 'sso',
      mode: 'CloudSSO',
      cloud_sso_sign_in_url: 'https://sso.test/start',
      cloud_sso_account_id: '1000000000000002',
      cloud_sso_access_config: 'ac-1',
      access_token: CANARY,
    },
    { name: 'oauth', mode: 'OAuth', oauth_site_type: 'INTL', oauth_refresh_token: CANARY, site: 'china' },
    { name: 'machine', mode: 'EcsRamRole' },
  ],
};

describe('profiles of the aliyun CLI', () => {
  it('are listed in the order of their file after the environment, without empty profiles', () =>
    withFolder(async (home) => {
      const file = await writeCliFile(home, PROFILES);
      const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'a', ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY };
      const { accounts, problems } = await accountsIn(home, { env }).list();
      assert.deepEqual(problems, []);
      const cli = ['prod', 'session', 'program', 'chained', 'role', 'sso', 'oauth', 'machine'];
      assert.deepEqual(
        accounts.map(({ id }) => id),
        ['environment', ...cli.map((name) => `cli:${name}`)],
      );
      assert.deepEqual(accounts[1], {
        id: 'cli:prod',
        kind: 'cliProfile',
        profile: 'prod',
        mode: 'AK',
        current: true,
        file,
        identity: hashIdentity('LTAIprod'),
      });
      assert.ok(!JSON.stringify(accounts).includes(CANARY) && !JSON.stringify(accounts).includes('LTAI'));
    }));

  it('say whose they are where the file tells: by role, by single sign-on, and the site', () =>
    withFolder(async (home) => {
      await writeCliFile(home, PROFILES);
      const { accounts } = await accountsIn(home).list();
      const about = Object.fromEntries(accounts.map(({ id, uid, site }) => [id, [uid, site]]));
      assert.deepEqual(about, {
        'cli:prod': [undefined, undefined],
        'cli:session': [undefined, undefined],
        'cli:program': [undefined, undefined],
        'cli:chained': ['1000000000000001', undefined],
        'cli:role': ['1000000000000001', undefined],
        'cli:sso': ['1000000000000002', undefined],
        'cli:oauth': [undefined, 'international'],
        'cli:machine': [undefined, undefined],
      });
      // Two ways into one role are two identities: they may see different things.
      const identities = accounts.flatMap(({ identity }) => identity ?? []);
      assert.deepEqual([identities.length, new Set(identities).size], [4, 4]);
      for (const identity of identities) assert.match(identity, /^[0-9a-f]{16}$/);
    }));

  it('are none where nothing is set up', () =>
    withFolder(async (home) => {
      assert.deepEqual(await accountsIn(home).list(), { accounts: [], problems: [] });
      const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'only' };
      assert.deepEqual((await accountsIn(home, { env }).list()).accounts, []);
    }));

  it('follow the variables that move, choose and switch them off', () =>
    withFolder(async (home) => {
      const elsewhere = path.join(home, 'elsewhere.json');
      await writeFile(elsewhere, JSON.stringify({ profiles: [PROFILES.profiles[1], PROFILES.profiles[2]] }));
      const moved = { ALIBABA_CLOUD_CONFIG_FILE: elsewhere, ALIBABA_CLOUD_PROFILE: 'session' };
      const accounts = accountsIn(home, { env: moved });
      assert.deepEqual(
        (await accounts.list()).accounts.map(
          (account) => 'current' in account && [account.id, account.current],
        ),
        [
          ['cli:prod', false],
          ['cli:session', true],
        ],
      );
      const ini = path.join(home, '.alibabacloud', 'credentials');
      assert.deepEqual(accounts.files(), [
        { file: elsewhere, kind: 'cli' },
        { file: ini, kind: 'ini' },
      ]);
      for (const name of ['ALIBABA_CLOUD_IGNORE_PROFILE', 'ALIBABA_CLOUD_CLI_PROFILE_DISABLED']) {
        const off = accountsIn(home, { env: { ...moved, [name]: 'TRUE' } });
        assert.deepEqual((await off.list()).accounts, []);
        assert.deepEqual(off.files(), [{ file: ini, kind: 'ini' }]);
      }
    }));

  it('count as edited at the next call, and are gone with their file', () =>
    withFolder(async (home) => {
      const file = await writeCliFile(home, PROFILES);
      const accounts = accountsIn(home);
      const credentials = accounts.credentialsOf('cli:prod');
      const before = await credentials.getCredentials();
      assert.deepEqual(before, { accessKeyId: 'LTAIprod', accessKeySecret: CANARY });
      assert.equal(await accounts.homeRegion('cli:prod'), 'cn-shanghai');

      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replaceAll('LTAIprod', 'LTAInew'));
      assert.equal((await credentials.getCredentials()).accessKeyId, 'LTAInew');
      const [fresh] = (await accounts.list()).accounts;
      assert.equal(fresh?.identity, hashIdentity('LTAInew'));

      await writeFile(file, text.slice(0, 300));
      assert.equal((await failureOf(credentials.getCredentials())).kind, 'badProfile');
      await rm(file);
      const gone = await failureOf(credentials.getCredentials());
      assert.deepEqual(
        [gone.kind, gone.message],
        ['noCredentials', 'There is no account cli:prod any more.'],
      );
      assert.deepEqual(await accounts.list(), { accounts: [], problems: [] });
      await writeFile(file, text);
      assert.deepEqual(await credentials.getCredentials(), before);
    }));

  it('give the session token of an STS profile', () =>
    withFolder(async (home) => {
      await writeCliFile(home, PROFILES);
      const key = await accountsIn(home).credentialsOf('cli:session').getCredentials();
      assert.equal(key.securityToken, `${CANARY}-token`);
    }));

  const broken: readonly [string, Record<string, unknown>, RegExp][] = [
    ['a secret in the wrong place', { mode: CANARY }, /The mode unknown of the profile p is not supported/],
    ['AK without secret', { mode: 'AK', access_key_id: 'LTAIprod' }, /\(AK\) lacks access_key_secret\./],
    [
      'StsToken without token',
      { mode: 'StsToken', access_key_id: 'a', access_key_secret: CANARY },
      /lacks sts_token/,
    ],
    [
      'RamRoleArn without role',
      { mode: 'RamRoleArn', access_key_id: 'a', access_key_secret: CANARY },
      /lacks ram_role_arn/,
    ],
    ['OIDC without provider', { mode: 'OIDC', ram_role_arn: ROLE }, /lacks oidc_provider_arn/],
    ['CloudSSO without address', { mode: 'CloudSSO', access_token: CANARY }, /lacks cloud_sso_sign_in_url/],
    [
      'CloudSSO over http',
      { mode: 'CloudSSO', cloud_sso_sign_in_url: 'http://sso.test' },
      /no https address/,
    ],
    ['OAuth without site', { mode: 'OAuth', oauth_refresh_token: CANARY }, /lacks oauth_site_type/],
    [
      'OAuth of no site',
      { mode: 'OAuth', oauth_site_type: CANARY, oauth_refresh_token: CANARY },
      /neither CN nor INTL/,
    ],
    ['External without program', { mode: 'External' }, /lacks process_command/],
    [
      'a chain to nowhere',
      { mode: 'ChainableRamRoleArn', source_profile: 'no', ram_role_arn: ROLE },
      /a source_profile, no, that is not there/,
    ],
    [
      'a chain to itself',
      { mode: 'ChainableRamRoleArn', source_profile: 'p', ram_role_arn: ROLE },
      /is its own source_profile/,
    ],
    [
      'a mode of its own',
      { mode: 'BearerToken', bearer_token: CANARY },
      /The mode BearerToken of the profile p is not supported here/,
    ],
  ];
  for (const [title, fields, message] of broken) {
    it(`say what is missing: ${title}`, () =>
      withFolder(async (home) => {
        const file = await writeCliFile(home, { profiles: [{ name: 'p', ...fields }] });
        const accounts = accountsIn(home);
        assert.deepEqual(
          (await accounts.list()).accounts.map(({ id }) => id),
          ['cli:p'],
        );
        accounts.allowEffects('cli:p');
        const error = await failureOf(accounts.credentialsOf('cli:p').getCredentials());
        assert.match(error.message, message);
        assert.equal(error.kind, /The mode/.test(error.message) ? 'noCredentials' : 'badProfile');
        assert.ok(!JSON.stringify(await accounts.list()).includes(CANARY));
        if (error.kind === 'badProfile') assert.ok(error.message.includes(file));
        assert.ok(!printed(error).includes(CANARY));
      }));
  }
});
