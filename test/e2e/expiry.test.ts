import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { eventually } from '../host/eventually';
import type { Workbench } from '../host/workbench';
import { DEMO_AAP } from '../simulator/index';
import { useFixture } from './fixture';

const DAY = 86_400_000;
/** So short that a sweep does not keep a test waiting; the setting takes fractions of an hour. */
const SWEEP_MS = 6_000;
/** What watches over the keys begins so long after the start of a window, and some more on a slow machine. */
const AFTER_START_MS = 9_000;
const OPENING_MS = 180_000;
/** A window without its page lives on for a few seconds. */
const WINDOW_ENDS_MS = 8_000;
const TITLE = 'Client Keys';
/** From the simulated 82 days before the end of the demo's key. */
const BACK_DAYS = 70;

describe('keys that expire', () => {
  const scene = useFixture({
    withoutApplications: true,
    inOrder: true,
    settings: {
      'clientKeys.expiry.notifications': true,
      'clientKeys.sweep.everyHours': SWEEP_MS / 3_600_000,
    },
    arrange: (simulator) => simulator.control.moveClock(-BACK_DAYS * DAY),
  });

  it('within 90 days are counted in the status bar and told once', async () => {
    const { workbench } = scene();
    await workbench.showContainer(TITLE);
    await workbench.tree(TITLE).row('82 days left').waitFor();
    await workbench.statusBarItem('1 expiring').waitFor();
    const toast = workbench.notification(
      /Client key KAAP.* of payments-aap \(cn-hangzhou\) expires in 82 days\./,
    );
    await toast.waitFor({ timeout: 60_000 });
    assert.deepEqual(await badges(workbench), []);
    await workbench.clickInNotification('expires in 82 days', 'Snooze…');
    await workbench.quickInput.row('30 days before the end').waitFor();
    await workbench.quickInput.pick('Until tomorrow');
    await toast.waitFor({ state: 'detached' });
  });

  it('stay snoozed over a restart of the window, until the time has come', async () => {
    const { workbench, simulator } = scene();
    // From now on nothing is read but by the sweep.
    await workbench.showContainer('Explorer');
    await workbench.reload();
    await workbench.statusBarItem('1 expiring').waitFor();
    await untilSwept();
    await untilSwept();
    assert.equal(await toasts(workbench).count(), 0);
    await simulator.control.moveClock(DAY);
    await workbench.notification('expires in 81 days').waitFor({ timeout: 60_000 });
    await workbench.closeNotifications();
  });

  it('are told again at 30 and at 7 days, in the status bar and by the badge of the view too', async () => {
    const { workbench, simulator } = scene();
    for (const [left, move] of [
      [29, 52],
      [6, 23],
    ] as const) {
      await simulator.control.moveClock(move * DAY);
      await workbench.notification(`expires in ${left} days`).waitFor({ timeout: 60_000 });
      await workbench.statusBarItem(`${left}d`).waitFor();
      assert.deepEqual(await badges(workbench), ['1 client key expires soon or has expired']);
      await workbench.closeNotifications();
    }
  });

  it('are told once more when they have expired, in one notification with others that are due', async () => {
    const { workbench, simulator } = scene();
    const now = await simulator.control.now();
    await simulator.control.addClientKey('inventory-aap', { notAfter: now + 97.5 * DAY });
    await simulator.control.moveClock(8 * DAY);
    const text =
      /2 client keys expire soon or have expired\. The nearest, KAAP.* of payments-aap \(cn-hangzhou\), expired 42 hours ago\./;
    await workbench.notification(text).waitFor({ timeout: 60_000 });
    await workbench.statusBarItem('expired · 2 expiring').waitFor();
    await workbench.clickInNotification(text, 'Rotate…');
    await workbench.quickInput.row('inventory-aap').waitFor();
    await workbench.quickInput.cancel();
  });

  it('are told no more once the user does not want to hear of them', async () => {
    const { workbench, simulator } = scene();
    const now = await simulator.control.now();
    await simulator.control.addClientKey('inventory-aap', { notAfter: now + 80.5 * DAY });
    await workbench.notification('expires in 80 days').waitFor({ timeout: 60_000 });
    await workbench.clickInNotification('expires in 80 days', "Don't Show Again");
    await toasts(workbench).first().waitFor({ state: 'detached' });
    // The other key of 89 days is at its second threshold in 60 days, the silenced one too.
    await simulator.control.moveClock(61 * DAY);
    await workbench
      .notification(/Client key KAAP.* of inventory-aap .* expires in 28 days/)
      .waitFor({ timeout: 60_000 });
    await workbench.closeNotifications();
  });

  describe('in two windows', () => {
    let other: Workbench;
    before(async function () {
      this.timeout(OPENING_MS);
      other = await scene().openWindow();
      await other.statusBarItem('expiring').waitFor();
      // Until it takes part: its first look comes some time after its start.
      await delay(AFTER_START_MS + SWEEP_MS);
    });
    after(() => other.close());

    it('are swept and told by one of them', async () => {
      const { workbench, simulator } = scene();
      const count = async () => (await toasts(workbench).count()) + (await toasts(other).count());
      const before = (await simulator.control.requests()).length;
      const now = await simulator.control.now();
      await simulator.control.addClientKey(DEMO_AAP, { notAfter: now + 5.5 * DAY });
      await eventually('a window tells it', async () => (await count()) > 0, 60_000);
      await untilSwept();
      await untilSwept();
      assert.equal(await count(), 1);

      const record = (await simulator.control.requests()).slice(before);
      assert.deepEqual([...new Set(record.map(({ action }) => action))].sort(), [
        'ListApplicationAccessPoints',
        'ListClientKeys',
      ]);
      const sweeps = record.filter(isSweep);
      assert.ok(sweeps.length >= 2);
      for (const [index, sweep] of sweeps.slice(1).entries())
        assert.ok(sweep.at - (sweeps[index]?.at ?? 0) >= SWEEP_MS, 'two windows sweep');
    });

    it('are swept and told by the one that is left when the other is closed', async () => {
      const { workbench, simulator } = scene();
      await workbench.page.goto('about:blank');
      await other.closeNotifications();
      await delay(WINDOW_ENDS_MS);
      const now = await simulator.control.now();
      await simulator.control.addClientKey('inventory-aap', { notAfter: now + 4.5 * DAY });
      await other.notification('expires in 4 days').waitFor({ timeout: 60_000 });
    });
  });

  function toasts({ page }: Workbench): Locator {
    return page.locator('.notification-toast');
  }

  /** Waits for the next reading of all keys. */
  async function untilSwept(): Promise<void> {
    const { control } = scene().simulator;
    const count = async () => (await control.requests()).filter(isSweep).length;
    const before = await count();
    await eventually('the keys are read again', async () => (await count()) > before, 60_000);
    // What follows from it is told within a second or two.
    await delay(2000);
  }
});

