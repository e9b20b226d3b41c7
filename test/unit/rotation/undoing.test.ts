import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Rotation } from '../../../src/model/rotation';
import { hashRaw } from '../../../src/references/plan/undo';
import { isRotationError } from '../../../src/rotation/index';
import type { JournalEdit } from '../../../src/rotation/journalRecord';
import { readWholeClients } from '../../../src/rotation/undoing';
import { type Bench, createBench, DOTENV, OLD_ID, OLD_PASSWORD, PROPERTIES, readTree } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;
const OTHER_ID = 'KAAP.66abf237-63f6-4625-b8cf-47e1086e0009';

describe('undo and what is left behind', () => {
  let bench: Bench;
  let rotation: Rotation;
  const file = (name: string) => path.join(bench.workspace, name);
  const text = (name: string) => readFileSync(file(name), 'utf8');

  async function patch(): Promise<void> {
    const rotations = bench.rotations();
    const { groups } = await rotations.scan(rotation.id, [bench.workspace], []);
    const ids = groups.filter((group) => group.ticked).map((group) => group.id);
    await rotations.applyPatch(rotation.id, await rotations.planPatch(rotation.id, bench.workspace, ids));
  }
  const undo = () => bench.rotations().undoPatch(rotation.id, bench.workspace);

  beforeEach(async () => {
    bench = createBench();
    rotation = await bench.rotations().start(bench.request());
  });
  afterEach(() => bench.dispose());

  it('refuses to point applications back at a key that is deleted', async () => {
    await patch();
    const patched = text('.env');
    bench.service.keys.delete(OLD_ID);
    await assert.rejects(undo(), hasCode('oldKeyGone'));
    assert.equal(text('.env'), patched);
    assert.equal((await bench.rotations().get(rotation.id)).workspaces[0]?.edits.length, 4);
  });

  it('drops the edits of a file that was deleted since', async () => {
    await patch();
    rmSync(file('.env'));
    const result = await undo();
    assert.deepEqual(
      [result.undone, result.fileGone, result.changedSince].map((edits) => edits.map((edit) => edit.file)),
      [['secretsmanager.properties', 'secretsmanager.properties'], ['.env', '.env'], []],
    );
    assert.equal(text('secretsmanager.properties'), PROPERTIES);
    assert.deepEqual(result.rotation.workspaces[0]?.edits, []);
    assert.equal((await bench.rotations().abandon(rotation.id)).rotation.state, 'abandoned');
  });

  it('also when that was the only one', async () => {
    await patch();
    rmSync(file('.env'));
    rmSync(file('secretsmanager.properties'));
    const { fileGone } = await undo();
    assert.equal(fileGone.length, 4);
    await bench.rotations().abandon(rotation.id);
  });

  it('believes its last reading of the files', async () => {
    const edit = (name: string, start: number, before: string, after: string): JournalEdit => ({
      file: name,
      start,
      length: after.length,
      before: hashRaw('r', before),
      after: hashRaw('r', after),
      undoKey: name,
      groupId: name,
    });
    writeFileSync(file('one'), 'somebody else');
    writeFileSync(file('two'), 'new');
    // While the first reading finds that one has changed, two changes as well.
    const values = new (class extends Map<string, string> {
      override get(key: string): string | undefined {
        if (key === 'two') writeFileSync(file('two'), 'changed');
        return super.get(key);
      }
    })([
      ['one', 'old'],
      ['two', 'old'],
    ]);
    const edits = [edit('one', 0, 'old', 'new'), edit('two', 0, 'old', 'new')];
    const { files, back, changed } = await readWholeClients('r', bench.workspace, edits, values);
    assert.deepEqual([files, back, changed], [[], [], edits]);
  });

  it('a password file that a client of another key names too is never offered for removal', async () => {
    const keys = (name: string) => path.join(bench.keysFolder, name);
    const credential = JSON.parse(readFileSync(keys(`clientKey_${OLD_ID}.json`), 'utf8'));
    writeFileSync(keys(`clientKey_${OTHER_ID}.json`), JSON.stringify({ ...credential, KeyId: OTHER_ID }));
    writeFileSync(keys('shared.txt'), OLD_PASSWORD);
    const client = (keyId: string) =>
      `client_key_private_key_path=keys/clientKey_${keyId}.json\nclient_key_password_from_file_path=keys/shared.txt\n`;
    writeFileSync(file('secretsmanager.properties'), client(OLD_ID));
    writeFileSync(file('other.properties'), client(OTHER_ID));
    await patch();
    const rotations = bench.rotations();
    await rotations.deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
    const own = [keys(`clientKey_${OLD_ID}.json`), keys(`clientKey_${OLD_ID}_Password.txt`)];
    assert.deepEqual([...(await rotations.oldFiles(rotation.id))].sort(), own);
    // A client that came later is found by the scan before the removal.
    writeFileSync(
      file('later.properties'),
      client(OTHER_ID).replace('shared.txt', `clientKey_${OLD_ID}_Password.txt`),
    );
    const scope = { folders: [], exclude: [] };
    assert.deepEqual(await rotations.oldFiles(rotation.id, scope), own.slice(0, 1));
  });

  it('a secret store that fails does not keep the plain-text copies', async () => {
    await patch();
    await bench.rotations().undoPatch(rotation.id, bench.workspace);
    const { groups } = await bench.rotations().scan(rotation.id, [bench.workspace], []);
    const ids = groups.filter((group) => group.ticked).map((group) => group.id);
    const plan = await bench.rotations().planPatch(rotation.id, bench.workspace, ids);
    rmSync(path.join(bench.keysFolder, `clientKey_${OLD_ID}_Password.txt`));
    await bench.rotations().applyPatch(rotation.id, plan);
    const kept = () => [...readTree(path.join(bench.storage, 'kept')).values()];
    assert.ok(kept().some((value) => value.includes(OLD_PASSWORD)));
    Object.assign(bench.vault, {
      names: async () => {
        throw new Error('locked');
      },
    });
    const deleted = await bench.rotations().deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
    assert.equal(deleted.state, 'deleted');
    assert.deepEqual(kept(), []);
  });

  it('a secret store that fails does not make an undo that was done look failed', async () => {
    await patch();
    const { remove } = bench.vault;
    Object.assign(bench.vault, {
      remove: async () => {
        throw new Error('locked');
      },
    });
    const result = await undo();
    assert.equal(result.undone.length, 4);
    assert.equal(text('.env'), DOTENV);
    assert.equal(result.rotation.failure, undefined);
    Object.assign(bench.vault, { remove });
  });
});
