import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Rotation } from '../../../src/model/rotation';
import { diskEffects, type FileEffects } from '../../../src/rotation/fileEffects';
import { isRotationError } from '../../../src/rotation/index';
import { type Bench, createBench, DOTENV, PROPERTIES, readTree } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

/** Real effects until so many files of the workspace were flipped; then the process is dead. */
function dyingAfter(flips: number, workspace: string): FileEffects {
  let done = 0;
  let isDead = false;
  const alive = async (work: () => Promise<void>) => {
    if (isDead) throw new Error('the process was killed');
    await work();
  };
  return {
    create: (file, bytes) => alive(() => diskEffects.create(file, bytes)),
    settle: (from, to) => alive(() => diskEffects.settle(from, to)),
    setMode: (file, mode) => alive(() => diskEffects.setMode(file, mode)),
    remove: (file) => alive(() => diskEffects.remove(file)),
    replace: (from, to) =>
      alive(async () => {
        if (!to.startsWith(workspace)) return diskEffects.replace(from, to);
        if (done < flips) await diskEffects.replace(from, to);
        isDead = done >= flips;
        done += 1;
        if (isDead) throw new Error('the process was killed');
      }),
  };
}

describe('recovery', () => {
  let bench: Bench;
  let rotation: Rotation;
  const text = (name: string) => readFileSync(path.join(bench.workspace, name), 'utf8');
  const names = () => [...readTree(bench.workspace).keys()].sort();

  /** A patch whose process dies when it has flipped so many of the two files; `.env` comes first. */
  async function dieAfter(flips: number): Promise<void> {
    const rotations = bench.rotations(dyingAfter(flips, bench.workspace));
    const { groups } = await rotations.scan(rotation.id, [bench.workspace], []);
    const ids = groups.filter((group) => group.ticked).map((group) => group.id);
    const plan = await rotations.planPatch(rotation.id, bench.workspace, ids);
    assert.equal(plan.files.length, 2);
    await assert.rejects(rotations.applyPatch(rotation.id, plan));
    assert.equal(text('.env') === DOTENV, flips === 0);
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
  }

  beforeEach(async () => {
    bench = createBench();
    rotation = await bench.rotations().start(bench.request());
  });
  afterEach(() => bench.dispose());

  const undoValues = async () => (await bench.vault.names(`rotation/${rotation.id}/undo`)).length;

  it('throws away what was waiting when no file had been flipped: the new key may be gone by now', async () => {
    const before = names();
    await dieAfter(0);
    bench.service.keys.delete(rotation.newKey?.id ?? '');
    const [found] = await bench.rotations().list();
    assert.equal(text('.env'), DOTENV);
    assert.deepEqual([found?.state, found?.workspaces], ['created', []]);
    assert.deepEqual(names(), before);
    assert.equal(await undoValues(), 0);
  });

  it('finishes what had begun while the new pair opens', async () => {
    await dieAfter(1);
    const [found] = await bench.rotations().list();
    assert.ok(text('secretsmanager.properties').includes(rotation.newKey?.id ?? 'none'));
    assert.deepEqual([found?.state, found?.workspaces[0]?.edits.length], ['watching', 4]);
  });

  it('takes back what had begun when the new pair opens no more', async () => {
    await dieAfter(1);
    rmSync(rotation.files.credentialFile);
    const [found] = await bench.rotations().list();
    assert.deepEqual([text('.env'), text('secretsmanager.properties')], [DOTENV, PROPERTIES]);
    assert.deepEqual([found?.state, found?.workspaces], ['created', []]);
  });

  it('keeps edits and old values of a flipped file that was written since, so that undo can take them back', async () => {
    await dieAfter(1);
    appendFileSync(path.join(bench.workspace, '.env'), '\nADDED=1');
    const [found] = await bench.rotations().list();
    assert.equal(found?.state, 'watching');
    assert.deepEqual(
      found?.workspaces.flatMap(({ edits }) => edits.map(({ file }) => file)),
      ['.env', '.env'],
    );
    assert.equal(await undoValues(), 2);
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
    await assert.rejects(bench.rotations().abandon(rotation.id), hasCode('undoFirst'));
    const undone = await bench.rotations().undoPatch(rotation.id, bench.workspace);
    assert.equal(undone.undone.length, 2);
    assert.equal(text('.env'), `${DOTENV}\nADDED=1`);
  });

  it('keeps nothing of a file that was written before its turn came', async () => {
    await dieAfter(1);
    appendFileSync(path.join(bench.workspace, 'secretsmanager.properties'), 'added=1\r\n');
    const [found] = await bench.rotations().list();
    assert.deepEqual([text('.env'), text('secretsmanager.properties')], [DOTENV, `${PROPERTIES}added=1\r\n`]);
    assert.deepEqual([found?.state, found?.workspaces], ['created', []]);
    assert.equal(await undoValues(), 0);
  });

  it('that failed once is tried again with the next list', async () => {
    const folder = path.join(bench.storage, 'rotations');
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, '');
    const rotations = bench.rotations();
    await assert.rejects(rotations.list());
    rmSync(folder);
    renameSync(`${folder}-away`, folder);
    assert.equal((await rotations.list()).length, 1);
  });

  it('names a journal that cannot be read in the log, once', async () => {
    mkdirSync(path.join(bench.storage, 'rotations'), { recursive: true });
    writeFileSync(path.join(bench.storage, 'rotations', '22222222-aaaa.1.json'), '{');
    const rotations = bench.rotations();
    await rotations.list();
    await rotations.list();
    assert.equal(bench.lines.filter((line) => line.includes('22222222-aaaa.1.json')).length, 1);
    assert.equal((await rotations.problems()).length, 1);
  });
});
