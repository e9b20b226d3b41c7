import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '../host/eventually';
import { useFixture } from './fixture';
import { applyPatch, createKey, showKeys, untilAtRest } from './rotationSteps';

const STEP = 'KMS_CLIENT_KEY_PASSWORD is a secret of GitHub Actions';
const COMMAND = /^gh secret set KMS_CLIENT_KEY_PASSWORD < \S*clientKey_KAAP\.[0-9a-f-]+_Password\.txt$/;

describe('what a patch cannot do by itself', () => {
  const scene = useFixture({ withoutApplications: true, inOrder: true });
  const clipboard = async () =>
    String(await scene().workbench.page.evaluate('navigator.clipboard.readText()'));

  it('is listed beneath its client, with a command that holds no secret', async () => {
    const { workbench, workspace } = scene();
    const workflows = path.join(workspace.folder, '.github', 'workflows');
    await mkdir(workflows, { recursive: true });
    await writeFile(
      path.join(workflows, 'deploy.yml'),
      [
        'jobs:',
        '  deploy:',
        '    env:',
        `      ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH: ${path.relative(workspace.folder, workspace.keyFile)}`,
        `      ALIBABA_CLOUD_KMS_PASSWORD: ${'$'}{{ secrets.KMS_CLIENT_KEY_PASSWORD }}`,
        '',
      ].join('\n'),
    );
    await showKeys(workbench);
    await createKey(workbench, 5);
    const rotations = workbench.tree('Rotations');
    await rotations.row('deploy.yml').waitFor();
    await untilAtRest(workbench);
    await rotations.expand('deploy.yml');
    await rotations.row(STEP).waitFor();
    await workbench.screenshot('manual step', 'Dark Modern', 'Light Modern', 'Default High Contrast');
    await rotations.clickInline(STEP, 'Copy Command');
    await eventually('the clipboard holds the command', async () => COMMAND.test(await clipboard()));
    await workbench.closeNotifications();
  });

  it('can be copied as a value after a warning', async () => {
    const { workbench } = scene();
    await workbench.tree('Rotations').clickInMenu(STEP, 'Copy Value…');
    await workbench.dialog('Copy the secret itself?').waitFor();
    await workbench.screenshot('copy value');
    await workbench.clickInDialog('Copy the secret itself?', 'Copy Value');
    await eventually('the clipboard holds a password', async () =>
      /^[\w~!@#$%^&*?-]{32}$/.test(await clipboard()),
    );
    await workbench.page.evaluate("navigator.clipboard.writeText('')");
  });

  it('is told in words above the differences of the preview', async () => {
    const { workbench } = scene();
    await workbench.tree('Rotations').clickInline('2 References', 'Preview Patch');
    await workbench.page.locator('.view-line').filter({ hasText: 'What changes' }).first().waitFor();
    await workbench.screenshot('patch summary', 'Dark Modern', 'Light Modern', 'Default High Contrast');
  });

  it('is not needed where files keep their names and get new content, which can be taken back', async () => {
    const { workbench, simulator, workspace } = scene();
    const rotations = workbench.tree('Rotations');
    const stable = path.join(workspace.folder, 'stable');
    const [credential, password] = ['client.json', 'password.txt'].map((name) => path.join(stable, name));
    assert.ok(credential && password);
    await mkdir(stable);
    await writeFile(path.join(stable, '.gitignore'), '*\n');
    await writeFile(credential, await readFile(workspace.keyFile));
    await writeFile(password, workspace.password);
    const settings = path.join(workspace.folder, 'stable.properties');
    await writeFile(
      settings,
      'client_key_private_key_path=stable/client.json\nclient_key_password_from_file_path=stable/password.txt\n',
    );
    const before = await readFile(settings, 'utf8');
    await rotations.clickInline('2 References', 'Find References in This Workspace');
    await rotations.row('stable.properties').filter({ hasText: 'new file' }).waitFor();
    await untilAtRest(workbench);
    await rotations.clickInMenu('stable.properties', "Replace the File's Content in Place");
    await rotations.row('stable.properties').filter({ hasText: 'replaced in place' }).waitFor();
    await applyPatch(workbench, simulator.control, '4 of 6 patched');
    assert.notEqual(await readFile(credential, 'utf8'), await readFile(workspace.keyFile, 'utf8'));
    assert.equal(await readFile(settings, 'utf8'), before);
    await rotations.clickInline('2 References', 'Undo Patch');
    await workbench.notification('were put back').waitFor();
    assert.equal(await readFile(credential, 'utf8'), await readFile(workspace.keyFile, 'utf8'));
    assert.ok((await readFile(password, 'utf8')) === workspace.password, 'the old password is back');
  });

  it('can be done for one client alone, from the line that names the old key', async () => {
    const { workbench, workspace } = scene();
    await untilAtRest(workbench);
    await workbench.closeNotifications();
    await workbench.editor.open('secretsmanager.properties');
    const fixes = await workbench.editor.quickFixes('keys/clientKey_KAAP');
    await fixes.filter({ hasText: /Use client key KAAP\..* here/ }).click();
    await workbench.tree('Rotations').row('1 of 6 patched').waitFor();
    const text = await readFile(path.join(workspace.folder, 'secretsmanager.properties'), 'utf8');
    assert.ok(!text.includes(workspace.keyId));
  });
});
