import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type ScanOptions, scanWorkspace } from '../../../src/references/scan/scan';
import { createQueueMemory, openQueue } from '../../../src/references/scan/sharedQueue';
import { grammarsFolder, notations, OLD_KEY, root, temporaryFolder, writeFiles } from './demoWorkspace';

const threads = {
  workerFile: join(root, 'src', 'references', 'worker.ts'),
  grammarsFolder,
  execArgv: ['--require', 'tsx/cjs'],
};

/** A workspace that is worth a second thread: clients in many folders, what they look up elsewhere, and much that is nothing. */
function largeWorkspace(): string {
  const folder = temporaryFolder();
  const files: Record<string, string> = {};
  for (let at = 0; at < 3000; at += 1) files[`m${at % 60}/f${at}.txt`] = 'nothing of interest';
  for (let at = 0; at < 1200; at += 1) files[`flat/f${at}.txt`] = 'nothing of interest';
  for (let at = 0; at < 60; at += 1) {
    files[`m${at}/secretsmanager.properties`] =
      `client_key_private_key_path=keys/clientKey_${OLD_KEY}.json\nclient_key_password=OldPw${at}!xyz\n`;
    files[`m${at}/Keys.java`] =
      `import com.aliyun.kms.*; class Keys { Object c = new KmsConfig().setClientKeyFile(System.getenv("CK_FILE_${at}")).setPassword(System.getenv("CK_PW_${at}")); }`;
    files[`settings/s${at}.sh`] =
      `export CK_FILE_${at}=clientKey.json\nexport CK_PW_${at}='OldPw${at}!xyz'\n`;
  }
  files['m1/big.properties'] = 'a'.repeat(1024 * 1024 + 1);
  writeFiles(folder, files);
  return folder;
}

describe('scanning in several threads', function () {
  this.timeout(60_000);
  let order: Parameters<typeof scanWorkspace>[0];

  before(() => {
    order = { folders: [largeWorkspace()], keyId: OLD_KEY, exclude: [] };
  });

  const scan = async (options?: ScanOptions) => (await scanWorkspace(order, notations, options)).result;

  it('finds what one thread finds, in the same order, again and again', async () => {
    const alone = await scan();
    assert.ok(alone.groups.length >= 120, 'properties, and look-ups with what they name');
    assert.ok(alone.groups.some(({ references }) => references.some(({ file }) => file.endsWith('.sh'))));
    assert.equal(alone.skipped.length, 1);
    for (let round = 0; round < 3; round += 1) assert.deepEqual(await scan({ threads }), alone);
  });

  it('goes on alone when a helping thread cannot start or ends', async () => {
    const alone = await scan();
    const folder = temporaryFolder();
    writeFiles(folder, {
      'ends.cjs': 'process.exit(3)',
      'throws.cjs': 'throw new Error("Canary1!")',
      'deaf.cjs': 'require("node:worker_threads").parentPort.once("message", () => process.exit(0))',
    });
    for (const file of ['ends.cjs', 'throws.cjs', 'deaf.cjs', 'absent.cjs']) {
      const broken = { workerFile: join(folder, file), grammarsFolder };
      assert.deepEqual(await scan({ threads: broken }), alone);
    }
  });

  it('stops all threads when aborted', async () => {
    const controller = new AbortController();
    let abortedAt = 0;
    const options = {
      threads,
      signal: controller.signal,
      onProgress: (filesSeen: number) => {
        if (filesSeen < 1000 || controller.signal.aborted) return;
        abortedAt = performance.now();
        controller.abort(new Error('enough'));
      },
    };
    await assert.rejects(scan(options), /enough/);
    assert.ok(performance.now() - abortedAt < 200, 'within 200 ms');
    assert.ok((await scan({ threads })).groups.length > 0, 'the next scan is not disturbed');
  });
});

describe('the queue that threads share', () => {
  it('gives back what was added, the newest first, and knows when all is done', () => {
    const memory = createQueueMemory();
    const [one, other] = [openQueue(memory), openQueue(memory)];
    assert.ok(one.isFinished());
    assert.deepEqual(one.push(['a', '密钥', '']), []);
    assert.deepEqual([other.take(), other.take(), one.take(), one.take()], ['', '密钥', 'a', undefined]);
    assert.ok(!one.isFinished());
    for (let at = 0; at < 3; at += 1) one.done();
    assert.ok(other.isFinished());
  });

  it('hands back what it has no room for', () => {
    const queue = openQueue(createQueueMemory());
    const items = Array.from({ length: 30 }, (_, at) => String(at).repeat(50_000));
    const left = queue.push(items);
    assert.ok(left.length > 0 && left.length < items.length);
    const taken: string[] = [];
    for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
    assert.deepEqual([...taken.reverse(), ...left].sort(), items.sort());
    for (const _ of taken) queue.done();
    assert.ok(queue.isFinished());
  });

  it('tells all threads of a cancellation and counts the files of all', () => {
    const memory = createQueueMemory();
    const [one, other] = [openQueue(memory), openQueue(memory)];
    one.addFiles(3);
    other.addFiles(4);
    one.cancel();
    assert.deepEqual([other.isCancelled(), one.filesSeen()], [true, 7]);
  });
});
