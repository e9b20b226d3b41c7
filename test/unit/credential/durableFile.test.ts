import assert from 'node:assert/strict';
import { link, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createDurably,
  createOrCompleteDurably,
  renameWithoutReplacing,
  syncFolder,
} from '../../../src/credential/durableFile';
import { temporaryFolder } from './temporaryFolder';

const BYTES = new TextEncoder().encode('new content');
const posix = process.platform === 'win32' ? it.skip : it;

describe('durable files', () => {
  const folder = temporaryFolder();
  const file = () => join(folder(), 'file');
  const other = () => join(folder(), 'other');
  const text = (path: string) => readFile(path, 'utf8');

  it('creates a file with exactly the bytes', async () => {
    await createDurably(file(), BYTES);
    assert.equal(await text(file()), 'new content');
    assert.deepEqual(await readdir(folder()), ['file']);
  });

  posix('creates it for the owner alone', async () => {
    await createDurably(file(), BYTES);
    assert.equal((await stat(file())).mode & 0o777, 0o600);
  });

  it('creates nothing over anything', async () => {
    for (const content of ['', 'new', 'new content', 'else']) {
      await writeFile(file(), content);
      await assert.rejects(createDurably(file(), BYTES), { code: 'EEXIST' });
      assert.equal(await text(file()), content);
    }
  });

  posix('does not write through a symbolic link', async () => {
    await writeFile(other(), '');
    await symlink(other(), file());
    await assert.rejects(createDurably(file(), BYTES), { code: 'EEXIST' });
    await assert.rejects(createOrCompleteDurably(file(), BYTES), { code: 'EEXIST' });
    assert.equal(await text(other()), '');
  });

  it('completes what a crash cut, for the owner alone, and can be repeated', async () => {
    for (const content of ['', 'new', 'new content']) {
      await writeFile(file(), content, { mode: 0o644 });
      await createOrCompleteDurably(file(), BYTES);
      assert.equal(await text(file()), 'new content');
      if (process.platform !== 'win32') assert.equal((await stat(file())).mode & 0o777, 0o600);
    }
  });

  it('leaves a file with other content alone', async () => {
    for (const content of ['else', 'new content and more']) {
      await writeFile(file(), content);
      await assert.rejects(createOrCompleteDurably(file(), BYTES), { code: 'EEXIST' });
      assert.equal(await text(file()), content);
    }
  });

  it('says why a folder does not work', async () => {
    await assert.rejects(createDurably(join(folder(), 'missing', 'file'), BYTES), { code: 'ENOENT' });
    await writeFile(other(), '');
    await assert.rejects(createDurably(join(other(), 'file'), BYTES), { code: /ENOTDIR|ENOENT/ });
  });

  it('renames', async () => {
    await writeFile(file(), 'content');
    await renameWithoutReplacing(file(), other());
    assert.deepEqual(await readdir(folder()), ['other']);
    assert.equal(await text(other()), 'content');
  });

  it('never replaces, also where the other file has the same content or none', async () => {
    for (const content of ['else', 'content', '']) {
      await writeFile(file(), 'content');
      await writeFile(other(), content);
      await assert.rejects(renameWithoutReplacing(file(), other()), { code: 'EEXIST' });
      assert.equal(await text(file()), 'content');
      assert.equal(await text(other()), content);
    }
  });

  it('finishes a rename that a crash cut, and finds one that was done', async () => {
    await writeFile(file(), 'content');
    await link(file(), other());
    await renameWithoutReplacing(file(), other());
    assert.deepEqual(await readdir(folder()), ['other']);
    await renameWithoutReplacing(file(), other());
    assert.equal(await text(other()), 'content');
  });

  it('lets one of two win', async () => {
    const from = ['a', 'b'].map((name) => join(folder(), name));
    await Promise.all(from.map((path) => writeFile(path, path)));
    const results = await Promise.allSettled(from.map((path) => renameWithoutReplacing(path, other())));
    assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
    const won = results.findIndex((result) => result.status === 'fulfilled');
    assert.equal(await text(other()), from[won]);
  });

  it('fails where there is neither file', async () => {
    await assert.rejects(renameWithoutReplacing(file(), other()), { code: 'ENOENT' });
  });

  it('syncs a folder, and fails for one that is not there', async () => {
    await syncFolder(folder());
    await assert.rejects(syncFolder(join(folder(), 'missing')), { code: 'ENOENT' });
  });
});
