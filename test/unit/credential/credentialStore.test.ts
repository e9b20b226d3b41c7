import assert from 'node:assert/strict';
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { parseCredentialFile } from '../../../src/credential/credentialFile';
import {
  credentialFilesIn,
  settleNames,
  writeCredentialFile,
  writePasswordFile,
} from '../../../src/credential/credentialStore';
import { Secret } from '../../../src/model/secret';
import { KEY_ID, PASSWORD } from './credentialFixture';
import { temporaryFolder } from './temporaryFolder';

const STEM = '3f0c2a54-0000-4000-8000-000000000001';
const CONTENT = { keyId: KEY_ID, privateKeyData: new Secret('MIIcanary==') };
const PASSWORD_NAME = `clientKey_${KEY_ID}_Password.txt`;
const CREDENTIAL_NAME = `clientKey_${KEY_ID}.json`;

async function assertRefused(action: Promise<unknown>, code: string, file?: string): Promise<void> {
  await assert.rejects(action, (error: unknown) => {
    assert.ok(error instanceof Error && 'code' in error && 'file' in error);
    assert.equal(error.code, code);
    if (file !== undefined) assert.equal(error.file, file);
    assert.doesNotMatch(inspect(error, { depth: null, showHidden: true }), /canary/);
    return true;
  });
}

describe('credential store', () => {
  const folder = temporaryFolder();
  const files = () => credentialFilesIn(folder(), STEM);
  const settled = () => credentialFilesIn(folder(), KEY_ID);

  async function writeBoth(): Promise<void> {
    await writePasswordFile(folder(), STEM, PASSWORD);
    await writeCredentialFile(folder(), STEM, CONTENT);
  }

  it('names files as the console does, with the rotation id as long as there is no key', () => {
    assert.deepEqual(settled(), {
      credentialFile: join(folder(), CREDENTIAL_NAME),
      passwordFile: join(folder(), PASSWORD_NAME),
    });
    assert.match(files().credentialFile, /clientKey_3f0c2a54-[0-9a-f-]+\.json$/);
  });

  it('refuses a stem that would lead out of the folder', () => {
    for (const stem of ['../KAAP.1', 'a/b', 'a\\b', '', '.hidden', 'C:x', 'a\0b', 'x'.repeat(200)])
      assert.throws(() => credentialFilesIn(folder(), stem), { code: 'badName' }, stem);
  });

  it('writes the password as it is, without a line feed', async () => {
    assert.equal(await writePasswordFile(folder(), STEM, PASSWORD), files().passwordFile);
    assert.equal(await readFile(files().passwordFile, 'utf8'), PASSWORD.reveal());
  });

  it('writes a credential file that is read back', async () => {
    assert.equal(await writeCredentialFile(folder(), STEM, CONTENT), files().credentialFile);
    const content = parseCredentialFile(await readFile(files().credentialFile));
    assert.equal(content.keyId, KEY_ID);
    assert.equal(content.privateKeyData.reveal(), 'MIIcanary==');
  });

  it('writes both for the owner alone', async function () {
    if (process.platform === 'win32') return this.skip();
    await writeBoth();
    for (const file of Object.values(files())) assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('can repeat each step, and refuses another password under the same name', async () => {
    await writeBoth();
    await writeBoth();
    const other = new Secret('canary-other-1');
    await assertRefused(writePasswordFile(folder(), STEM, other), 'nameTaken', files().passwordFile);
    assert.equal(await readFile(files().passwordFile, 'utf8'), PASSWORD.reveal());
  });

  it('says which file is not there when the folder fails', async () => {
    const missing = join(folder(), 'missing');
    const { credentialFile } = credentialFilesIn(missing, STEM);
    await assertRefused(writeCredentialFile(missing, STEM, CONTENT), 'notWritten', credentialFile);
  });

  it('settles both names', async () => {
    await writeBoth();
    assert.deepEqual(await settleNames(folder(), STEM, KEY_ID), settled());
    assert.deepEqual((await readdir(folder())).sort(), [CREDENTIAL_NAME, PASSWORD_NAME].sort());
    assert.equal(await readFile(settled().passwordFile, 'utf8'), PASSWORD.reveal());
  });

  it('settles from wherever an earlier attempt stopped', async () => {
    const stops: readonly (() => Promise<void>)[] = [
      async () => {},
      () => link(files().passwordFile, settled().passwordFile),
      async () => {
        await link(files().passwordFile, settled().passwordFile);
        await rm(files().passwordFile);
      },
      () => link(files().credentialFile, settled().credentialFile),
      () => writeFile(settled().credentialFile, ''),
      async () => {
        await settleNames(folder(), STEM, KEY_ID);
      },
    ];
    for (const stop of stops) {
      await writeBoth();
      await stop();
      await settleNames(folder(), STEM, KEY_ID);
      assert.deepEqual((await readdir(folder())).sort(), [CREDENTIAL_NAME, PASSWORD_NAME].sort());
      assert.equal(parseCredentialFile(await readFile(settled().credentialFile)).keyId, KEY_ID);
      await rm(folder(), { recursive: true });
      await mkdir(folder());
    }
  });

  it('replaces nothing under the final names and keeps what it has', async () => {
    await writeBoth();
    await writeFile(settled().credentialFile, 'of somebody else');
    await assertRefused(settleNames(folder(), STEM, KEY_ID), 'nameTaken', settled().credentialFile);
    assert.equal(await readFile(settled().credentialFile, 'utf8'), 'of somebody else');
    assert.equal(parseCredentialFile(await readFile(files().credentialFile)).keyId, KEY_ID);
    assert.equal(await readFile(settled().passwordFile, 'utf8'), PASSWORD.reveal());
  });

  it('fails where a file is missing under both names', async () => {
    await writePasswordFile(folder(), STEM, PASSWORD);
    await assertRefused(settleNames(folder(), STEM, KEY_ID), 'notSettled', settled().credentialFile);
  });
});
