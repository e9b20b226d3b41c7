import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '../../../src/model/secret';
import { diskEffects } from '../../../src/rotation/fileEffects';
import { isRotationError } from '../../../src/rotation/index';
import { type Bench, createBench, instanceEvidence, OLD_ID } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('giving up a rotation', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => bench.dispose());

  const start = () => bench.rotations().start(bench.request());
  const only = async () => {
    const [rotation] = await bench.rotations().list();
    assert.ok(rotation);
    return rotation;
  };
  const loseAnswer = async (): Promise<string> => {
    bench.service.trouble.create = 'lostAfter';
    const keyId = await start().then(
      () => assert.fail(),
      (error: unknown) => (isRotationError(error) ? error.params.keyId : assert.fail()),
    );
    delete bench.service.trouble.create;
    assert.ok(typeof keyId === 'string');
    return keyId;
  };

  it('keeps the only credential although one list lacks its key', async () => {
    const rotation = await start();
    bench.service.listClientKeys = async () => [];
    const { remains } = await bench.rotations().abandon(rotation.id);
    const { credentialFile, passwordFile } = rotation.files;
    assert.deepEqual(
      remains.map(({ name }) => name),
      [rotation.newKey?.id, credentialFile, passwordFile],
    );
    const opened = await bench.parts.background.openCredential(
      readFileSync(credentialFile),
      new Secret(readFileSync(passwordFile, 'utf8')),
    );
    assert.equal(opened.keyId, rotation.newKey?.id);
  });

  it('keeps everything while nobody says that the key is gone, and removes the files once it is', async () => {
    const rotation = await start();
    bench.service.keys.delete(rotation.newKey?.id ?? '');
    bench.service.trouble.get = 'strange404';
    await assert.rejects(bench.rotations().abandon(rotation.id));
    assert.ok(existsSync(rotation.files.credentialFile));
    assert.equal((await only()).state, 'created');
    delete bench.service.trouble.get;
    const { remains } = await bench.rotations().abandon(rotation.id);
    assert.deepEqual(remains, []);
    assert.ok(!existsSync(rotation.files.credentialFile) && !existsSync(rotation.files.passwordFile));
  });

  it('writes the password beside its credential before the copy in the secret store goes', async () => {
    const rotation = await start();
    rmSync(rotation.files.passwordFile);
    const { remains } = await bench.rotations().abandon(rotation.id);
    const password = remains.find(({ name }) => name.endsWith('_Password.txt'));
    assert.ok(password);
    const opened = await bench.parts.background.openCredential(
      readFileSync(rotation.files.credentialFile),
      new Secret(readFileSync(password.name, 'utf8')),
    );
    assert.equal(opened.keyId, rotation.newKey?.id);
  });

  it('leaves and names an orphan of which the log cannot tell', async () => {
    const orphan = await loseAnswer();
    bench.audit.instances = (now) => [instanceEvidence(now, 0, { oldKeyCalls: 0, problem: 'noPermission' })];
    const { rotation, remains } = await bench.rotations().abandon((await only()).id);
    assert.equal(rotation.state, 'abandoned');
    assert.deepEqual(remains, [{ kind: 'newKey', name: orphan }]);
    assert.ok(bench.service.keys.has(orphan));
    assert.equal(
      readdirSync(bench.keysFolder).length,
      2,
      'the password of a credential that never came is gone',
    );
  });

  it('journals the deletion of an orphan before it is sent', async () => {
    const orphan = await loseAnswer();
    const { id } = await only();
    const seen: string[] = [];
    const rotations = bench.rotations({
      ...diskEffects,
      async settle(from, to) {
        await diskEffects.settle(from, to);
        seen.push(JSON.parse(readFileSync(to, 'utf8')).creation.deletingOrphan ?? '');
      },
    });
    const { deleteClientKey } = bench.service;
    bench.service.deleteClientKey = async (aap, keyId) => {
      assert.deepEqual(seen, [orphan]);
      return deleteClientKey(aap, keyId);
    };
    await rotations.abandon(id);
    assert.deepEqual(seen, [orphan, '', '']);
  });

  it('create again: a key whose file was lost is not forgotten', async () => {
    const { openCredential } = bench.parts.background;
    const fail = async () => assert.fail('not proven');
    Object.assign(bench.parts.background, { openCredential: fail });
    await assert.rejects(start(), hasCode('proofFailed'));
    Object.assign(bench.parts.background, { openCredential });
    const stopped = await only();
    const lost = stopped.newKey?.id ?? '';
    rmSync(stopped.files.credentialFile);
    await assert.rejects(
      bench.rotations().resume(stopped.id),
      (error) => isRotationError(error) && error.code === 'answerLost' && error.params.keyId === lost,
    );
    bench.audit.instances = (now) => [instanceEvidence(now, 0, { oldKeyCalls: 0 })];
    const rotation = await bench.rotations().resume(stopped.id, { createAgain: true });
    assert.deepEqual([...bench.service.keys.keys()].sort(), [OLD_ID, rotation.newKey?.id ?? ''].sort());
    assert.ok(!bench.service.keys.has(lost));
  });

  it('create again: a file whose key one list lacks is not removed', async () => {
    const { openCredential } = bench.parts.background;
    const fail = async () => assert.fail('not proven');
    Object.assign(bench.parts.background, { openCredential: fail });
    await assert.rejects(start(), hasCode('proofFailed'));
    Object.assign(bench.parts.background, { openCredential });
    const stopped = await only();
    bench.service.listClientKeys = async () => [];
    const rotation = await bench.rotations().resume(stopped.id, { createAgain: true });
    assert.equal(rotation.newKey?.id, stopped.newKey?.id);
    assert.equal(bench.effects.filter((effect) => effect === 'CreateClientKey').length, 1);
    assert.equal(path.dirname(rotation.files.credentialFile), bench.keysFolder);
  });
});
