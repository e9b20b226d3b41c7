import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { AuditViewState } from '../../src/model/auditView';
import { launchBrowser } from '../host/browser';
import {
  type AuditPage,
  buildView,
  openView,
  type PageOptions,
  serveView,
  THEMES,
  type ViewServer,
} from './auditPage';
import { NOW, STATES } from './states';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = path.join(__dirname, '..', '..', 'test-results', 'webview');
mkdirSync(PICTURES, { recursive: true });

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Rules of axe-core that the page breaks, each with the places. */
async function brokenRules(page: Page): Promise<string[]> {
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(AXE);
  const result: AxeResult = await page.evaluate('axe.run(document, { preload: false })');
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

async function textOf(place: Locator): Promise<string> {
  return (await place.textContent()) ?? '';
}

describe('audit view in the browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: ViewServer;
  const open: AuditPage[] = [];

  async function show(state: AuditViewState, options: PageOptions = {}): Promise<AuditPage> {
    const view = await openView(browser, server, options);
    open.push(view);
    await view.send({ type: 'state', state });
    await view.page.locator('main').waitFor({ timeout: 10_000 });
    return view;
  }

  before(async () => {
    browser = await launchBrowser();
    server = await serveView();
  });
  afterEach(async () => {
    for (const view of open.splice(0)) await view.close();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  for (const theme of THEMES) {
    it(`breaks no rule of accessibility and no policy in any state in ${theme}`, async () => {
      const view = await show(STATES.loading, { theme });
      for (const [name, state] of Object.entries(STATES)) {
        await view.send({ type: 'state', state });
        await view.page.locator(`.verdict.${'verdict' in state ? state.verdict.kind : 'none'}`).waitFor();
        assert.deepEqual(await brokenRules(view.page), [], name);
        assert.deepEqual(await view.violations(), [], name);
        await view.page.screenshot({ path: path.join(PICTURES, `${name}-${theme}.png`), fullPage: true });
      }
    });
  }

  it('keeps the same parts in the same order in every state', async () => {
    const frames = new Set<string>();
    const { page, send } = await show(STATES.loading);
    for (const state of Object.values(STATES)) {
      await send({ type: 'state', state });
      await page.locator(`main[aria-busy=${state.status === 'loading'}]`).waitFor();
      const names = await page.locator('main > *').evaluateAll((all) => all.map((part) => part.nodeName));
      frames.add(names.join(' '));
    }
    assert.deepEqual([...frames], ['HEADER SECTION FIELDSET SECTION SECTION SECTION SECTION']);
  });

  it('says the verdict in words, and moments relative to the clock of the service', async () => {
    const { page } = await show(STATES.inUse);
    const text = await textOf(page.locator('.verdict'));
    assert.match(text, /In use/);
    assert.match(text, /Last call 2 minutes ago\./);
    const title = await page.locator('.verdict time').getAttribute('title');
    assert.equal(title, 'Nov 24, 2026, 5:58:00 PM GMT+8');
    assert.match(await textOf(page.locator('.checked')), /checked \d+ seconds ago/);
  });

  it('moves the cursor by arrow keys and says the bar in words', async () => {
    const { page } = await show(STATES.inUse);
    const chart = page.getByRole('slider');
    const last = STATES.inUse.histogram.buckets.length - 1;
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
    assert.equal(await page.locator('details table').count(), 0);
    await page.locator('summary').click();
    assert.equal(await page.locator('details tbody tr').count(), STATES.inUse.histogram.buckets.length);
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

  it('asks the extension, and only when it may', async () => {
    const view = await show(STATES.inUse);
    const { page } = view;
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: '7 d', exact: true }).click();
    await page.getByRole('button', { name: '24 h' }).click();
    await page.getByRole('button', { name: 'Copy evidence' }).click();
    await page.getByRole('button', { name: 'Delete old key… (held back)' }).click({ force: true });
    assert.deepEqual(await view.said(), [
      { type: 'ready' },
      { type: 'refresh' },
      { type: 'range', range: '7d' },
      { type: 'copyEvidence' },
    ]);
    const quiet = await show(STATES.quiet);
    await quiet.page.getByRole('button', { name: 'Delete old key…' }).click();
    assert.deepEqual((await quiet.said()).at(-1), { type: 'deleteOldKey' });
  });

  it('a held back deletion can be reached by keyboard and says why', async () => {
    const { page } = await show(STATES.inUse);
    const button = page.getByRole('button', { name: 'Delete old key… (held back)' });
    await button.focus();
    assert.equal(await textOf(page.locator(':focus')), 'Delete old key… (held back)');
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    const reason = page.locator(`#${await button.getAttribute('aria-describedby')}`);
    assert.equal(await textOf(reason), 'Held back: the old key is in use.');
  });

  it('tells that the evidence was copied', async () => {
    const view = await show(STATES.inUse);
    await view.send({ type: 'copied' });
    await view.page.getByText('Copied.').waitFor();
  });

  it('drops a message that is none, and shows text of a caller as text', async () => {
    const view = await show(STATES.inUse);
    await view.send({ type: 'state', state: { ...STATES.quiet, histogram: { buckets: 'many' } } });
    await view.send('nonsense');
    const row = { ...STATES.inUse.callers[0], userAgent: '<img src=x onerror=alert(1)>' };
    await view.send({ type: 'state', state: { ...STATES.inUse, callers: [row] } });
    await view.page.getByText('<img src=x').waitFor();
    assert.match(await textOf(view.page.locator('.verdict')), /In use/);
    assert.equal(await view.page.locator('img').count(), 0);
    assert.deepEqual(await view.violations(), []);
  });

  it('is there again after a reload, before the extension answers', async () => {
    const first = await show(STATES.quiet);
    await first.page.waitForFunction('auditRecord.kept !== undefined');
    const second = await openView(browser, server, { saved: await first.kept() });
    open.push(second);
    await second.page.getByText('It can be deleted now.').waitFor();
    const third = await openView(browser, server, { saved: { state: { of: 'another version' } } });
    open.push(third);
    assert.deepEqual(await third.said(), [{ type: 'ready' }]);
    assert.equal(await third.page.locator('main').count(), 0);
  });

  // A view of 640 px at a zoom of 200 % lays out like one of 320 px.
  for (const width of [320, 500]) {
    it(`fits into ${width} px without scrolling sideways`, async () => {
      const { page } = await show(STATES.inUse, { width });
      const [scroll, client]: number[] = await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      assert.equal(scroll, client);
      assert.deepEqual(await brokenRules(page), []);
      await page.screenshot({ path: path.join(PICTURES, `narrow-${width}.png`), fullPage: true });
    });
  }

  it('works in a forced palette', async () => {
    const view = await show(STATES.inUse, { forcedColors: 'active', theme: 'light' });
    assert.deepEqual(await brokenRules(view.page), []);
    await view.page.getByRole('slider').focus();
    await view.page.screenshot({ path: path.join(PICTURES, 'inUse-forcedColors.png'), fullPage: true });
  });

  it('is small', async () => {
    const { script, style } = await buildView();
    const kilobytes = (script.length + style.length) / 1024;
    assert.ok(kilobytes <= 60, `${kilobytes.toFixed(1)} KB`);
  });
});
