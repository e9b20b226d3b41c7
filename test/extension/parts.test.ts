import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { Secret } from '../../src/model/secret';
import { createPatchPreview } from '../../src/ui/rotations/patchPreview';
import { treeItemOf } from '../../src/ui/rowItem';
import { createSecretVault } from '../../src/ui/secretVault';
import { endpoints, thresholds, verdictOptions } from '../../src/ui/settings';

describe('settings', () => {
  it('have the defaults of the manifest', () => {
    const { defaultValue } =
      vscode.workspace.getConfiguration('clientKeys').inspect<string>('endpoints.kms') ?? {};
    assert.equal(defaultValue, 'https://kms.{region}.aliyuncs.com');
    assert.match(endpoints().log, /\{region\}|127\.0\.0\.1/);
    assert.deepEqual(thresholds(), { expiringDays: 90, criticalDays: 30, finalDays: 7 });
    assert.equal(verdictOptions().quietPeriodMs, 24 * 3_600_000);
  });

  it('cannot be redirected by a workspace', async () => {
    const settings = vscode.workspace.getConfiguration('clientKeys');
    await assert.rejects(
      Promise.resolve(
        settings.update('endpoints.kms', 'https://elsewhere.example', vscode.ConfigurationTarget.Workspace),
      ),
    );
  });
});

describe('rows', () => {
  it('carry tags for menus, a decorated URI and an accessible text', () => {
    const node = { kind: 'x' };
    const item = treeItemOf(
      {
        id: 'i',
        label: 'KAAP.66abf237…',
        description: 'expires in 12 days',
        tags: ['clientKey', 'expiring'],
        icon: 'warning',
        color: 'clientKeys.critical',
        resource: 'kms-key:/KAAP.x',
        checked: true,
        click: { command: 'clientKeys.openReference', title: 'Open' },
      },
      node,
    );
    assert.equal(item.contextValue, 'clientKey+expiring');
    assert.equal(item.resourceUri?.scheme, 'kms-key');
    assert.equal(item.accessibilityInformation?.label, 'KAAP.66abf237…, expires in 12 days');
    assert.equal(item.checkboxState, vscode.TreeItemCheckboxState.Checked);
    assert.deepEqual(item.command?.arguments, [node]);
  });
});

describe('patch preview', () => {
  it('shows the masked texts, and nothing once it is closed', async () => {
    const preview = createPatchPreview();
    const file = path.join(__dirname, 'shop.properties');
    await preview.show([
      {
        groups: [],
        plan: {
          rotationId: 'r',
          folder: __dirname,
          groupIds: ['g'],
          exclude: [],
          replacement: {
            keyId: '',
            credentialFile: '',
            passwordFile: '',
            password: new Secret('real'),
          },
          copies: [],
          refused: [],
          warnings: [],
          files: [
            {
              file,
              sha256: '',
              content: new TextEncoder().encode('client_key_password=real'),
              edits: [],
              maskedBefore: 'client_key_password=«old password»',
              maskedAfter: 'client_key_password=«new password, 32 characters»',
            },
          ],
        },
      },
    ]);
    const before = vscode.Uri.from({
      scheme: 'kms-preview',
      authority: 'before-1',
      path: vscode.Uri.file(file).path,
    });
    const document = await vscode.workspace.openTextDocument(before);
    assert.equal(document.getText(), 'client_key_password=«old password»');
    const shown = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'kms-preview');
    assert.ok(shown.length > 0 && shown.every((each) => !each.getText().includes('real')));
    const open = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
    await vscode.workspace.openTextDocument({ content: 'not ours' }).then(vscode.window.showTextDocument);
    assert.equal(open(), 2);
    await preview.close();
    assert.equal(open(), 1, 'only the preview is closed');
    preview.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

describe('secret vault', () => {
  /** VS Code's storage is handed to the extension alone; this one has its interface. */
  function storage(): vscode.SecretStorage {
    const values = new Map<string, string>();
    return {
      keys: async () => [...values.keys()],
      get: async (key) => values.get(key),
      store: async (key, value) => void values.set(key, value),
      delete: async (key) => void values.delete(key),
      onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
    };
  }

  it('gives back secrets that do not print', async () => {
    const vault = createSecretVault(storage());
    await vault.store('rotation/r1/password', new Secret('correct horse'));
    await vault.store('other', new Secret('x'));
    const secret = await vault.read('rotation/r1/password');
    assert.equal(secret?.reveal(), 'correct horse');
    assert.equal(String(secret), '•••');
    assert.deepEqual(await vault.names('rotation/'), ['rotation/r1/password']);
    await vault.remove('rotation/r1/password');
    assert.equal(await vault.read('rotation/r1/password'), undefined);
  });
});
