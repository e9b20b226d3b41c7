import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Workbench } from './workbench';

/** Where tests leave pictures and reports; git-ignored. */
export const RESULTS_FOLDER = path.resolve(__dirname, '../../test-results');

interface Evidence {
  readonly page: Page;
  readonly consoleLines: readonly string[];
  readonly serverOutput: string;
}

/**
 * Saves what a page shows (picture, text of all frames) with its console and its server's output, and says where.
 * Never throws: it runs when something else has failed already, and that is what must be told.
 */
export async function saveFailure(name: string, evidence: Evidence): Promise<void> {
  try {
    await mkdir(RESULTS_FOLDER, { recursive: true });
    const base = path.join(RESULTS_FOLDER, `failed ${name}`.replace(/[^\w.-]+/g, '-').slice(0, 120));
    await evidence.page.screenshot({ path: `${base}.png`, timeout: 5000 });
    const texts = evidence.page.frames().map(async (frame) => {
      // biome-ignore lint/performance/useDomNodeTextContent: the report is for people: text as it is laid out, without styles.
      const text = await frame.locator('body').innerText({ timeout: 2000 });
      return `== ${frame.url().replace(/[?#].*/, '')}\n${text}`;
    });
    const shown = (await Promise.allSettled(texts)).flatMap((t) =>
      t.status === 'fulfilled' ? [t.value] : [],
    );
    const parts = [...shown, '== console', ...evidence.consoleLines, '== server', evidence.serverOutput];
    await writeFile(`${base}.txt`, parts.join('\n'));
    console.log(`    saved ${path.relative(process.cwd(), base)}.{png,txt}`);
  } catch (error) {
    console.log(`    no report of this failure could be saved: ${error}`);
  }
}

/** In a `describe`: saves a report of the workbench after each test of it that fails. */
export function reportFailures(workbench: () => Workbench | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench()?.saveFailure(this.currentTest.fullTitle());
  });
}
