import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCloud } from '../../../../src/cloud/index';
import { createNetwork, type Network } from '../../../../src/cloud/network/network';
import type { Wire } from '../../../../src/cloud/network/wire';
import { failureOf, printed, withFolder } from '../support';
import { type SignInServices, startSignInServices } from './signInServices';
import { accountsIn, CANARY, writeCliFile, writeIniFile } from './support';

const LONG = { id: 'LTAIlong', secret: CANARY };
const ROLE_A = 'acs:ram::1000000000000001:role/a';
const ROLE_B = 'acs:ram::1000000000000002:role/b';

const key = { access_key_id: LONG.id, access_key_secret: LONG.secret };
const sso = {
  mode: 'CloudSSO',
  cloud_sso_sign_in_url: 'https://signin.sso.test/start/login',
  cloud_sso_account_id: '1000000000000003',
  cloud_sso_access_config: 'ac-1',
  access_token: 'sso-token',
};
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** What a session is called in these tests: whom it stands for. */
const sessionOf = (who: string) => ({
  id: `STS.${who}`,
  secret: `${CANARY}-${who}`,
  securityToken: `${CANARY}-token-${who}`,
});

describe('signing in by request', () => {
  let services: SignInServices;
  const sessions = new Map([[`STS.${ROLE_A}`, sessionOf(ROLE_A)]]);
  beforeEach(async () => {
    services = await startSignInServices({
      accessKeys: [LONG, ...sessions.values(), sessionOf('ecs-role')],
      sessionOf,
    });
  });
  afterEach(() => services.stop());

  const signIn = (home: string, id: string, env: NodeJS.ProcessEnv = {}) =>
    accountsIn(home, { env }).credentialsOf(id).getCredentials();
  const expected = (who: string) => {
    const { id, secret, securityToken } = sessionOf(who);
    return { accessKeyId: id, accessKeySecret: secret, securityToken };
  };

  it('assumes the role of a RamRoleArn profile, signed, with its session name, duration and external id', () =>
    withFolder(async (home) => {
      const fields = {
        ram_role_arn: ROLE_A,
        ram_session_name: 'me',
        expired_seconds: 900,
        external_id: 'ext',
      };
      const p = { name: 'p', mode: 'RamRoleArn', ...key, ...fields, sts_region: 'cn-beijing' };
      await writeCliFile(home, { profiles: [p] });
      assert.deepEqual(await signIn(home, 'cli:p'), expected(ROLE_A));
      const [seen] = services.seen;
      assert.deepEqual(
        [services.seen.length, seen?.host, seen?.what],
        [1, 'sts.cn-beijing.aliyuncs.com', 'AssumeRole'],
      );
      const { RoleSessionName, DurationSeconds, ExternalId } = seen?.parameters ?? {};
      assert.deepEqual([RoleSessionName, DurationSeconds, ExternalId], ['me', '900', 'ext']);
    }));

  it('goes from role to role, and takes the STS host that a profile names', () =>
    withFolder(async (home) => {
      const chained = { mode: 'ChainableRamRoleArn', ram_session_name: 's' };
      await writeCliFile(home, {
        profiles: [
          {
            name: 'b',
            ...chained,
            source_profile: 'a',
            ram_role_arn: ROLE_B,
            sts_endpoint: 'https://sts.cn-hongkong.aliyuncs.com/',
          },
          { name: 'a', mode: 'RamRoleArn', ...key, ram_role_arn: ROLE_A },
          { name: 'e', ...chained, source_profile: 'machine', ram_role_arn: ROLE_B },
          { name: 'machine', mode: 'EcsRamRole' },
        ],
      });
      assert.deepEqual(await signIn(home, 'cli:b'), expected(ROLE_B));
      assert.deepEqual(
        services.seen.map(({ host, parameters }) => [host, parameters.AccessKeyId]),
        [
          ['sts.aliyuncs.com', LONG.id],
          ['sts.cn-hongkong.aliyuncs.com', `STS.${ROLE_A}`],
        ],
      );
      assert.deepEqual(await signIn(home, 'cli:e'), expected(ROLE_B));
    }));

  it('signs in by OIDC: profile, ini section and environment', () =>
    withFolder(async (home) => {
      const tokenFile = path.join(home, 'token');
      await writeFile(tokenFile, 'oidc-token');
      const provider = 'acs:ram::1000000000000001:oidc-provider/p';
      const oidc = { oidc_provider_arn: provider, oidc_token_file: tokenFile, ram_role_arn: ROLE_A };
      await writeCliFile(home, { profiles: [{ name: 'o', mode: 'OIDC', ...oidc }] });
      await writeIniFile(
        home,
        `[o]\ntype=oidc_role_arn\noidc_provider_arn=${provider}\noidc_token_file_path=${tokenFile}\nrole_arn=${ROLE_B}`,
      );
      const env = {
        ALIBABA_CLOUD_ROLE_ARN: ROLE_B,
        ALIBABA_CLOUD_OIDC_PROVIDER_ARN: provider,
        ALIBABA_CLOUD_OIDC_TOKEN_FILE: tokenFile,
      };
      assert.deepEqual(await signIn(home, 'cli:o'), expected(ROLE_A));
      assert.deepEqual(await signIn(home, 'ini:o'), expected(ROLE_B));
      assert.deepEqual(await signIn(home, 'environment', env), expected(ROLE_B));
      const [environment] = (await accountsIn(home, { env }).list()).accounts;
      assert.deepEqual([environment?.id, environment?.uid], ['environment', '1000000000000002']);

      await writeFile(tokenFile, CANARY);
      const refused = await failureOf(signIn(home, 'cli:o'));
      assert.deepEqual(
        [refused.kind, refused.code, refused.requestId],
        ['noCredentials', 'InvalidParameter.OIDCToken', 'REQUEST-0001'],
      );
      await writeCliFile(home, {
        profiles: [{ name: 'o', mode: 'OIDC', ...oidc, oidc_token_file: `${tokenFile}-` }],
      });
      assert.match((await failureOf(signIn(home, 'cli:o'))).message, /its token file is not there/);
    }));

  it('takes the role of the machine, with or without its name', () =>
    withFolder(async (home) => {
      const profiles = [
        { name: 'any', mode: 'EcsRamRole' },
        { name: 'named', mode: 'EcsRamRole', ram_role_name: 'ecs-role' },
      ];
      await writeCliFile(home, { profiles });
      await writeIniFile(home, '[m]\ntype = ecs_ram_role\nrole_name = ecs-role');
      for (const id of ['cli:any', 'cli:named', 'ini:m'])
        assert.deepEqual(await signIn(home, id), expected('ecs-role'));
    }));

  it('signs in by CloudSSO, and says when that session has ended', () =>
    withFolder(async (home) => {
      const profile = { name: 's', ...sso, cloud_sso_access_token_expire: inAnHour() };
      await writeCliFile(home, { profiles: [profile] });
      const asked = { AccountId: '1000000000000003', AccessConfigurationId: 'ac-1' };
      assert.deepEqual(await signIn(home, 'cli:s'), expected(JSON.stringify(asked)));
      assert.equal(services.seen[0]?.host, 'signin.sso.test');
      for (const over of [{ cloud_sso_access_token_expire: 1 }, { access_token: CANARY }]) {
        await writeCliFile(home, { profiles: [{ ...profile, ...over }] });
        const error = await failureOf(signIn(home, 'cli:s'));
        assert.equal(error.kind, 'expiredToken');
        assert.match(error.message, /^The profile s \(CloudSSO\) .* has ended; sign in again/);
        assert.ok(!printed(error).includes(CANARY));
      }
    }));

  it('signs in by OAuth once allowed, and keeps the renewed tokens in the file of the CLI', async () =>
    withFolder(async (home) => {
      const tokens = {
        oauth_access_token: 'access-1',
        oauth_refresh_token: 'refresh-1',
        oauth_access_token_expire: 1,
      };
      const profile = { name: 'o', mode: 'OAuth', oauth_site_type: 'INTL', ...tokens };
      const other = { name: 'x', mode: 'AK', ...key, of_tomorrow: { a: [1] } };
      // Another name than the usual one, where the SDK's own provider would not find it.
      const file = path.join(home, 'my-profiles.json');
      await writeFile(file, JSON.stringify({ current: 'x', profiles: [profile, other], meta_path: '' }), {
        mode: 0o600,
      });
      const accounts = accountsIn(home, { env: { ALIBABA_CLOUD_CONFIG_FILE: file } });
      const credentials = accounts.credentialsOf('cli:o');
      assert.equal((await failureOf(credentials.getCredentials())).code, 'EffectsNotAllowed');
      accounts.allowEffects('cli:o');
      assert.deepEqual(await credentials.getCredentials(), expected('Bearer access-2'));

      const kept = JSON.parse(await readFile(file, 'utf8'));
      assert.deepEqual([kept.current, kept.meta_path, kept.profiles[1]], ['x', '', other]);
      assert.deepEqual(
        [
          kept.profiles[0].oauth_access_token,
          kept.profiles[0].oauth_refresh_token,
          kept.profiles[0].access_key_id,
        ],
        ['access-2', 'refresh-2', 'STS.Bearer access-2'],
      );
      assert.ok(kept.profiles[0].oauth_access_token_expire > inAnHour() - 60);
      assert.deepEqual(await readdir(home), ['my-profiles.json']);
      if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
      // What it wrote itself is no change of the profile: the session stays.
      const { length } = services.seen;
      assert.deepEqual(await credentials.getCredentials(), expected('Bearer access-2'));
      assert.equal(services.seen.length, length);
    }));

  it('says that an OAuth session has ended', () =>
    withFolder(async (home) => {
      const profile = {
        name: 'o',
        mode: 'OAuth',
        oauth_site_type: 'CN',
        oauth_refresh_token: `${CANARY}-old`,
      };
      await writeCliFile(home, { profiles: [profile] });
      const accounts = accountsIn(home);
      accounts.allowEffects('cli:o');
      const error = await failureOf(accounts.credentialsOf('cli:o').getCredentials());
      assert.equal(error.kind, 'expiredToken');
      assert.equal(services.seen[0]?.host, 'oauth.aliyun.com');
      assert.ok(!printed(error).includes(CANARY));
    }));

  it('keeps a session, opens another when its profile is edited or it is forgotten, and asks once for many', () =>
    withFolder(async (home) => {
      const profile = { name: 'p', mode: 'RamRoleArn', ...key, ram_role_arn: ROLE_A };
      await writeCliFile(home, { profiles: [profile] });
      const accounts = accountsIn(home);
      const credentials = accounts.credentialsOf('cli:p');
      const many = await Promise.all([1, 2, 3].map(() => credentials.getCredentials()));
      assert.deepEqual(new Set(many.map(({ accessKeyId }) => accessKeyId)), new Set([`STS.${ROLE_A}`]));
      await credentials.getCredentials();
      assert.equal(services.seen.length, 1);

      await writeCliFile(home, { profiles: [{ name: 'new', mode: 'AK', ...key }, profile] });
      await credentials.getCredentials();
      assert.equal(services.seen.length, 1);
      await writeCliFile(home, { profiles: [{ ...profile, ram_role_arn: ROLE_B }] });
      assert.deepEqual(await credentials.getCredentials(), expected(ROLE_B));
      accounts.forget('cli:other');
      await credentials.getCredentials();
      assert.equal(services.seen.length, 2);
      accounts.forget('cli:p');
      await credentials.getCredentials();
      accounts.forget();
      await credentials.getCredentials();
      assert.equal(services.seen.length, 4);
    }));

  it('assumes the role of an ini section, with its policy', () =>
    withFolder(async (home) => {
      const policy = '{"Version":"1","Statement":[]}';
      await writeIniFile(
        home,
        `[r]\ntype=ram_role_arn\naccess_key_id=${LONG.id}\naccess_key_secret=${LONG.secret}\nrole_arn=${ROLE_A}\nrole_session_name=me\npolicy=${policy}`,
      );
      assert.deepEqual(await signIn(home, 'ini:r'), expected(ROLE_A));
      const { RoleSessionName, Policy } = services.seen[0]?.parameters ?? {};
      assert.deepEqual([RoleSessionName, Policy], ['me', policy]);
    }));

  const failures: readonly [string, { status: number; body: string }, string, string | undefined][] = [
    [
      'a refusal',
      { status: 403, body: `{"Code":"NoPermission","RequestId":"REQUEST-0002","Message":"${CANARY}"}` },
      'noCredentials',
      'REQUEST-0002',
    ],
    [
      'a wrong secret',
      { status: 400, body: `{"Code":"SignatureDoesNotMatch","Message":"${CANARY}"}` },
      'noCredentials',
      undefined,
    ],
    ['throttling', { status: 429, body: '{"Code":"Throttling.User","Message":""}' }, 'throttled', undefined],
    ['a broken service', { status: 503, body: `<html>${CANARY}</html>` }, 'serverError', undefined],
    [
      'an answer that is no JSON',
      { status: 200, body: `<html>${CANARY}</html>` },
      'noCredentials',
      undefined,
    ],
    [
      'an answer without credentials',
      { status: 200, body: `{"Credentials":{"AccessKeySecret":"${CANARY}"}}` },
      'noCredentials',
      undefined,
    ],
  ];
  for (const [what, failure, kind, requestId] of failures) {
    it(`tells ${what} without anything that was answered, and works again afterwards`, () =>
      withFolder(async (home) => {
        const profile = { name: 'p', mode: 'RamRoleArn', ...key, ram_role_arn: ROLE_A };
        await writeCliFile(home, { profiles: [profile] });
        const credentials = accountsIn(home).credentialsOf('cli:p');
        services.failures.push(failure);
        const error = await failureOf(credentials.getCredentials());
        assert.deepEqual([error.kind, error.requestId], [kind, requestId]);
        assert.equal(error.retryable, ['throttled', 'serverError'].includes(kind));
        assert.match(error.message, /^The profile p \(RamRoleArn\) gives no credentials: .* Try: aliyun sts/);
        assert.ok(!printed(error).includes(CANARY));
        assert.deepEqual(await credentials.getCredentials(), expected(ROLE_A));
      }));
  }

  it('tells a session token that has ended from a wrong AccessKey', () =>
    withFolder(async (home) => {
      const role = { mode: 'RamRoleArn', ...key, ram_role_arn: ROLE_A };
      await writeCliFile(home, {
        profiles: [
          { name: 't', ...role, sts_token: CANARY },
          { name: 'k', ...role },
        ],
      });
      const body = '{"Code":"InvalidAccessKeyId.NotFound","Message":""}';
      services.failures.push({ status: 404, body }, { status: 404, body });
      assert.equal((await failureOf(signIn(home, 'cli:t'))).kind, 'expiredToken');
      assert.equal((await failureOf(signIn(home, 'cli:k'))).kind, 'noCredentials');
    }));

  it('goes the way that the network settings say, and tells what stood in it', () =>
    withFolder(async (home) => {
      await writeCliFile(home, {
        profiles: [{ name: 'p', mode: 'RamRoleArn', ...key, ram_role_arn: ROLE_A }],
      });
      const real = createNetwork({});
      const actions: string[] = [];
      let obstacle: Wire['obstacle'];
      const network: Network = {
        attempt: (call, work) => {
          actions.push(call.action);
          return real.attempt(call, (wire) => work(obstacle ? Object.assign(wire, { obstacle }) : wire));
        },
      };
      const credentials = accountsIn(home, { network }).credentialsOf('cli:p');
      obstacle = { kind: 'proxyAnswered', status: 407 };
      services.failures.push({ status: 407, body: '' });
      const error = await failureOf(credentials.getCredentials());
      assert.deepEqual([error.kind, error.action], ['proxyAuth', 'SignIn']);
      obstacle = undefined;
      assert.deepEqual(await credentials.getCredentials(), expected(ROLE_A));
      assert.deepEqual(actions, ['SignIn', 'SignIn']);
    }));

  it('tells a machine without metadata service', () =>
    withFolder(async (home) => {
      await writeCliFile(home, { profiles: [{ name: 'm', mode: 'EcsRamRole' }] });
      const reset = { status: 0, body: '' };
      services.failures.push(reset, reset);
      const error = await failureOf(signIn(home, 'cli:m'));
      assert.deepEqual([error.kind, error.retryable, services.failures.length], ['noCredentials', false, 0]);
      assert.match(error.message, /this machine is no ECS instance with a RAM role/);
    }));

  it('tells that nobody can be reached', async () => {
    const { stop } = services;
    await stop();
    await withFolder(async (home) => {
      const role = { mode: 'RamRoleArn', ...key, ram_role_arn: ROLE_A, sts_endpoint: 'sts.invalid' };
      await writeCliFile(home, { profiles: [{ name: 'r', ...role }] });
      const error = await failureOf(signIn(home, 'cli:r'));
      assert.deepEqual([error.kind, error.retryable], ['network', true]);
      assert.ok(!printed(error).includes(CANARY) && !printed(error).includes('Signature'));

      // The regions are the first that an account is asked for.
      const lines: string[] = [];
      const cloud = createCloud({
        endpoints: () => ({ kms: 'http://127.0.0.1:9', log: 'http://127.0.0.1:9' }),
        env: {},
        homeFolder: home,
        userAgent: 'test',
        isTrusted: () => true,
        onEvent: (line) => lines.push(line),
        timeouts: { backoff: 1 },
      });
      const regions = await failureOf(cloud.background.listRegions('cli:r'));
      assert.deepEqual(
        [regions.action, regions.kind, regions.accountId, regions.regionId, lines.length],
        ['SignIn', 'network', 'cli:r', 'cn-hangzhou', 5],
      );
    });
    services = await startSignInServices({ accessKeys: [], sessionOf });
  });
});
