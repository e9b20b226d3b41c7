import type { Page } from 'playwright-core';
import { quickInputOf, runFromPalette } from './quickInput';

/** The four kinds of themes of VS Code, by the name that the setting has: label in the theme picker, class of the page. */
const THEMES = {
  'Dark Modern': { label: 'Dark Modern', pageClass: 'vs-dark' },
  'Light Modern': { label: 'Light Modern', pageClass: 'vs' },
  'Default High Contrast': { label: 'Dark High Contrast', pageClass: 'hc-black' },
  'Default High Contrast Light': { label: 'Light High Contrast', pageClass: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;

/**
 * Switches a workbench to a theme through its theme picker. (It does not notice reliably when its settings file is
 * changed from outside.)
 */
export async function switchTheme(page: Page, theme: Theme): Promise<void> {
  const { label, pageClass } = THEMES[theme];
  const quickInput = quickInputOf(page);
  await runFromPalette(page, 'Preferences: Color Theme');
  await quickInput.type(label);
  await quickInput.pick(label);
  await quickInput.waitUntilClosed();
  await page.locator(`.monaco-workbench.${pageClass}`).waitFor();
}
