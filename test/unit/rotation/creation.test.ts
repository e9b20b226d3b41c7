import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '../../../src/model/secret';
import { diskEffects, type FileEffects } from '../../../src/rotation/fileEffects';
import { isRotationError } from '../../../src/rotation/index';
import { counting, dying } from './stoppedDisk';
import { AAP, type Bench, createBench, instanceEvidence, OLD_ID, readTree, START, traces } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('creation', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => bench.dispose());

  const created = () => bench.effects.filter((effect) => effect === 'CreateClientKey').length;
  const start = (change = {}) => bench.rotations().start(bench.request(change));
  const only = async () => {
    const [rotation] = await bench.rotations().list();
    assert.ok(rotation);
    return rotation;
  };

  it('works in the order of the design: journal, vault, password file, call, credential file, names, proof', async () => {
    const seen: string[] = [];
    const effects: FileEffects = {
      ...diskEffects,
      async settle(from, to) {
        await diskEffects.settle(from, to);
        const { state, creation } = JSON.parse(readFileSync(to, 'utf8'));
        bench.effects.push(`journal ${state} ${creation.attempts.at(-1).outcome} ${creation.settled}`);
      },
    };
    bench.service.duringCreate = () => seen.push(...readdirSync(bench.keysFolder));
    const rotation = await bench.rotations(effects).start(bench.request());
    assert.deepEqual(bench.effects, [
      'journal creating prepared false',
      'vault password',
      'journal creating sent false',
      'CreateClientKey',
      'journal creating answered false',
      'journal creating answered true',
      'GetClientKey',
      'journal created answered true',
    ]);
    assert.ok(
      seen.includes(`clientKey_${rotation.id}_Password.txt`),
      'the password is there before the call',
    );
    assert.ok(!seen.includes(`clientKey_${rotation.id}.json`));
    assert.deepEqual(
      readdirSync(bench.keysFolder)
        .filter((name) => !name.includes(OLD_ID))
        .sort(),
      [`clientKey_${rotation.newKey?.id}.json`, `clientKey_${rotation.newKey?.id}_Password.txt`],
    );
    const password = readFileSync(rotation.files.passwordFile, 'utf8');
    assert.equal(password.length, 32);
    assert.equal(rotation.proven, true);
  });

  it('checks before it creates: full AAP, missing folder, weak password, old key gone', async () => {
    await assert.rejects(start({ folder: path.join(bench.root, 'nowhere') }), hasCode('folderMissing'));
    await assert.rejects(start({ password: { typed: new Secret('short') } }), hasCode('badRequest'));
    const extra = bench.service.keys.get(OLD_ID);
    assert.ok(extra);
    for (const id of ['a', 'b']) bench.service.keys.set(id, { ...extra, id });
    await assert.rejects(start(), hasCode('aapFull'));
    const request = bench.request();
    bench.service.keys.clear();
    await assert.rejects(bench.rotations().start(request), hasCode('oldKeyGone'));
    assert.equal(created(), 0);
    assert.deepEqual(await bench.rotations().list(), [], 'nothing was begun');
  });

  it('creates nothing when the folder takes no file', async function () {
    if (process.platform !== 'linux') this.skip();
    await assert.rejects(start({ folder: '/proc' }), hasCode('folderNotWritable'));
    assert.equal(created(), 0);
  });

  it('two windows: the second is refused and nothing is created twice', async () => {
    const results = await Promise.allSettled([start(), start()]);
    const failed = results.filter((result) => result.status === 'rejected');
    assert.equal(failed.length, 1);
    assert.ok(isRotationError(failed[0]?.reason));
    assert.ok(['busy', 'alreadyRotating'].includes(failed[0].reason.code));
    await assert.rejects(start(), hasCode('alreadyRotating'));
    assert.equal(created(), 1);
  });

  it('a refusal is told as it is, and the same rotation can go on', async () => {
    bench.service.trouble.create = 'refuse';
    await assert.rejects(start(), (error) => error instanceof Error && error.name === 'CloudError');
    const stopped = await only();
    assert.equal(stopped.state, 'creating');
    assert.equal(stopped.failure?.step, 'create');
    delete bench.service.trouble.create;
    const rotation = await bench.rotations().resume(stopped.id);
    assert.equal(rotation.state, 'created');
    assert.equal(rotation.failure, undefined);
    assert.equal(bench.service.keys.size, 2);
  });

  it('an answer lost before the effect: no orphan, created again only when told', async () => {
    bench.service.trouble.create = 'lostBefore';
    await assert.rejects(start(), hasCode('answerLost'));
    delete bench.service.trouble.create;
    const { id } = await only();
    await assert.rejects(bench.rotations().resume(id), hasCode('answerLost'));
    assert.equal(created(), 1);
    const rotation = await bench.rotations().resume(id, { createAgain: true });
    assert.equal(rotation.state, 'created');
    assert.equal(created(), 2);
    assert.equal(bench.service.keys.size, 2);
  });

  it('an answer lost after the effect: the orphan is named, deleted by the one function, and a new key made', async () => {
    bench.service.trouble.create = 'lostAfter';
    const orphan = await start().then(
      () => assert.fail(),
      (error: unknown) => (isRotationError(error) ? error.params.keyId : assert.fail()),
    );
    assert.ok(typeof orphan === 'string' && bench.service.keys.has(orphan));
    delete bench.service.trouble.create;
    const { id } = await only();
    bench.audit.instances = (now) => [instanceEvidence(now, 0, { oldKeyCalls: 1 })];
    await assert.rejects(bench.rotations().resume(id, { createAgain: true }), hasCode('orphanUsed'));
    bench.audit.instances = (now) => [instanceEvidence(now, 0, { oldKeyCalls: 0, problem: 'noPermission' })];
    await assert.rejects(bench.rotations().resume(id, { createAgain: true }), hasCode('notQuiet'));
    bench.audit.instances = (now) => [instanceEvidence(now, 0, { oldKeyCalls: 0 })];
    const rotation = await bench.rotations().resume(id, { createAgain: true });
    assert.equal(rotation.state, 'created');
    assert.ok(!bench.service.keys.has(orphan));
    assert.equal(bench.service.keys.size, 2);
  });

  it('a key that somebody created meanwhile is not taken for an orphan', async () => {
    bench.service.trouble.create = 'lostBefore';
    await assert.rejects(start(), hasCode('answerLost'));
    delete bench.service.trouble.create;
    const stopped = await only();
    const theirs = `KAAP.${'1'.repeat(8)}-1111-4111-8111-${'1'.repeat(12)}`;
    const key = { ...AAP, id: theirs, createdAt: START, notBefore: START };
    bench.service.keys.set(theirs, { ...key, notAfter: stopped.request.notAfter + 1000 });
    await bench.rotations().resume(stopped.id, { createAgain: true });
    assert.ok(bench.service.keys.has(theirs));
  });

  it('the folder is gone when the answer comes: the credential goes to global storage and is saved from there', async () => {
    bench.service.duringCreate = () => renameSync(bench.keysFolder, `${bench.keysFolder}-away`);
    const rotation = await start();
    assert.equal(rotation.state, 'created');
    assert.ok(rotation.files.credentialFile.startsWith(bench.storage));
    assert.ok(existsSync(rotation.files.passwordFile));
    const saved = await bench.rotations().saveCredential(rotation.id, `${bench.keysFolder}-away`, false);
    assert.equal(path.dirname(saved.files.credentialFile), `${bench.keysFolder}-away`);
    assert.ok(existsSync(saved.files.credentialFile) && existsSync(saved.files.passwordFile));
    assert.ok(!existsSync(rotation.files.credentialFile));
  });

  it('a file that does not belong to the answer is not proven', async () => {
    const { getClientKey } = bench.service;
    bench.service.getClientKey = async (aap, id) => ({
      ...(await getClientKey(aap, id)),
      publicKeyPem: 'another certificate',
    });
    await assert.rejects(start(), hasCode('proofFailed'));
    const stopped = await only();
    assert.equal(stopped.proven, false);
    assert.equal(stopped.state, 'creating');
    bench.service.getClientKey = getClientKey;
    const rotation = await bench.rotations().resume(stopped.id);
    assert.equal(rotation.proven, true);
    assert.equal(created(), 1);
  });

  it('stopped dead at any write, it goes on to one key whose credential opens', async function () {
    this.timeout(120_000);
    let writes = 0;
    await bench.rotations(counting(() => writes++)).start(bench.request());
    bench.dispose();
    assert.ok(writes >= 5);
    for (let point = 1; point <= writes; point++)
      for (const when of ['before', 'after'] as const) {
        bench = createBench();
        await assert.rejects(bench.rotations(dying(point, when)).start(bench.request()));
        const [stopped] = await bench.rotations().list();
        const rotation =
          stopped === undefined
            ? await start()
            : await bench.rotations().resume(stopped.id, { createAgain: true });
        assert.equal(rotation.state, 'created', `point ${point} ${when}`);
        assert.deepEqual([...bench.service.keys.keys()].sort(), [OLD_ID, rotation.newKey?.id ?? ''].sort());
        const open = await bench.parts.background.openCredential(
          readFileSync(rotation.files.credentialFile),
          new Secret(readFileSync(rotation.files.passwordFile, 'utf8')),
        );
        assert.equal(open.keyId, rotation.newKey?.id);
        if (point < writes) bench.dispose();
      }
  });

  it('abandon: before a key nothing is left; after it the key and its files are named', async () => {
    bench.service.trouble.create = 'refuse';
    await assert.rejects(start());
    const first = await bench.rotations().abandon((await only()).id);
    assert.deepEqual(first.remains, []);
    assert.equal(first.rotation.state, 'abandoned');
    assert.equal(readdirSync(bench.keysFolder).length, 2, 'the old files alone');
    assert.deepEqual(await bench.vault.names(''), []);
    delete bench.service.trouble.create;
    const rotation = await start();
    const { remains } = await bench.rotations().abandon(rotation.id);
    assert.deepEqual(
      remains.map(({ name }) => name),
      [rotation.newKey?.id, rotation.files.credentialFile, rotation.files.passwordFile],
    );
    assert.ok(existsSync(rotation.files.credentialFile));
  });

  it('no secret in journals, log lines or errors, whatever fails', async () => {
    const errors: unknown[] = [];
    const keep = (error: unknown) => errors.push(error);
    bench.service.trouble.create = 'lostAfter';
    await start().catch(keep);
    delete bench.service.trouble.create;
    writeFileSync(path.join(bench.keysFolder, 'x'), '');
    const openCredential = bench.parts.background.openCredential;
    Object.assign(bench.parts.background, {
      openCredential: async (_file: Uint8Array, password: Secret) => {
        throw new Error(`cannot open with ${password.reveal()}`);
      },
    });
    const { id } = await only();
    await bench.rotations().resume(id, { createAgain: true }).catch(keep);
    Object.assign(bench.parts.background, { openCredential });
    assert.equal(errors.length, 2);
    const journals = readTree(path.join(bench.storage, 'rotations'));
    assert.ok(journals.size > 0);
    const shown = errors.map((error) =>
      error instanceof Error
        ? `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`
        : String(error),
    );
    const all = [...journals.values(), ...bench.lines, ...shown].join('\n');
    assert.ok(bench.service.secrets.length >= 4);
    for (const secret of bench.service.secrets)
      for (const trace of traces(secret)) assert.ok(!all.includes(trace));
  });

  it('refuses a folder that git would commit, until the user agrees', async function () {
    const { spawnSync } = await import('node:child_process');
    if (spawnSync('git', ['init', '--quiet'], { cwd: bench.workspace }).status !== 0) this.skip();
    await assert.rejects(start(), hasCode('notIgnored'));
    assert.equal((await start({ allowUnignored: true })).state, 'created');
  });
});
