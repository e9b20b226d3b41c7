import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../run/countingReporter';

const TIMEOUT_MS = 30_000;

/**
 * What VS Code calls in its extension host: runs all tests beside this file.
 * Environment: TEST_OUTPUT names a file to write to where the host's console does not reach a terminal;
 * TEST_GREP restricts the run to tests whose title matches.
 * @throws Error when a test fails
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const { TEST_OUTPUT: output, TEST_GREP: grep } = process.env;
  if (output) writeConsoleTo(output);
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: CountingReporter,
    timeout: TIMEOUT_MS,
    forbidOnly: true,
    ...(grep ? { grep } : {}),
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function writeConsoleTo(file: string): void {
  const write = (...values: unknown[]) => appendFileSync(file, `${format(...values)}\n`);
  for (const method of ['log', 'info', 'warn', 'error'] as const) console[method] = write;
  Mocha.reporters.Base.consoleLog = write;
}
