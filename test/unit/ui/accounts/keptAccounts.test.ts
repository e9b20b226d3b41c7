import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  changeAccount,
  createAccountStore,
  parseKeptAccounts,
} from '../../../../src/ui/accounts/keptAccounts';

describe('the file of signed-in accounts', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function open() {
    const aside: string[] = [];
    const file = join(folder, 'storage', 'accounts.json');
    return { file, aside, store: createAccountStore(file, (path) => aside.push(path)) };
  }

  it('says that nothing was chosen where there is none', async () => {
    const { store } = open();
    assert.deepEqual(await store.read(), { chosen: false, accounts: [] });
  });

  it('keeps what it was given, for its owner alone, and another window reads it', async () => {
    const { store, file } = open();
    const accounts = [
      { id: 'cli:prod', shown: true, name: 'Production', regions: ['cn-hangzhou'], identity: 'abc' },
      { id: 'typed:1', shown: false, accessKeyId: 'LTAI1' },
    ];
    await store.change(() => ({ chosen: true, accounts }));
    assert.deepEqual(await createAccountStore(file, assert.fail).read(), { chosen: true, accounts });
    assert.equal((await stat(file)).mode & 0o777, process.platform === 'win32' ? 0o666 : 0o600);
    assert.deepEqual(await readdir(join(folder, 'storage')), ['accounts.json']);
  });

  it('loses none of the changes that are made at the same time', async () => {
    const { store } = open();
    const ids = ['one', 'two', 'three', 'four'];
    await Promise.all(
      ids.map((id) =>
        store.change((kept) => changeAccount(kept, id, (account) => ({ ...account, shown: true }))),
      ),
    );
    assert.deepEqual(
      (await store.read()).accounts.map(({ id }) => id),
      ids,
    );
  });

  it('writes nothing where nothing changes', async () => {
    const { store, file } = open();
    await store.change((kept) => ({ ...kept, chosen: true }));
    const before = await stat(file, { bigint: true });
    await store.change((kept) => ({ ...kept, accounts: [...kept.accounts] }));
    assert.equal((await stat(file, { bigint: true })).mtimeNs, before.mtimeNs);
  });

  for (const [name, text] of Object.entries({
    'cut off': '{"version":1,"chosen":tr',
    'of a later version': '{"version":2,"chosen":true,"accounts":[]}',
    'of other types': '{"version":1,"chosen":true,"accounts":[{"id":"cli:a","shown":"yes"}]}',
    empty: '',
  }))
    it(`sets a file aside that is ${name}, and says where`, async () => {
      const { store, file, aside } = open();
      await store.change((kept) => ({ ...kept, chosen: true }));
      await writeFile(file, text);
      const [one, other] = await Promise.all([store.read(), store.read()]);
      assert.deepEqual([one, other], [await store.read(), { chosen: false, accounts: [] }]);
      assert.equal(aside.length, 1);
      assert.equal(await readFile(aside[0] ?? '', 'utf8'), text);
    });

  it('is refused as a whole where one entry cannot be understood: half of it would sign the rest out', () => {
    const entry = { id: 'cli:a', shown: true };
    const parse = (...accounts: unknown[]) =>
      parseKeptAccounts(JSON.stringify({ version: 1, chosen: true, accounts }));
    assert.deepEqual(parse(entry)?.accounts, [entry]);
    assert.equal(parse(entry, { id: 1, shown: true }), undefined);
    assert.equal(parse(entry, { id: 'b', shown: true, regions: [1] }), undefined);
    assert.equal(parse(entry, { id: 'b', shown: true, name: {} }), undefined);
    assert.equal(parse(entry, null), undefined);
  });
});
