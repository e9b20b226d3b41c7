import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { useFixture } from './fixture';
import { applyPatch, createKey, showKeys, untilAtRest, untilScanned } from './rotationSteps';
import { compareFiles, digests, type FileContents, readFiles } from './workspaceFiles';

const JAVA = 'src/main/java/com/example/shop/OrderKmsClient.java';

describe('a patch', () => {
  const scene = useFixture({ inOrder: true });
  let original: FileContents;

  it('takes the ticked groups alone', async () => {
    const { workbench, workspace } = scene();
    const rotations = workbench.tree('Rotations');
    await showKeys(workbench);
    await createKey(workbench);
    original = await readFiles(workspace.folder);
    await tick('OrderKmsClient.java:9', '2 groups to patch');
    await rotations.clickInline('2 References', 'Apply Patch');
    await applyQuickly();
    await untilScanned(workbench, 2);
    const { changed } = compareFiles(original, await readFiles(workspace.folder));
    assert.deepEqual(changed, ['.env', 'secretsmanager.properties']);
  });

  it('is taken back to the very bytes', async () => {
    const { workbench, workspace } = scene();
    await workbench.tree('Rotations').clickInline('2 References', 'Undo Patch');
    await workbench
      .notification('4 values were put back. The files name the old client key again.')
      .waitFor();
    await untilScanned(workbench, 0);
    assert.deepEqual(digests(await readFiles(workspace.folder)), digests(original));
  });

  it('can be applied again, and leaves alone what was edited since when it is taken back', async () => {
    const { workbench, simulator, workspace } = scene();
    const rotations = workbench.tree('Rotations');
    await tick('OrderKmsClient.java:9', '3 groups to patch');
    await applyPatch(workbench, simulator.control);
    const file = path.join(workspace.folder, JAVA);
    const edited = (await readFile(file, 'utf8')).replace(/(clientKeyPass = ")[^"]*/, '$1Edited-by-hand-1');
    await writeFile(file, edited);

    await rotations.clickInline('2 References', 'Undo Patch');
    await workbench.notification(`These have changed since and were left alone: ${JAVA}.`).waitFor();
    assert.ok((await readFile(file, 'utf8')) === edited, 'the edited file was changed');
    const { changed } = compareFiles(original, await readFiles(workspace.folder));
    assert.deepEqual(changed, [JAVA]);
  });

  it('lets no call of the applications fail, there and back', () => {
    for (const { name, failures, lastFailure, keyIds } of scene().applications?.stats() ?? []) {
      assert.equal(failures, 0, `${name}: ${lastFailure}`);
      assert.equal(keyIds.length, 2, name);
    }
  });

  /** Ticks or unticks a group until the rotation counts it so: a click while the rows are read again is lost. */
  async function tick(group: string, counted: string): Promise<void> {
    const rotations = scene().workbench.tree('Rotations');
    for (let attempt = 1; ; attempt++) {
      await untilAtRest(scene().workbench);
      await rotations.toggle(group);
      try {
        return await rotations.row(counted).waitFor({ timeout: 5000 });
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  async function applyQuickly(): Promise<void> {
    const { workbench, simulator } = scene();
    await workbench.notification('Applying the patch').waitFor();
    await simulator.control.moveClock(30_000);
  }
});
