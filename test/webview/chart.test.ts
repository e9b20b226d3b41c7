import assert from 'node:assert/strict';
import { brokenRules, textOf, useViews } from './inBrowser';
import { BUCKETS, NOW } from './rows';
import { STATES } from './states';

describe('chart of the audit view', function () {
  this.timeout(60_000);
  const { show } = useViews();

  it('moves the cursor by arrow keys and says the bar in words', async () => {
    const { page } = await show(STATES.inUse);
    const chart = page.getByRole('slider');
    const last = BUCKETS.length - 1;
    await chart.focus();
    assert.equal(await chart.getAttribute('aria-valuenow'), String(last));
    await page.keyboard.press('ArrowLeft');
    assert.equal(await chart.getAttribute('aria-valuenow'), String(last - 1));
    const spoken = await chart.getAttribute('aria-valuetext');
    assert.match(spoken ?? '', /old key 0, new key \d+$/);
    assert.equal(await textOf(page.locator('.bucket')), spoken);
    await page.keyboard.press('Home');
    assert.match(
      await textOf(page.locator('.bucket')),
      /^Nov 23, 6:00\s–\s6:20\sPM GMT\+8: old key 20, new key 0$/,
    );
    await page.keyboard.press('ArrowLeft');
    assert.equal(await chart.getAttribute('aria-valuenow'), '0');
    await page.keyboard.press('End');
    assert.equal(await chart.getAttribute('aria-valuenow'), String(last));
  });

  it('moves the cursor to the bar under the pointer', async () => {
    const { page } = await show(STATES.inUse);
    const box = await page.locator('.chart').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 46, box.y + 40);
    assert.equal(await page.getByRole('slider').getAttribute('aria-valuenow'), '0');
  });

  it('tells the keys apart without colour: lane, hatching and outline', async () => {
    const { page } = await show(STATES.inUse);
    const fills: string[] = await page.evaluate(
      `['.oldKey .bar', '.newKey .bar'].map((bar) => getComputedStyle(document.querySelector(bar)).fill)`,
    );
    assert.match(fills[0] ?? '', /^rgb/);
    assert.match(fills[1] ?? '', /url\("#hatch"\)/);
    const [oldLane, newLane] = await Promise.all([
      page.locator('g.oldKey .base').boundingBox(),
      page.locator('g.newKey .base').boundingBox(),
    ]);
    assert.ok(oldLane && newLane && oldLane.y < newLane.y);
  });

  it('shows the chart as a table on demand', async () => {
    const { page } = await show(STATES.inUse);
    assert.equal(await page.locator('.histogram table').count(), 0);
    await page.getByText('Show as table').click();
    assert.equal(await page.locator('.histogram tbody tr').count(), BUCKETS.length);
    assert.deepEqual(await brokenRules(page), []);
  });

  it('draws at most 90 bars and loses no call in merging', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({
      from: NOW + index,
      to: NOW + index + 1,
      oldKey: 1,
      newKey: 0,
    }));
    const histogram = { ...STATES.inUse.histogram, from: NOW, to: NOW + 1000, buckets: many };
    const { page } = await show({ ...STATES.inUse, histogram });
    const bars = await page.locator('g.oldKey rect.bar').count();
    assert.ok(bars - 1 <= 90 && bars > 40, `${bars - 1} bars`);
    assert.match(await page.locator('g.oldKey .lane').innerHTML(), /1,000/);
  });

  it('has the calls beneath it by API, answer and gateway', async () => {
    const { page } = await show(STATES.inUse);
    const rows = await page.locator('.breakdown tbody tr').allInnerTexts();
    assert.equal(rows.length, STATES.inUse.shares.rows.length);
    assert.match(rows[0] ?? '', /Old key\s+GetSecretValue\s+200\s+dedicated\s+1,432\s+2 minutes ago/);
    assert.match(rows[2] ?? '', /Decrypt\s+403/);
  });
});
