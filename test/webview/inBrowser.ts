import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { AuditViewState } from '../../src/model/auditView';
import { launchBrowser } from '../host/browser';
import { type AuditPage, openView, type PageOptions, serveView, type ViewServer } from './auditPage';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = path.join(__dirname, '..', '..', 'test-results', 'webview');

export interface Views {
  /** Opens a page of the view, without saying anything to it. */
  open(options?: PageOptions): Promise<AuditPage>;
  /** Opens a page and shows the state. */
  show(state: AuditViewState, options?: PageOptions): Promise<AuditPage>;
}

/** Starts a browser and a server around the tests of a suite; each test's pages are closed after it. */
export function useViews(): Views {
  let browser: Browser;
  let server: ViewServer;
  const opened: AuditPage[] = [];

  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launchBrowser();
    server = await serveView();
  });
  afterEach(async () => {
    for (const view of opened.splice(0)) await view.close();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(options: PageOptions = {}): Promise<AuditPage> {
    const view = await openView(browser, server, options);
    opened.push(view);
    return view;
  }
  return {
    open,
    async show(state, options) {
      const view = await open(options);
      await view.send({ type: 'state', state });
      await view.page.locator('main').waitFor();
      return view;
    },
  };
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/**
 * Rules of axe-core that the page breaks, each with the places.
 * @param without a rule that is not asked for
 */
export async function brokenRules(page: Page, without?: string): Promise<string[]> {
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(AXE);
  const result: AxeResult = await page.evaluate(
    `axe.run(document, { preload: false, rules: ${JSON.stringify(without ? { [without]: { enabled: false } } : {})} })`,
  );
  return result.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 5)
        .map((node) => node.html.slice(0, 300))
        .join(' | ')}`,
  );
}

export async function textOf(place: Locator): Promise<string> {
  return (await place.textContent()) ?? '';
}

export async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
}

/** By how many pixels the page is wider than its window: 0 where it does not scroll sideways. */
export async function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Opens the list of entries, which is asked for by that, and the table behind the chart. */
export async function unfold(page: Page): Promise<void> {
  const closed = page.locator('main details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
}
