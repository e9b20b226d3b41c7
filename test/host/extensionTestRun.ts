import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { saveFailure } from './failureReport';
import { type Server, startServer } from './server';
import type { Settings } from './serverProfile';

const LIMIT_MS = 300_000;
const TAIL_MS = 200;

/** What @vscode/test-electron says on the command line of `code`, as far as it means something here. */
interface CodeArguments {
  readonly extension: string;
  readonly tests: string;
  readonly userDataDir?: string;
  readonly folder?: string;
}

function readArguments(args: readonly string[]): CodeArguments {
  const value = (name: string) => {
    const prefix = `--${name}=`;
    return args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
  };
  const extension = value('extensionDevelopmentPath');
  const tests = value('extensionTestsPath');
  if (!extension || !tests)
    throw new Error('--extensionDevelopmentPath and --extensionTestsPath are needed.');
  const userDataDir = value('user-data-dir');
  const folder = args.find((arg) => !arg.startsWith('-'));
  return { extension, tests, ...(userDataDir ? { userDataDir } : {}), ...(folder ? { folder } : {}) };
}

/**
 * Runs a compiled test suite in the Node extension host of a VS Code server.
 * @returns 0 when its `run()` resolved, 1 when it rejected
 * @throws Error when there is no result in 5 minutes or the page crashes
 */
async function runExtensionTests(args: CodeArguments): Promise<number> {
  const results = await mkdtemp(path.join(tmpdir(), 'extension-tests-'));
  const output = path.join(results, 'output.txt');
  const server = await startServer({
    testDriver: true,
    settings: await userSettings(args.userDataDir),
    env: { ...testEnvironment(), TEST_OUTPUT: output },
  });
  const browser = await launchBrowser();
  const stopTail = printAppended(output);
  try {
    return await loadSuite(await browser.newPage(), server, args);
  } finally {
    stopTail();
    await browser.close();
    await server.stop();
    await rm(results, { recursive: true, force: true });
  }
}

/** A built workbench takes extension and tests from its address, and reports by functions that the page has to have. */
async function loadSuite(page: Page, server: Server, args: CodeArguments): Promise<number> {
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
    ['extensionDevelopmentPath', server.remoteUri(args.extension)],
    ['extensionTestsPath', server.remoteUri(args.tests)],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ] as const;
  try {
    await page.goto(server.url(args.folder, payload));
    return await exitCode;
  } catch (error) {
    await saveFailure('extension tests', { page, consoleLines, serverOutput: server.output() });
    throw error;
  }
}

/** The settings that the caller has put where a desktop VS Code would look for them. */
async function userSettings(userDataDir: string | undefined): Promise<Settings> {
  const file = path.join(userDataDir ?? '', 'User', 'settings.json');
  return userDataDir && existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
}

/** The variables that the caller means for the extension host; the server gets no other account's. */
function testEnvironment(): NodeJS.ProcessEnv {
  const meant = Object.entries(process.env).filter(([name]) => /^(TEST_|ALIBABA_CLOUD_)/.test(name));
  return Object.fromEntries(meant);
}

/** Copies what is appended to a file to stdout, until the returned function is called. */
function printAppended(file: string): () => void {
  let printed = 0;
  const print = () => {
    if (!existsSync(file)) return;
    const bytes = readFileSync(file);
    process.stdout.write(bytes.subarray(printed));
    printed = bytes.length;
  };
  const timer = setInterval(print, TAIL_MS);
  return () => {
    clearInterval(timer);
    print();
  };
}

runExtensionTests(readArguments(process.argv.slice(2))).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
