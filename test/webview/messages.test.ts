import assert from 'node:assert/strict';
import { textOf, useViews } from './inBrowser';
import { CALLERS } from './rows';
import { longState, STATES } from './states';

describe('what the audit view asks the extension for', function () {
  this.timeout(60_000);
  const { show } = useViews();

  it('is what its buttons say, and only when it may', async () => {
    const view = await show(STATES.inUse);
    const { page } = view;
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: '7 d', exact: true }).click();
    await page.getByRole('button', { name: '24 h' }).click();
    await page.getByRole('button', { name: 'Copy evidence' }).click();
    await page.getByRole('button', { name: STATES.inUse.strings.exportCsv }).click();
    await page.getByRole('button', { name: STATES.inUse.strings.exportJson }).click();
    await page.getByRole('button', { name: STATES.inUse.rollout.text }).click();
    await page.getByRole('button', { name: 'Delete old key… (held back)' }).click({ force: true });
    assert.equal(await page.getByRole('button', { name: STATES.inUse.strings.copyPolicy }).count(), 0);
    assert.deepEqual(await view.said(), [
      { type: 'ready' },
      { type: 'refresh' },
      { type: 'range', range: '7d' },
      { type: 'copyEvidence' },
      { type: 'export', format: 'csv' },
      { type: 'export', format: 'json' },
      { type: 'showRollout' },
    ]);
    const quiet = await show(STATES.quiet);
    await quiet.page.getByRole('button', { name: 'Delete old key…' }).click();
    assert.deepEqual((await quiet.said()).at(-1), { type: 'deleteOldKey' });
  });

  it('offers nothing to copy or to export before anything was read, but the policy that is missing', async () => {
    const view = await show(STATES.error);
    const { strings } = STATES.error;
    for (const name of [strings.copyEvidence, strings.exportCsv, strings.exportJson])
      await view.page.getByRole('button', { name }).click({ force: true });
    await view.page.getByRole('button', { name: strings.copyPolicy }).click();
    assert.deepEqual((await view.said()).slice(1), [{ type: 'copyPolicy' }]);
  });

  it('tells that the evidence was copied', async () => {
    const view = await show(STATES.inUse);
    await view.send({ type: 'copied' });
    await view.page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
  });

  it('names a caller by the id of its row', async () => {
    const view = await show(STATES.inUse);
    const { page } = view;
    const { strings } = STATES.inUse;
    const row = (agent: string) => page.locator('table.callers tbody tr', { hasText: agent });
    await row('order-svc').getByRole('button').click();
    await row('month-end').getByRole('button', { name: strings.markRetired }).click();
    await row('legacy-import').getByRole('button', { name: strings.unmarkRetired }).click();
    assert.deepEqual((await view.said()).slice(1), [
      { type: 'openReference', caller: 'id of order-svc Java' },
      { type: 'markRetired', caller: 'id of month-end Go' },
      { type: 'unmarkRetired', caller: 'id of legacy-import curl' },
    ]);
  });

  it('has buttons in its rows that make sense without the table', async () => {
    const { page } = await show(STATES.inUse);
    const { strings } = STATES.inUse;
    await page.getByRole('button', { name: `${strings.markRetired} month-end Go`, exact: true }).waitFor();
    await page.getByRole('button', { name: '.env:3 gateway Node.js', exact: true }).waitFor();
  });

  it('tells state, certainty, reason and place of each caller in words', async () => {
    const { page } = await show(STATES.inUse);
    const rows = await page.locator('table.callers tbody tr').allInnerTexts();
    assert.equal(rows.length, CALLERS.length);
    const told = (agent: string) => rows.find((row) => row.includes(agent)) ?? '';
    assert.match(told('billing-job'), /^old key/);
    assert.ok(told('billing-job').includes(STATES.inUse.strings.noReference));
    assert.match(
      told('billing-job'),
      /10\.0\.3\.17, 10\.0\.3\.18\s+\+17|10\.0\.3\.17, 10\.0\.3\.18\s+Address\s+\+17/,
    );
    assert.match(told('gateway'), /probably moved\s+seen from another network/);
    assert.match(told('legacy-import'), /switched off in October, ticket OPS-2214/);
    assert.match(told('order-svc'), /secretsmanager\.properties:9\s+its secret is named/);
    assert.ok(!told('canary').includes(STATES.inUse.strings.noReference));
    assert.equal(await textOf(page.locator('.migration')), '2 of 6 callers moved.');
  });

  it('shows all addresses of a caller on demand', async () => {
    const { page } = await show(STATES.inUse);
    assert.equal(await page.getByText('10.0.3.35').isVisible(), false);
    await page.getByText('+17').click();
    assert.equal(await page.getByText('10.0.3.35').isVisible(), true);
  });

  it('says how many callers of a long list are not shown', async () => {
    const { page } = await show(longState(300));
    assert.equal(await page.locator('table.callers tbody tr').count(), 200);
    await page.getByText('100 more callers are not shown.').waitFor();
  });
});
