import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Rotation } from '../../../src/model/rotation';
import { diskEffects, type FileEffects } from '../../../src/rotation/fileEffects';
import { isRotationError, type WorkspacePatchPlan } from '../../../src/rotation/index';
import { counting, dying } from './stoppedDisk';
import { type Bench, createBench, DOTENV, OLD_ID, PROPERTIES, readTree, traces } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('copies of the new credential beside the old one', function () {
  this.timeout(90_000);
  let bench: Bench;
  let rotation: Rotation;
  let plan: WorkspacePatchPlan;
  const file = (name: string) => path.join(bench.workspace, name);
  const text = (name: string) => readFileSync(file(name), 'utf8');
  const keyCopy = () => path.join('keys', `clientKey_${rotation.newKey?.id}.json`);
  const passwordCopy = () => path.join('keys', `clientKey_${rotation.newKey?.id}_Password.txt`);
  const names = () => [...readTree(bench.workspace).keys()].sort();
  const isOld = () => text('.env') === DOTENV && text('secretsmanager.properties') === PROPERTIES;
  const apply = (effects?: FileEffects) => bench.rotations(effects).applyPatch(rotation.id, plan);
  const undo = () => bench.rotations().undoPatch(rotation.id, bench.workspace);

  async function planAll(): Promise<WorkspacePatchPlan> {
    const { groups } = await bench.rotations().scan(rotation.id, [bench.workspace], []);
    const ids = groups.filter((group) => group.ticked).map((group) => group.id);
    return bench.rotations().planPatch(rotation.id, bench.workspace, ids);
  }

  async function prepare(): Promise<void> {
    bench = createBench();
    const folder = path.join(bench.root, 'private');
    mkdirSync(folder);
    rotation = await bench.rotations().start(bench.request({ folder }));
    plan = await planAll();
    assert.equal(plan.files.length, 2);
  }
  beforeEach(prepare);
  afterEach(() => bench.dispose());

  it('are there, private and whole, before anything names them, and undo removes them', async () => {
    const before = names();
    const seen: boolean[] = [];
    await apply({
      ...diskEffects,
      async replace(from, to) {
        if (to.startsWith(bench.workspace))
          seen.push(names().includes(keyCopy()) && names().includes(passwordCopy()));
        await diskEffects.replace(from, to);
      },
    });
    assert.deepEqual(seen, [true, true]);
    assert.deepEqual(names(), [...before, keyCopy(), passwordCopy()].sort());
    assert.equal(text(keyCopy()), readFileSync(rotation.files.credentialFile, 'utf8'));
    assert.equal(text(passwordCopy()), readFileSync(rotation.files.passwordFile, 'utf8'));
    assert.equal(statSync(file(keyCopy())).mode & 0o777, 0o600);
    assert.ok(text('secretsmanager.properties').includes(`=keys/clientKey_${rotation.newKey?.id}.json`));
    await undo();
    assert.ok(isOld());
    assert.deepEqual(names(), before);
  });

  it('are none where the new files already lie there', async () => {
    bench.dispose();
    bench = createBench();
    rotation = await bench.rotations().start(bench.request());
    plan = await planAll();
    assert.deepEqual([plan.copies, plan.files.length], [[], 2]);
    await apply();
    await undo();
    assert.ok(names().includes(keyCopy()), 'the new files themselves stay');
  });

  it('that somebody has put there already stay after an undo', async () => {
    writeFileSync(file(keyCopy()), readFileSync(rotation.files.credentialFile));
    plan = await planAll();
    await apply();
    await undo();
    assert.ok(isOld());
    assert.deepEqual([names().includes(keyCopy()), names().includes(passwordCopy())], [true, false]);
  });

  it('never replace another file: its client is refused, or the whole patch if it comes later', async () => {
    writeFileSync(file(passwordCopy()), 'somebody else');
    await assert.rejects(apply(), hasCode('changedSince'));
    assert.ok(isOld());
    assert.ok(!names().includes(keyCopy()));
    const again = await planAll();
    assert.deepEqual(
      again.refused.map(({ groupId, reason }) => [path.basename(groupId), /another content/.test(reason)]),
      [['secretsmanager.properties#document', true]],
    );
    plan = again;
    await apply();
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
    assert.equal(text(passwordCopy()), 'somebody else');
  });

  it('that somebody changed, or points at, stay after an undo, and abandoning names them', async () => {
    await apply();
    appendFileSync(file(passwordCopy()), '\n');
    writeFileSync(
      file('other.properties'),
      `client_key_private_key_path=${keyCopy()}\nclient_key_password=x1234567\n`,
    );
    await undo();
    assert.ok(isOld());
    assert.ok(names().includes(keyCopy()) && names().includes(passwordCopy()));
    rmSync(file('other.properties'));
    const { remains } = await bench.rotations().abandon(rotation.id);
    assert.ok(remains.some(({ kind, name }) => kind === 'file' && name === file(keyCopy())));
  });

  it('stay as long as one of their clients is not taken back', async () => {
    await apply();
    const patched = text('.env');
    writeFileSync(file('.env'), patched.replace(/_PASSWORD=.*/, '_PASSWORD=somebodyElse1'));
    const { undone } = await undo();
    assert.deepEqual([...new Set(undone.map((edit) => edit.file))], ['secretsmanager.properties']);
    assert.deepEqual([names().includes(keyCopy()), names().includes(passwordCopy())], [true, false]);
    writeFileSync(file('.env'), patched);
    await undo();
    assert.ok(isOld());
    assert.ok(!names().includes(keyCopy()));
  });

  it('that git would commit need the agreement of the user', async () => {
    plan = { ...plan, warnings: [{ kind: 'committedCopy', file: file(keyCopy()) }] };
    await assert.rejects(apply(), hasCode('notIgnored'));
    assert.ok(isOld());
    await bench.rotations().applyPatch(rotation.id, plan, { allowUnignored: true });
    assert.ok(!isOld());
  });

  it('go with a failed flip', async () => {
    const before = names();
    let flips = 0;
    const effects: FileEffects = {
      ...diskEffects,
      async replace(from, to) {
        flips += to.startsWith(bench.workspace) ? 1 : 0;
        if (flips === 2) throw Object.assign(new Error('disk'), { code: 'EIO' });
        await diskEffects.replace(from, to);
      },
    };
    await assert.rejects(apply(effects), hasCode('patchFailed'));
    assert.ok(isOld());
    assert.deepEqual(names(), before);
  });

  it('stopped dead at any write, are there in full with the patch, or gone with it', async () => {
    let writes = 0;
    await apply(
      counting(() => {
        writes += 1;
      }),
    );
    const whole = names();
    await undo();
    const none = names();
    const [done, back] = [whole, none].map((list) => list.map((name) => name.replace(/KAAP\.[^_.]+/, 'K')));
    for (let point = 1; point <= writes; point += 1) {
      const when = point % 2 === 0 ? 'before' : 'after';
      bench.dispose();
      await prepare();
      await apply(dying(point, when)).catch(() => undefined);
      await bench.rotations().list();
      const now = names().map((name) => name.replace(/KAAP\.[^_.]+/, 'K'));
      assert.deepEqual(now, isOld() ? back : done, `${when} write ${point}`);
      if (isOld()) continue;
      assert.equal(text(keyCopy()), readFileSync(rotation.files.credentialFile, 'utf8'));
      await undo();
      assert.ok(isOld(), `undo after ${when} write ${point}`);
      assert.deepEqual(names().length, none.length, `after undo, ${when} write ${point}`);
    }
  });

  it('that are gone when a stopped flip is ended take the flip back with them', async () => {
    let flips = 0;
    const effects: FileEffects = {
      ...diskEffects,
      async replace(from, to) {
        if (flips > 0) throw new Error('the process was killed');
        await diskEffects.replace(from, to);
        flips += to.startsWith(bench.workspace) ? 1 : 0;
      },
      async remove(name) {
        if (flips > 0) throw new Error('the process was killed');
        await diskEffects.remove(name);
      },
    };
    await assert.rejects(apply(effects));
    assert.ok(!isOld());
    rmSync(file(keyCopy()));
    await bench.rotations().list();
    assert.ok(isOld());
    assert.ok(!names().includes(passwordCopy()));
  });

  it('are never offered for removal with the old files, and leave no secret in journals', async () => {
    await apply();
    const password = readFileSync(rotation.files.passwordFile, 'utf8');
    await bench.rotations().deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
    const old = await bench.rotations().oldFiles(rotation.id);
    assert.deepEqual([...old].sort(), [
      file(path.join('keys', `clientKey_${OLD_ID}.json`)),
      file(path.join('keys', `clientKey_${OLD_ID}_Password.txt`)),
    ]);
    const journals = [...readTree(path.join(bench.storage, 'rotations')).values()].join('\n');
    for (const trace of traces(password)) assert.ok(!journals.includes(trace));
  });
});
