import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from './eventually';
import { RESULTS_FOLDER, saveFailure } from './failureReport';
import { type QuickInput, quickInputOf, runFromPalette } from './quickInput';
import type { Server } from './server';
import { type TextEditor, textEditorOf } from './textEditor';
import { switchTheme, type Theme } from './theme';
import { type TreeView, treeViewOf } from './treeView';

type Text = string | RegExp;

/** A workbench in the browser, driven as a user does. Everything waits by itself until it is there. */
export interface Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly editor: TextEditor;
  /** Everything that the page has written to its console. */
  consoleLines(): readonly string[];
  /** Runs a command by its title in the palette. */
  palette(command: string): Promise<void>;
  /** Shows a view container by the name of its icon in the activity bar. */
  showContainer(name: string): Promise<void>;
  /** Drags the border of the side bar so that it is this wide, in pixels. */
  widenSideBar(width: number): Promise<void>;
  tree(title: string): TreeView;
  statusBarItem(text: Text): Locator;
  /** A notification toast. */
  notification(text: Text): Locator;
  clickInNotification(text: Text, button: string): Promise<void>;
  closeNotifications(): Promise<void>;
  /** The modal dialog. */
  dialog(text: Text): Locator;
  clickInDialog(text: Text, button: string): Promise<void>;
  /** The content of a webview by the title of its editor. */
  webview(title: string): FrameLocator;
  editorTab(title: Text): Locator;
  reload(): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  /** Saves a picture in test-results/screenshots, once per theme (none given: as it is). */
  screenshot(name: string, ...themes: readonly Theme[]): Promise<void>;
  /** Saves picture, text, console and server output of this moment in test-results. */
  saveFailure(name: string): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const OPEN_TIMEOUT_MS = 120_000;

/**
 * Opens a workbench on a folder in a browser profile of its own.
 * @throws Error when it does not come up within two minutes; a report is then in test-results
 */
export async function openWorkbench(server: Server, browser: Browser, folder?: string): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    colorScheme: 'dark',
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(DEFAULT_TIMEOUT_MS);
  const consoleLines: string[] = [];
  page.on('console', (message) => consoleLines.push(message.text()));
  page.on('dialog', (dialog) => void dialog.accept());
  // Without this key the workbench keeps secrets in memory only. code-server's own start serves it.
  await page.route('**/mint-key', (route) => route.fulfill({ status: 200, body: server.secretKey }));

  const workbench = workbenchOn(page, server, consoleLines);
  try {
    await page.goto(server.url(folder));
    await untilReady(page);
  } catch (error) {
    await workbench.saveFailure('workbench did not open');
    await context.close();
    throw error;
  }
  return workbench;
}

async function untilReady(page: Page): Promise<void> {
  await page
    .locator('.monaco-workbench .part.statusbar .statusbar-item')
    .first()
    .waitFor({ timeout: OPEN_TIMEOUT_MS });
  await page.locator('.activitybar .action-item').first().waitFor({ timeout: OPEN_TIMEOUT_MS });
}

function workbenchOn(page: Page, server: Server, consoleLines: readonly string[]): Workbench {
  const notification = (text: Text) => page.locator('.notification-toast').filter({ hasText: text }).first();
  const dialog = (text: Text) => page.locator('.monaco-dialog-box').filter({ hasText: text });
  const report = () => ({ page, consoleLines, serverOutput: server.output() });

  const setTheme = (theme: Theme) => switchTheme(page, theme);
  async function saveScreenshot(name: string): Promise<void> {
    const folder = path.join(RESULTS_FOLDER, 'screenshots');
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  }

  return {
    page,
    quickInput: quickInputOf(page),
    editor: textEditorOf(page),
    consoleLines: () => consoleLines,
    palette: (command) => runFromPalette(page, command),
    async showContainer(name) {
      // A badge changes the name to "Client Keys - 2 keys expire" and covers the link: the item around it is clicked.
      const link = page.locator(`.action-label[aria-label^="${name}"]`);
      const item = page.locator('.activitybar .action-item').filter({ has: link }).first();
      const selected = page.locator('.activitybar .action-item[aria-selected="true"]').filter({ has: link });
      await item.waitFor({ timeout: OPEN_TIMEOUT_MS });
      // A fresh workbench may still be about to show what it showed last: a click would then hide it, so look again.
      for (let attempt = 1; ; attempt++) {
        try {
          return await selected.waitFor({ timeout: attempt === 1 ? 1000 : 5000 });
        } catch (error) {
          if (attempt === 5) throw error;
          await item.click();
        }
      }
    },
    async widenSideBar(width) {
      const bar = await page.locator('.part.sidebar').boundingBox();
      if (!bar) throw new Error('There is no side bar to widen.');
      await page.mouse.move(bar.x + bar.width, bar.y + bar.height / 3);
      await page.mouse.down();
      await page.mouse.move(bar.x + width, bar.y + bar.height / 3, { steps: 4 });
      await page.mouse.up();
    },
    tree: (title) => treeViewOf(page, title),
    statusBarItem: (text) => page.locator('.statusbar-item').filter({ hasText: text }).first(),
    notification,
    clickInNotification: (text, button) =>
      notification(text).getByRole('button', { name: button, exact: true }).click(),
    async closeNotifications() {
      const toasts = page.locator('.notification-toast');
      // Its buttons show only under the mouse, and a toast may go by itself meanwhile: no waiting for either.
      await eventually('all notifications are closed', async () => {
        await toasts
          .locator('.codicon-notifications-clear')
          .evaluateAll((buttons) => buttons.forEach((button) => void (button as HTMLElement).click()));
        return (await toasts.count()) === 0;
      });
    },
    dialog,
    clickInDialog: (text, button) => dialog(text).getByRole('button', { name: button, exact: true }).click(),
    webview: (title) =>
      page
        .locator('iframe.webview.ready')
        .filter({ visible: true })
        .contentFrame()
        .frameLocator(`iframe#active-frame[title="${title}"]`),
    editorTab: (title) => page.locator('.tabs-container .tab').filter({ hasText: title }),
    async reload() {
      await page.reload();
      await untilReady(page);
    },
    setTheme,
    async screenshot(name, ...themes) {
      if (themes.length === 0) return saveScreenshot(name);
      for (const theme of themes) {
        await setTheme(theme);
        await saveScreenshot(`${name}.${theme.toLowerCase().replaceAll(' ', '-')}`);
      }
    },
    saveFailure: (name) => saveFailure(name, report()),
    close: () => page.context().close(),
  };
}
