import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { DEMO_ACCESS_KEY, startSimulator } from '../simulator/index';
import { buildExtensionTests } from './build';

const PROJECT = path.resolve(__dirname, '../..');
const CODE_COMMAND = path.join(PROJECT, 'test', 'host', 'codeCommand.js');

const SIMULATOR_ACCOUNT = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCESS_KEY.id,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCESS_KEY.secret,
};

/**
 * Runs the tests of this folder in an extension host: of the VS Code server in a browser, or, with `--desktop[=VERSION]`,
 * of the desktop VS Code that @vscode/test-electron downloads (default: the newest stable).
 * Their cloud is the simulator: the settings lead there, and the environment has its account.
 * `-g title` restricts the run to tests whose title matches.
 * @returns whether all tests passed
 */
async function runExtensionHost(args: readonly string[]): Promise<boolean> {
  const desktop = args.find((arg) => arg.startsWith('--desktop'));
  const version = desktop?.split('=')[1];
  const grep = args.includes('-g') ? args[args.indexOf('-g') + 1] : undefined;
  const extensionTestsPath = await buildExtensionTests();
  const temporary = await mkdtemp(path.join(tmpdir(), 'extension-host-'));
  const workspace = path.join(temporary, 'workspace');
  const userDataDir = path.join(temporary, 'user-data');
  const simulator = await startSimulator();
  try {
    await mkdir(workspace);
    await mkdir(path.join(userDataDir, 'User'), { recursive: true });
    await writeFile(path.join(userDataDir, 'User', 'settings.json'), JSON.stringify(simulator.settings));
    await runTests({
      ...(desktop ? { version: version ?? 'stable' } : { vscodeExecutablePath: CODE_COMMAND }),
      extensionDevelopmentPath: PROJECT,
      extensionTestsPath,
      launchArgs: [workspace, `--user-data-dir=${userDataDir}`],
      extensionTestsEnv: { ...withoutAccount(), ...SIMULATOR_ACCOUNT, ...(grep ? { TEST_GREP: grep } : {}) },
    });
    return true;
  } catch (error) {
    if (error instanceof TestRunFailedError) return false;
    throw error;
  } finally {
    await simulator.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Takes the credentials of whoever runs the tests out of the extension host's environment. */
function withoutAccount(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^(ALIBABA_CLOUD_|ALICLOUD_|ALIYUN_)/.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

runExtensionHost(process.argv.slice(2)).then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: Error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
