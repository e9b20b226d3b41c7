import assert from 'node:assert/strict';
import { hashIdentity } from '../../../../src/cloud/accounts/identity';
import { Secret } from '../../../../src/model/secret';
import { failureOf, printed, withFolder } from '../support';
import { accountsIn, CANARY, writeIniFile } from './support';

const KEY = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIenv', ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY };
const OIDC = {
  ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1000000000000001:role/r',
  ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'acs:ram::1000000000000001:oidc-provider/p',
  ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/no/token',
};
const TYPED = 'typed:0b5b7c0e-0000-4000-8000-000000000001';
const SESSION = 'typed:0b5b7c0e-0000-4000-8000-000000000002';

describe('the environment as an account', () => {
  it('goes by its AccessKey before its role, and says who it is: of a session, which one', () =>
    withFolder(async (home) => {
      const environmentIn = async (env: NodeJS.ProcessEnv) =>
        (await accountsIn(home, { env }).list()).accounts;
      const base = { id: 'environment', kind: 'environment' };
      assert.deepEqual(await environmentIn({ ...KEY, ...OIDC }), [
        { ...base, identity: hashIdentity('LTAIenv') },
      ]);
      const token = { ALIBABA_CLOUD_SECURITY_TOKEN: `${CANARY}-token` };
      const session = { ...KEY, ALIBABA_CLOUD_ACCESS_KEY_ID: 'STS.env', ...token };
      assert.deepEqual(await environmentIn(session), [{ ...base, identity: hashIdentity('STS.env') }]);
      assert.deepEqual(await environmentIn({ ...OIDC, ALIBABA_CLOUD_ROLE_ARN: '' }), []);
      assert.equal((await environmentIn(OIDC))[0]?.uid, '1000000000000001');

      const accounts = accountsIn(home, { env: { ...KEY, ...token, ALIBABA_CLOUD_REGION_ID: 'cn-beijing' } });
      assert.deepEqual(await accounts.credentialsOf('environment').getCredentials(), {
        accessKeyId: 'LTAIenv',
        accessKeySecret: CANARY,
        securityToken: `${CANARY}-token`,
      });
      assert.equal(await accounts.homeRegion('environment'), 'cn-beijing');
      const none = await failureOf(accountsIn(home).credentialsOf('environment').getCredentials());
      assert.match(none.message, /ALIBABA_CLOUD_ACCESS_KEY_ID .* not set/);
    }));
});

describe('AccessKeys that were typed in', () => {
  it('are listed after the files, read anew for every call, and gone when they are not kept any more', () =>
    withFolder(async (home) => {
      await writeIniFile(home, '[m]\ntype = ecs_ram_role');
      const kept = new Map([
        [TYPED, { accessKeyId: 'LTAItyped', accessKeySecret: new Secret(CANARY) }],
        [
          SESSION,
          {
            accessKeyId: 'STS.typed',
            accessKeySecret: new Secret(CANARY),
            securityToken: new Secret(`${CANARY}-token`),
          },
        ],
      ]);
      const accounts = accountsIn(home, {
        typedKeys: {
          ids: async () =>
            [...kept].map(([id, key]) => ({
              id,
              temporary: 'securityToken' in key,
              identity: hashIdentity(key.accessKeyId),
            })),
          read: async (id) => kept.get(id),
        },
      });
      assert.deepEqual((await accounts.list()).accounts.slice(1), [
        { id: TYPED, kind: 'typed', temporary: false, identity: hashIdentity('LTAItyped') },
        { id: SESSION, kind: 'typed', temporary: true },
      ]);
      const credentials = accounts.credentialsOf(TYPED);
      assert.deepEqual(await credentials.getCredentials(), {
        accessKeyId: 'LTAItyped',
        accessKeySecret: CANARY,
      });
      const session = await accounts.credentialsOf(SESSION).getCredentials();
      assert.equal(session.securityToken, `${CANARY}-token`);
      kept.set(TYPED, { accessKeyId: 'LTAIagain', accessKeySecret: new Secret(CANARY) });
      assert.equal((await credentials.getCredentials()).accessKeyId, 'LTAIagain');
      kept.clear();
      assert.equal((await failureOf(credentials.getCredentials())).kind, 'noCredentials');
      assert.equal((await accounts.list()).accounts.length, 1);
    }));

  it('hide nothing else when their store fails, and say nothing of what it said', () =>
    withFolder(async (home) => {
      await writeIniFile(home, '[m]\ntype = ecs_ram_role');
      const fail = async () => {
        throw new Error(CANARY);
      };
      const all = accountsIn(home, { typedKeys: { ids: fail, read: fail } });
      const { accounts, problems } = await all.list();
      const used = await failureOf(all.credentialsOf(TYPED).getCredentials());
      assert.equal(used.kind, 'noCredentials');
      assert.deepEqual(
        accounts.map(({ id }) => id),
        ['ini:m'],
      );
      assert.equal(problems.length, 1);
      assert.ok([...problems, used].every((problem) => !printed(problem).includes(CANARY)));
    }));
});
