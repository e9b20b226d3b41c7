import assert from 'node:assert/strict';
import type { AuditEntries, AuditViewState } from '../../src/model/auditView';
import { useViews } from './inBrowser';
import { entryRows } from './rows';
import { STATES } from './states';

const { strings } = STATES.inUse;

function withEntries(entries: AuditEntries): AuditViewState {
  return { ...STATES.inUse, entries };
}

const page = (count: number, more: boolean): AuditEntries => ({
  status: 'ready',
  rows: entryRows(count),
  more,
  complete: true,
});

const ASKED = { type: 'entries' };

describe('entries in the audit view', function () {
  this.timeout(60_000);
  const { show } = useViews();

  it('are asked for only once the list is opened, a page at a time', async () => {
    const view = await show(STATES.inUse);
    const asked = async () => (await view.said()).slice(1);
    assert.deepEqual(await asked(), []);
    await view.page.getByText(strings.showEntries).click();
    await view.page.locator('.entries table').waitFor();
    await view.page.waitForFunction('auditRecord.said.length === 2');
    assert.deepEqual(await asked(), [ASKED]);
    await view.send({ type: 'state', state: withEntries({ ...page(0, false), status: 'loading' }) });
    await view.page.locator('.entries [role=status]', { hasText: strings.loading }).waitFor();
    await view.send({ type: 'state', state: withEntries(page(100, true)) });
    await view.page.getByRole('button', { name: strings.moreEntries }).click();
    assert.deepEqual(await asked(), [ASKED, ASKED]);
    await view.send({ type: 'state', state: withEntries({ ...page(100, true), status: 'loading' }) });
    await view.page.locator('.entries [role=status]', { hasText: strings.loading }).waitFor();
    await view.page.getByRole('button', { name: strings.moreEntries }).click({ force: true });
    assert.deepEqual(await asked(), [ASKED, ASKED], 'not while a page is on its way');
    await view.send({ type: 'state', state: withEntries(page(142, false)) });
    await view.page.getByRole('button', { name: strings.moreEntries }).waitFor({ state: 'detached' });
    assert.equal(await view.page.locator('.entries tbody tr').count(), 142);
  });

  it('are asked for again when another range has emptied the open list, and not when it is closed', async () => {
    const view = await show(withEntries(page(2, false)));
    await view.page.getByText(strings.showEntries).click();
    await view.page.locator('.entries tbody tr').nth(1).waitFor();
    await view.send({ type: 'state', state: STATES.inUse });
    await view.page.waitForFunction('auditRecord.said.length === 2');
    await view.send({ type: 'state', state: withEntries(page(2, false)) });
    await view.page.locator('.entries tbody tr').nth(1).waitFor();
    await view.page.getByText(strings.showEntries).click();
    await view.page.locator('.entries table').waitFor({ state: 'detached' });
    await view.send({ type: 'state', state: STATES.inUse });
    await view.send({ type: 'copied' });
    await view.page.getByText('Copied.').waitFor();
    assert.deepEqual((await view.said()).slice(1), [ASKED]);
  });

  it('have all their fields, and the exact time', async () => {
    const view = await show(withEntries(page(5, false)));
    await view.page.getByText(strings.showEntries).click();
    const cells = await view.page.locator('.entries tbody tr').last().locator('th, td').allInnerTexts();
    const row = entryRows(5).at(-1);
    assert.ok(row);
    const { at: _, ...rest } = row;
    assert.match(cells[0] ?? '', /^Nov 24, 2026, 5:57:32 PM GMT\+8$/);
    assert.deepEqual([...cells.slice(1)].sort(), Object.values(rest).sort());
  });

  it('say that there are none, that some are missing, and where the list ends', async () => {
    const view = await show(withEntries(page(0, false)));
    await view.page.getByText(strings.showEntries).click();
    await view.page.getByText(strings.noEntries).waitFor();
    await view.send({ type: 'state', state: withEntries({ ...page(0, false), complete: false }) });
    await view.page.getByText(strings.entriesIncomplete).waitFor();
    assert.equal(await view.page.getByText(strings.noEntries).count(), 0, 'none is no answer then');
    await view.send({ type: 'state', state: withEntries(page(1000, true)) });
    await view.page.getByText(strings.entriesLimit.replace('{0}', '1,000')).waitFor();
    assert.equal(await view.page.getByRole('button', { name: strings.moreEntries }).count(), 0);
  });

  it('that failed say why, and can be asked for again', async () => {
    const view = await show(withEntries({ ...page(3, true), status: 'error', error: 'Refused (id 7C1A).' }));
    await view.page.getByText(strings.showEntries).click();
    await view.page.getByRole('alert').filter({ hasText: 'Refused (id 7C1A).' }).waitFor();
    assert.equal(await view.page.locator('.entries tbody tr').count(), 3);
    await view.page.getByRole('button', { name: strings.moreEntries }).click();
    assert.deepEqual((await view.said()).at(-1), ASKED);
  });
});
