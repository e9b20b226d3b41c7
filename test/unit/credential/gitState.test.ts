import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addIgnoreRule, gitState } from '../../../src/credential/gitState';
import { temporaryFolder } from './temporaryFolder';

const NAME = 'clientKey_KAAP.66abf237-63f6-4625-b8cf-47e1086e0001.json';
const hasGit = (() => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const withGit = hasGit ? it : it.skip;

describe('git state of credential files', () => {
  const folder = temporaryFolder();
  const keys = () => join(folder(), 'keys');
  const file = () => join(keys(), NAME);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder(), ...args], { stdio: 'ignore' });

  async function workTree(ignore?: string): Promise<void> {
    git('init');
    await mkdir(keys());
    if (ignore !== undefined) await writeFile(join(folder(), '.gitignore'), ignore);
  }

  it('outside of a work tree', async () => {
    assert.equal(await gitState(file()), 'notInWorkTree');
    assert.equal(await gitState(folder()), 'notInWorkTree');
  });

  withGit('ignored or not, for files that need not exist', async () => {
    await workTree('keys/clientKey_*\n');
    assert.equal(await gitState(file()), 'ignored');
    assert.equal(await gitState(join(keys(), 'else.json')), 'notIgnored');
    assert.equal(await gitState(join(folder(), 'keys', 'deeper', 'still', NAME)), 'notIgnored');
  });

  withGit('of a folder: ignored only if both files would be', async () => {
    await workTree('keys/*.json\n');
    assert.equal(await gitState(file()), 'ignored');
    assert.equal(await gitState(keys()), 'notIgnored');
    await writeFile(join(folder(), '.gitignore'), 'keys/\n');
    assert.equal(await gitState(keys()), 'ignored');
  });

  withGit('a tracked file is not ignored whatever the rules say', async () => {
    await workTree('keys/\n');
    await writeFile(file(), '{}');
    git('add', '--force', file());
    assert.equal(await gitState(file()), 'notIgnored');
  });

  withGit('through a symbolic link to the folder', async function () {
    if (process.platform === 'win32') return this.skip();
    await workTree('keys/\n');
    await symlink(keys(), join(folder(), 'linked'));
    assert.equal(await gitState(join(folder(), 'linked', NAME)), 'ignored');
  });

  withGit('is not misled by variables of a surrounding git command', async () => {
    await workTree('keys/\n');
    process.env.GIT_DIR = join(folder(), 'nowhere');
    try {
      assert.equal(await gitState(file()), 'ignored');
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it('unknown in a work tree without git, or where git refuses', async () => {
    await mkdir(join(folder(), '.git'));
    assert.equal(await gitState(file(), { git: 'no-such-program' }), 'unknown');
    if (hasGit) assert.equal(await gitState(file()), 'unknown');
  });
});

describe('adding an ignore rule', () => {
  const folder = temporaryFolder();
  const text = (...path: readonly string[]) => readFile(join(folder(), ...path), 'utf8');

  beforeEach(async () => {
    if (hasGit) execFileSync('git', ['-C', folder(), 'init'], { stdio: 'ignore' });
    else await mkdir(join(folder(), '.git'));
    await mkdir(join(folder(), 'a', 'b'), { recursive: true });
  });

  it('makes the file in the root of the work tree where there is none', async () => {
    const rule = await addIgnoreRule(join(folder(), 'a', 'b', NAME));
    assert.deepEqual(rule, { file: join(folder(), '.gitignore'), line: '/a/b/clientKey_*' });
    assert.equal(await text('.gitignore'), '/a/b/clientKey_*\n');
    if (hasGit) assert.equal(await gitState(join(folder(), 'a', 'b')), 'ignored');
  });

  it('appends to the nearest file and keeps what it holds', async () => {
    await writeFile(join(folder(), '.gitignore'), 'outer\n');
    await writeFile(join(folder(), 'a', '.gitignore'), '# inner\n*.log');
    await addIgnoreRule(join(folder(), 'a', 'b', NAME));
    assert.equal(await text('.gitignore'), 'outer\n');
    assert.equal(await text('a', '.gitignore'), '# inner\n*.log\n/b/clientKey_*\n');
    if (hasGit) assert.equal(await gitState(join(folder(), 'a', 'b')), 'ignored');
  });

  it('keeps Windows line ends', async () => {
    await writeFile(join(folder(), '.gitignore'), 'one\r\ntwo\r\n');
    await addIgnoreRule(join(folder(), NAME));
    assert.equal(await text('.gitignore'), 'one\r\ntwo\r\n/clientKey_*\r\n');
  });

  it('adds the rule once', async () => {
    await addIgnoreRule(join(folder(), NAME));
    await addIgnoreRule(join(folder(), NAME));
    assert.equal(await text('.gitignore'), '/clientKey_*\n');
  });

  withGit('covers folders whose names are patterns, and folders that are not there yet', async () => {
    for (const name of ['[keys]', 'what!', '#1', 'new folder'])
      for (const path of [join(folder(), name), join(folder(), 'a', name)]) {
        await addIgnoreRule(join(path, NAME));
        assert.equal(await gitState(join(path, NAME)), 'ignored', path);
      }
    assert.equal(await gitState(join(folder(), 'k', NAME)), 'notIgnored');
  });

  it('writes nothing outside of a work tree', async () => {
    assert.equal(await addIgnoreRule(join(folder(), '..', NAME)), undefined);
  });
});
