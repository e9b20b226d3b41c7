import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../../../src/model/account';
import { type AccountSources, createAccounts } from '../../../../src/ui/accounts/accounts';
import { createAccountStore, type KeptAccounts } from '../../../../src/ui/accounts/keptAccounts';
import { createInventory } from '../../../../src/ui/inventory/inventory';
import { eventually } from '../../../host/eventually';
import { cli, ENVIRONMENT } from './accountFixture';

const PROFILES = '/home/ada/.aliyun/config.json';

describe('the accounts of a window', () => {
  let folder = '';
  const undo: (() => void)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  });
  afterEach(async () => {
    for (const step of undo.splice(0)) step();
    await rm(folder, { recursive: true, force: true });
  });

  /** A window over the storage of all of them, with sources that can change under it. */
  function openWindow(found: readonly Account[]) {
    const state = {
      found,
      problems: [] as readonly Error[],
      failing: new Set<string>(),
      read: [] as string[],
      forgotten: [] as (string | undefined)[],
      hasAccount: undefined as boolean | undefined,
      lookedAt: true,
      file: PROFILES,
      /** What readings wait for. */
      gate: undefined as Promise<void> | undefined,
    };
    const inventory = createInventory({
      lists: async () => ({
        async listRegions(accountId) {
          state.read.push(accountId);
          await state.gate;
          if (state.failing.has(accountId)) throw new Error('expired');
          return [];
        },
        listAaps: async () => [],
        listClientKeys: async () => [],
        listRegionKeys: async () => [],
        readReach: () => assert.fail('nobody looks at an AAP'),
      }),
      onRead: () => undefined,
    });
    const events = new Map<string, () => void>();
    const sources: AccountSources = {
      listAccounts: async () => ({ accounts: state.found, problems: state.problems }),
      accountFiles: () => [{ file: state.file, kind: 'cli' as const }],
      forget: (id?: string) => void state.forgotten.push(id),
    };
    const accounts = createAccounts({
      sources: async () => sources,
      store: createAccountStore(join(folder, 'accounts.json'), assert.fail),
      inventory,
      watch(file, onEvent) {
        events.set(file, onEvent);
        return { dispose: () => events.delete(file) };
      },
      read: (id) => inventory.refresh(id),
      isLookedAt: () => state.lookedAt,
      onShown(hasAccount) {
        state.hasAccount = hasAccount;
      },
      onError: assert.fail,
    });
    undo.push(() => accounts.dispose());
    const shown = () => inventory.accounts.map(({ account }) => account.id);
    return { state, inventory, accounts, events, shown, watched: () => [...events.keys()] };
  }

  const choose =
    (...ids: string[]) =>
    (kept: KeptAccounts): KeptAccounts => ({
      ...kept,
      chosen: true,
      accounts: ids.map((id) => ({ id, shown: true })),
    });

  it('are found and shown, and their files watched from then on', async () => {
    const { accounts, shown, state, watched } = openWindow([cli('a', { current: true }), cli('b')]);
    assert.deepEqual(await accounts.remembered(), []);
    await accounts.find();
    assert.deepEqual(shown(), ['cli:a']);
    assert.equal(state.hasAccount, true);
    assert.deepEqual(watched(), [accounts.store.file, PROFILES]);
    assert.deepEqual(state.read, []);
    assert.deepEqual(
      (await accounts.remembered()).map(({ account }) => account.id),
      ['cli:a'],
    );
  });

  it('are read when they are new here, and only those', async () => {
    const { accounts, shown, state } = openWindow([ENVIRONMENT, cli('a')]);
    await accounts.find();
    await accounts.change(choose('environment', 'cli:a'));
    assert.deepEqual(shown(), ['environment', 'cli:a']);
    assert.deepEqual(state.read, ['cli:a']);
  });

  it('are read again after they had failed, and when they belong to somebody else now', async () => {
    const one = openWindow([cli('a', { identity: 'one' }), cli('b', { identity: 'same' })]);
    const { accounts, state } = one;
    await accounts.change(choose('cli:a', 'cli:b'));
    state.read = [];
    state.found = [cli('a', { identity: 'two' }), cli('b', { identity: 'same' })];
    await accounts.update();
    assert.deepEqual(state.read, ['cli:a']);

    state.failing.add('cli:b');
    await one.inventory.refresh('cli:b');
    assert.equal(one.inventory.account('cli:b')?.status, 'failed');
    state.failing.clear();
    state.read = [];
    await accounts.update();
    assert.deepEqual(state.read, ['cli:b']);
    assert.equal(one.inventory.account('cli:b')?.status, 'ready');
    assert.deepEqual(state.forgotten.slice(-1), ['cli:b']);
  });

  it('are read anew when their file changes while they are read, however long that would take', async () => {
    const file = join(folder, 'config.json');
    const { accounts, state, events, inventory } = openWindow([cli('sso', { file })]);
    state.file = file;
    await accounts.change(choose('cli:sso'));
    let open = () => {};
    state.gate = new Promise((resolve) => {
      open = resolve;
    });
    state.read = [];
    await writeFile(file, 'one');
    events.get(file)?.();
    await eventually('it is read', () => state.read.length === 1);
    await writeFile(file, 'another');
    events.get(file)?.();
    await eventually('it is read as whoever it is now', () => state.read.length === 2);
    open();
    await eventually('it is ready', () => inventory.account('cli:sso')?.status === 'ready');
    assert.equal(state.read.length, 2);
  });

  it('stay with their error when their source is gone, and what could not be read is told', async () => {
    const { accounts, shown, state, inventory } = openWindow([cli('a'), ENVIRONMENT]);
    await accounts.change(choose('cli:a', 'environment'));
    const other = new Error('/home/ada/.alibabacloud/credentials is damaged at line 3');
    const own = new Error(`${PROFILES} is damaged at line 3`);
    Object.assign(state, { found: [ENVIRONMENT], problems: [other, own] });
    state.read = [];
    state.failing.add('cli:a');
    await accounts.update();
    assert.deepEqual(shown(), ['cli:a', 'environment']);
    assert.deepEqual(state.read, ['cli:a']);
    assert.equal(inventory.account('cli:a')?.status, 'failed');
    // The account says itself what is wrong with its own file.
    assert.deepEqual(inventory.problems, [other]);
    await accounts.change(choose('environment'));
    assert.deepEqual(inventory.problems, [other, own]);
  });

  it('can all be signed out', async () => {
    const { accounts, shown, state } = openWindow([ENVIRONMENT]);
    await accounts.change(choose());
    assert.deepEqual(shown(), []);
    assert.equal(state.hasAccount, false);
  });

  it('follow what another window chooses; only a window that is looked at reads', async () => {
    const [one, two, hidden] = [0, 1, 2].map(() => openWindow([ENVIRONMENT, cli('a')]));
    assert.ok(one && two && hidden);
    for (const { accounts } of [one, two, hidden]) await accounts.find();
    hidden.state.lookedAt = false;
    await one.accounts.change(choose('cli:a'));
    for (const { events } of [two, hidden]) events.get(one.accounts.store.file)?.();
    await eventually('both show it', () => [two, hidden].every(({ shown }) => shown().join() === 'cli:a'));
    await eventually('one reads it', () => two.state.read.join() === 'cli:a');
    assert.deepEqual(hidden.state.read, []);
  });

  it('do not start over because another window has remembered something', async () => {
    const [one, two] = [openWindow([ENVIRONMENT]), openWindow([cli('a')])];
    await one.accounts.find();
    await two.accounts.find();
    one.events.get(one.accounts.store.file)?.();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual([one.shown(), two.shown()], [['environment'], ['cli:a']]);
    assert.deepEqual(
      (await two.accounts.remembered()).map(({ account }) => account.id),
      ['cli:a'],
    );
  });
});
