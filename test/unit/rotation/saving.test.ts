import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '../../../src/model/secret';
import { diskEffects } from '../../../src/rotation/fileEffects';
import { isRotationError } from '../../../src/rotation/index';
import { type Bench, createBench, OLD_ID } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('a credential that the chosen folder did not take', () => {
  let bench: Bench;
  let other: string;
  beforeEach(() => {
    bench = createBench();
    other = path.join(bench.root, 'other');
    mkdirSync(other);
  });
  afterEach(() => bench.dispose());

  const away = () => `${bench.keysFolder}-away`;
  /** The folder fails between the call and its answer; global storage too if asked for. */
  const failFolder = (also: { storage: boolean }) => {
    bench.service.duringCreate = () => {
      renameSync(bench.keysFolder, away());
      if (also.storage) writeFileSync(path.join(bench.storage, 'credentials'), '');
    };
  };
  const only = async () => {
    const [rotation] = await bench.rotations().list();
    assert.ok(rotation);
    return rotation;
  };
  const opens = async (files: { credentialFile: string; passwordFile: string }) =>
    bench.parts.background.openCredential(
      readFileSync(files.credentialFile),
      new Secret(readFileSync(files.passwordFile, 'utf8')),
    );

  it('is told apart, is not patched in from global storage, and leaves nothing behind when it is saved', async () => {
    failFolder({ storage: false });
    const rotations = bench.rotations();
    const rotation = await rotations.start(bench.request());
    assert.equal(rotation.unsaved, true);
    renameSync(away(), bench.keysFolder);
    const { groups } = await rotations.scan(rotation.id, [bench.workspace], []);
    const plan = () =>
      rotations.planPatch(
        rotation.id,
        bench.workspace,
        groups.map(({ id }) => id),
      );
    await assert.rejects(plan(), hasCode('credentialNotSaved'));
    const saved = await rotations.saveCredential(rotation.id, other, false);
    assert.equal(saved.unsaved, false);
    assert.equal((await opens(saved.files)).keyId, rotation.newKey?.id);
    assert.ok((await plan()).files.length > 0);
    const left = readdirSync(bench.keysFolder).filter((name) => !name.includes(OLD_ID));
    assert.deepEqual(left, [], 'the password that had been written before');
    assert.ok(!existsSync(path.join(bench.storage, 'credentials', rotation.id)));
  });

  it('is saved from the secret store, and its rotation is not abandoned before', async () => {
    failFolder({ storage: true });
    await assert.rejects(bench.rotations().start(bench.request()), hasCode('credentialNotSaved'));
    const { id } = await only();
    await assert.rejects(bench.rotations().resume(id), hasCode('credentialNotSaved'));
    await assert.rejects(bench.rotations().abandon(id), hasCode('credentialNotSaved'));
    const saved = await bench.rotations().saveCredential(id, other, false);
    assert.deepEqual([saved.state, saved.proven, saved.unsaved], ['created', true, false]);
    assert.equal((await opens(saved.files)).keyId, saved.newKey?.id);
    assert.deepEqual(
      (await bench.vault.names('')).filter((name) => name.endsWith('credential')),
      [],
    );
  });

  it('is found in the secret store even if the journal could not be written either', async () => {
    failFolder({ storage: true });
    let full = true;
    const rotations = bench.rotations({
      ...diskEffects,
      async create(file, bytes) {
        if (full && Buffer.from(bytes).includes('"answered"'))
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        await diskEffects.create(file, bytes);
      },
    });
    await assert.rejects(rotations.start(bench.request()), hasCode('credentialNotSaved'));
    full = false;
    const { id } = await only();
    await assert.rejects(rotations.resume(id), hasCode('credentialNotSaved'));
    const saved = await rotations.saveCredential(id, other, false);
    assert.equal((await opens(saved.files)).keyId, saved.newKey?.id);
    assert.equal(bench.service.keys.size, 2);
  });

  it('that is nowhere at all is an orphan of ours, and said to be', async () => {
    failFolder({ storage: true });
    const { store } = bench.vault;
    bench.vault.store = async (name, secret) => {
      if (name.endsWith('credential')) throw new Error('locked');
      await store(name, secret);
    };
    await assert.rejects(bench.rotations().start(bench.request()), hasCode('answerLost'));
    const { id } = await only();
    renameSync(away(), bench.keysFolder);
    const { remains } = await bench.rotations().abandon(id);
    assert.deepEqual(remains, []);
    assert.deepEqual([...bench.service.keys.keys()], [OLD_ID]);
  });

  it('after the answer no failure of a disk says that nothing was created', async () => {
    const rotations = bench.rotations({
      ...diskEffects,
      async create(file, bytes) {
        if (Buffer.from(bytes).includes('"answered"'))
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        await diskEffects.create(file, bytes);
      },
    });
    await assert.rejects(rotations.start(bench.request()), hasCode('notSettled'));
    const { id } = await only();
    const rotation = await bench.rotations().resume(id);
    assert.equal((await opens(rotation.files)).keyId, rotation.newKey?.id);
    assert.equal(bench.service.keys.size, 2);
  });
});
