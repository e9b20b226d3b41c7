import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../host/eventually';
import { useFixture } from './fixture';
import { showKeys } from './rotationSteps';

const KEY_PATH = 'keys/clientKey_KAAP';
const WRONG = 'This password does not open client key KAAP';

/** The two characters of a decoration are content of a style sheet. */
const badgeOf = (row: Locator) =>
  row.locator('.monaco-icon-label').evaluate((label) => getComputedStyle(label, '::after').content);

describe('an editor', () => {
  const scene = useFixture({
    withoutApplications: true,
    settings: { 'clientKeys.editor.codeLens': true },
  });

  it('says from local files alone how long the key of a reference lives', async () => {
    const { workbench } = scene();
    await workbench.editor.open('secretsmanager.properties');
    await workbench.editor.squiggles('warning').first().waitFor();
    for (const theme of ['Dark Modern', 'Light Modern', 'Default High Contrast'] as const) {
      await workbench.setTheme(theme);
      const hover = await workbench.editor.hover(KEY_PATH);
      await hover
        .getByText(/expires in 1[12] days/)
        .first()
        .waitFor();
      await workbench.screenshot(`editor hover ${theme}`);
    }
  });

  it('shows account and region once they are known, and leads to the rotation', async () => {
    const { workbench } = scene();
    await showKeys(workbench);
    await workbench.editor.open('secretsmanager.properties');
    const hover = await workbench.editor.hover(KEY_PATH);
    await hover.getByText('payments-aap').waitFor();
    const fixes = await workbench.editor.quickFixes(KEY_PATH);
    await fixes.filter({ hasText: 'Rotate this client key…' }).waitFor();
    await workbench.screenshot('editor quick fixes');
    await fixes.filter({ hasText: 'Rotate this client key…' }).click();
    await workbench.quickInput.waitFor('(1/4)');
    await workbench.quickInput.cancel();
  });

  it('shows the life of the key above the line, where that is wanted', async () => {
    const { workbench } = scene();
    await workbench.editor
      .lenses()
      .filter({ hasText: /KAAP\..* · 1[12] days left/ })
      .first()
      .waitFor();
  });

  it('marks the credential file in the explorer', async () => {
    const { workbench, workspace } = scene();
    await workbench.showContainer('Explorer');
    const explorer = workbench.page.locator('.explorer-folders-view');
    await explorer.getByText('keys', { exact: true }).click();
    const row = explorer
      .locator('.monaco-list-row')
      .filter({ hasText: /clientKey_KAAP.*\.json/ })
      .first();
    await row.waitFor();
    await eventually('the badge is there', async () => /^"1[12]"$/.test(await badgeOf(row)));
    // One without a password beside it does not say when it ends.
    const lonely = path.join(workspace.folder, 'lonely.json');
    const other = { KeyId: 'KAAP.11111111-2222-4333-8444-555555555555', PrivateKeyData: 'TUlJ' };
    await writeFile(lonely, JSON.stringify(other));
    const unknown = explorer.locator('.monaco-list-row').filter({ hasText: 'lonely.json' }).first();
    await unknown.waitFor();
    await eventually('its badge says so', async () => (await badgeOf(unknown)) === '"?"');
    await workbench.screenshot('explorer badge', 'Dark Modern', 'Light Modern', 'Default High Contrast');
  });

  it('finds a password that does not open its key as soon as the file is saved', async () => {
    const { workbench, workspace } = scene();
    const file = path.join(workspace.folder, '.env');
    const text = await readFile(file, 'utf8');
    await openFromExplorer('.env');
    await workbench.editor.line('ALIBABA_CLOUD_KMS_PASSWORD').waitFor();
    assert.equal(await workbench.editor.squiggles('error').count(), 0);
    await writeFile(file, text.replace(workspace.password, 'Wrong-Pw-12345678'));
    await workbench.editor.squiggles('error').first().waitFor();
    const hover = await workbench.editor.hover('Wrong-Pw');
    await hover.getByText(WRONG).waitFor();
    await writeFile(file, text);
    await workbench.editor.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('moves a password out of a file that git would commit', async () => {
    const { workbench, workspace } = scene();
    const file = path.join(workspace.folder, 'legacy.properties');
    const key = path.relative(workspace.folder, workspace.keyFile);
    const before = `client_key_private_key_path=${key}\nclient_key_password=${workspace.password}\n`;
    await writeFile(file, before);
    await openFromExplorer('legacy.properties');
    await workbench.editor.squiggles('info').first().waitFor();
    const fixes = await workbench.editor.quickFixes(workspace.password.slice(0, 4));
    await workbench.screenshot('editor password fix');
    await fixes.filter({ hasText: 'Move this password to a file' }).click();
    await workbench.notification('The password is in keys/clientKey_KAAP').waitFor();
    const passwordFile = path.relative(workspace.folder, workspace.passwordFile);
    assert.equal(
      await readFile(file, 'utf8'),
      `client_key_private_key_path=${key}\nclient_key_password_from_file_path=${passwordFile}\n`,
    );
    await workbench.editor.squiggles('info').first().waitFor({ state: 'detached' });
    await workbench.closeNotifications();
  });

  it('keeps a credential file out of git', async () => {
    const { workbench, workspace } = scene();
    const credential = await readFile(workspace.keyFile);
    await writeFile(path.join(workspace.folder, 'client.json'), credential);
    await writeFile(
      path.join(workspace.folder, 'tracked.properties'),
      `client_key_private_key_path=client.json\nclient_key_password_from_file_path=${path.relative(workspace.folder, workspace.passwordFile)}\n`,
    );
    await openFromExplorer('tracked.properties');
    await workbench.editor.squiggles('info').first().waitFor();
    const fixes = await workbench.editor.quickFixes('client.json');
    await fixes.filter({ hasText: 'Add to .gitignore' }).click();
    await workbench.notification('Added /client.json to .gitignore.').waitFor();
    assert.match(await readFile(path.join(workspace.folder, '.gitignore'), 'utf8'), /^\/client\.json$/m);
    await workbench.closeNotifications();
  });

  /** Quick open knows neither ignored files nor those that have just been made. */
  async function openFromExplorer(name: string): Promise<void> {
    const { workbench } = scene();
    await workbench.showContainer('Explorer');
    await workbench.page.locator('.explorer-folders-view').getByText(name, { exact: true }).click();
    await workbench.editorTab(name).waitFor();
  }
});
