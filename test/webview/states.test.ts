import assert from 'node:assert/strict';
import type { AuditViewState } from '../../src/model/auditView';
import { THEMES } from './auditPage';
import { brokenRules, takePicture, textOf, unfold, useViews } from './inBrowser';
import { STATES } from './states';

describe('states of the audit view', function () {
  this.timeout(120_000);
  const { open, show } = useViews();
  const all: readonly (readonly [string, AuditViewState])[] = Object.entries(STATES);

  for (const theme of THEMES) {
    it(`break no rule of accessibility and no policy in ${theme}`, async () => {
      const view = await show(STATES.loading, { theme });
      await unfold(view.page);
      for (const [name, state] of all) {
        await view.send({ type: 'state', state });
        await view.page
          .locator(`main[aria-busy=${state.status === 'loading'}] .verdict.${state.verdict?.kind ?? 'none'}`)
          .waitFor();
        await unfold(view.page);
        assert.deepEqual(await brokenRules(view.page), [], name);
        assert.deepEqual(await view.violations(), [], name);
        if (name !== 'long') await takePicture(view.page, `${name}-${theme}`);
      }
    });
  }

  it('keep the same parts in the same order', async () => {
    const frames = new Set<string>();
    const { page, send } = await show(STATES.loading);
    for (const [, state] of all) {
      await send({ type: 'state', state });
      await page.locator(`main[aria-busy=${state.status === 'loading'}]`).waitFor();
      const names = await page.locator('main > *').evaluateAll((parts) => parts.map((part) => part.nodeName));
      frames.add(names.join(' '));
    }
    assert.deepEqual(
      [...frames],
      ['HEADER SECTION FIELDSET SECTION DETAILS DETAILS SECTION SECTION SECTION'],
    );
  });

  it('say the verdict in words, and moments relative to the clock of the service', async () => {
    const { page } = await show(STATES.inUse);
    const text = await textOf(page.locator('.verdict'));
    assert.match(text, /In use/);
    assert.match(text, /Last call 2 minutes ago\./);
    const title = await page.locator('.verdict time').first().getAttribute('title');
    assert.equal(title, 'Nov 24, 2026, 5:58:00 PM GMT+8');
    assert.match(await textOf(page.locator('.checked')), /checked \d+ seconds ago/);
  });

  it('name every reason of an unknown verdict', async () => {
    const { page } = await show(STATES.unknown);
    assert.equal(await page.locator('.verdict > p').count(), STATES.unknown.verdict.sentences.length);
  });

  it('keep the old data on the screen while they are read again', async () => {
    const { page } = await show(STATES.rereading);
    assert.match(await textOf(page.locator('.verdict')), /In use/);
    assert.match(await textOf(page.locator('.checked')), /Checking/);
    assert.equal(await page.locator('table.callers tbody tr').count(), STATES.inUse.callers.length);
  });

  it('mark a verdict that could not be read again as no longer current', async () => {
    const { page } = await show(STATES.outdated);
    const text = await textOf(page.locator('.verdict'));
    assert.match(text, /In use/);
    assert.match(text, /no longer current/);
    assert.match(text, /connection refused/);
  });

  it('say what is approximate, sampled or incomplete', async () => {
    const view = await show(STATES.unknown);
    await view.page.getByText(STATES.unknown.strings.breakdownApproximate).waitFor();
    await view.page.getByText(STATES.unknown.strings.approximate).waitFor();
    await view.page.getByText(STATES.unknown.strings.callersIncomplete).waitFor();
    await view.send({ type: 'state', state: STATES.partial });
    await view.page.getByText(STATES.partial.strings.breakdownSampled).waitFor();
    await unfold(view.page);
    await view.page.getByText(STATES.partial.strings.entriesIncomplete).waitFor();
    await view.send({ type: 'state', state: STATES.inUse });
    await view.page.locator('.verdict.inUse').waitFor();
    assert.equal(await view.page.locator('.caveat').count(), 0);
  });

  it('drop a message that is none', async () => {
    const view = await show(STATES.inUse);
    await view.send({ type: 'state', state: { ...STATES.quiet, histogram: { buckets: 'many' } } });
    await view.send({ type: 'state', state: { ...STATES.quiet, entries: undefined } });
    await view.send({ type: 'state', state: { ...STATES.quiet, checkedAt: 1e300 } });
    await view.send('nonsense');
    await view.send({ type: 'copied' });
    await view.page.getByText('Copied.').waitFor();
    assert.match(await textOf(view.page.locator('.verdict')), /In use/);
    assert.deepEqual(await view.violations(), []);
  });

  it('are there again after a reload, without the entries, before the extension answers', async () => {
    const first = await show({ ...STATES.quiet, entries: STATES.partial.entries });
    await first.page.waitForFunction('auditRecord.kept !== undefined');
    const saved = await first.kept();
    assert.doesNotMatch(JSON.stringify(saved), /7C1A0F3E/);
    const second = await open({ saved });
    await second.page.getByText('It can be deleted now.').waitFor();
    const third = await open({ saved: { state: { of: 'another version' } } });
    assert.deepEqual(await third.said(), [{ type: 'ready' }]);
    assert.equal(await third.page.locator('main').count(), 0);
  });
});
