import assert from 'node:assert/strict';
import { buildView, THEMES } from './auditPage';
import { brokenRules, sidewaysPx, takePicture, textOf, unfold, useViews } from './inBrowser';
import { entryRows } from './rows';
import { STATES } from './states';

const BUNDLE_KB = 60;
const FULL = { ...STATES.inUse, entries: { ...STATES.partial.entries, rows: entryRows(6) } };

describe('layout of the audit view', function () {
  this.timeout(60_000);
  const { show } = useViews();

  for (const { name, options } of [
    { name: 'in 320 px', options: { width: 320 } },
    { name: 'in 500 px', options: { width: 500 } },
    { name: 'in 760 px', options: { width: 760 } },
    { name: 'in 1000 px at a zoom of 200 %', options: { width: 1000, zoom: 2 } },
    { name: 'in 640 px at a zoom of 200 %', options: { width: 640, zoom: 2 } },
  ]) {
    it(`fits ${name} without scrolling sideways`, async () => {
      const { page, send } = await show(FULL, options);
      await unfold(page);
      assert.equal(await sidewaysPx(page), 0);
      assert.deepEqual(await brokenRules(page), []);
      await takePicture(page, `narrow-${options.width}${options.zoom === undefined ? '' : '-zoomed'}`);
      for (const state of Object.values(STATES)) {
        await send({ type: 'state', state });
        await page.locator(`main[aria-busy=${state.status === 'loading'}]`).waitFor();
        assert.equal(await sidewaysPx(page), 0);
      }
    });
  }

  it('tells the heading of each cell where a row becomes a block', async () => {
    const { page } = await show(FULL, { width: 320 });
    const label = `getComputedStyle(document.querySelector('.callers td'), '::before').content`;
    assert.equal(await page.evaluate(label), `"${FULL.strings.state}"`);
  });

  for (const theme of THEMES) {
    it(`works in a forced palette over ${theme}`, async () => {
      const { page } = await show(FULL, { forcedColors: 'active', theme });
      await unfold(page);
      // axe-core takes the text's colour from -webkit-text-fill-color, which tells the theme's and not the forced one.
      assert.deepEqual(await brokenRules(page, 'color-contrast'), []);
      const forced = `[...document.querySelectorAll('main :is(span, p, td, th, button, bdi):not([aria-disabled=true], summary *)')]
        .filter((one) => getComputedStyle(one).color !== 'rgb(0, 0, 0)').length`;
      assert.equal(await page.evaluate(forced), 0);
      await page.getByRole('slider').focus();
      await takePicture(page, `forcedColors-${theme}`);
    });
  }

  it('moves nothing for people who want no motion', async () => {
    const running = 'document.getAnimations().length';
    const still = await show(STATES.loading, { reducedMotion: 'reduce' });
    assert.equal(await still.page.evaluate(running), 0);
    const moving = await show(STATES.loading, { reducedMotion: 'no-preference' });
    assert.equal(await moving.page.evaluate(running), 1);
  });

  it('keeps its verdict in words where there is no colour at all', async () => {
    const { page } = await show(STATES.inUse, { forcedColors: 'active' });
    assert.match(await textOf(page.locator('.verdict h2')), /In use/);
  });

  it(`comes in at most ${BUNDLE_KB} KB`, async () => {
    const { script, style } = await buildView();
    const kilobytes = (script.length + style.length) / 1024;
    assert.ok(kilobytes <= BUNDLE_KB, `${kilobytes.toFixed(1)} KB`);
  });
});
