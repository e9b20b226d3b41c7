import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

const ID = 'kms-client-keys.kms-client-keys';

interface Manifest {
  readonly contributes?: { readonly commands?: readonly { readonly command: string }[] };
}

describe('activation', () => {
  function extension(): vscode.Extension<unknown> {
    const found = vscode.extensions.getExtension(ID);
    assert.ok(found, `${ID} is not installed`);
    return found;
  }

  it('the extension is present and runs from this checkout', () => {
    const checkout = path.resolve(__dirname, '../..');
    assert.equal(extension().extensionPath, checkout);
  });

  it('activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('registers every command of the manifest', async () => {
    await extension().activate();
    const manifest: Manifest = JSON.parse(
      readFileSync(path.join(extension().extensionPath, 'package.json'), 'utf8'),
    );
    const declared = (manifest.contributes?.commands ?? []).map(({ command }) => command);
    assert.ok(declared.length > 0, 'the manifest declares no command');
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });
});
