import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ReferenceGroup } from '../../../src/model/reference';
import { Secret } from '../../../src/model/secret';
import { planPatch } from '../../../src/references/plan/plan';
import { scanWorkspace } from '../../../src/references/scan/scan';
import {
  credentialText,
  NEW_KEY,
  NEW_PASSWORD,
  notations,
  OLD_KEY,
  OLD_PASSWORD,
  privateKeys,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

const KEY = `keys/clientKey_${OLD_KEY}.json`;
const PASSWORD_FILE = `keys/clientKey_${OLD_KEY}_Password.txt`;
const REAL = 'ALIBABA_CLOUD_KMS';

/** Credential files are listed, too. */
const isClient = ({ references }: ReferenceGroup) =>
  references.some(({ notation }) => notation !== 'credential');

/** Scans some files beside the old credential, and plans the patch of all groups, whatever their ticks. */
async function scan(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryFolder();
  writeFiles(folder, {
    [KEY]: credentialText(OLD_KEY, (await privateKeys()).old),
    [PASSWORD_FILE]: OLD_PASSWORD,
    ...files,
  });
  const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
  const { result } = await scanWorkspace(order, notations);
  const plan = await planPatch(
    {
      ...order,
      groupIds: result.groups.filter(isClient).map(({ id }) => id),
      replacement: {
        keyId: NEW_KEY,
        password: new Secret(NEW_PASSWORD),
        credentialFile: join(folder, 'keys', `clientKey_${NEW_KEY}.json`),
        passwordFile: join(folder, 'keys', `clientKey_${NEW_KEY}_Password.txt`),
      },
    },
    notations,
    { isCommitted: async () => false },
  );
  return {
    states: result.groups.filter(isClient).map(({ ticked, editable, doubt }) => [ticked, editable, doubt]),
    plan,
  };
}

describe('a pair of key and password', function () {
  this.timeout(30_000);

  for (const [title, env] of [
    ['of a database', `ORDERS_CLIENT_KEY_FILE=${KEY}\nORDERS_DB_PASSWORD=dbSecret123\n`],
    [
      'of an administrator',
      `APP_CREDENTIAL_FILE=${KEY}\nAPP_ADMIN_PASSWORD=adminSecret1\nKMS_PASSWORD=${OLD_PASSWORD}\n`,
    ],
    ['in a file', `APP_KEY_FILE=${KEY}\nAPP_DB_PASSWORD_FILE=db.txt\n`],
    ['beside a key that is elsewhere', `APP_KMS_FILE=/absent/${KEY}\nAPP_KMS_PASSWORD=${OLD_PASSWORD}\n`],
  ] as const)
    it(`of like names alone is never patched when it proves nothing: a password ${title}`, async () => {
      const { states, plan } = await scan({ '.env': env, 'db.txt': 'dbSecret123' });
      assert.deepEqual(states, [[false, false, undefined]]);
      assert.deepEqual(plan.files, []);
      assert.match(plan.refused[0]?.reason ?? '', /unpaired/);
    });

  it('of like names is taken once the password opens the credential', async () => {
    for (const password of [`PASSWORD=${OLD_PASSWORD}`, `PASSWORD_FILE=${PASSWORD_FILE}`]) {
      const { states } = await scan({ '.env': `APP_KMS_FILE=${KEY}\nAPP_KMS_${password}\n` });
      assert.deepEqual(states, [[true, true, undefined]]);
    }
  });

  it('that is known by name, and does not open, is left to the user in every notation', async () => {
    const content = credentialText(OLD_KEY, (await privateKeys()).old);
    const sources: Record<string, string> = {
      '.env': `${REAL}_CLIENTKEY_FILEPATH=${KEY}\n${REAL}_PASSWORD=stalePw123\n`,
      'content.env': `KMS_CLIENT_KEY_CONTENT='${content}'\nKMS_PASSWORD=stalePw123\n`,
      'a.properties': `client_key_private_key_path=${KEY}\nclient_key_password=stalePw123\n`,
      'b.properties': `client_key_private_key_path=${KEY}\nclient_key_password_from_file_path=stale.txt\n`,
      'A.java': `import com.aliyun.kms.*;\nclass A { Object c = new KmsConfig().setClientKeyFile("${KEY}").setPassword("stalePw123"); }\n`,
    };
    for (const [file, text] of Object.entries(sources)) {
      const { states } = await scan({ [file]: text, 'stale.txt': 'stalePw123' });
      assert.deepEqual(states, [[false, true, 'notOpened']], file);
    }
  });

  it('is taken where the credential is damaged or a sample: that says nothing of the password', async () => {
    const { states } = await scan({
      'content.env': `KMS_CLIENT_KEY_CONTENT='${credentialText(OLD_KEY)}'\nKMS_PASSWORD=${OLD_PASSWORD}\n`,
      'guessed.env': `APP_KMS_FILE=sample.json\nAPP_KMS_PASSWORD=${OLD_PASSWORD}\n`,
      'sample.json': credentialText(OLD_KEY),
    });
    assert.deepEqual(states, [
      [true, true, undefined],
      [false, false, undefined],
    ]);
  });

  it('counts a password file with a line feed, and one that is elsewhere speaks against nothing', async () => {
    const source = (path: string) =>
      `client_key_private_key_path=${KEY}\nclient_key_password_from_file_path=${path}\n`;
    const fed = await scan({ 'a.properties': source('pw.txt'), 'pw.txt': `${OLD_PASSWORD}\n` });
    assert.deepEqual(fed.states, [[true, true, undefined]]);
    const absent = await scan({ 'a.properties': source('/absent/pw.txt') });
    assert.deepEqual(absent.states, [[true, true, undefined]]);
  });

  it('is not ticked where a profile of Spring sets one half of it', async () => {
    const yaml = (lines: readonly string[]) => ['kms:', ...lines.map((line) => `  ${line}`), ''].join('\n');
    const [key, password] = [`client-key-file: ${KEY}`, `client-key-password: '${OLD_PASSWORD}'`];
    const half = await scan({
      'application.yml': yaml([key, password]),
      'application-prod.properties': 'kms.clientKeyPassword=otherPw123\n',
    });
    assert.deepEqual(
      half.states.filter(([, editable]) => editable),
      [[false, true, 'overridden']],
    );
    const whole = await scan({
      'application.yml': yaml([key, password]),
      'application-prod.yml': yaml([key, password]),
      'application-test.yml': yaml(['endpoint: kst-1.cryptoservice.kms.aliyuncs.com']),
      'other/application-dev.yml': yaml([password]),
    });
    assert.deepEqual(
      whole.states.filter(([, editable]) => editable),
      [
        [true, true, undefined],
        [true, true, undefined],
      ],
    );
  });

  it('is not ticked where another environment file sets one half of it', async () => {
    const whole = `${REAL}_CLIENTKEY_FILEPATH=${KEY}\n${REAL}_PASSWORD=${OLD_PASSWORD}\n`;
    const halves = [`${REAL}_CLIENTKEY_FILEPATH=${KEY}\n`, `${REAL}_PASSWORD=otherPw123\n`];
    for (const half of halves) {
      const { states } = await scan({ '.env': whole, '.env.production': half });
      assert.deepEqual(states[0], [false, true, 'overridden']);
    }
    const content = `KMS_CLIENT_KEY_CONTENT='${credentialText(OLD_KEY, (await privateKeys()).old)}'\nKMS_PASSWORD=${OLD_PASSWORD}\n`;
    const weak = await scan({ '.env': content, '.env.local': 'KMS_PASSWORD=otherPw123\n' });
    assert.deepEqual(weak.states, [[false, true, 'overridden']]);
    const elsewhere = await scan({
      '.env': whole,
      '.env.example': halves[0] ?? '',
      '.env.local': 'DEBUG=1\n',
      'other/.env': halves[0] ?? '',
    });
    assert.deepEqual(elsewhere.states[0], [true, true, undefined]);
  });

  it('is told by the key id in a file name in either case, as everywhere else', async () => {
    const { states } = await scan({
      '.env': `APP_KMS_FILE=/absent/clientKey_${OLD_KEY.replace('KAAP', '').toUpperCase().replace('.', 'KAAP.')}.json\nAPP_KMS_PASSWORD=x1234567\n`,
    });
    assert.equal(states.length, 1, 'a client of some key');
  });

  it('that stands twice in a properties file is not edited', async () => {
    const once = `client_key_private_key_path=${KEY}\nclient_key_password=${OLD_PASSWORD}\n`;
    const { states, plan } = await scan({ 'a.properties': `${once}#---\n${once}` });
    assert.deepEqual(states, [[false, false, undefined]]);
    assert.match(plan.refused[0]?.reason ?? '', /ambiguous/);
  });

  it('in bare values of .env stays bare with a password that needs no quotes', async () => {
    const folder = temporaryFolder();
    const key = `密钥/clientKey_${OLD_KEY}.json`;
    writeFiles(folder, {
      [key]: credentialText(OLD_KEY, (await privateKeys()).old),
      '.env': `${REAL}_CLIENTKEY_FILEPATH=${key}\n${REAL}_PASSWORD=${OLD_PASSWORD}\n`,
    });
    const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
    const { result } = await scanWorkspace(order, notations);
    for (const [password, written] of [
      ['a1-B_c2D', 'a1-B_c2D'],
      ['a1#B_c2D', "'a1#B_c2D'"],
    ] as const) {
      const credentialFile = join(folder, '密钥', `clientKey_${NEW_KEY}.json`);
      const replacement = {
        keyId: NEW_KEY,
        password: new Secret(password),
        credentialFile,
        passwordFile: `${credentialFile}.txt`,
      };
      const plan = await planPatch(
        { ...order, groupIds: result.groups.map(({ id }) => id), replacement },
        notations,
        { isCommitted: async () => false },
      );
      assert.equal(
        Buffer.from(plan.files[0]?.content ?? []).toString(),
        `${REAL}_CLIENTKEY_FILEPATH=密钥/clientKey_${NEW_KEY}.json\n${REAL}_PASSWORD=${written}\n`,
      );
    }
  });
});
