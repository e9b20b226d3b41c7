import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { createCloud } from '../../src/cloud/index';
import { expiryOf } from '../../src/model/expiry';
import { soonKeys } from '../../src/ui/expiry/soonKeys';
import { createCaches } from '../../src/ui/inventory/cache';
import type { Inventory } from '../../src/ui/inventory/entries';
import { createInventory } from '../../src/ui/inventory/inventory';
import { t, textLocale } from '../../src/ui/localise';
import { treeItemOf } from '../../src/ui/rowItem';
import { endpoints, thresholds } from '../../src/ui/settings';
import { createStatusBar } from '../../src/ui/status/statusBar';
import { registerKeyDecorations } from '../../src/ui/tree/keyDecorations';
import type { KeyNode } from '../../src/ui/tree/keyNodes';
import { createKeyTree, type KeyTree } from '../../src/ui/tree/keyTree';
import { keyUri } from '../../src/ui/tree/keyUri';

/** The client keys of the simulator, as this host shows them: runTests.ts leads settings and account to it. */
describe('client keys', () => {
  let folder: string;
  let inventory: Inventory;
  let tree: KeyTree;
  let cloud: ReturnType<typeof createCloud>;
  const now = () => cloud.now('environment');

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'client-keys-'));
    cloud = createCloud({
      endpoints,
      env: process.env,
      homeFolder: folder,
      userAgent: 'kms-client-keys/test',
      isTrusted: () => true,
    });
    inventory = createInventory({ lists: async () => cloud });
    const {
      accounts: [account],
    } = await cloud.listAccounts();
    assert.equal(account?.id, 'environment');
    inventory.show([{ account }]);
    await inventory.refresh();
    tree = createKeyTree({
      inventory,
      fileKeys: () => [],
      order: () => 'name',
      expiringOnly: () => false,
      context: () => ({
        t,
        locale: textLocale(),
        now,
        localNow: now,
        thresholds: thresholds(),
        rotationPart: () => undefined,
        machine: undefined,
      }),
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The key of the demo that expires in 12 days. */
  function expiringKey() {
    const found = inventory.keys().find((key) => expiryOf(key, now(), thresholds()).state === 'critical');
    assert.ok(found, 'no key expires soon');
    return found;
  }

  function itemOf(node: KeyNode): vscode.TreeItem {
    return treeItemOf(tree.row(node), node);
  }

  it('stand in the tree as account, region, AAP and key', () => {
    const labels: string[] = [];
    const walk = (node: KeyNode | undefined, depth: number) => {
      for (const child of tree.children(node)) {
        labels.push(`${'  '.repeat(depth)}${itemOf(child).label}`);
        walk(child, depth + 1);
      }
    };
    walk(undefined, 0);
    assert.equal(labels[0], 'Environment');
    for (const label of ['  China (Hangzhou)', '    payments-aap', '    batch-aap', '  China (Shanghai)'])
      assert.ok(labels.includes(label), `${label} in ${labels.join('\n')}`);
  });

  it('say all that is to be seen in their accessible text', () => {
    const item = itemOf({ kind: 'key', key: expiringKey() });
    assert.match(
      item.accessibilityInformation?.label ?? '',
      /^Client key KAAP\.[0-9a-f]{8}…[0-9a-f]{5}, expires in 12 days$/,
    );
    assert.equal(item.description, '12 days left');
    assert.ok(item.tooltip?.toString().includes(expiringKey().id));
    assert.deepEqual(item.contextValue?.split('+'), ['clientKey', 'arn', 'console', 'expiring']);
    assert.ok(item.iconPath instanceof vscode.ThemeIcon);
    assert.equal(item.iconPath.color?.id, 'clientKeys.critical');
  });

  it('are decorated where they end soon, and nothing else is', async () => {
    let provider: vscode.FileDecorationProvider | undefined;
    const registration = watching('registerFileDecorationProvider', (given) => {
      provider = given;
    });
    const decorations = registerKeyDecorations({ inventory, localKeys: { keys: [] }, now });
    registration.restore();
    try {
      assert.ok(provider);
      const { token } = new vscode.CancellationTokenSource();
      const decorationOf = async (uri: string) =>
        provider?.provideFileDecoration(vscode.Uri.parse(uri), token);
      const soon = await decorationOf(keyUri(expiringKey().id));
      assert.equal(soon?.badge, '12');
      assert.equal(soon?.tooltip, 'expires in 12 days');
      assert.ok(soon?.color instanceof vscode.ThemeColor);
      const late = inventory.keys().find((key) => expiryOf(key, now(), thresholds()).state === 'valid');
      assert.ok(late);
      assert.equal(await decorationOf(keyUri(late.id)), undefined);
      assert.equal(await decorationOf(`file:///${expiringKey().id}`), undefined);
    } finally {
      decorations.dispose();
    }
  });

  it('stand in the status bar from the cache, before any network', async () => {
    const caches = createCaches(path.join(folder, 'inventory'));
    const [account] = inventory.accounts;
    assert.ok(account);
    await caches.write({ accountId: 'environment', clockOffset: 0, regions: account.regions });
    const secret = process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
    const [file] = await readdir(caches.folder);
    assert.ok(file && secret && !(await readFile(path.join(caches.folder, file), 'utf8')).includes(secret));
    const [known] = await caches.readAll();
    assert.ok(known);
    const cached = createInventory({ lists: async () => cloud });
    const { identity: _, ...plain } = account.account;
    cached.show([{ account: plain }]);
    cached.takeKnown(known);

    let item: vscode.StatusBarItem | undefined;
    const creation = watching('createStatusBarItem', (created) => {
      item = created;
    });
    const bar = createStatusBar(() => ({
      soon: soonKeys({
        inventory: cached,
        localKeys: { keys: [] },
        board: { partOf: () => undefined, deletedAt: () => undefined },
        now,
        thresholds,
      }),
      waiting: [],
      accountName: () => undefined,
    }));
    creation.restore();
    try {
      bar.redraw();
      // The bar gathers news for a moment.
      while (!item?.text) await delay(10);
      assert.equal(item?.text, '$(warning) 12d');
      assert.match(String(item?.tooltip), /payments-aap · expires in 12 days/);
      assert.match(item?.accessibilityInformation?.label ?? '', /^KMS client keys: KAAP\./);
      assert.equal(item?.command, 'clientKeys.showExpiring');
    } finally {
      bar.dispose();
    }
  });
});

interface Seen {
  readonly registerFileDecorationProvider: vscode.FileDecorationProvider;
  readonly createStatusBarItem: vscode.StatusBarItem;
}

/** Lets a test see what is handed to VS Code, or what VS Code gives, where it has no way to ask for it. */
function watching<K extends keyof Seen>(method: K, see: (seen: Seen[K]) => void): { restore(): void } {
  const original: (...given: never[]) => unknown = vscode.window[method];
  const replace = (value: unknown) =>
    Object.defineProperty(vscode.window, method, {
      configurable: true,
      enumerable: true,
      writable: true,
      value,
    });
  replace((...given: unknown[]) => {
    const result = Reflect.apply(original, vscode.window, given);
    see((method === 'createStatusBarItem' ? result : given[0]) as Seen[K]);
    return result;
  });
  return { restore: () => replace(original) };
}
