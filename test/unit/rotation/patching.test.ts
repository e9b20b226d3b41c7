import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Rotation } from '../../../src/model/rotation';
import { diskEffects, type FileEffects } from '../../../src/rotation/fileEffects';
import { isRotationError, type WorkspacePatchPlan } from '../../../src/rotation/index';
import { counting, dying } from './stoppedDisk';
import {
  type Bench,
  createBench,
  DOTENV,
  OLD_ID,
  OLD_PASSWORD,
  PROPERTIES,
  readTree,
  traces,
} from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('patching', () => {
  let bench: Bench;
  let rotation: Rotation;
  let plan: WorkspacePatchPlan;
  const text = (name: string) => readFileSync(path.join(bench.workspace, name), 'utf8');

  async function prepare(): Promise<void> {
    bench = createBench();
    rotation = await bench.rotations().start(bench.request());
    const scan = await bench.rotations().scan(rotation.id, [bench.workspace], []);
    const ids = scan.groups.filter((group) => group.ticked).map((group) => group.id);
    assert.equal(ids.length, 2);
    plan = await bench.rotations().planPatch(rotation.id, bench.workspace, ids);
    assert.equal(plan.files.length, 2);
  }
  beforeEach(prepare);
  afterEach(() => bench.dispose());

  const expected = (): Record<'properties' | 'dotenv', string> => {
    const newId = rotation.newKey?.id ?? '';
    const password = readFileSync(rotation.files.passwordFile, 'utf8');
    return {
      properties: PROPERTIES.replaceAll(OLD_ID, newId),
      dotenv: DOTENV.replace(OLD_ID, newId).replace(OLD_PASSWORD, password),
    };
  };

  it('writes exactly the planned bytes, keeps modes, notes what the scan found and leaves no temporary file', async () => {
    const names = [...readTree(bench.workspace).keys()].sort();
    const patched = await bench.rotations().applyPatch(rotation.id, plan);
    assert.equal(text('secretsmanager.properties'), expected().properties);
    assert.equal(text('.env'), expected().dotenv);
    assert.equal(statSync(path.join(bench.workspace, 'secretsmanager.properties')).mode & 0o777, 0o640);
    assert.equal(statSync(path.join(bench.workspace, '.env')).mode & 0o777, 0o600);
    assert.deepEqual([...readTree(bench.workspace).keys()].sort(), names);
    assert.equal(patched.state, 'watching');
    assert.equal(patched.workspaces[0]?.patchedGroups, 2);
    assert.equal(patched.workspaces[0]?.leftGroups, 0);
    assert.equal(patched.workspaces[0]?.edits.length, 4);
  });

  it('waits until the key is usable by the service, and asks it meanwhile', async () => {
    const from = (rotation.createdAt ?? Number.NaN) + 30_000;
    bench.effects.length = 0;
    const left: number[] = [];
    await bench.rotations().applyPatch(rotation.id, plan, {
      onProgress: ({ secondsLeft }) => secondsLeft !== undefined && left.push(secondsLeft),
    });
    assert.deepEqual([left[0], left.at(-1)], [30, 3]);
    assert.ok(bench.service.present >= from);
    assert.equal(bench.effects.filter((effect) => effect === 'GetClientKey').length, 11);
  });

  it('can be cancelled while it waits, and says when the new key is gone', async () => {
    const cancel = new AbortController();
    const promise = bench.rotations().applyPatch(rotation.id, plan, {
      signal: cancel.signal,
      onProgress: ({ step }) => step === 'waiting' && cancel.abort(),
    });
    await assert.rejects(promise, hasCode('cancelled'));
    bench.service.keys.delete(rotation.newKey?.id ?? '');
    await assert.rejects(bench.rotations().applyPatch(rotation.id, plan), hasCode('newKeyGone'));
    assert.equal(text('.env'), DOTENV);
  });

  it('writes nothing when a file was changed since the plan', async () => {
    appendFileSync(path.join(bench.workspace, '.env'), '\nMORE=1');
    await assert.rejects(bench.rotations().applyPatch(rotation.id, plan), hasCode('changedSince'));
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
  });

  it('puts the old values into the vault before the first byte is written', async () => {
    let stored = 0;
    const effects: FileEffects = {
      ...diskEffects,
      async create(file, bytes) {
        if (file.startsWith(bench.workspace))
          stored = (await bench.vault.names(`rotation/${rotation.id}/undo`)).length;
        await diskEffects.create(file, bytes);
      },
    };
    await bench.rotations(effects).applyPatch(rotation.id, plan);
    assert.equal(stored, 4);
  });

  it('writes through a symlink and refuses one that leads out of the folder', async () => {
    const link = path.join(bench.workspace, '.env');
    renameSync(link, path.join(bench.workspace, 'real.env'));
    symlinkSync('real.env', link);
    await bench.rotations().applyPatch(rotation.id, plan);
    assert.equal(text('real.env'), expected().dotenv);
    assert.equal(readFileSync(link, 'utf8'), expected().dotenv);
    await bench.rotations().undoPatch(rotation.id, bench.workspace);
    renameSync(path.join(bench.workspace, 'real.env'), path.join(bench.root, 'outside.env'));
    renameSync(link, `${link}-old`);
    symlinkSync(path.join('..', 'outside.env'), link);
    await assert.rejects(bench.rotations().applyPatch(rotation.id, plan), hasCode('patchFailed'));
  });

  it('a failure in the middle gives the files before it their old bytes again', async () => {
    let renames = 0;
    const effects: FileEffects = {
      ...diskEffects,
      async replace(from, to) {
        renames += 1;
        if (renames === 2) throw Object.assign(new Error('disk'), { code: 'EIO' });
        await diskEffects.replace(from, to);
      },
    };
    const names = [...readTree(bench.workspace).keys()].sort();
    await assert.rejects(bench.rotations(effects).applyPatch(rotation.id, plan), hasCode('patchFailed'));
    assert.equal(renames, 3, 'one done, one failed, one taken back');
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
    assert.equal(text('.env'), DOTENV);
    assert.deepEqual([...readTree(bench.workspace).keys()].sort(), names);
    const after = await bench.rotations().get(rotation.id);
    assert.equal(after.failure?.step, 'patch');
    assert.equal(after.state, 'created');
    await bench.rotations().applyPatch(rotation.id, plan);
    assert.equal(text('.env'), expected().dotenv);
  });

  it('stopped dead at any write, the next start finishes it or rolls it back', async function () {
    this.timeout(120_000);
    let writes = 0;
    await bench.rotations(counting(() => writes++)).applyPatch(rotation.id, plan);
    assert.ok(writes > 15, String(writes));
    const outcomes = new Set<string>();
    bench.dispose();
    await prepare();
    const snapshot = `${bench.root}-snapshot`;
    const values = new Map(bench.vault.values);
    cpSync(bench.root, snapshot, { recursive: true });
    for (let point = 1; point <= writes; point++)
      for (const when of ['before', 'after'] as const) {
        rmSync(bench.root, { recursive: true });
        cpSync(snapshot, bench.root, { recursive: true });
        bench.vault.values.clear();
        for (const [name, value] of values) bench.vault.values.set(name, value);
        const names = [...readTree(bench.workspace).keys()].sort();
        await bench
          .rotations(dying(point, when))
          .applyPatch(rotation.id, plan)
          .catch(() => undefined);
        const [found] = await bench.rotations().list();
        const now = { properties: text('secretsmanager.properties'), dotenv: text('.env') };
        const isPatched = now.dotenv !== DOTENV;
        assert.deepEqual(
          now,
          isPatched ? expected() : { properties: PROPERTIES, dotenv: DOTENV },
          `${point} ${when}`,
        );
        assert.equal(found?.state, isPatched ? 'watching' : 'created', `${point} ${when}`);
        assert.deepEqual([...readTree(bench.workspace).keys()].sort(), names, `${point} ${when}`);
        outcomes.add(isPatched ? 'finished' : 'rolled back');
      }
    rmSync(snapshot, { recursive: true });
    assert.deepEqual([...outcomes].sort(), ['finished', 'rolled back']);
    assert.ok(bench.lines.some((line) => line.endsWith('was finished')));
    assert.ok(bench.lines.some((line) => line.endsWith('was rolled back')));
  });

  it('rolls back from journal and vault when the waiting bytes of a later file are gone', async () => {
    let died = false;
    const effects: FileEffects = {
      ...diskEffects,
      async replace(from, to) {
        if (died) throw new Error('the process was killed');
        await diskEffects.replace(from, to);
        died = true;
        throw new Error('the process was killed');
      },
      async remove(file) {
        if (!died) await diskEffects.remove(file);
      },
      async settle(from, to) {
        if (died) throw new Error('the process was killed');
        await diskEffects.settle(from, to);
      },
    };
    await assert.rejects(bench.rotations(effects).applyPatch(rotation.id, plan));
    for (const name of readTree(bench.workspace).keys())
      if (name.endsWith('.tmp')) renameSync(path.join(bench.workspace, name), path.join(bench.root, 'gone'));
    const [found] = await bench.rotations().list();
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
    assert.equal(text('.env'), DOTENV);
    assert.equal(found?.state, 'created');
  });

  it('undo takes every byte back', async () => {
    await bench.rotations().applyPatch(rotation.id, plan);
    const result = await bench.rotations().undoPatch(rotation.id, bench.workspace);
    assert.equal(result.undone.length, 4);
    assert.deepEqual([result.changedSince.length, result.valueGone.length], [0, 0]);
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
    assert.equal(text('.env'), DOTENV);
    assert.equal(result.rotation.workspaces[0]?.patchedGroups, 0);
    assert.deepEqual(await bench.vault.names(`rotation/${rotation.id}/undo`), []);
  });

  it('undo leaves a client alone of which one half was changed since, and takes the other client back', async () => {
    await bench.rotations().applyPatch(rotation.id, plan);
    const changed = text('.env').replace(/PASSWORD='[^']+'/, "PASSWORD='somebody-else-1'");
    writeFileSync(path.join(bench.workspace, '.env'), changed);
    const result = await bench.rotations().undoPatch(rotation.id, bench.workspace);
    assert.equal(text('.env'), changed);
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
    assert.deepEqual([result.undone.length, result.changedSince.length], [2, 2]);
    await assert.rejects(bench.rotations().abandon(rotation.id), hasCode('undoFirst'));
  });

  it('undo says when the old values are gone from the secret store', async () => {
    await bench.rotations().applyPatch(rotation.id, plan);
    bench.vault.values.clear();
    const result = await bench.rotations().undoPatch(rotation.id, bench.workspace);
    assert.deepEqual([result.undone.length, result.valueGone.length], [0, 4]);
    assert.equal(text('.env'), expected().dotenv);
  });

  it('keeps the last copy of an old password in a private file until the rotation ends', async () => {
    const oldPasswordFile = path.join(bench.keysFolder, `clientKey_${OLD_ID}_Password.txt`);
    renameSync(oldPasswordFile, path.join(bench.root, 'away'));
    await bench.rotations().applyPatch(rotation.id, plan);
    const kept = [...readTree(path.join(bench.storage, 'kept', rotation.id))];
    assert.deepEqual(
      kept.map(([, value]) => value.includes(OLD_PASSWORD)),
      [true],
    );
    const file = path.join(bench.storage, 'kept', rotation.id, kept[0]?.[0] ?? '');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    await bench.rotations().deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
    assert.ok(!existsSync(file));
  });

  it('no old or new password in journals and log lines after patch and undo', async () => {
    await bench.rotations().applyPatch(rotation.id, plan);
    const patched = [...readTree(path.join(bench.storage, 'rotations')).values()];
    await bench.rotations().undoPatch(rotation.id, bench.workspace);
    const all = [...patched, ...readTree(bench.storage).values(), ...bench.lines].join('\n');
    for (const secret of [OLD_PASSWORD, ...bench.service.secrets])
      for (const trace of traces(secret)) assert.ok(!all.includes(trace));
    assert.ok(all.includes(OLD_ID));
  });
});
