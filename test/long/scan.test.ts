import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scanWorkspace } from '../../src/references/scan/scan';
import { grammarsFolder, notations, OLD_KEY, root } from '../unit/references/demoWorkspace';

const threads = {
  workerFile: path.join(root, 'src', 'references', 'worker.ts'),
  grammarsFolder,
  execArgv: ['--require', 'tsx/cjs'],
};

describe('a scan of very much', function () {
  this.timeout(20 * 60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'long-scan-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const plant = (at: string) =>
    writeFileSync(
      path.join(folder, at),
      `client_key_private_key_path=clientKey_${OLD_KEY}.json\nclient_key_password=OldPw1!xyz\n`,
    );

  it('sees each of 100,000 files, half of them in one folder', async () => {
    mkdirSync(path.join(folder, 'flat'));
    for (let at = 0; at < 50_000; at += 1) writeFileSync(path.join(folder, 'flat', `f${at}.txt`), 'nothing');
    for (let at = 0; at < 500; at += 1) {
      mkdirSync(path.join(folder, `d${at}`));
      for (let one = 0; one < 100; one += 1)
        writeFileSync(path.join(folder, `d${at}`, `f${one}.txt`), 'nothing');
    }
    for (const at of ['flat', 'd0', 'd250', 'd499']) plant(`${at}/secretsmanager.properties`);
    for (const options of [{}, { threads }]) {
      const { result } = await scanWorkspace(
        { folders: [folder], keyId: OLD_KEY, exclude: [] },
        notations,
        options,
      );
      assert.equal(result.filesSeen, 100_004);
      assert.equal(result.groups.length, 4);
      assert.deepEqual(result.skipped, []);
    }
  });

  it('goes down as deep as a path may be long', async () => {
    const deep = Array.from({ length: 300 }, (_, at) => `level${at}`).join('/');
    mkdirSync(path.join(folder, deep), { recursive: true });
    plant(`${deep}/secretsmanager.properties`);
    const { result } = await scanWorkspace({ folders: [folder], keyId: OLD_KEY, exclude: [] }, notations);
    assert.equal(result.groups.length, 1);
  });
});
