import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Notation } from '../../../src/references/notation';
import { type Gathered, startGathering } from '../../../src/references/scan/gather';
import { globMatcher } from '../../../src/references/scan/glob';
import { MAX_FILE_BYTES } from '../../../src/references/scan/readBytes';
import { scanWorkspace } from '../../../src/references/scan/scan';
import { notations, OLD_KEY, temporaryFolder, writeFiles } from './demoWorkspace';

/** Covers all files that are named so, and finds nothing in them. */
const covers = (pattern: RegExp) => {
  const all: Notation = {
    name: 'dotenv',
    always: true,
    covers: (name) => pattern.test(name),
    find: async () => ({ clients: [], hidden: [] }),
    encode: () => undefined,
    quotes: () => ({ open: 0, close: 0 }),
  };
  return {
    for: (file: string) => (pattern.test(file) ? all : undefined),
    covering: (path: string) => (pattern.test(path) ? all : undefined),
    named: () => all,
  };
};

async function gatherAll(
  folders: readonly string[],
  exclude: readonly string[] = [],
  pattern = /$/,
): Promise<Gathered> {
  const gathering = startGathering({ folders, exclude }, covers(pattern), {});
  try {
    return await gathering.walk();
  } finally {
    gathering.close();
  }
}

describe('the walk', () => {
  const seen = async (folder: string, exclude: string[] = [], pattern?: RegExp) =>
    (await gatherAll([folder], exclude, pattern)).files.map(({ file }) =>
      relative(folder, file).split('\\').join('/'),
    );

  it('sees ignored files, and neither dependencies, build output nor what globs hide', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      '.gitignore': '.env\nkeys/\n',
      '.env': 'A=1',
      'keys/a.json': '{}',
      'b/c/d.txt': '',
      'b/skip.log': '',
      'b/hidden/e.txt': '',
      'node_modules/m/.env': '',
      'b/node_modules/.env': '',
      '.git/config': '',
      'target/x.properties': '',
      'b/build/x.properties': '',
      'vendor/x.properties': '',
    });
    assert.deepEqual(await seen(folder, ['**/*.log', '**/hidden']), [
      '.env',
      '.gitignore',
      'b/c/d.txt',
      'keys/a.json',
    ]);
  });

  it('ends on loops of links and does not follow links out of the folder', async () => {
    const outside = temporaryFolder();
    const folder = join(outside, 'in');
    writeFiles(outside, { 'in/a/b.env': '', 'secret.env': '', 'in/node_modules/m/c.env': '' });
    symlinkSync(folder, join(folder, 'a', 'loop'));
    symlinkSync(outside, join(folder, 'up'));
    symlinkSync(join(outside, 'secret.env'), join(folder, 'link.env'));
    symlinkSync(join(folder, 'node_modules', 'm', 'c.env'), join(folder, 'module.env'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.env'));
    symlinkSync('self.env', join(folder, 'self.env'));
    assert.deepEqual(await seen(folder), ['a/b.env']);
  });

  it('follows a link to a file that it would not see under a name of its own, once', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'settings/production': 'A=1', 'settings/seen.env': '' });
    symlinkSync(join('settings', 'production'), join(folder, 'a.env'));
    symlinkSync(join('settings', 'production'), join(folder, 'b.env'));
    symlinkSync(join('settings', 'seen.env'), join(folder, 'c.env'));
    assert.deepEqual(await seen(folder, [], /\.env$/), ['a.env', 'settings/seen.env']);
    // What a glob hides under its own name is seen through the link.
    assert.deepEqual(await seen(folder, ['settings'], /\.env$/), ['a.env', 'c.env']);
  });

  it('looks at a file once where folders overlap, or are one folder by two paths', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a/b.env': '', 'node_modules/c/d.env': '' });
    const alias = join(temporaryFolder(), 'alias');
    symlinkSync(folder, alias);
    const found = async (folders: readonly string[]) =>
      (await gatherAll(folders)).files.map(({ file }) => file);
    const [inner, outer] = [join(folder, 'a', 'b.env'), join(folder, 'node_modules', 'c', 'd.env')];
    assert.deepEqual(await found([folder, join(folder, 'a'), alias, folder]), [inner]);
    assert.deepEqual(await found([join(folder, 'a'), folder]), [inner]);
    // A workspace folder that the walk of the other one leaves out is walked for its own sake.
    assert.deepEqual(await found([folder, join(folder, 'node_modules', 'c')]), [inner, outer]);
  });

  it('does not hang on a named pipe, also behind a link', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(folder, 'pipe.env')]);
    symlinkSync('pipe.env', join(folder, 'link.env'));
    assert.deepEqual(await seen(folder), []);
  });

  it('sees every file of a folder with very many, and of names as long as they may be', async function () {
    this.timeout(30_000);
    const folder = temporaryFolder();
    const long = `${'n'.repeat(250)}.env`;
    writeFiles(folder, Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`many/f${at}.env`, ''])));
    writeFiles(folder, { [`${'d'.repeat(200)}/${long}`]: '', [`many/${'密'.repeat(80)}.env`]: '' });
    assert.equal((await seen(folder)).length, 3002);
  });

  it('says which folders it could not list', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    writeFiles(folder, { 'open/a.env': '', 'closed/b.env': '' });
    const gone = join(folder, 'gone');
    const { skipped: absent } = await gatherAll([gone]);
    assert.deepEqual(absent, [{ file: gone, reason: 'folderUnreadable' }]);
    // Whoever runs as root may read everything.
    if (process.getuid?.() === 0) return;
    const closed = join(folder, 'closed');
    chmodSync(closed, 0);
    const { files, skipped } = await gatherAll([folder]);
    chmodSync(closed, 0o700);
    assert.deepEqual(skipped, [{ file: closed, reason: 'folderUnreadable' }]);
    assert.equal(files.length, 1);
  });

  it('says which files it could not look into', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'big.properties': Buffer.alloc(MAX_FILE_BYTES + 1, 'a'),
      'big.bin': Buffer.alloc(MAX_FILE_BYTES + 1),
      'just.properties': Buffer.concat([
        Buffer.from('client_key_password=Old1!xyz\n#'),
        Buffer.alloc(MAX_FILE_BYTES - 30, 'a'),
      ]),
      'binary.properties': Buffer.from('client_key_password=Old1!xyz\n\0\0'),
      'other.properties': Buffer.from('nothing of it\0'),
    });
    const { result } = await scanWorkspace({ folders: [folder], keyId: OLD_KEY, exclude: [] }, notations);
    assert.deepEqual(result.skipped, [
      { file: join(folder, 'big.properties'), reason: 'tooLarge' },
      { file: join(folder, 'binary.properties'), reason: 'binary' },
    ]);
    assert.equal(result.groups.length, 1);
    assert.equal(result.filesSeen, 5);
  });

  it('stops when asked to and reports how far it is', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`f${at}.txt`, 'x'])));
    const controller = new AbortController();
    const progress: number[] = [];
    await assert.rejects(
      scanWorkspace({ folders: [folder], keyId: OLD_KEY, exclude: [] }, notations, {
        signal: controller.signal,
        onProgress(filesSeen) {
          progress.push(filesSeen);
          controller.abort(new Error('enough'));
        },
      }),
      /enough/,
    );
    assert.deepEqual(progress, [256]);
  });

  it('skips a source that takes too long to parse, and goes on', async () => {
    const folder = temporaryFolder();
    const deep = `class A { void f() { ${'new Config().setClientKeyFile('.repeat(34_000)} } }`;
    const chain = `class C { Object c = new Config()${'.setPassword("Old1!xyz")'.repeat(40_000)}; String clientKey; }`;
    writeFiles(folder, {
      'A.java': deep,
      'C.java': chain,
      'B.java':
        'import com.aliyun.kms.*; class B { Object c = new KmsConfig().setClientKeyFile("k.json").setPassword("Pw1!xyzz"); }',
    });
    const { result } = await scanWorkspace({ folders: [folder], keyId: OLD_KEY, exclude: [] }, notations);
    assert.deepEqual(
      result.groups.map((group) => relative(folder, group.references[0]?.file ?? '')),
      ['B.java'],
    );
    assert.ok(result.skipped.every(({ reason }) => reason === 'tooSlow'));
  });
});

describe('globs of search.exclude', () => {
  const cases: readonly [string, readonly string[], readonly string[]][] = [
    ['**/node_modules', ['node_modules', 'a/node_modules'], ['a/node_modules_x']],
    ['**/*.code-search', ['x.code-search', 'a/b/x.code-search'], ['x.code-search/a']],
    ['dist/**', ['dist', 'dist/a/b'], ['a/dist/b']],
    ['src/*.{js,map}', ['src/a.js', 'src/a.map'], ['src/a/b.js', 'src/a.ts']],
    ['a[0-9]?.txt', ['a1x.txt'], ['aax.txt', 'a1.txt']],
    ['a(b)+.txt', ['a(b)+.txt'], ['abb.txt']],
    ['[', [], ['[x', 'a']],
  ];
  for (const [glob, yes, no] of cases)
    it(glob, () => {
      const matches = globMatcher(glob);
      assert.deepEqual(yes.filter(matches), yes);
      assert.deepEqual(no.filter(matches), []);
    });
});
