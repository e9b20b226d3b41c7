import assert from 'node:assert/strict';
import { eventually } from '../host/eventually';
import { DEMO_AAP } from '../simulator/index';
import { auditView, openAudit } from './auditView';
import { browserStorage } from './canary';
import { type DemoCredential, newCredential } from './demoCredentials';
import { useFixture } from './fixture';
import {
  beginPatch,
  beginRotation,
  showKeys,
  takeStops,
  typeKeyId,
  untilScanned,
  waitMessage,
} from './rotationSteps';
import { compareFiles, type FileContents, readFiles } from './workspaceFiles';

/** Longer than the old window lives on, so that nobody is there to receive the answer. */
const ANSWER_AFTER_MS = 6000;
/** Keeps a patch waiting until the clock is moved. */
const LATE_START_MS = 10 * 60_000;

/** A member of the state from which the audit view is restored. */
const A_PART_OF_THE_AUDIT_VIEW = 'newKeyFirst';

describe('a rotation whose window is reloaded', () => {
  const scene = useFixture({ inOrder: true });
  let created: FileContents;
  let fresh: DemoCredential;

  it('while the key is created: says that the answer was lost, and creates it again in place of the orphan', async () => {
    const { workbench, simulator, workspace } = scene();
    const { control } = simulator;
    await showKeys(workbench);
    await control.injectFault({ action: 'CreateClientKey', kind: 'delay', ms: ANSWER_AFTER_MS, times: 1 });
    await beginRotation(workbench);
    await takeStops(workbench);
    await workbench.notification('Creating the client key…').waitFor();
    await workbench.reload();
    await eventually('the call has had its effect', async () => (await livingKeys()).length === 2);
    const orphan = (await livingKeys()).find((id) => id !== workspace.keyId);

    await control.injectFault({
      action: 'CreateClientKey',
      kind: 'notBeforeShift',
      ms: LATE_START_MS,
      times: 1,
    });
    await showKeys(workbench);
    await workbench.tree('Rotations').clickInline('1 Create', 'Resume Creation');
    await workbench.dialog(`The client key ${orphan} exists`).waitFor();
    await workbench.clickInDialog('The answer to the creation was lost', 'Create Client Key');
    await untilScanned(workbench, 0);

    fresh = await newCredential(workspace, simulator);
    assert.deepEqual(await livingKeys(), [workspace.keyId, fresh.keyId]);
    assert.notEqual(fresh.keyId, orphan);
    created = await readFiles(workspace.folder);
  });

  it('between creation and patch: lists the references again, and closes the preview that is empty now', async () => {
    const { workbench } = scene();
    const preview = workbench.page.locator('.multiDiffEntry').filter({ hasText: 'OrderKmsClient.java' });
    await workbench.tree('Rotations').clickInline('2 References', 'Preview Patch');
    await preview.getByText('«old password»').first().waitFor();
    await untilSaved('kms-preview');
    await workbench.reload();
    await showKeys(workbench);
    await untilScanned(workbench, 0);
    await workbench.editorTab('Patch preview').waitFor({ state: 'detached' });
    await workbench.tree('Rotations').clickInline('2 References', 'Preview Patch');
    await preview.getByText('«old password»').first().waitFor();
  });

  it('while it waits for the gateway: nothing is patched, and it can be patched again', async () => {
    const { workbench, simulator, workspace } = scene();
    await beginPatch(workbench);
    await waitMessage(workbench).waitFor();
    await workbench.reload();
    await showKeys(workbench);
    await untilScanned(workbench, 0);
    assert.deepEqual(compareFiles(created, await readFiles(workspace.folder)), unchanged());

    await beginPatch(workbench);
    await waitMessage(workbench).waitFor();
    await simulator.control.moveClock(LATE_START_MS);
    await untilScanned(workbench, 3);
    assert.equal(compareFiles(created, await readFiles(workspace.folder)).changed.length, 3);
  });

  it('while it watches: the audit view comes back and reads again', async () => {
    const { workbench, simulator } = scene();
    await (await openAudit(workbench)).waitForVerdict('inUse');
    await untilSaved(A_PART_OF_THE_AUDIT_VIEW);
    await workbench.reload();
    const audit = await auditView(workbench);
    await audit.waitForVerdict('inUse');
    for (let day = 0; day < 2; day++) await simulator.control.nextDay();
    await audit.refresh();
    await audit.waitForVerdict('quiet');
  });

  it('at the question for the id: nothing is deleted, and it can be deleted afterwards', async () => {
    const { workbench, workspace } = scene();
    await (await auditView(workbench)).deleteButton.click();
    await workbench.quickInput.waitFor('Delete client key of payments-aap');
    await workbench.reload();
    await showRotation();
    assert.deepEqual(await livingKeys(), [workspace.keyId, fresh.keyId]);

    await workbench.tree('Rotations').clickInline('4 Delete', 'Delete Old Client Key…');
    await typeKeyId(workbench, workspace.keyId);
    await workbench.tree('Rotations').row('4 Deleted').waitFor();
    assert.deepEqual(await livingKeys(), [fresh.keyId]);
  });

  it('lets no call of the applications fail', async () => {
    const { applications, workspace } = scene();
    const stats = applications?.stats() ?? [];
    assert.equal(stats.length, 2);
    for (const { name, failures, lastFailure, keyIds } of stats) {
      assert.equal(failures, 0, `${name}: ${lastFailure}`);
      assert.deepEqual(keyIds, [workspace.keyId, fresh.keyId], name);
    }
  });

  async function livingKeys(): Promise<string[]> {
    const keys = await scene().simulator.control.keys(DEMO_AAP);
    return keys.filter((key) => key.deletedAt === undefined).map((key) => key.id);
  }

  /** A workbench in a browser saves which editors are open only every few seconds. */
  async function untilSaved(part: string): Promise<void> {
    const { page } = scene().workbench;
    await eventually(
      `the state with ${part} is saved`,
      async () => (await browserStorage(page)).includes(part),
      30_000,
    );
  }

  async function showRotation(): Promise<void> {
    await scene().workbench.showContainer('Client Keys');
    await scene().workbench.tree('Rotations').row('quiet: ready to delete').waitFor();
    // Rows that still come would move the others away from under the mouse.
    await untilScanned(scene().workbench, 3);
  }
});

function unchanged() {
  return { added: [], removed: [], changed: [] };
}
