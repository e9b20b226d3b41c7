import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { ensureBrowser } from '../host/browser';
import { ensurePackaged } from '../host/packagedExtension';
import { prepareVscode } from '../host/prepare';
import CountingReporter from '../run/countingReporter';

const TEST_TIMEOUT_MS = 120_000;

/**
 * Runs the tests of this folder in a real browser on the packaged extension.
 * @param grep restricts the run to tests whose title contains it
 * @returns the number of failures
 */
async function runBrowserTests(grep: string | undefined): Promise<number> {
  await prepareVscode();
  await ensureBrowser();
  await ensurePackaged();
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: CountingReporter,
    timeout: TEST_TIMEOUT_MS,
    forbidOnly: true,
    ...(grep ? { grep } : {}),
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.ts')) mocha.addFile(path.join(__dirname, name));
  }
  return new Promise((resolve) => mocha.run(resolve));
}

runBrowserTests(process.argv[2]).then(
  (failures) => {
    process.exitCode = failures > 0 ? 1 : 0;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
