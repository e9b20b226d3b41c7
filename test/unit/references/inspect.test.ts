import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inspectFile, lookAtCredentialFile } from '../../../src/references/inspect';
import {
  copyDemo,
  credentialText,
  notations,
  OLD_KEY,
  OLD_PASSWORD,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

const UNTIL = Date.UTC(2027, 0, 1);

describe('a look at one file', () => {
  const asked: string[] = [];
  const isCommitted = async (file: string) => {
    asked.push(file);
    return !file.includes('keys');
  };
  const look = (folder: string, file: string) =>
    inspectFile({ folder, file: join(folder, file) }, notations, isCommitted);

  it('opens the pair of a client and says until when it is valid', async () => {
    const folder = await copyDemo();
    const { references } = await look(folder, 'secretsmanager.properties');
    assert.deepEqual(
      references.map(({ reference, pair, validity }) => [
        reference.role,
        reference.keyId,
        pair,
        validity?.notAfter,
      ]),
      [
        ['keyFile', OLD_KEY, 'opened', UNTIL],
        ['passwordFile', OLD_KEY, 'opened', UNTIL],
      ],
    );
  });

  it('tells a password that does not open its key', async () => {
    const folder = await copyDemo();
    writeFiles(folder, { 'keys/other_Password.txt': 'Wrong-Pw-1234' });
    writeFiles(folder, {
      'app.properties': [
        `client_key_private_key_path=keys/clientKey_${OLD_KEY}.json`,
        'client_key_password_from_file_path=keys/other_Password.txt',
      ].join('\n'),
    });
    const { references } = await look(folder, 'app.properties');
    assert.deepEqual(
      references.map(({ pair }) => pair),
      ['wrongPassword', 'wrongPassword'],
    );
    assert.ok(references.every(({ validity }) => validity === undefined));
  });

  it('says nothing against a credential that cannot be opened at all', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'keys/client.json': credentialText(OLD_KEY),
      '.env': `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/client.json\nALIBABA_CLOUD_KMS_PASSWORD=${OLD_PASSWORD}\n`,
    });
    const { references } = await look(folder, '.env');
    assert.deepEqual(
      references.map(({ pair }) => pair),
      ['unproven', 'unproven'],
    );
  });

  it('asks git about the file that a path leads to, and about the text that holds a password', async () => {
    const folder = await copyDemo();
    asked.length = 0;
    const { references } = await look(folder, '.env');
    assert.deepEqual(
      references.map(({ reference, committed }) => [reference.role, committed]),
      [
        ['keyFile', false],
        ['password', true],
      ],
    );
    assert.deepEqual(asked, [join(folder, 'keys', `clientKey_${OLD_KEY}.json`), join(folder, '.env')]);
  });

  it('does not take a look-up for a password that is written there', async () => {
    const folder = await copyDemo();
    const config = (password: string) => `using AlibabaCloud.Dkms.Gcs.OpenApi.Models;
class A { Config c = new Config { ClientKeyFile = "keys/clientKey_${OLD_KEY}.json", Password = ${password} }; }`;
    writeFiles(folder, {
      'A.cs': config('configuration["Kms:Password"]'),
      'B.cs': config('Environment.GetEnvironmentVariable("KMS_PW")'),
      'C.cs': config(`configuration.GetValue("Kms:Password", "${OLD_PASSWORD}")`),
    });
    const committedIn = async (file: string) =>
      (await look(folder, file)).references
        .filter(({ reference }) => reference.role.startsWith('password'))
        .map(({ committed }) => committed);
    assert.deepEqual(await committedIn('A.cs'), [false]);
    assert.deepEqual(await committedIn('B.cs'), [false]);
    assert.deepEqual(await committedIn('C.cs'), [false, true]);
    writeFiles(folder, { 'D.cs': config('configuration.GetValue("Kms:Password", "ForTests1!")') });
    const { references } = await look(folder, 'D.cs');
    assert.deepEqual(
      new Set(references.map(({ pair }) => pair)),
      new Set(['unproven']),
      'a default may not count',
    );
  });

  it('is empty for a file without references, one that is gone and one that nobody understands', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.properties': 'x=1', 'b.unknown': 'client_key' });
    for (const name of ['a.properties', 'b.unknown', 'gone.properties'])
      assert.deepEqual((await look(folder, name)).references, []);
  });

  it('reads the end of a credential file with the password beside it', async () => {
    const folder = await copyDemo();
    const file = join(folder, 'keys', `clientKey_${OLD_KEY}.json`);
    const found = await lookAtCredentialFile({ folder, file }, notations);
    assert.equal(found?.keyId, OLD_KEY);
    assert.equal(found?.validity?.notAfter, UNTIL);
    assert.equal(
      await lookAtCredentialFile({ folder, file: join(folder, 'secretsmanager.properties') }, notations),
      undefined,
    );
  });

  it('knows a credential file without a password, but not its end', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'anything.txt': credentialText(OLD_KEY) });
    assert.deepEqual(await lookAtCredentialFile({ folder, file: join(folder, 'anything.txt') }, notations), {
      keyId: OLD_KEY,
    });
  });
});
