import assert from 'node:assert/strict';
import { auditView } from '../e2e/auditView';
import { callWith, type DemoCredential, oldCredential } from '../e2e/demoCredentials';
import { useFixture } from '../e2e/fixture';
import { applyPatch, createKey, showKeys } from '../e2e/rotationSteps';
import { eventually } from '../host/eventually';

const HOUR = 3_600_000;
/** A sweep brings the service's time, without which nothing is due; the setting takes fractions of an hour. */
const SWEEP_MS = 6_000;
/** A window looks once a minute whether a log is to be asked. */
const NEXT_LOOK_MS = 120_000;
const WENT_QUIET = /The old client key KAAP\S+ of payments-aap has gone quiet: no call since/;
const WOKE_UP = /The old client key KAAP\S+ of payments-aap had been quiet and is called again/;

describe('a rotation that waits while nobody looks', () => {
  const scene = useFixture({
    inOrder: true,
    settings: { 'clientKeys.watch.enabled': true, 'clientKeys.sweep.everyHours': SWEEP_MS / HOUR },
  });
  let old: DemoCredential;

  it('says in the status bar how many callers have moved', async () => {
    const { workbench, simulator, workspace, applications } = scene();
    old = await oldCredential(workspace);
    await showKeys(workbench);
    await createKey(workbench);
    await applyPatch(workbench, simulator.control);
    await eventually('both applications use the new key', () =>
      (applications?.stats() ?? []).every(({ keyIds }) => keyIds.at(-1) !== old.keyId),
    );
    await workbench.showContainer('Explorer');
    await simulator.control.moveClock(HOUR / 6);
    await workbench.statusBarItem('2/2 moved').waitFor({ timeout: NEXT_LOOK_MS });
  });

  it('tells that the old key has gone quiet, and leads to the audit view', async () => {
    const { workbench, simulator } = scene();
    await workbench.closeNotifications();
    for (let day = 0; day < 2; day++) await simulator.control.nextDay();
    await workbench.notification(WENT_QUIET).waitFor({ timeout: NEXT_LOOK_MS });
    await workbench.statusBarItem('old key quiet').waitFor();
    await workbench.clickInNotification(WENT_QUIET, 'Open Audit');
    await (await auditView(workbench)).waitForVerdict('quiet');
  });

  it('tells it once, and that the key wakes up, after a restart of the window', async () => {
    const { workbench, simulator } = scene();
    await workbench.showContainer('Explorer');
    await workbench.reload();
    await workbench.statusBarItem('old key quiet').waitFor();
    assert.equal(await callWith(simulator, old), undefined);
    await simulator.control.moveClock(9 * HOUR);
    await workbench.notification(WOKE_UP).waitFor({ timeout: NEXT_LOOK_MS });
    assert.equal(await workbench.notification(WENT_QUIET).count(), 0);
    await workbench.clickInNotification(WOKE_UP, 'Open Audit');
    await (await auditView(workbench)).waitForVerdict('inUse');
  });
});
