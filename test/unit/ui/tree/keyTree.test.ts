import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import type { Account } from '../../../../src/model/account';
import type { AapRef } from '../../../../src/model/clientKey';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import { createInventory } from '../../../../src/ui/inventory/inventory';
import type { KeyNode } from '../../../../src/ui/tree/keyNodes';
import type { SortOrder } from '../../../../src/ui/tree/keyOrder';
import { createKeyTree } from '../../../../src/ui/tree/keyTree';
import { type FakeLists, fakeLists, keyIdOf, START } from '../inventory/fakeLists';
import { plain } from '../plain';

const A: Account = { id: 'environment', kind: 'environment' };
const B: Account = { id: 'cli:b', kind: 'cliProfile', profile: 'b', mode: 'AK', current: false, file: '/b' };
const LOCAL = {
  id: keyIdOf('file', 1),
  notBefore: START,
  notAfter: START + 5 * 86_400_000,
  file: '/w/a/key.json',
  folder: '/w',
};

/** Key n ends n days from now, so that up to 30 is critical and up to 90 expiring. */
function scene(fake: FakeLists, accounts = [A]) {
  const inventory = createInventory({ lists: async () => fake.lists });
  inventory.show(accounts.map((account) => ({ account })));
  const look = { order: 'expiry' as SortOrder, expiringOnly: false, files: [] as (typeof LOCAL)[] };
  const tree = createKeyTree({
    inventory,
    fileKeys: () => look.files,
    order: () => look.order,
    expiringOnly: () => look.expiringOnly,
    context: () => ({
      t: plain,
      locale: 'en',
      now: () => START,
      localNow: () => START,
      thresholds: DEFAULT_THRESHOLDS,
      rotationPart: () => undefined,
      machine: undefined,
    }),
  });
  /** Labels, indented by depth. */
  function outline(node?: KeyNode, depth = 0): string[] {
    return tree.children(node).flatMap((child) => {
      const { label, description } = tree.row(child);
      const name = child.kind === 'key' ? String(Number.parseInt(child.key.id.slice(5, 13), 16)) : label;
      const text = child.kind === 'instance' || child.kind === 'gateway' ? `${name} · ${description}` : name;
      return [`${'  '.repeat(depth)}${text}`, ...outline(child, depth + 1)];
    });
  }
  const renewed = (from?: KeyNode) => {
    tree.renew();
    return outline(from);
  };
  return { inventory, look, tree, outline: renewed };
}

const estate = () =>
  fakeLists({
    environment: {
      'cn-shanghai': { old: [200], soon: [60, 20], role: 'role', none: [] },
      'ap-southeast-1': {},
      'cn-hangzhou': { pay: [400, 10], mail: [300] },
    },
    'cli:b': { 'cn-hangzhou': { pay: [5] } },
  });

