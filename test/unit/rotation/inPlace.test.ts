import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Rotation } from '../../../src/model/rotation';
import type { FileEffects } from '../../../src/rotation/fileEffects';
import type { WorkspacePatchPlan } from '../../../src/rotation/index';
import { counting, dying } from './stoppedDisk';
import { type Bench, createBench, OLD_ID, OLD_PASSWORD, readTree } from './support';

const KEY = 'keys/client.json';
const PASSWORD = 'keys/pw.txt';
const SETTINGS = [
  'credentials_type=client_key',
  `client_key_private_key_path=${KEY}`,
  `client_key_password_from_file_path=${PASSWORD}`,
  '',
].join('\n');
const ENV = `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=${KEY}\nALIBABA_CLOUD_KMS_PASSWORD='${OLD_PASSWORD}'\n`;

describe('a patch that gives the old files new content', function () {
  this.timeout(90_000);
  let bench: Bench;
  let rotation: Rotation;
  let plan: WorkspacePatchPlan;
  let credential: string;
  const file = (name: string) => path.join(bench.workspace, name);
  const text = (name: string) => readFileSync(file(name), 'utf8');
  const state = () => [KEY, PASSWORD, '.env', 'secretsmanager.properties'].map(text);
  const isOld = () =>
    text(KEY) === credential && text(PASSWORD) === `${OLD_PASSWORD}\n` && text('.env') === ENV;
  const isNew = () => {
    const password = readFileSync(rotation.files.passwordFile, 'utf8');
    return (
      JSON.parse(text(KEY)).KeyId === rotation.newKey?.id &&
      text(PASSWORD) === `${password}\n` &&
      text('.env').includes(password)
    );
  };
  const apply = (effects?: FileEffects) => bench.rotations(effects).applyPatch(rotation.id, plan);
  const undo = () => bench.rotations().undoPatch(rotation.id, bench.workspace);
  const kept = () => [...readTree(path.join(bench.storage, 'kept')).values()];

  async function prepare(): Promise<void> {
    bench = createBench();
    renameSync(file(`keys/clientKey_${OLD_ID}.json`), file(KEY));
    rmSync(file(`keys/clientKey_${OLD_ID}_Password.txt`));
    writeFileSync(file(PASSWORD), `${OLD_PASSWORD}\n`);
    writeFileSync(file('secretsmanager.properties'), SETTINGS);
    writeFileSync(file('.env'), ENV);
    credential = text(KEY);
    const folder = path.join(bench.root, 'private');
    mkdirSync(folder);
    rotation = await bench.rotations().start(bench.request({ folder }));
    const { groups } = await bench.rotations().scan(rotation.id, [bench.workspace], []);
    const ids = groups.filter((group) => group.ticked).map((group) => group.id);
    assert.equal(ids.length, 2);
    const strategies = Object.fromEntries(ids.map((id) => [id, 'inPlace' as const]));
    const signal = new AbortController().signal;
    plan = await bench.rotations().planPatch(rotation.id, bench.workspace, ids, [], signal, strategies);
    assert.deepEqual([plan.refused, plan.copies, plan.files.length], [[], [], 3]);
  }
  beforeEach(prepare);
  afterEach(() => bench.dispose());

  it('keeps the last copies of old key and password until the rotation ends, and undo gives every byte back', async () => {
    const before = state();
    const patched = await apply();
    assert.ok(isNew());
    assert.deepEqual(
      patched.workspaces.map(({ patchedGroups, leftGroups }) => [patchedGroups, leftGroups]),
      [[2, 0]],
    );
    assert.ok(kept().includes(credential), 'the old credential');
    assert.ok(kept().some((value) => value.includes(OLD_PASSWORD)));
    await undo();
    assert.deepEqual(state(), before);
    await apply();
    await bench.rotations().deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
    assert.deepEqual(kept(), []);
  });

  it('does not offer the replaced files for removal with the old ones', async () => {
    await apply();
    await bench.rotations().deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
    assert.deepEqual(await bench.rotations().oldFiles(rotation.id), []);
    assert.ok(isNew());
  });

  it('takes clients of one file back together or not at all', async () => {
    await apply();
    const patched = text('.env');
    writeFileSync(file('.env'), patched.replace(/PASSWORD='.*'/, "PASSWORD='somebodyElse1'"));
    const { undone, changedSince } = await undo();
    assert.deepEqual([undone.length, changedSince.length], [0, 3]);
    assert.equal(JSON.parse(text(KEY)).KeyId, rotation.newKey?.id);
    writeFileSync(file('.env'), patched);
    await undo();
    assert.ok(isOld());
  });

  it('stopped dead at any write, is finished or rolled back as a whole', async () => {
    let writes = 0;
    await apply(
      counting(() => {
        writes += 1;
      }),
    );
    for (let point = 1; point <= writes; point += 1) {
      const when = point % 2 === 0 ? 'before' : 'after';
      bench.dispose();
      await prepare();
      await apply(dying(point, when)).catch(() => undefined);
      await bench.rotations().list();
      assert.ok(isOld() || isNew(), `${when} write ${point}`);
      const temporary = [...readTree(bench.workspace).keys()].filter((name) => /tmp|\.kms-/.test(name));
      assert.deepEqual(temporary, [], `${when} write ${point}`);
      if (isOld()) continue;
      await undo();
      assert.ok(isOld(), `undo after ${when} write ${point}`);
    }
  });
});
