import type { Page } from 'playwright-core';
import { saveFailure } from './failureReport';
import type { Server } from './server';

const LIMIT_MS = 300_000;

export interface ExtensionSuite {
  /** Folder of the extension under development. */
  readonly extension: string;
  /** Compiled entry whose `run()` is called in the extension host. */
  readonly tests: string;
  /** Folder to open; without one, an empty window. */
  readonly folder?: string;
}

/**
 * Runs a compiled suite in the Node extension host of a server started with `testDriver`. A built workbench takes
 * extension and tests from its address, and reports by functions that the page has to have.
 * @returns 0 when its `run()` resolved, 1 when it rejected
 * @throws Error when there is no result in 5 minutes or the page crashes; a report is then in test-results
 */
export async function loadSuite(page: Page, server: Server, suite: ExtensionSuite): Promise<number> {
  const consoleLines: string[] = [];
  page.on('console', (message) => consoleLines.push(message.text()));
  let onExit: (code: number) => void = () => undefined;
  const exitCode = new Promise<number>((resolve, reject) => {
    onExit = resolve;
    setTimeout(
      () => reject(new Error(`No result from the extension host in ${LIMIT_MS} ms.`)),
      LIMIT_MS,
    ).unref();
    page.on('crash', () => reject(new Error('The page of the workbench crashed.')));
  });
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await page.exposeFunction('codeAutomationExit', (code: number) => onExit(code));
  const payload = [
    ['extensionDevelopmentPath', server.remoteUri(suite.extension)],
    ['extensionTestsPath', server.remoteUri(suite.tests)],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ] as const;
  try {
    await page.goto(server.url(suite.folder, payload));
    return await exitCode;
  } catch (error) {
    await saveFailure('extension tests', { page, consoleLines, serverOutput: server.output() });
    throw error;
  }
}
