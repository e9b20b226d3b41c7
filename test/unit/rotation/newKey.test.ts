import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Creation, Rotation } from '../../../src/model/rotation';
import { Secret } from '../../../src/model/secret';
import { type CreationRequest, isRotationError, type Rotations } from '../../../src/rotation/index';
import { counting, dying } from './stoppedDisk';
import { AAP, type Bench, createBench, instanceEvidence, OLD_ID, readTree, traces } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('a client key that replaces none', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
    bench.service.keys.clear();
  });
  afterEach(() => bench.dispose());

  const request = (change: Partial<CreationRequest> = {}): CreationRequest => ({
    aap: AAP,
    validity: { years: 1 },
    password: { generate: true },
    folder: bench.keysFolder,
    allowUnignored: false,
    ...change,
  });
  const create = (change = {}) => bench.rotations().create(request(change));
  const calls = () => bench.effects.filter((effect) => effect === 'CreateClientKey').length;
  const only = async () => {
    const [creation] = await bench.rotations().creations();
    assert.ok(creation);
    return creation;
  };
  /** Of the keys folder, without the files of the old key that the bench puts there. */
  const made = () => readdirSync(bench.keysFolder).filter((name) => !name.includes(OLD_ID));

  async function assertFinished(creation: Rotation | Creation, message?: string): Promise<void> {
    assert.deepEqual([creation.state, creation.proven, creation.unsaved], ['finished', true, false], message);
    const { credentialFile, passwordFile } = creation.files;
    const password = new Secret(readFileSync(passwordFile, 'utf8'));
    const opened = await bench.parts.background.openCredential(readFileSync(credentialFile), password);
    assert.equal(opened.keyId, creation.newKey?.id, message);
    for (const file of [credentialFile, passwordFile]) assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(await bench.vault.names(''), [], 'the files are the only copy of the password');
  }

  it('is the first of its AAP, or one more; it is no rotation and over once it is proven', async () => {
    const first = await create();
    await assertFinished(first);
    assert.deepEqual(made().sort(), [
      `clientKey_${first.newKey?.id}.json`,
      `clientKey_${first.newKey?.id}_Password.txt`,
    ]);
    const second = await create();
    assert.notEqual(second.newKey?.id, first.newKey?.id);
    assert.deepEqual([...bench.service.keys.keys()], [first.newKey?.id, second.newKey?.id]);
    assert.deepEqual(await bench.rotations().list(), []);
    assert.equal((await bench.rotations().creations()).length, 2);
  });

  it('goes beside a rotation of the same AAP', async () => {
    bench.dispose();
    bench = createBench();
    await bench.rotations().start(bench.request());
    await assertFinishedWithVault(await create());
    assert.equal(bench.service.keys.size, 3);
    assert.equal((await bench.rotations().list()).length, 1);
    await assert.rejects(create(), hasCode('aapFull'));
  });

  /** The password of the rotation beside it rests in the secret store too. */
  async function assertFinishedWithVault(creation: Creation): Promise<void> {
    assert.equal(creation.state, 'finished');
    assert.deepEqual(
      (await bench.vault.names('')).filter((name) => name.includes(creation.id)),
      [],
    );
  }

  it('is checked before: folder, password, dates, slots', async () => {
    await assert.rejects(create({ folder: path.join(bench.root, 'nowhere') }), hasCode('folderMissing'));
    await assert.rejects(create({ password: { typed: new Secret('short') } }), hasCode('badRequest'));
    await assert.rejects(create({ validity: { years: 6 } }), hasCode('badRequest'));
    assert.equal(calls(), 0);
    for (let count = 0; count < 3; count++) await create();
    await assert.rejects(create(), hasCode('aapFull'));
    assert.equal(calls(), 3);
  });

  it('two windows: one creates, and who comes while one is unfinished has to end that first', async () => {
    const results = await Promise.allSettled([create(), create()]);
    const [refused, ...others] = results.filter((result) => result.status === 'rejected');
    assert.ok(refused && others.length === 0);
    assert.ok(isRotationError(refused.reason));
    assert.ok(['busy', 'alreadyCreating'].includes(refused.reason.code));
    assert.equal(calls(), 1);
    bench.service.trouble.create = 'lostBefore';
    await assert.rejects(create(), hasCode('answerLost'));
    delete bench.service.trouble.create;
    await assert.rejects(create(), hasCode('alreadyCreating'));
    const elsewhere = { ...AAP, aapName: 'reports-aap' };
    await assertFinishedWithVault(await create({ aap: elsewhere }));
  });

  it('refused by the service, it goes on by resume', async () => {
    bench.service.trouble.create = 'refuse';
    await assert.rejects(create(), (error) => error instanceof Error && error.name === 'CloudError');
    const stopped = await only();
    assert.deepEqual([stopped.state, stopped.failure?.step], ['creating', 'create']);
    delete bench.service.trouble.create;
    await assertFinished(await bench.rotations().resume(stopped.id));
    assert.equal(bench.service.keys.size, 1);
  });

  it('with its answer lost the orphan is named, and deleted before another is made', async () => {
    bench.service.trouble.create = 'lostAfter';
    await assert.rejects(create(), hasCode('answerLost'));
    delete bench.service.trouble.create;
    const { id } = await only();
    await assert.rejects(bench.rotations().resume(id), hasCode('answerLost'));
    bench.audit.instances = (now) => [instanceEvidence(now, 0, { oldKeyCalls: 0 })];
    await assertFinished(await bench.rotations().resume(id, { createAgain: true }));
    assert.equal(bench.service.keys.size, 1);
  });

  it('goes to global storage where the chosen folder failed, and ends when it is saved from there', async () => {
    const moved = `${bench.keysFolder}-away`;
    bench.service.duringCreate = () => renameSync(bench.keysFolder, moved);
    const resting = await create();
    assert.deepEqual([resting.state, resting.unsaved], ['created', true]);
    assert.ok(resting.files.credentialFile.startsWith(bench.storage));
    assert.equal((await bench.rotations().resume(resting.id)).state, 'created', 'it waits for a folder');
    const saved = await bench.rotations().saveCredential(resting.id, moved, false);
    await assertFinished(saved);
    assert.equal(path.dirname(saved.files.credentialFile), moved);
    assert.ok(!existsSync(resting.files.credentialFile));
  });

  it('saved from global storage but not proven, it stays open until a resume has proven it', async () => {
    const moved = `${bench.keysFolder}-away`;
    bench.service.duringCreate = () => renameSync(bench.keysFolder, moved);
    const resting = await create();
    bench.service.trouble.get = 'refuse';
    await assert.rejects(bench.rotations().saveCredential(resting.id, moved, false));
    delete bench.service.trouble.get;
    assert.equal((await only()).state, 'created');
    await assertFinished(await bench.rotations().resume(resting.id));
  });

  it('abandoned before there is a key, it leaves nothing; after it, the key and its files are named', async () => {
    bench.service.trouble.create = 'refuse';
    await assert.rejects(create());
    const nothing = await bench.rotations().abandon((await only()).id);
    assert.deepEqual([nothing.rotation.state, nothing.remains], ['abandoned', []]);
    assert.deepEqual(made(), []);
    delete bench.service.trouble.create;
    bench.service.trouble.get = 'refuse';
    await assert.rejects(create());
    delete bench.service.trouble.get;
    const open = (await bench.rotations().creations()).find(({ state }) => state === 'creating');
    assert.ok(open?.newKey);
    const { remains } = await bench.rotations().abandon(open.id);
    assert.deepEqual(
      remains.map(({ name }) => name),
      [open.newKey.id, open.files.credentialFile, open.files.passwordFile],
    );
  });

  it('finished, it is not abandoned, resumed or saved again', async () => {
    const { id } = await create();
    await assert.rejects(bench.rotations().abandon(id), hasCode('wrongState'));
    await assert.rejects(bench.rotations().resume(id), hasCode('wrongState'));
    await assert.rejects(
      bench.rotations().saveCredential(id, bench.keysFolder, false),
      hasCode('wrongState'),
    );
  });

  it('has no old key: what needs one is refused and reads or writes nothing', async () => {
    const { id } = await create();
    const before = readTree(bench.root);
    bench.effects.length = 0;
    const typed = { typedKeyId: OLD_ID };
    const refused: ((rotations: Rotations) => Promise<unknown>)[] = [
      (rotations) => rotations.get(id),
      (rotations) => rotations.scan(id, [bench.workspace], []),
      (rotations) => rotations.planPatch(id, bench.workspace, ['g']),
      (rotations) => rotations.undoPatch(id, bench.workspace),
      (rotations) => rotations.verdict(id),
      (rotations) => rotations.deleteOldKey(id, typed),
      (rotations) => rotations.oldFiles(id),
    ];
    for (const act of refused) await assert.rejects(act(bench.rotations()), hasCode('noOldKey'));
    assert.deepEqual(bench.effects, []);
    const isOurs = ([name]: [string, string]) => !name.includes('leases');
    assert.deepEqual([...readTree(bench.root)].filter(isOurs), [...before].filter(isOurs));
  });

  it('stopped dead at any write, it goes on to one key whose credential opens', async function () {
    this.timeout(120_000);
    let writes = 0;
    await bench.rotations(counting(() => writes++)).create(request());
    bench.dispose();
    assert.ok(writes >= 5);
    for (let point = 1; point <= writes; point++)
      for (const when of ['before', 'after'] as const) {
        bench = createBench();
        bench.service.keys.clear();
        await assert.rejects(bench.rotations(dying(point, when)).create(request()));
        const [stopped] = await bench.rotations().creations();
        const at = `point ${point} ${when}`;
        if (stopped === undefined) await create();
        else if (stopped.state !== 'finished')
          await bench.rotations().resume(stopped.id, { createAgain: true });
        const finished = await only();
        await assertFinished(finished, at);
        assert.deepEqual([...bench.service.keys.keys()], [finished.newKey?.id], at);
        assert.equal(made().length, 2, at);
        if (point < writes || when === 'before') bench.dispose();
      }
  });

  it('no secret in its journal or log lines', async () => {
    bench.service.trouble.create = 'lostAfter';
    await assert.rejects(create());
    delete bench.service.trouble.create;
    await bench.rotations().resume((await only()).id, { createAgain: true });
    const journals = readTree(path.join(bench.storage, 'rotations'));
    assert.equal(journals.size, 1);
    const all = [...journals.values(), ...bench.lines].join('\n');
    assert.ok(bench.service.secrets.length >= 4);
    for (const secret of bench.service.secrets)
      for (const trace of traces(secret)) assert.ok(!all.includes(trace));
  });
});
