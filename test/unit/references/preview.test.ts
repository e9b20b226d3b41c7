import assert from 'node:assert/strict';
import { join } from 'node:path';
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
  OTHER_KEY,
  privateKeys,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

/** Of whatever kind of secret: must never be shown. */
const CANARY = 'Canary9xZ';
const CANARY_64 = Buffer.from(CANARY).toString('base64');
const KEY = 'keys/client.json';
const CONTENT = `{"KeyId":"${OTHER_KEY}","PrivateKeyData":"${CANARY}"}`;
const ESCAPED = CONTENT.replaceAll('"', '\\"');

/** The preview of one file whose groups are all patched. */
async function preview(file: string, text: string) {
  const folder = temporaryFolder();
  const { old, fresh } = await privateKeys();
  const newFile = `keys/clientKey_${NEW_KEY}.json`;
  writeFiles(folder, {
    [file]: text,
    [KEY]: credentialText(OLD_KEY, old),
    [newFile]: credentialText(NEW_KEY, fresh),
  });
  const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
  const { result } = await scanWorkspace(order, notations);
  const replacement = {
    keyId: NEW_KEY,
    password: new Secret(NEW_PASSWORD),
    credentialFile: join(folder, newFile),
    passwordFile: join(folder, 'keys', `clientKey_${NEW_KEY}_Password.txt`),
  };
  const groupIds = result.groups.filter(({ keyId }) => keyId === OLD_KEY).map(({ id }) => id);
  const plan = await planPatch({ ...order, groupIds, replacement }, notations, {
    isCommitted: async () => false,
  });
  const [planned] = plan.files;
  assert.ok(planned !== undefined, `${file} is not patched: ${JSON.stringify(plan.refused)}`);
  return { before: planned.maskedBefore, after: planned.maskedAfter };
}

const dotenv = (line: string) =>
  `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=${KEY}\n${line}\nALIBABA_CLOUD_KMS_PASSWORD=${OLD_PASSWORD}\n${line}\n`;
const properties = (line: string) =>
  `client_key_private_key_path=${KEY}\n${line}\nclient_key_password=${OLD_PASSWORD}\n${line}`;
const java = (line: string) => `import com.aliyun.dkms.gcs.openapi.models.Config;
class A {
  Object a() {
    ${line}
    Config config = new Config().setClientKeyFile("${KEY}");
    ${line}
    config.setPassword("${OLD_PASSWORD}"); ${line}
    ${line}
    return config;
  }
}
`;

const yaml = (line: string) =>
  `kms:\n  ${line}\n  clientKeyFile: ${KEY}\n  ${line}\n  clientKeyPassword: ${OLD_PASSWORD}\n  ${line}\n`;
const shell = (line: string) =>
  `export client_key_private_key_path=${KEY}\n${line}\nexport client_key_password='${OLD_PASSWORD}'\n${line}\n`;
const docker = (line: string) =>
  `FROM scratch\nENV client_key_private_key_path=${KEY} \\\n    ${line} \\\n    client_key_password='${OLD_PASSWORD}'\n`;

/** Base64 ends in `=`, as a name does that a value follows. */
const PADDED = [`${CANARY}=`, `${CANARY}==`, Buffer.from(`${CANARY}1`).toString('base64')];

const settings = [
  `BILLING_KMS_PASS=${CANARY}`,
  `BILLING_KMS_JSON=${CONTENT}`,
  `billing.kms.json=${ESCAPED}`,
  `API_KEY=${CANARY}`,
  `DATABASE_URL=postgres://app:${CANARY}@db/app`,
  `HARMLESS=${CANARY} # ${CANARY}`,
  `# KMS_CLIENT_KEY_CONTENT=${CONTENT}`,
  `# BILLING_KMS_PASS=${CANARY}`,
  `# the password used to be ${CANARY}`,
  `#${CANARY}`,
  `  # - "${CANARY}"`,
  `${CANARY}`,
  `${'A'.repeat(40)}${CANARY}==`,
];

const placements: readonly (readonly [string, (line: string) => string, readonly string[]])[] = [
  [
    '.env',
    dotenv,
    [
      ...settings,
      `BILLING_KMS_JSON='${CONTENT}'`,
      `BILLING_KMS_JSON="${ESCAPED}"`,
      `BILLING_KMS_JSON='{\n"KeyId":"${OTHER_KEY}",\n"PrivateKeyData":\n"${CANARY}"}'`,
      `# KMS_CLIENT_KEY_CONTENT='${CONTENT}'`,
      `UNCLOSED="${CANARY}`,
      `export PASS: ${CANARY}`,
      `{"PrivateKeyData": "${CANARY}"}`,
    ],
  ],
  [
    'a.properties',
    properties,
    [
      ...settings,
      `!password ${CANARY}`,
      `db.password ${CANARY}`,
      `note=one\\\n  ${CANARY}`,
      `note = \\\n"${CANARY}"`,
      `"PrivateKeyData":"${CANARY}"`,
    ],
  ],
  [
    'A.java',
    java,
    [
      `// config.setPassword("${CANARY}");`,
      `// old password: ${CANARY}`,
      `/* config.setPassword("${CANARY}"); config.setClientKeyContent("${ESCAPED}") */`,
      `/*\n * ${CANARY}\n\n\n\n\n\n *\n "${CANARY}" */`,
      `/** password {@code ${CANARY}} */`,
      `String harmless = "${CANARY}";`,
      `jedis.auth("user", "${CANARY}" + "x");`,
      `String json = "${ESCAPED}";`,
      `String block = """\n    ${CANARY}\n    """;`,
      `map.put("password", cipher("${CANARY}"));`,
      `@Value("${CANARY}") String pass;`,
    ],
  ],
  [
    'a.yml',
    yaml,
    [
      ...PADDED.flatMap((word) => [`other: ${word}`, `other: '${word}'`, `other: "${word}" # ${CANARY}`]),
      ...PADDED.map((word) => `other: {a: ${word}, b: [${word}, "${word}"]}`),
      `other: [A=${CANARY}, "B=${CANARY}"]`,
      `other: &${CANARY} x`,
      `other: !${CANARY} x`,
      `other: |\n    ${CANARY}\n    x`,
    ],
  ],
  [
    'a.sh',
    shell,
    [
      ...PADDED.flatMap((word) => [`login ${word}`, `login --password ${word}`, `NAMES=( ${word} x )`]),
      `NAMES=(\n  ${CANARY}\n  '${CANARY}'\n)`,
      `mysql -p${CANARY} -p'${CANARY}'`,
      'mysql -pCanary',
      `curl -u app:${CANARY} https://app:${CANARY}@host`,
      `cat <<EOF\n${CANARY}\nEOF`,
      `"${CANARY}"`,
    ],
  ],
  ['Dockerfile', docker, [...PADDED, `B=${CANARY}`, `B="${CANARY}" C='${CANARY}'`]],
];

