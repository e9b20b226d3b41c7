import assert from 'node:assert/strict';
import { eventually } from '../host/eventually';
import { DEMO_AAP, DEMO_INSTANCE } from '../simulator/index';
import { openAudit } from './auditView';
import { useFixture } from './fixture';
import {
  applyPatch,
  beginRotation,
  EXPIRING_KEY,
  showKeys,
  takeStops,
  typeKeyId,
  untilAtRest,
  untilScanned,
} from './rotationSteps';

describe('a rotation that meets resistance', () => {
  const scene = useFixture({ inOrder: true });

  it('says before anything starts that an AAP is full', async () => {
    const { workbench } = scene();
    await showKeys(workbench);
    await workbench
      .tree('Client Keys')
      .row('reports-aap')
      .filter({ hasText: '3 of 3 keys · full' })
      .waitFor();
    await workbench.tree('Client Keys').clickInMenu('924 days left', 'Rotate Client Key…');
    await workbench.notification('already has 3 of 3 client keys').waitFor();
    assert.equal(await workbench.quickInput.title.count(), 0, 'a question was asked all the same');
    assert.equal((await requestsOf('CreateClientKey')).length, 0);
    await workbench.closeNotifications();
  });

  it('names the permission that a region lacks, and reads it once it is granted', async () => {
    const { workbench, simulator } = scene();
    const keys = workbench.tree('Client Keys');
    await simulator.control.denyAction('kms:ListClientKeys', true, 'cn-shanghai');
    await keys.clickTitleAction('Refresh Client Keys');
    // Its AAP says in short what the row below it says in full.
    const refused = 'The account may not call ListClientKeys';
    await keys.row(refused).waitFor();
    await untilAtRest(workbench);
    assert.match(
      await keys.ariaLabel(refused),
      /may not call ListClientKeys: its RAM policies do not allow kms:ListClientKeys/,
    );
    await simulator.control.denyAction('kms:ListClientKeys', false, 'cn-shanghai');
    await keys.clickInline(refused, 'Retry');
    await keys.row(refused).waitFor({ state: 'detached' });
    await keys.row('inventory-aap').filter({ hasText: '1 of 3 keys' }).waitFor();
  });

  it('finishes reading the keys while the service throttles, and answers clicks meanwhile', async () => {
    const { workbench, simulator } = scene();
    const keys = workbench.tree('Client Keys');
    // The reading that the test before has asked for would meet the throttling instead.
    await untilAtRest(workbench);
    await simulator.control.injectFault({ action: 'ListClientKeys', kind: 'throttle', times: 4 });
    await keys.clickTitleAction('Refresh Client Keys');
    await keys.row('loading…').waitFor();
    await workbench.statusBarItem('12d').click();
    await workbench.quickInput.pick(DEMO_AAP);
    await workbench.quickInput.waitFor('(1/4)');
    await workbench.quickInput.cancel();
    await keys.row('loading…').waitFor({ state: 'detached' });
    const refused = (await requestsOf('ListClientKeys')).filter(({ status }) => status === 429);
    assert.equal(refused.length, 4);
    await keys.row(EXPIRING_KEY).waitFor();
    assert.equal(await keys.row('Too many requests').count(), 0);
  });

  it('names the permission that a creation lacks, with the request id, and resumes once it is granted', async () => {
    const { workbench, simulator } = scene();
    await simulator.control.denyAction('kms:CreateClientKey', true);
    await beginRotation(workbench);
    await takeStops(workbench);
    const message =
      'No permission: kms:CreateClientKey (Environment · China (Hangzhou)). The account may not call CreateClientKey: its RAM policies do not allow kms:CreateClientKey.';
    await workbench.notification(message).waitFor();
    await workbench.clickInNotification(message, 'Copy Request ID');
    const [refused] = (await requestsOf('CreateClientKey')).slice(-1);
    assert.ok(refused?.requestId);
    await eventually('the clipboard holds the request id', async () => {
      return (await workbench.page.evaluate('navigator.clipboard.readText()')) === refused.requestId;
    });
    assert.equal((await simulator.control.keys(DEMO_AAP)).length, 1);

    await simulator.control.denyAction('kms:CreateClientKey', false);
    await workbench.tree('Rotations').clickInline('1 Create', 'Resume Creation');
    await untilScanned(workbench, 0);
    assert.equal((await simulator.control.keys(DEMO_AAP)).length, 2);
  });

  it('holds the deletion back where the log was not bought, whoever asks', async () => {
    const { workbench, simulator } = scene();
    await applyPatch(workbench, simulator.control);
    await simulator.control.setLogging(DEMO_INSTANCE, false);
    const audit = await openAudit(workbench);
    await audit.refresh();
    await audit.waitForVerdict('unknown');
    await audit.verdict.getByText('The audit log was not bought').waitFor();
    assert.equal(await audit.deleteButton.textContent(), 'Delete old key… (held back)');
    assert.equal(await audit.deleteButton.getAttribute('aria-disabled'), 'true');
  });

  it('deletes without a verdict only for a reason, and not without the permission', async () => {
    const { workbench, simulator, workspace } = scene();
    const rotations = workbench.tree('Rotations');
    await simulator.control.denyAction('kms:DeleteClientKey', true);
    await override('the two applications were moved by hand');
    await workbench.notification('No permission: kms:DeleteClientKey').waitFor();
    assert.ok((await simulator.control.keys(DEMO_AAP)).every((key) => key.deletedAt === undefined));
    await workbench.closeNotifications();

    await simulator.control.denyAction('kms:DeleteClientKey', false);
    await override('the two applications were moved by hand');
    await rotations.row('4 Deleted').waitFor();
    const deleted = (await simulator.control.keys(DEMO_AAP)).filter((key) => key.deletedAt !== undefined);
    assert.deepEqual(
      deleted.map((key) => key.id),
      [workspace.keyId],
    );
    await rotations.row('could not be told, deleted with a reason').waitFor();

    async function override(reason: string): Promise<void> {
      await rotations.clickInline('4 Delete', 'Delete Old Client Key…');
      await workbench.clickInDialog('Deletion is held back: Unknown', 'Delete Anyway…');
      await typeKeyId(workbench, workspace.keyId);
      await workbench.quickInput.waitFor('Delete without the verdict quiet');
      await workbench.quickInput.accept();
      await workbench.quickInput.message.filter({ hasText: 'A reason is needed.' }).waitFor();
      await workbench.quickInput.enter(reason);
    }
  });

  it('lets no call of the applications fail', () => {
    for (const { name, failures, lastFailure } of scene().applications?.stats() ?? [])
      assert.equal(failures, 0, `${name}: ${lastFailure}`);
  });

  async function requestsOf(action: string) {
    const requests = await scene().simulator.control.requests();
    return requests.filter((request) => request.action === action);
  }
});
