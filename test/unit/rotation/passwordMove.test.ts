import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../../src/model/secret';
import { diskEffects, type FileEffects } from '../../../src/rotation/fileEffects';
import { movePassword } from '../../../src/rotation/passwordMove';
import { isRotationError } from '../../../src/rotation/rotationError';

const BEFORE = 'client_key_password=Old\n';
const AFTER = 'client_key_password_from_file_path=keys/p.txt\n';

describe('moving a password on disk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'password-move-'));
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'app.properties'), BEFORE);
    chmodSync(join(folder, 'app.properties'), 0o640);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const move = () => ({
    file: join(folder, 'app.properties'),
    sha256: createHash('sha256').update(BEFORE).digest('hex'),
    content: new TextEncoder().encode(AFTER),
    passwordFile: join(folder, 'keys', 'p.txt'),
    password: new Secret('Old'),
  });
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const run = (effects: FileEffects = diskEffects, allow = false) =>
    movePassword({ effects }, folder, move(), allow);
  const failsWith = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

  it('writes the password for the owner alone, then the text, keeping its mode', async () => {
    await run();
    assert.equal(text('keys/p.txt'), 'Old');
    assert.equal(text('app.properties'), AFTER);
    if (process.platform === 'win32') return;
    assert.equal(statSync(join(folder, 'keys', 'p.txt')).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'app.properties')).mode & 0o777, 0o640);
  });

  it('can be repeated after a crash between the two', async () => {
    await assert.rejects(
      run({ ...diskEffects, create: () => Promise.reject(new Error('stopped')) }),
      failsWith('patchFailed'),
    );
    assert.equal(text('app.properties'), BEFORE);
    await run();
    assert.equal(text('app.properties'), AFTER);
  });

  it('changes nothing in a text that somebody else has changed', async () => {
    writeFileSync(join(folder, 'app.properties'), 'other');
    await assert.rejects(run(), failsWith('changedSince'));
    assert.equal(text('app.properties'), 'other');
    assert.ok(!existsSync(join(folder, 'keys', 'p.txt')));
  });

  it('puts no password where git would commit it, unless the user agreed', async () => {
    mkdirSync(join(folder, '.git'));
    await assert.rejects(run(), failsWith('notIgnored'));
    assert.equal(text('app.properties'), BEFORE);
    await run(diskEffects, true);
    assert.equal(text('app.properties'), AFTER);
  });
});
