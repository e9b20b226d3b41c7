import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hashIdentity } from '../../../../src/cloud/accounts/identity';
import { parseIni } from '../../../../src/cloud/accounts/iniText';
import { failureOf, printed, withFolder } from '../support';
import { accountsIn, CANARY, writeIniFile } from './support';

const ROLE = 'acs:ram::1000000000000001:role/ops';
const KEY = `access_key_id = LTAIa\naccess_key_secret = ${CANARY}`;

const FILE = `
# The one of every day.
[default]
enable = true
type = access_key
${KEY} ; not part of it
region_id = cn-beijing

[session]
type=sts
access_key_id=STS.a
access_key_secret=${CANARY}
security_token='${CANARY}-token'

[role]
type = ram_role_arn
${KEY}
role_arn = ${ROLE}
role_session_name = me

[machine]
type = ecs_ram_role
[off]
enable = false
type = access_key
${KEY}
[empty]
[pair]
type = rsa_key_pair
public_key_id = LTAIpair
private_key_file = /no/${CANARY}
`;

describe('sections of the credentials file', () => {
  it('are listed in the order of their file, without those turned off', () =>
    withFolder(async (home) => {
      const file = await writeIniFile(home, FILE);
      const accounts = accountsIn(home);
      const { accounts: found, problems } = await accounts.list();
      assert.deepEqual(problems, []);
      assert.deepEqual(
        found.map((account) => 'mode' in account && [account.id, account.mode, account.uid]),
        [
          ['ini:default', 'access_key', undefined],
          ['ini:session', 'sts', undefined],
          ['ini:role', 'ram_role_arn', '1000000000000001'],
          ['ini:machine', 'ecs_ram_role', undefined],
          ['ini:pair', 'rsa_key_pair', undefined],
        ],
      );
      assert.deepEqual(found[0], {
        id: 'ini:default',
        kind: 'iniProfile',
        profile: 'default',
        mode: 'access_key',
        file,
        identity: hashIdentity('LTAIa'),
      });
      assert.equal(await accounts.homeRegion('ini:default'), 'cn-beijing');
      assert.deepEqual(await accounts.credentialsOf('ini:default').getCredentials(), {
        accessKeyId: 'LTAIa',
        accessKeySecret: CANARY,
      });
      assert.deepEqual(await accounts.credentialsOf('ini:session').getCredentials(), {
        accessKeyId: 'STS.a',
        accessKeySecret: CANARY,
        securityToken: `${CANARY}-token`,
      });
    }));

  it('are read where ALIBABA_CLOUD_CREDENTIALS_FILE points', () =>
    withFolder(async (home) => {
      const file = await writeIniFile(path.join(home, 'else'), FILE);
      const accounts = accountsIn(home, { env: { ALIBABA_CLOUD_CREDENTIALS_FILE: file } });
      assert.equal((await accounts.list()).accounts.length, 5);
      assert.deepEqual(accounts.files()[1], { file, kind: 'ini' });
    }));

  const broken: readonly [string, RegExp][] = [
    [KEY, /the section \[x\] in line 2 lacks type\./],
    ['type = access_key\naccess_key_id = LTAIa', /lacks access_key_secret/],
    [`type = sts\n${KEY}`, /lacks security_token/],
    [`type = ram_role_arn\n${KEY}`, /lacks role_arn/],
    [`type = oidc_role_arn\nrole_arn = ${ROLE}`, /lacks oidc_provider_arn/],
    [`type = rsa_key_pair\npublic_key_id = ${CANARY}`, /has a type that is not supported here/],
    [`type = ${CANARY}\n${KEY}`, /has a type that is not supported here/],
  ];
  for (const [entries, message] of broken) {
    it(`say what is missing: ${message.source}`, () =>
      withFolder(async (home) => {
        const file = await writeIniFile(home, `\n[x]\n${entries}\n`);
        const error = await failureOf(accountsIn(home).credentialsOf('ini:x').getCredentials());
        assert.equal(error.kind, 'badProfile');
        assert.ok(error.message.includes(file));
        assert.match(error.message, message);
        assert.ok(!printed(error).includes(CANARY));
      }));
  }

  it('are read as the SDK reads them', () => {
    const text = [
      '[a]',
      'plain = x y',
      'quoted = "a;b"',
      "single = 'a#b'",
      'comment = x ; y',
      'hash = x # y',
      'escaped = a\\;b\\#c\\\\d',
      'back = C:\\keys\\a',
      'equals = a=b',
      'empty =',
      'space   =   z  ',
      'half = "x',
      'policy = {"Version":"1"}',
      '[b]',
      'plain = other',
      '[a]',
      'again = 1',
    ].join('\n');
    const fromSdk = createRequire(require.resolve('@alicloud/credentials'))('ini') as {
      parse(text: string): Record<string, Record<string, string>>;
    };
    const ours = Object.fromEntries(
      parseIni(text).sections.map(({ name, values }) => [name, Object.fromEntries(values)]),
    );
    assert.deepEqual(ours, JSON.parse(JSON.stringify(fromSdk.parse(text))));
  });
});
