import type { Workbench } from '../host/workbench';
import { type Control, DEMO_AAP } from '../simulator/index';

/** The steps of a rotation as a user takes them, for the tests that are about something on the way. */

/** Nothing is patched before this has passed since the answer to the creation, by the service's clock. */
const SETTLING_MS = 30_000;
/** Wide enough for whole sentences in the pictures. */
const SIDE_BAR_PX = 460;
/** The row of the demo's key in the Client Keys view. */
export const EXPIRING_KEY = '12 days left';

/** Shows both views, with the key that expires. */
export async function showKeys(workbench: Workbench): Promise<void> {
  await workbench.showContainer('Client Keys');
  await workbench.widenSideBar(SIDE_BAR_PX);
  const keys = workbench.tree('Client Keys');
  await keys.row(EXPIRING_KEY).waitFor();
  // Where its AAP leads arrives a moment after the key, and moves the rows below.
  await keys
    .row(/audit log (on|off|not known)/)
    .first()
    .waitFor();
  await untilAtRest(workbench);
}

/**
 * Waits until nothing is being read. A click on an icon of a row that VS Code is just reading again reaches the extension
 * without the row, so that it can only ask which one was meant.
 */
export async function untilAtRest(workbench: Workbench): Promise<void> {
  const busy = /loading…|looking for references…|reading the audit log…/;
  for (const tree of ['Client Keys', 'Rotations'])
    await workbench.tree(tree).row(busy).waitFor({ state: 'detached' });
}

/** Opens the first stop of *Rotate* on the key that expires. */
export async function beginRotation(workbench: Workbench): Promise<void> {
  await workbench.tree('Client Keys').clickInline(EXPIRING_KEY, 'Rotate Client Key…');
  const { quickInput } = workbench;
  await quickInput.input.or(quickInput.title).first().waitFor();
  // On a busy machine VS Code may be reading the row again at that moment: then the click arrives without it, and is asked about.
  if ((await quickInput.input.getAttribute('placeholder')) === 'Which client key shall be rotated?')
    await quickInput.pick(DEMO_AAP);
  await quickInput.waitFor('(1/4)');
}

/** Goes through the four stops with what each proposes; nothing has been created before the last one is confirmed. */
export async function takeStops(workbench: Workbench, beforeLast?: () => Promise<void>): Promise<void> {
  const { quickInput } = workbench;
  for (const [stop, proposed] of [
    ['(1/4)', '1 year'],
    ['(2/4)', 'Generate a password'],
    ['(3/4)', 'Beside the old file'],
    ['(4/4)', 'Create client key'],
  ] as const) {
    await quickInput.waitFor(stop);
    await quickInput.row(proposed).waitFor();
    if (stop === '(4/4)') await beforeLast?.();
    await quickInput.accept();
  }
}

/** From the tree to the list of references with their check boxes. */
export async function createKey(workbench: Workbench, groups = 4): Promise<void> {
  await beginRotation(workbench);
  await takeStops(workbench);
  await untilScanned(workbench, 0, groups);
}

/** Waits until the Rotations view says how many of the four groups of the demo are patched; the runbook is never ticked. */
export async function untilScanned(workbench: Workbench, patched: number, groups = 4): Promise<void> {
  await workbench.tree('Rotations').row(`${patched} of ${groups} patched`).waitFor();
  await untilAtRest(workbench);
}

/** Starts the patch and agrees to a password in a Java source. What follows is the wait for the gateway. */
export async function beginPatch(workbench: Workbench): Promise<void> {
  await workbench.tree('Rotations').clickInline('2 References', 'Apply Patch');
  await workbench.clickInDialog('The new password will stand in files that git may commit', 'Apply Anyway');
}

/** The message of a patch that waits until the new key is usable. */
export function waitMessage(workbench: Workbench) {
  return workbench.notification(/The new key is usable in \d+ s/);
}

/** Applies the patch; where it waits for the gateway, the service's clock is moved instead of waiting. */
export async function applyPatch(
  workbench: Workbench,
  control: Control,
  result = '3 of 4 patched',
): Promise<void> {
  await beginPatch(workbench);
  const waiting = waitMessage(workbench);
  const patched = workbench.tree('Rotations').row(result);
  await waiting.or(patched).first().waitFor();
  if (await waiting.isVisible()) await control.moveClock(SETTLING_MS);
  await patched.waitFor();
}

/** Answers the question for the id of the key that shall be deleted. */
export async function typeKeyId(workbench: Workbench, keyId: string): Promise<void> {
  await workbench.quickInput.waitFor('Delete client key of payments-aap');
  await workbench.quickInput.enter(keyId);
}
