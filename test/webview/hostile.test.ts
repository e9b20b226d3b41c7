import assert from 'node:assert/strict';
import { HOSTILE, hostileState } from './hostile';
import { brokenRules, sidewaysPx, takePicture, textOf, unfold, useViews } from './inBrowser';
import { STATES } from './states';

describe('hostile values in the audit view', function () {
  this.timeout(60_000);
  const { show } = useViews();

  for (const [name, value] of Object.entries(HOSTILE)) {
    it(`are shown as text, run nothing and break no layout: ${name}`, async () => {
      for (const width of [1000, 320]) {
        const view = await show(hostileState(value), { width });
        const { page } = view;
        await unfold(page);
        const shown = name === 'long' ? `${value.slice(0, 300)}…` : value;
        assert.equal(await textOf(page.locator('.agent')), shown);
        if (shown !== value) assert.equal(await page.locator('.agent > *').getAttribute('title'), value);
        assert.equal(await page.locator('main :is(img, b, a, script, iframe)').count(), 0);
        assert.equal(await page.evaluate('window.owned'), undefined);
        assert.deepEqual(await view.violations(), []);
        assert.equal(await sidewaysPx(page), 0);
        assert.deepEqual(await brokenRules(page), []);
        const row = await page.locator('table.callers tbody tr').boundingBox();
        assert.ok(row && row.height < 1200, `a row of ${row?.height} px`);
        if (name === 'long' || name === 'rightToLeft') await takePicture(page, `hostile-${name}-${width}`);
      }
    });
  }

  it('of the direction of writing end where the value ends', async () => {
    const { page } = await show(hostileState(HOSTILE.rightToLeft));
    const directions = await page
      .locator('table.callers .outside, .breakdown .outside')
      .evaluateAll((all) => all.map((one) => one.nodeName));
    assert.ok(directions.length > 5 && directions.every((element) => element === 'BDI'));
  });

  it('in a message cannot make the view ask for anything', async () => {
    const view = await show(hostileState(HOSTILE.script));
    await view.send({ type: 'state', state: { ...STATES.inUse, rollout: { open: '<b>', text: 1 } } });
    await view.send({ type: 'deleteOldKey' });
    await view.send({ type: 'copied' });
    await view.page.getByText('Copied.').waitFor();
    assert.deepEqual(await view.said(), [{ type: 'ready' }]);
  });
});
