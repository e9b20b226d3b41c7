import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ScanResult } from '../../../src/model/reference';
import { Secret } from '../../../src/model/secret';
import { createBackground } from '../../../src/references/background';
import { scanWorkspace } from '../../../src/references/scan/scan';
import {
  copyDemo,
  credentialText,
  grammarsFolder,
  NEW_KEY,
  NEW_PASSWORD,
  notations,
  OLD_KEY,
  root,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

const sources = join(root, 'src', 'references');

function start(options: { workerFile?: string; limitMs?: number } = {}) {
  return createBackground({
    workerFile: join(sources, 'worker.ts'),
    grammarsFolder,
    execArgv: ['--require', 'tsx/cjs'],
    ...options,
  });
}

/** A folder whose scan goes on for far longer than a test needs to abort it. */
function largeFolder(): string {
  const folder = temporaryFolder();
  const source = `class A { String s = "clientKey"; ${'void f() { g(1, 2, 3); }\n'.repeat(8000)} }`;
  writeFiles(folder, Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`A${at}.java`, source])));
  return folder;
}

const ticked = (result: ScanResult) => result.groups.filter((group) => group.ticked);

describe('the background worker', function () {
  this.timeout(30_000);

  it('scans and plans as the main thread would', async () => {
    const background = start();
    const folder = await copyDemo();
    const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
    const seen: number[] = [];
    const result = await background.scan(order, { onProgress: (filesSeen) => seen.push(filesSeen) });
    assert.deepEqual(result, (await scanWorkspace(order, notations)).result);
    assert.deepEqual(seen, [result.filesSeen]);
    const plan = await background.planPatch({
      ...order,
      groupIds: [...ticked(result).map((group) => group.id), 'gone'],
      replacement: {
        keyId: NEW_KEY,
        password: new Secret(NEW_PASSWORD),
        credentialFile: join(folder, 'keys', `clientKey_${NEW_KEY}.json`),
        passwordFile: join(folder, 'keys', `clientKey_${NEW_KEY}_Password.txt`),
      },
    });
    background.dispose();
    assert.equal(plan.files.length, 3);
    assert.deepEqual(plan.refused, [{ groupId: 'gone', reason: 'The reference is no longer there.' }]);
    const passwords = plan.files.flatMap(({ edits }) => edits).filter(({ role }) => role === 'password');
    assert.deepEqual(
      passwords.map(({ after }) => after.reveal()),
      [`'${NEW_PASSWORD}'`, `"${NEW_PASSWORD}"`],
    );
    assert.ok(!JSON.stringify(passwords).includes(NEW_PASSWORD), 'edits hold their values as secrets');
    assert.ok(plan.files.every(({ content }) => content instanceof Uint8Array && content.length > 0));
  });

  it('passes errors of a credential on with their code and no content', async () => {
    const background = start();
    const open = (text: string) => background.openCredential(Buffer.from(text), new Secret('Canary1!'));
    await assert.rejects(open('{"KeyId": "canary"'), { name: 'CredentialError', code: 'notJson' });
    await assert.rejects(open(credentialText(OLD_KEY)), (error: Error) => {
      assert.equal(error.name, 'CredentialError');
      assert.doesNotMatch(JSON.stringify(error) + error.message + error.stack, /Canary|TUlJQ2/);
      return true;
    });
    background.dispose();
  });

  it('stops at once when aborted, answers what else was waiting, and goes on with a fresh worker', async () => {
    const background = start();
    const controller = new AbortController();
    const order = { folders: [largeFolder()], keyId: OLD_KEY, exclude: [] };
    const aborted = assert.rejects(background.scan(order, { signal: controller.signal }), /enough/);
    const waiting = background.scan({ ...order, folders: [await copyDemo()] });
    controller.abort(new Error('enough'));
    await aborted;
    assert.equal(ticked(await waiting).length, 3);
    await assert.rejects(background.scan(order, { signal: controller.signal }), /enough/);
    assert.equal(ticked(await background.scan({ ...order, folders: [await copyDemo()] })).length, 3);
    background.dispose();
  });

  it('says so when the worker cannot work', async () => {
    const order = { folders: [], keyId: OLD_KEY, exclude: [] };
    const missing = start({ workerFile: join(sources, 'absent.ts') });
    await assert.rejects(missing.scan(order), { name: 'BackgroundError', code: 'died' });
    const folder = temporaryFolder();
    writeFiles(folder, { 'silent.cjs': 'setInterval(() => {}, 1000)', 'ends.cjs': 'process.exit(3)' });
    const silent = start({ workerFile: join(folder, 'silent.cjs'), limitMs: 200 });
    await assert.rejects(silent.scan(order), { name: 'BackgroundError', code: 'tooLong' });
    const ends = start({ workerFile: join(folder, 'ends.cjs') });
    await assert.rejects(ends.scan(order), { name: 'BackgroundError', code: 'died' });
    const disposed = start();
    const waiting = assert.rejects(disposed.scan(order), { code: 'disposed' });
    disposed.dispose();
    await waiting;
    await assert.rejects(disposed.scan(order), { code: 'disposed' });
  });

  it('takes no answer of another form than its own', async () => {
    const folder = temporaryFolder();
    const answer = '{ groups: [{}], filesSeen: 1, skipped: [], files: [{}], certificatePem: 1 }';
    writeFiles(folder, {
      'odd.cjs': `const { parentPort } = require('node:worker_threads');
        parentPort.on('message', ({ id }) => parentPort.postMessage({ id, kind: 'result', value: ${answer} }));`,
    });
    const odd = start({ workerFile: join(folder, 'odd.cjs') });
    const expected = { code: 'failed', message: /unexpected answer/ };
    await assert.rejects(odd.scan({ folders: [], keyId: OLD_KEY, exclude: [] }), expected);
    await assert.rejects(odd.openCredential(Buffer.from(''), new Secret('x')), expected);
    odd.dispose();
  });

  it('says which grammar is missing', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'A.java': 'class A { String clientKeyFile; }' });
    const background = createBackground({
      workerFile: join(sources, 'worker.ts'),
      grammarsFolder: folder,
      execArgv: ['--require', 'tsx/cjs'],
    });
    await assert.rejects(background.scan({ folders: [folder], keyId: OLD_KEY, exclude: [] }), {
      code: 'failed',
      message: /tree-sitter-java\.wasm cannot be loaded/,
    });
    background.dispose();
  });
});