describe('tree of client keys', () => {
  it('has accounts, regions that hold AAPs, AAPs and keys, the earliest end first', async () => {
    const { inventory, outline } = scene(estate(), [A, B]);
    await inventory.refresh();
    assert.deepEqual(outline(), [
      'Environment',
      '  China (Hangzhou)',
      '    pay',
      '      10',
      '      400',
      '    mail',
      '      300',
      '  China (Shanghai)',
      '    soon',
      '      20',
      '      60',
      '    old',
      '      200',
      '    none',
      '    role',
      'b',
      '  China (Hangzhou)',
      '    pay',
      '      5',
    ]);
  });

  it('can be sorted by name', async () => {
    const { inventory, look, tree, outline } = scene(estate());
    await inventory.refresh();
    outline();
    look.order = 'name';
    tree.sortAnew();
    assert.deepEqual(
      outline().filter((line) => !/^ {6}/.test(line)),
      [
        'Environment',
        '  China (Hangzhou)',
        '    mail',
        '    pay',
        '  China (Shanghai)',
        '    none',
        '    old',
        '    role',
        '    soon',
      ],
    );
  });

  it('gives every node an id of its own, also where accounts have equal regions and AAPs', async () => {
    const fake = estate();
    fake.failing = { calls: /ListKeys .*pay|ListAaps .*shanghai/, kind: 'timeout' };
    const { inventory, tree } = scene(fake, [A, B]);
    await inventory.refresh();
    const ids: string[] = [];
    const walk = (node?: KeyNode) => {
      for (const child of tree.children(node)) {
        ids.push(tree.row(child).id);
        const parent = tree.parent(child);
        assert.equal(parent && tree.row(parent).id, node && tree.row(node).id);
        walk(child);
      }
    };
    walk();
    assert.ok(ids.length > 10);
    assert.equal(new Set(ids).size, ids.length, ids.join('\n'));
  });

  it('keeps its order while an account is being read; what is new comes last; then it is sorted', async () => {
    const fake = estate();
    const { inventory, outline } = scene(fake);
    await inventory.refresh();
    const aaps = () =>
      outline()
        .filter((line) => /^ {4}\S/.test(line))
        .map((line) => line.trim());
    assert.deepEqual(aaps(), ['pay', 'mail', 'soon', 'old', 'none', 'role']);
    fake.world[A.id] = {
      'cn-shanghai': { urgent: [1], old: [200], soon: [60, 20], role: 'role', none: [] },
      'cn-hangzhou': { first: [2], pay: [400, 350], mail: [15] },
    };
    fake.hold(/ListKeys .*none/);
    const refreshed = inventory.refresh();
    while (inventory.keys().length < 8) await tick();
    assert.deepEqual(aaps(), ['pay', 'mail', 'first', 'soon', 'old', 'none', 'role', 'urgent']);
    fake.release();
    await refreshed;
    assert.deepEqual(aaps(), ['urgent', 'soon', 'old', 'none', 'role', 'first', 'mail', 'pay']);
  });

  it('can show what expires alone, with where it stands', async () => {
    const { inventory, look, outline } = scene(estate(), [A, B]);
    await inventory.refresh();
    look.expiringOnly = true;
    assert.deepEqual(outline(), [
      'Environment',
      '  China (Hangzhou)',
      '    pay',
      '      10',
      '  China (Shanghai)',
      '    soon',
      '      20',
      '      60',
      'b',
      '  China (Hangzhou)',
      '    pay',
      '      5',
    ]);
  });

  it('shows under the filter also what could not be read, and says so when nothing is left', async () => {
    const fake = fakeLists({
      environment: { 'cn-hangzhou': { pay: [400], mail: [300] }, 'cn-shanghai': {} },
    });
    const { inventory, look, tree, outline } = scene(fake);
    await inventory.refresh();
    look.expiringOnly = true;
    assert.deepEqual(outline(), ['Environment', '  No client key expires within the warning period.']);
    fake.failing = { calls: /ListKeys .*pay|ListAaps .*shanghai/, kind: 'timeout' };
    await inventory.refresh();
    assert.deepEqual(outline(), [
      'Environment',
      '  China (Hangzhou)',
      '    pay',
      '      No answer in time',
      '  China (Shanghai)',
      '    No answer in time',
    ]);
    const hidden = (aapName: string) =>
      tree.isHidden({ kind: 'aap', aap: { accountId: A.id, regionId: 'cn-hangzhou', aapName } });
    assert.deepEqual([hidden('pay'), hidden('mail')], [false, true]);
  });

  it('says that an account has no AAP, once it was read', async () => {
    const fake = fakeLists({ environment: { 'cn-hangzhou': {} } });
    const { inventory, outline } = scene(fake);
    assert.deepEqual(outline(), ['Environment']);
    await inventory.refresh();
    assert.deepEqual(outline(), ['Environment', '  No application access point in any region.']);
  });

  it('shows chosen regions also when they are empty', async () => {
    const { inventory, outline } = scene(estate());
    inventory.show([{ account: A, chosenRegions: ['ap-southeast-1', 'cn-hangzhou'] }]);
    await inventory.refresh();
    assert.deepEqual(
      outline().filter((line) => /^ {2}\S/.test(line)),
      ['  China (Hangzhou)', '  Singapore'],
    );
  });

  it('shows where an AAP leads below its keys, and the account number its ARN tells', async () => {
    const fake = estate();
    fake.reach = {
      uid: '1234567890',
      instances: [
        { id: 'kst-hzz65f0demo0payments', logBought: true },
        { id: 'kst-hzz77a0demo0reports', logBought: false },
        { id: 'kst-hzz99', logBought: undefined },
      ],
      sharedGateway: true,
    };
    const { inventory, tree, outline } = scene(fake);
    await inventory.refresh();
    const aap: AapRef = { accountId: A.id, regionId: 'cn-hangzhou', aapName: 'pay' };
    await inventory.readReach(aap);
    const [account] = tree.children(undefined);
    const pay = outline(tree.find({ kind: 'aap', aap }));
    assert.deepEqual(pay, [
      '10',
      '400',
      'kst-hzz65f… · audit log on',
      'kst-hzz77a… · audit log off',
      'kst-hzz99 · audit log not known',
      'shared gateway · usage cannot be verified',
    ]);
    assert.ok(account);
    assert.match(tree.row(account).description ?? '', / · 1234567890 · /);
    const instance = tree.find({ kind: 'instance', aap, instanceId: 'kst-hzz99' });
    assert.equal(instance?.kind, 'instance');
    fake.failing = { calls: /ReadReach/, kind: 'noPermission' };
    await inventory.readReach(aap, true);
    const node = tree.children(tree.find({ kind: 'aap', aap })).at(-1);
    assert.ok(node?.kind === 'error');
    assert.deepEqual(node.retry, { kind: 'reach', aap });
    assert.match(tree.row(node).label, /^KMS instance not known: No permission/);
  });

  it('is unfolded while an account is small', async () => {
    const { inventory, tree } = scene(estate());
    await inventory.refresh();
    const expansions = () => {
      tree.renew();
      return tree
        .children(tree.children(undefined)[0])
        .flatMap((region) => [region, ...tree.children(region)])
        .map((node) => tree.row(node).expansion);
    };
    assert.deepEqual(
      [...new Set(expansions())],
      ['expanded', undefined],
      'only RAM roles cannot be unfolded',
    );
    const many = fakeLists({
      environment: {
        'cn-hangzhou': Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`aap-${n}`, [n + 1]])),
      },
    });
    const large = scene(many);
    await large.inventory.refresh();
    const [root] = large.tree.children(undefined);
    const [region] = large.tree.children(root);
    const [aap] = large.tree.children(region);
    assert.ok(root && region && aap);
    assert.deepEqual(
      [root, region, aap].map((node) => large.tree.row(node).expansion),
      ['expanded', 'collapsed', 'collapsed'],
    );
  });

  it('shows a failure with what is still known, its reason and its retry', async () => {
    const fake = estate();
    const { inventory, tree, outline } = scene(fake);
    await inventory.refresh();
    fake.failing = { calls: /ListAaps .*shanghai|DescribeRegions/, kind: 'noPermission' };
    await inventory.refresh();
    const [account] = tree.children(undefined);
    assert.ok(account);
    const [error, , shanghai] = tree.children(account);
    assert.ok(error?.kind === 'error' && shanghai?.kind === 'region');
    assert.deepEqual(error.retry, { kind: 'account', accountId: A.id });
    assert.ok(tree.row(error).tags.includes('policy'));
    assert.match(
      tree.row(account).description ?? '',
      /^No permission: kms:DescribeRegions · 2 critical · 6 keys · /,
    );
    const [reason] = tree.children(shanghai);
    assert.ok(reason?.kind === 'error');
    assert.deepEqual(reason.retry, { kind: 'region', accountId: A.id, regionId: 'cn-shanghai' });
    assert.equal(outline(shanghai).length, 8, 'reason, four AAPs and their keys');
    assert.equal(tree.row(shanghai).expansion, 'expanded');
  });

  it('shows keys that only credential files tell of, and damaged sources of accounts', async () => {
    const { inventory, look, tree, outline } = scene(estate(), []);
    look.files = [LOCAL];
    inventory.show([], [new Error('The profile file /p is damaged at line 3.')]);
    const [problem, signIn, files] = tree.children(undefined);
    assert.equal(signIn?.kind, 'signIn');
    assert.ok(problem?.kind === 'error' && files?.kind === 'files');
    assert.deepEqual(problem.retry, { kind: 'all' });
    assert.equal(tree.row(files).description, '1 critical · 1 key');
    const [fileKey] = tree.children(files);
    assert.ok(fileKey?.kind === 'fileKey');
    assert.equal(fileKey.file, LOCAL.file);
    assert.match(tree.row(fileKey).description ?? '', /^5 days left · a\/key\.json$/);
    assert.match(tree.row(fileKey).spoken ?? '', /expires in 5 days, a\/key\.json/);
    look.expiringOnly = true;
    assert.equal(outline().length, 4);
    look.files = [{ ...LOCAL, notAfter: START + 400 * 86_400_000 }];
    assert.equal(outline().length, 1, 'a file whose key lives long is hidden');
  });

  it('finds a key by its id, and knows its place', async () => {
    const { inventory, tree } = scene(estate(), [A, B]);
    await inventory.refresh();
    const key = inventory.key(keyIdOf(B.id, 5));
    assert.ok(key);
    const node = tree.find({ kind: 'key', key });
    assert.ok(node?.kind === 'key');
    const path: string[] = [];
    for (let at: KeyNode | undefined = node; at; at = tree.parent(at)) path.unshift(tree.row(at).label);
    assert.deepEqual(path, ['b', 'China (Hangzhou)', 'pay', tree.row(node).label]);
    await inventory.show([{ account: A }]);
    assert.equal(tree.find({ kind: 'key', key }), undefined);
  });
});
