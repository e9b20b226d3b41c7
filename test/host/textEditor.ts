import type { Locator, Page } from 'playwright-core';
import { quickInputOf } from './quickInput';

/** The text editor in front, as somebody reads and clicks in it. */
export interface TextEditor {
  /** Opens a file of the workspace by name. */
  open(name: string): Promise<void>;
  /** The line that holds a text. */
  line(text: string): Locator;
  /** Wavy lines of one kind. */
  squiggles(kind: 'error' | 'warning' | 'info'): Locator;
  /** Rests the mouse on a text until the hover is there. */
  hover(text: string): Promise<Locator>;
  /** Puts the cursor on a text and opens the quick fixes there. */
  quickFixes(text: string): Promise<Locator>;
  lenses(): Locator;
}

/** @param page the page of a workbench */
export function textEditorOf(page: Page): TextEditor {
  const editor = page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();
  const line = (text: string) => editor.locator('.view-line').filter({ hasText: text }).first();
  const word = (text: string) => line(text).locator('span span').filter({ hasText: text }).first();
  return {
    async open(name) {
      await page.keyboard.press('Control+P');
      const quickInput = quickInputOf(page);
      await quickInput.input.waitFor();
      await quickInput.type(name);
      await quickInput.pick(name.slice(name.lastIndexOf('/') + 1));
      await page
        .locator('.tabs-container .tab.active')
        .filter({ hasText: name.slice(name.lastIndexOf('/') + 1) })
        .waitFor();
    },
    line,
    squiggles: (kind) => editor.locator(`.squiggly-${kind}`),
    async hover(text) {
      const hover = page.locator('.monaco-hover').filter({ visible: true }).first();
      for (let attempt = 1; ; attempt++) {
        await page.mouse.move(0, 0);
        await word(text).hover();
        try {
          await hover.waitFor({ timeout: 4000 });
          return hover;
        } catch (error) {
          if (attempt === 5) throw error;
        }
      }
    },
    async quickFixes(text) {
      const rows = page.locator('.action-widget .monaco-list-row');
      for (let attempt = 1; ; attempt++) {
        await word(text).click();
        // A hover that comes up under the mouse takes the keys.
        await page.mouse.move(0, 0);
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+.');
        try {
          await rows.first().waitFor({ timeout: 5000 });
          return rows;
        } catch (error) {
          if (attempt === 5) throw error;
        }
      }
    },
    lenses: () => editor.locator('.codelens-decoration'),
  };
}
