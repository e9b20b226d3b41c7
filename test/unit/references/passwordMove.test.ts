import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectFile } from '../../../src/references/inspect';
import { planPasswordMove } from '../../../src/references/plan/passwordMove';
import { copyDemo, notations, OLD_KEY, OLD_PASSWORD, writeFiles } from './demoWorkspace';

const KEY = `keys/clientKey_${OLD_KEY}.json`;
const PASSWORD_FILE = `keys/clientKey_${OLD_KEY}_Password.txt`;

/** Plans to move the password of the only client of a file. */
async function plan(name: string, text: string) {
  const folder = await copyDemo();
  writeFiles(folder, { [name]: text });
  const file = join(folder, name);
  const { references } = await inspectFile({ folder, file }, notations, async () => true);
  const groupId = references[0]?.reference.groupId ?? '';
  const move = await planPasswordMove({ folder, file, groupId }, notations);
  const movable = references.some((reference) => reference.movable);
  return { folder, file, move, movable };
}

const CASES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'app.properties': [
    `client_key_private_key_path=${KEY}\n# the password\nclient_key_password = ${OLD_PASSWORD}\n`,
    `client_key_private_key_path=${KEY}\n# the password\nclient_key_password_from_file_path = ${PASSWORD_FILE}\n`,
  ],
  'app.env': [
    `client_key_private_key_path='${KEY}'\nclient_key_password='${OLD_PASSWORD}' # here\n`,
    `client_key_private_key_path='${KEY}'\nclient_key_password_from_file_path='${PASSWORD_FILE}' # here\n`,
  ],
  'app.py': [
    `from openapi.models import Config\nconfig = Config(client_key_file='${KEY}', password='${OLD_PASSWORD}')\n`,
    `from openapi.models import Config\nconfig = Config(client_key_file='${KEY}', password=open('${PASSWORD_FILE}', encoding="utf-8").read().strip())\n`,
  ],
  'App.cs': [
    `using AlibabaCloud.Dkms.Gcs.OpenApi.Models;\nvar c = new Config { ClientKeyFile = "${KEY}", Password = "${OLD_PASSWORD}" };\n`,
    `using AlibabaCloud.Dkms.Gcs.OpenApi.Models;\nvar c = new Config { ClientKeyFile = "${KEY}", Password = System.IO.File.ReadAllText("${PASSWORD_FILE}").Trim() };\n`,
  ],
};

describe('a password that moves to a file', () => {
  for (const [name, [before, after]] of Object.entries(CASES))
    it(`is read from there by ${name}`, async () => {
      const { folder, file, move, movable } = await plan(name, before);
      assert.ok(typeof move !== 'string', String(move));
      assert.ok(movable);
      assert.equal(Buffer.from(move.content).toString(), after);
      assert.equal(move.passwordFile, join(folder, PASSWORD_FILE));
      assert.equal(move.password.reveal(), OLD_PASSWORD);
      assert.equal(readFileSync(file, 'utf8'), before, 'nothing is written by the plan');
    });

  it('stays where the language has no way to read a file without more', async () => {
    const { move, movable } = await plan(
      'App.java',
      `import com.aliyun.dkms.gcs.openapi.models.Config;\nclass App { Config c = new Config().setClientKeyFile("${KEY}").setPassword("${OLD_PASSWORD}"); }\n`,
    );
    assert.equal(move, 'The password cannot be read from a file in this place.');
    assert.ok(!movable);
  });

  it('stays where only a literal may stand, or a path like that of the key would lead elsewhere', async () => {
    const php = (rest: string) => `<?php\nuse AlibabaCloud\\Dkms\\Gcs\\OpenApi\\Models\\Config;\n${rest}\n`;
    const csharp = (rest: string) => `using AlibabaCloud.Dkms.Gcs.OpenApi.Models;\nclass A { ${rest} }\n`;
    const cases: readonly (readonly [name: string, text: string])[] = [
      [
        'a.php',
        php(`$c = new Config(['clientKeyFile' => __DIR__ . '/${KEY}', 'password' => '${OLD_PASSWORD}']);`),
      ],
      [
        'a.php',
        php(
          `const PW = '${OLD_PASSWORD}';\n$c = new Config(['clientKeyFile' => '${KEY}', 'password' => PW]);`,
        ),
      ],
      [
        'a.php',
        php(`class A { private $pw = '${OLD_PASSWORD}';
function c() { return new Config(['clientKeyFile' => '${KEY}', 'password' => $this->pw]); } }`),
      ],
      [
        'a.php',
        php(
          `function c($pw = '${OLD_PASSWORD}') { return new Config(['clientKeyFile' => '${KEY}', 'password' => $pw]); }`,
        ),
      ],
      [
        'A.cs',
        csharp(
          `const string Pw = "${OLD_PASSWORD}"; Config c = new Config { ClientKeyFile = "${KEY}", Password = Pw };`,
        ),
      ],
      [
        'A.cs',
        csharp(
          `Config C(string pw = "${OLD_PASSWORD}") { return new Config { ClientKeyFile = "${KEY}", Password = pw }; }`,
        ),
      ],
      [
        'A.cs',
        csharp(
          `Config c = new Config { ClientKeyFile = Path.Combine("keys", "clientKey_${OLD_KEY}.json"), Password = "${OLD_PASSWORD}" };`,
        ),
      ],
    ];
    for (const [name, text] of cases) {
      const { move, movable } = await plan(name, text);
      assert.match(
        String(move),
        /^The (?:password cannot be read from a file in this place|path of the credential file does not say .*)\.$/,
        text,
      );
      assert.ok(!movable, text);
    }
    const { move } = await plan(
      'a.php',
      php(`$pw = '${OLD_PASSWORD}'; $c = new Config(['clientKeyFile' => '${KEY}', 'password' => $pw]);`),
    );
    assert.ok(typeof move !== 'string', String(move));
  });

  it('stays where it was not seen to open the credential', async () => {
    const { move } = await plan(
      'app.properties',
      `client_key_private_key_path=${KEY}\nclient_key_password=Wrong-Pw-1234\n`,
    );
    assert.equal(move, 'The password was not seen to open the credential file.');
  });

  it('never writes over another password file', async () => {
    const { folder, file } = await plan(
      'app.properties',
      `client_key_private_key_path=${KEY}\nclient_key_password=${OLD_PASSWORD}\n`,
    );
    writeFiles(folder, { [PASSWORD_FILE]: `${OLD_PASSWORD}\r\n` });
    const same = await planPasswordMove({ folder, file, groupId: `${file}#document` }, notations);
    assert.ok(typeof same !== 'string', String(same));
    assert.equal(same.password.reveal(), `${OLD_PASSWORD}\r\n`);
    writeFiles(folder, { [PASSWORD_FILE]: 'something else' });
    const move = await planPasswordMove({ folder, file, groupId: `${file}#document` }, notations);
    assert.match(String(move), /is there already, with another content\.$/);
  });
});
