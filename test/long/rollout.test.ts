import assert from 'node:assert/strict';
import path from 'node:path';
import { useFixture } from '../e2e/fixture';
import { applyPatch, createKey, showKeys, untilAtRest } from '../e2e/rotationSteps';
import { eventually } from '../host/eventually';

const LIST = /Roll-out(none of )?\d/;
const PLACE = 'nightly-report';

describe('the roll-out list', () => {
  const scene = useFixture({ withoutApplications: true, inOrder: true });
  const rotations = () => scene().workbench.tree('Rotations');
  const placeRow = (text: string) => rotations().row(PLACE).filter({ hasText: text });

  it('begins with the workspace that was patched', async () => {
    const { workbench, simulator, workspace } = scene();
    await showKeys(workbench);
    await createKey(workbench);
    await rotations().row('Roll-outno place listed yet').waitFor();
    await applyPatch(workbench, simulator.control);
    await untilAtRest(workbench);
    await rotations().row(LIST).waitFor();
    await workbench.palette('Client Keys: Show Roll-out List');
    await rotations()
      .row(`${path.basename(workspace.folder)}open`)
      .waitFor();
  });

  it('takes a place of the user, and begins again with what was typed before Escape', async () => {
    const { workbench } = scene();
    const { quickInput } = workbench;
    await rotations().clickInline(LIST, 'Add Place to Roll-out List…');
    await quickInput.waitFor('(1/4)');
    await quickInput.enter(PLACE);
    await quickInput.waitFor('(2/4)');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
    await workbench.palette('Client Keys: Add Place to Roll-out List…');
    await quickInput.waitFor('(1/4)');
    assert.equal(await quickInput.input.inputValue(), PLACE);
    await quickInput.accept();
    await quickInput.waitFor('(2/4)');
    await quickInput.enter('production');
    await quickInput.waitFor('(3/4)');
    await quickInput.enter('team billing');
    await quickInput.waitFor('(4/4)');
    await quickInput.enter('deployed on Tuesdays');
    await placeRow('open · production · team billing').waitFor();
    assert.match(
      await rotations().ariaLabel(PLACE),
      /nightly-report, added by hand, open, Environment: production/,
    );
    await workbench.screenshot('roll-out list', 'Dark Modern', 'Light Modern', 'Default High Contrast');
  });

  it('marks a place by its check box and its menu', async () => {
    await rotations().toggle(PLACE);
    await placeRow('done · production').waitFor();
    await rotations().clickInMenu(PLACE, 'Mark as Not Needed');
    await placeRow('not needed · production').waitFor();
    await rotations().clickInMenu(PLACE, 'Reopen');
    await placeRow('open · production').waitFor();
  });

  it('is copied as Markdown', async () => {
    const { workbench } = scene();
    await rotations().clickInMenu(LIST, 'Copy Roll-out List');
    await eventually('the clipboard holds the list', async () => {
      const text = String(await workbench.page.evaluate('navigator.clipboard.readText()'));
      return text.includes('| open | nightly-report | added by hand | production | team billing |');
    });
    await workbench.closeNotifications();
  });

  it('is there after a reload, and can be shown from the palette while its rotation is closed', async () => {
    const { workbench } = scene();
    await workbench.reload();
    await workbench.showContainer('Client Keys');
    await rotations().row(LIST).waitFor();
    await untilAtRest(workbench);
    await workbench.palette('Client Keys: Show Roll-out List');
    await placeRow('open · production').waitFor();
  });

  it('stands beside the deletion with what is open, and holds nothing back', async () => {
    const { workbench } = scene();
    await untilAtRest(workbench);
    await rotations().clickInline('4 Delete', 'Delete Old Client Key…');
    const held = workbench
      .dialog('Deletion is held back')
      .filter({ hasText: /of the roll-out list (is|are) open: .*nightly-report/ });
    await held.waitFor();
    await workbench.clickInDialog('Deletion is held back', 'Delete Anyway…');
    await workbench.quickInput.message.filter({ hasText: /of the roll-out list (is|are) open/ }).waitFor();
    await workbench.quickInput.cancel();
  });
});
