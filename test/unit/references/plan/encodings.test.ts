import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashRaw, undoEdits } from '../../../../src/references/plan/undo';
import { NEW_PASSWORD, OLD_PASSWORD } from '../demoWorkspace';
import { type Bench, envClient, NEW_NAME, oldFiles, openBench } from './planSupport';

/** 密钥, and 乗 whose second byte is a backslash. */
const GBK_FOLDER = Buffer.from('c3dcd4bf815c', 'hex');
const FOLDER = '密钥乗';

function inGbk(text: string): Buffer {
  const [before = '', ...rest] = text.split('FOLDER');
  return Buffer.concat([Buffer.from(before), ...rest.flatMap((part) => [GBK_FOLDER, Buffer.from(part)])]);
}

describe('a patch of files in other encodings', function () {
  this.timeout(30_000);
  const source = `# FOLDER\n${envClient("'FOLDER/client.json'")}# FOLDER\n`;

  async function patched(bench: Bench, encoding: string | undefined) {
    const encodings = encoding === undefined ? {} : { [bench.folder]: encoding };
    const groups = (await bench.groups()).map(({ id }) => id);
    return bench.plan({ encodings, groupIds: groups.filter((id) => id.includes('.env')) });
  }

  /** Takes a plan back as the rotation does, and compares the bytes. */
  function assertUndone(plan: Awaited<ReturnType<Bench['plan']>>, before: Buffer): void {
    const [file] = plan.files;
    assert.ok(file !== undefined);
    const values = new Map(file.edits.map(({ before: old }, at) => [String(at), old.reveal()]));
    const edits = file.edits.map(({ newStart, newLength, before: old, after }, at) => ({
      file: file.file,
      start: newStart,
      length: newLength,
      before: hashRaw('r', old.reveal()),
      after: hashRaw('r', after.reveal()),
      undoKey: String(at),
    }));
    assert.deepEqual(undoEdits(file.content, edits, values, 'r').bytes, before);
  }

  it('keeps a folder in GBK byte by byte, and follows the path where the encoding is known', async () => {
    const { old } = await oldFiles();
    const before = inGbk(source);
    const bench = await openBench({ [`${FOLDER}/client.json`]: old, '.env': before });
    const plan = await patched(bench, 'gbk');
    assert.deepEqual(plan.refused, []);
    const after = inGbk(source.replaceAll('client.json', NEW_NAME).replace(OLD_PASSWORD, NEW_PASSWORD));
    assert.deepEqual(Buffer.from(plan.files[0]?.content ?? []), after);
    assert.deepEqual(
      plan.copies.map(({ file }) => bench.name(file)),
      [`${FOLDER}/${NEW_NAME}`],
    );
    assertUndone(plan, before);
  });

  it('does so, too, where nobody says what the encoding is: then the new files have to be delivered', async () => {
    const { old } = await oldFiles();
    const before = inGbk(source);
    const bench = await openBench({ 'keys/client.json': old, '.env': before });
    const plan = await patched(bench, undefined);
    assert.deepEqual(plan.refused, []);
    const after = inGbk(source.replaceAll('client.json', NEW_NAME).replace(OLD_PASSWORD, NEW_PASSWORD));
    assert.deepEqual(Buffer.from(plan.files[0]?.content ?? []), after);
    assert.ok(plan.warnings.some(({ kind }) => kind === 'deliverFiles'));
    assertUndone(plan, before);
  });

  for (const [encoding, setting] of [
    ['utf16le', undefined],
    ['utf16le', 'utf16le'],
  ] as const)
    it(`patches UTF-16 ${setting === undefined ? 'with a byte order mark' : 'by files.encoding'}`, async () => {
      const { old } = await oldFiles();
      const mark = setting === undefined ? '\ufeff' : '';
      const text = `${mark}# 注释\n${envClient('keys/client.json')}`;
      const bench = await openBench({ 'keys/client.json': old, '.env': Buffer.from(text, encoding) });
      const plan = await bench.plan({
        groupIds: [`${join(bench.folder, '.env')}#ALIBABA_CLOUD_KMS`],
        encodings: setting === undefined ? {} : { [bench.folder]: setting },
      });
      assert.deepEqual(plan.refused, []);
      bench.write(plan);
      const after = readFileSync(join(bench.folder, '.env')).toString(encoding);
      assert.equal(after, text.replace('client.json', NEW_NAME).replace(OLD_PASSWORD, NEW_PASSWORD));
      assertUndone(plan, Buffer.from(text, encoding));
    });
});
