import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { demoWorld, type World } from '../../simulator';
import { openCredential } from '../../simulator/applications/openCredential';
import { createDemoWorkspace } from '../../simulator/demoWorkspace';
import { smallWorld } from './support';

describe('demo workspace', function () {
  // Key pairs take their time on a busy machine.
  this.timeout(30_000);
  const url = 'http://127.0.0.1:1';
  let world: World;
  let folder: string;
  before(async () => {
    world = await demoWorld();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'clientkeys-workspace-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('names the old key in every file and leaves no placeholder', async () => {
    const workspace = await createDemoWorkspace({ url, world }, folder);
    for (const name of workspace.references) {
      const text = await readFile(path.join(folder, name), 'utf8');
      assert.ok(text.includes(workspace.keyId), name);
      assert.doesNotMatch(text, /__[A-Z_]+__/, name);
    }
    assert.ok((await readdir(folder)).includes('.gitignore'));
    assert.match(await readFile(path.join(folder, '.gitignore'), 'utf8'), /^keys\/$/m);
  });

  it('has the two downloaded files as the console writes them, for the owner alone', async () => {
    const { keyId, keyFile, passwordFile, password } = await createDemoWorkspace({ url, world }, folder);
    const json = await readFile(keyFile, 'utf8');
    assert.deepEqual(Object.keys(JSON.parse(json)), ['KeyId', 'PrivateKeyData']);
    assert.equal(await readFile(passwordFile, 'utf8'), password);
    assert.equal(openCredential(json, password).keyId, keyId);
    assert.equal(path.basename(passwordFile), `clientKey_${keyId}_Password.txt`);
    if (process.platform === 'win32') return;
    for (const file of [keyFile, passwordFile]) assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('is a git repository on request only', async () => {
    await createDemoWorkspace({ url, world }, folder);
    assert.equal((await readdir(folder)).includes('.git'), false);
    await assert.rejects(
      createDemoWorkspace({ url, world: smallWorld() }, folder),
      /no downloaded credential/,
    );
  });
});