describe('a key that only a credential file tells of', () => {
  const scene = useFixture({
    withoutAccount: true,
    withoutApplications: true,
    settings: {
      'clientKeys.expiry.notifications': true,
      'clientKeys.sweep.everyHours': SWEEP_MS / 3_600_000,
    },
  });

  it('counts in tree, badge, status bar and notification, without any account', async () => {
    const { workbench, workspace } = scene();
    const file = `keys/clientKey_${workspace.keyId}.json`;
    await workbench.statusBarItem('12d').waitFor({ timeout: 60_000 });
    const toast = workbench.notification(`of credential file ${file} expires in 12 days.`);
    await toast.waitFor({ timeout: 60_000 });
    await workbench.clickInNotification('expires in 12 days', 'Rotate…');
    await workbench.notification('Sign in to the account it belongs to').waitFor();
    assert.deepEqual(await badges(workbench), ['1 client key expires soon or has expired']);
    await workbench.showContainer(TITLE);
    await workbench.tree(TITLE).row('Credential files of this workspace').waitFor();
    await workbench.tree(TITLE).row(file).waitFor();
  });
});

/** One call that each sweep makes once. */
function isSweep({ action, region }: { readonly action: string; readonly region?: string }): boolean {
  return action === 'ListApplicationAccessPoints' && region === 'cn-hangzhou';
}

/** What the icon of the view says beyond its name. */
async function badges({ page }: Workbench): Promise<string[]> {
  const labels = await page
    .locator(`.activitybar .action-label[aria-label^="${TITLE}"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
  return labels.flatMap((label) => /^Client Keys - (.*)$/.exec(label)?.[1] ?? []);
}
