import type { Locator, Page } from 'playwright-core';

type Text = string | RegExp;

/** The quick input at the top of the workbench: pick lists and input boxes. */
export interface QuickInput {
  readonly title: Locator;
  readonly input: Locator;
  readonly rows: Locator;
  /** The line below an input box: prompt, or what is wrong with the value. */
  readonly message: Locator;
  row(text: Text): Locator;
  /** Waits for the quick input with this title: the next stop of a sequence. */
  waitFor(title: Text): Promise<void>;
  type(text: string): Promise<void>;
  /** Types a value and confirms it. */
  enter(text: string): Promise<void>;
  /** Confirms what is typed or focused. */
  accept(): Promise<void>;
  /** Chooses a row, scrolled into view by typing when the list is long. */
  pick(text: Text): Promise<void>;
  back(): Promise<void>;
  /** A button in its title or in a row, by its tooltip. */
  clickButton(name: Text): Promise<void>;
  cancel(): Promise<void>;
  waitUntilClosed(): Promise<void>;
}

/** @param page the page of a workbench */
export function quickInputOf(page: Page): QuickInput {
  const widget = page.locator('.quick-input-widget').filter({ visible: true });
  const title = widget.locator('.quick-input-title');
  const input = widget.locator('.quick-input-box input');
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const row = (text: Text) => rows.filter({ hasText: text }).first();
  const accept = () => input.press('Enter');
  return {
    title,
    input,
    rows,
    message: widget.locator('.quick-input-message'),
    row,
    waitFor: (text) => title.filter({ hasText: text }).waitFor(),
    type: (text) => input.fill(text),
    async enter(text) {
      await input.fill(text);
      await accept();
    },
    accept,
    pick: (text) => row(text).click(),
    back: () => widget.locator('.codicon-quick-input-back').click(),
    clickButton: (name) => widget.getByRole('button', { name }).first().click(),
    cancel: () => input.press('Escape'),
    waitUntilClosed: () => widget.waitFor({ state: 'hidden' }),
  };
}

/** Runs a command by its title (`Category: Title`) in the command palette. */
export async function runFromPalette(page: Page, command: string): Promise<void> {
  const quickInput = quickInputOf(page);
  // A fresh workbench does not know its key bindings at once, and a dialog that has just closed takes the focus back and
  // the palette away: press again until the palette is there to stay.
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    try {
      await quickInput.input.fill(`>${command}`, { timeout: 3000 });
      await quickInput.row(command).waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
  await quickInput.pick(command);
}
