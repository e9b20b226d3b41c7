import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser';
import { type ExtensionSuite, loadSuite } from './extensionSuite';
import { startServer } from './server';
import type { Settings } from './serverProfile';

const TAIL_MS = 200;

/** What @vscode/test-electron says on the command line of `code`, as far as it means something here. */
interface CodeArguments extends ExtensionSuite {
  readonly userDataDir?: string;
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

/** Runs a suite in a server and a browser of its own, and prints what it writes. Returns the exit code. */
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