describe('the preview of a patch', function () {
  this.timeout(60_000);

  for (const [file, around, lines] of placements)
    for (const line of lines)
      it(`hides a secret in ${file}: ${line.replaceAll(/\s+/g, ' ').slice(0, 60)}`, async () => {
        const { before, after } = await preview(file, around(line));
        for (const shown of [before, after]) {
          for (const secret of [CANARY, 'pCanary', CANARY_64])
            assert.ok(!shown.includes(secret), 'the secret is shown');
          for (const secret of [OLD_PASSWORD, NEW_PASSWORD]) assert.ok(!shown.includes(secret));
        }
        assert.match(before, /keys\/client\.json[\s\S]*«old password»/);
        assert.match(after, new RegExp(`clientKey_${NEW_KEY}\\.json[\\s\\S]*«new password, `));
      });

  it('hides what a parser of Java does not understand', async () => {
    const whole = `import com.aliyun.kms.*;\nclass A { Object c = new KmsConfig().setClientKeyFile("${KEY}").setPassword("${OLD_PASSWORD}"); }\n`;
    for (const broken of [
      `class B { String s = "${CANARY}; }`,
      `class B { if (x { y("${CANARY}"); z("${CANARY}`,
      `"${CANARY}"`,
      `class B { /* ${CANARY}`,
      `"""\n${CANARY}`,
    ]) {
      const { before, after } = await preview('A.java', whole + broken);
      assert.ok(!(before + after).includes(CANARY), broken);
    }
  });

  it('hides a credential that stands where a path belongs, and one that does not open', async () => {
    const misplaced = await preview(
      '.env',
      `${dotenv('A=1')}client_key_private_key_path=${CONTENT}\nclient_key_password=${CANARY}\n`,
    );
    assert.ok(!(misplaced.before + misplaced.after).includes(CANARY));
    const address = await preview(
      '.env',
      `${dotenv('A=1')}client_key_private_key_path=https://app:${CANARY}@host/client.json\nclient_key_password=x1234567\n`,
    );
    assert.ok(!(address.before + address.after).includes(CANARY));
    const { before, after } = await preview(
      'content.env',
      `KMS_CLIENT_KEY_CONTENT='${CONTENT.replace(OTHER_KEY, OLD_KEY)}'\nKMS_PASSWORD=${CANARY}\n`,
    );
    assert.ok(!(before + after).includes(CANARY));
    assert.equal(
      after,
      `KMS_CLIENT_KEY_CONTENT='«key content ${NEW_KEY.slice(0, 13)}…»'\nKMS_PASSWORD='«new password, ${NEW_PASSWORD.length} characters»'\n`,
    );
  });

  it('shows the edited lines with three around them, and folds the rest alike on both sides', async () => {
    const lines = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${name}${at}=x\n`).join('');
    const { before, after } = await preview(
      'a.properties',
      `${lines('a', 5)}credentials_type=client_key\nclient_key_private_key_path = ${KEY}\n${lines('b', 8)}client_key_password=${OLD_PASSWORD}\r\n${lines('c', 4)}# end`,
    );
    const masked = (...names: string[]) => names.map((name) => `${name}=«not shown»`);
    const frame = (path: string, password: string) =>
      [
        '⋯ 3 lines not shown',
        ...masked('a3', 'a4'),
        'credentials_type=client_key',
        `client_key_private_key_path = ${path}`,
        ...masked('b0', 'b1', 'b2'),
        '⋯ 2 lines not shown',
        ...masked('b5', 'b6', 'b7'),
        `client_key_password=${password}\r`,
        ...masked('c0', 'c1', 'c2'),
        '⋯ 2 lines not shown',
        '',
      ].join('\n');
    assert.equal(before, frame(KEY, '«old password»'));
    assert.equal(
      after,
      frame(`keys/clientKey_${NEW_KEY}.json`, `«new password, ${NEW_PASSWORD.length} characters»`),
    );
  });

  it('keeps names and code, so that the reader knows the place', async () => {
    const { before } = await preview('A.java', java('use("x"); // note'));
    assert.equal(
      before,
      `⋯ 1 line not shown
class A {
  Object a() {
    use("«not shown»"); //«not shown»
    Config config = new Config().setClientKeyFile("keys/client.json");
    use("«not shown»"); //«not shown»
    config.setPassword("«old password»"); use("«not shown»"); //«not shown»
    use("«not shown»"); //«not shown»
    return config;
  }
⋯ 1 line not shown
`,
    );
  });
});
