import type { Locator, Page } from 'playwright-core';

type Text = string | RegExp;

/** A tree in the side bar or panel, found by the title of its view. */
export interface TreeView {
  readonly pane: Locator;
  readonly rows: Locator;
  /** What the view shows instead of rows: its welcome text with its buttons. */
  readonly welcome: Locator;
  row(text: Text): Locator;
  /** The accessible text of a row: label, description, state. */
  ariaLabel(text: Text): Promise<string>;
  /** Opens a row's children if they are not open. */
  expand(text: Text): Promise<void>;
  /** Clicks an icon that a row shows under the mouse, by its tooltip. */
  clickInline(text: Text, action: Text): Promise<void>;
  /** Ticks or unticks a row's check box. */
  toggle(text: Text): Promise<void>;
  /** Chooses an entry of a row's context menu. */
  clickInMenu(text: Text, entry: Text): Promise<void>;
  /** The entries of a row's context menu, which is closed again. */
  menuEntries(text: Text): Promise<string[]>;
  /** Clicks an icon in the title of the view, by its tooltip. */
  clickTitleAction(action: Text): Promise<void>;
}

/** @param title the name of the view as the manifest has it */
export function treeViewOf(page: Page, title: string): TreeView {
  const pane = page
    .locator('.pane')
    .filter({ has: page.locator(`.pane-header[aria-label^="${title} Section"]`) });
  const rows = pane.locator('.monaco-list-row');
  const row = (text: Text) => rows.filter({ hasText: text }).first();
  // A plain string would also match a part of another action's name.
  const named = (within: Locator, name: Text) => within.getByRole('button', { name, exact: true }).first();

  async function openMenu(text: Text): Promise<Locator> {
    // The tooltip of the row under the mouse may cover this one.
    await page.mouse.move(0, 0);
    await row(text).click({ button: 'right' });
    const entries = page.locator('.monaco-menu .action-item').filter({ visible: true });
    await entries.first().waitFor();
    return entries;
  }

  return {
    pane,
    rows,
    welcome: pane.locator('.welcome-view-content'),
    row,
    async ariaLabel(text) {
      return (await row(text).getAttribute('aria-label')) ?? '';
    },
    async expand(text) {
      const target = row(text);
      if ((await target.getAttribute('aria-expanded')) !== 'false') return;
      await target.locator('.monaco-tl-twistie').click();
      await rows.and(page.locator('[aria-expanded="true"]')).filter({ hasText: text }).first().waitFor();
    },
    async clickInline(text, action) {
      // A row shows its icons under the mouse; it may move away from there while others come.
      for (let attempt = 1; ; attempt++) {
        try {
          await row(text).hover({ timeout: 3000 });
          return await named(row(text).locator('.actions'), action).click({ timeout: 3000 });
        } catch (error) {
          if (attempt === 10) throw error;
          // The tooltip of the row that came under the mouse instead would cover the others.
          await page.mouse.move(0, 0);
        }
      }
    },
    toggle: (text) => row(text).getByRole('checkbox').click(),
    async clickInMenu(text, entry) {
      const entries = await openMenu(text);
      const chosen = entries.filter({ hasText: entry }).first();
      // A menu that has just opened takes the first click for the end of the one that opened it.
      for (let attempt = 1; ; attempt++) {
        await chosen.click();
        try {
          return await entries.first().waitFor({ state: 'hidden', timeout: 2000 });
        } catch (error) {
          if (attempt === 5) throw error;
        }
      }
    },
    async menuEntries(text) {
      const entries = await openMenu(text);
      const labels = await entries.locator('.action-label').allInnerTexts();
      await page.keyboard.press('Escape');
      await entries.first().waitFor({ state: 'hidden' });
      return labels.map((label) => label.trim()).filter((label) => label !== '');
    },
    async clickTitleAction(action) {
      await pane.locator('.pane-header').hover();
      await named(pane.locator('.pane-header .actions'), action).click();
    },
  };
}
