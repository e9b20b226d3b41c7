import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isCandidate } from '../../../src/references/candidates';
import { globMatcher } from '../../../src/references/glob';
import { scanWorkspace } from '../../../src/references/scan';
import { MAX_FILE_BYTES, walkFolders } from '../../../src/references/walk';
import { notations, OLD_KEY, temporaryFolder, writeFiles } from './demoWorkspace';

describe('the walk', () => {
  const seen = (folder: string, exclude: string[] = []) =>
    [...walkFolders([folder], exclude)].map(({ path }) => relative(folder, path).split('\\').join('/'));

  it('sees ignored files, and neither dependencies, build output nor what globs hide', () => {
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
    assert.deepEqual(seen(folder, ['**/*.log', '**/hidden']), [
      '.env',
      '.gitignore',
      'b/c/d.txt',
      'keys/a.json',
    ]);
  });

  it('ends on loops of links and does not follow links out of the folder', () => {
    const outside = temporaryFolder();
    const folder = join(outside, 'in');
    writeFiles(outside, { 'in/a/b.env': '', 'secret.env': '' });
    symlinkSync(folder, join(folder, 'a', 'loop'));
    symlinkSync(outside, join(folder, 'up'));
    symlinkSync(join(outside, 'secret.env'), join(folder, 'link.env'));
    assert.deepEqual(seen(folder), ['a/b.env']);
  });

  it('looks at a file once where folders overlap', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a/b.env': '' });
    assert.equal([...walkFolders([folder, join(folder, 'a')], [])].length, 1);
  });

  it('does not hang on a named pipe', function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(folder, 'pipe.env')]);
    assert.deepEqual(seen(folder), []);
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
    });
    const { result } = await scanWorkspace({ folders: [folder], keyId: OLD_KEY, exclude: [] }, notations);
    assert.deepEqual(result.skipped, [{ file: join(folder, 'big.properties'), reason: 'tooLarge' }]);
    assert.equal(result.groups.length, 1);
    assert.equal(result.filesSeen, 3);
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

describe('the candidate filter', () => {
  for (const encoding of ['utf8', 'utf16le', 'utf16be'] as const)
    it(`finds the names in ${encoding}`, () => {
      for (const text of [
        'x client_key_password',
        'setClientKeyFile',
        'A_CLIENTKEY_B',
        'KMS_CLIENT_KEY',
        'KAAP.1',
      ]) {
        const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
        const bytes =
          encoding === 'utf8'
            ? Buffer.from(text)
            : encoding === 'utf16le'
              ? wide
              : Buffer.from(wide).swap16();
        assert.ok(isCandidate(bytes), text);
      }
      assert.ok(!isCandidate(Buffer.from('nothing of interest')));
      assert.ok(!isCandidate(Buffer.from('\0binary KAAP.')));
    });
});
