import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { textOf, useViews } from './inBrowser';
import { CALLERS, entryRows } from './rows';
import { longState, STATES } from './states';

const { strings } = STATES.inUse;

/** What has the focus, as assistive technology names it, and whether that can be seen. */
async function focused(page: Page): Promise<{ name: string; ring: boolean }> {
  return page.evaluate(`(() => {
    const one = document.activeElement;
    const named = one.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id).textContent).join(' ');
    const style = getComputedStyle(one);
    return {
      name: one.getAttribute('aria-label') ?? named ?? one.textContent,
      ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
    };
  })()`);
}

/** Presses Tab until the stop of that name; what it passed, in order. */
async function tabTo(page: Page, name: string, limit = 60): Promise<string[]> {
  const passed: string[] = [];
  while (passed.at(-1) !== name) {
    assert.ok(passed.length < limit, `${name} is not among ${passed.join(' | ')}`);
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    assert.ok(stop.ring, `the focus on ${stop.name} cannot be seen`);
    passed.push(stop.name);
  }
  return passed;
}

describe('the audit view by keyboard only', function () {
  this.timeout(60_000);
  const { show } = useViews();

  it('leads from opening through all its parts to Copy evidence, in the order of the page', async () => {
    const view = await show(STATES.inUse);
    const passed = await tabTo(view.page, strings.copyEvidence);
    assert.deepEqual(passed, [
      strings.actions,
      strings.refresh,
      '1 h',
      '24 h',
      '7 d',
      '30 d',
      '180 d',
      strings.chartHelp,
      strings.table,
      strings.breakdown,
      strings.breakdown,
      strings.showEntries,
      `${strings.address} +17`,
      'deploy/report/values.yaml:31 report-svc Java',
      `${strings.markRetired} month-end Go`,
      '.env:3 gateway Node.js',
      `${strings.markRetired} gateway Node.js`,
      'src/main/resources/secretsmanager.properties:9 order-svc Java',
      `${strings.unmarkRetired} legacy-import curl`,
      strings.copyEvidence,
    ]);
    await view.page.keyboard.press('Enter');
    assert.deepEqual((await view.said()).at(-1), { type: 'copyEvidence' });
    await tabTo(view.page, STATES.inUse.rollout.text);
  });

  it('reaches Copy evidence in two steps past a list of any length', async () => {
    const view = await show(longState(300));
    await view.page.keyboard.press('Tab');
    const skip = await view.page.locator(':focus').boundingBox();
    assert.ok(skip && skip.x >= 0 && skip.width > 20, 'shown while it has the focus');
    await view.page.keyboard.press('Enter');
    assert.equal((await focused(view.page)).name, strings.copyEvidence);
    await view.page.keyboard.press('Enter');
    assert.deepEqual((await view.said()).at(-1), { type: 'copyEvidence' });
  });

  it('says why a deletion is held back where it has the focus', async () => {
    const { page } = await show(STATES.inUse);
    const button = page.getByRole('button', { name: 'Delete old key… (held back)' });
    await button.focus();
    assert.equal(await textOf(page.locator(':focus')), 'Delete old key… (held back)');
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    const reason = page.locator(`#${await button.getAttribute('aria-describedby')}`);
    assert.equal(await textOf(reason), 'Held back: the old key is in use.');
  });

  it('scrolls a long table inside itself', async () => {
    const { page } = await show(longState(300));
    const region = page.getByRole('group', { name: strings.breakdown, exact: true });
    await region.focus();
    await page.keyboard.press('End');
    await page.waitForFunction(`document.activeElement.scrollTop > 500`);
  });

  it('keeps the focus when a new state arrives, also where the rows change places', async () => {
    const view = await show(STATES.inUse);
    const { page } = view;
    const name = `${strings.markRetired} month-end Go`;
    await page.getByRole('button', { name }).focus();
    await view.send({ type: 'state', state: STATES.rereading });
    await page.locator('main[aria-busy=true]').waitFor();
    assert.equal((await focused(page)).name, name);
    await view.send({ type: 'state', state: { ...STATES.inUse, callers: [...CALLERS].reverse() } });
    await page.locator('main[aria-busy=false]').waitFor();
    assert.equal((await focused(page)).name, name);
    await page.getByRole('slider').focus();
    await view.send({ type: 'state', state: STATES.loading });
    await page.locator('.verdict.none').waitFor();
    await view.send({ type: 'state', state: STATES.inUse });
    await page.locator('.verdict.inUse').waitFor();
    assert.equal((await focused(page)).name, strings.chartHelp);
  });

  it('hands the focus to the group around a button that is gone', async () => {
    const more = { status: 'ready', rows: entryRows(100), more: true, complete: true };
    const view = await show(STATES.inUse);
    const { page } = view;
    await view.send({ type: 'state', state: { ...STATES.inUse, entries: more } });
    await page.getByText(strings.showEntries).click();
    await page.getByRole('button', { name: strings.moreEntries }).focus();
    await view.send({ type: 'state', state: { ...STATES.inUse, entries: { ...more, more: false } } });
    await page.getByRole('button', { name: strings.moreEntries }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.className'), 'entries');
    await page.getByRole('button', { name: `${strings.markRetired} month-end Go` }).focus();
    await view.send({ type: 'state', state: { ...STATES.inUse, callers: [] } });
    await page.getByText(strings.noCallers).waitFor();
    assert.equal(await page.evaluate('document.activeElement.matches("section:has(.callers)")'), true);
  });

  it('is told politely of the first verdict and of a key that wakes up, and of nothing that only grows older', async () => {
    const view = await show(STATES.loading);
    const { page } = view;
    await page.evaluate(`
      auditRecord.spoken = [];
      new MutationObserver(() => auditRecord.spoken.push(document.querySelector('p[role=status]').textContent))
        .observe(document.querySelector('p[role=status]'), { characterData: true, childList: true, subtree: true });
    `);
    const spoken = () => page.evaluate('auditRecord.spoken');
    const send = async (state: object, kind: string) => {
      await view.send({ type: 'state', state });
      await page.locator(`.verdict.${kind}`).waitFor();
    };
    await send(STATES.quiet, 'quiet');
    const quiet = `Verdict: ${STATES.quiet.verdict.headline}`;
    assert.deepEqual(await spoken(), [quiet]);
    await send({ ...STATES.quiet, now: STATES.quiet.now + 60_000, range: '7d' }, 'quiet');
    await page.getByRole('button', { name: '7 d', exact: true, pressed: true }).waitFor();
    assert.deepEqual(await spoken(), [quiet]);
    await send(STATES.inUse, 'inUse');
    assert.deepEqual(await spoken(), [quiet, 'Verdict: In use']);
    assert.equal(await page.locator('.verdict [role=status], .verdict [aria-live]').count(), 0);
  });
});
