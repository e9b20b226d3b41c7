import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { step } from '../run/step';
import { runCommand } from './command';

const DEBIAN_PACKAGES = ['chromium', 'fonts-liberation', 'fonts-dejavu-core', 'fonts-noto-cjk'];

/**
 * Finds Chrome, Chromium or Edge: the one that the environment variable CHROMIUM names, else an installed one.
 * @returns its path, or undefined when there is none
 * @throws Error when CHROMIUM names a file that does not exist
 */
function findBrowser(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist.`);
    return named;
  }
  return candidates().find((file) => existsSync(file));
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `${app}.app/Contents/MacOS/${app}`,
    );
    return ['/Applications', path.join(homedir(), 'Applications')].flatMap((dir) =>
      apps.map((app) => path.join(dir, app)),
    );
  }
  if (process.platform === 'win32') {
    const { ProgramFiles, 'ProgramFiles(x86)': programFilesX86, LOCALAPPDATA } = process.env;
    return [ProgramFiles, programFilesX86, LOCALAPPDATA]
      .filter((dir) => dir !== undefined)
      .flatMap((dir) =>
        ['Google/Chrome', 'Chromium', 'Microsoft/Edge'].map((product) =>
          path.join(dir, product, 'Application', product.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'),
        ),
      );
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((dir) => names.map((name) => path.join(dir, name)));
}

/**
 * Finds a browser for the tests and, only where there is none and this process is root on a system with apt,
 * installs Debian's chromium, saying so.
 * @returns the path of the browser
 * @throws Error that names the command to run where it may not install one itself
 */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found) return found;
  if (process.platform !== 'linux') {
    throw new Error(
      'No Chrome, Chromium or Edge found. Install one, or name one by CHROMIUM=/path/to/browser.',
    );
  }
  const command = `apt-get update && apt-get install -y --no-install-recommends ${DEBIAN_PACKAGES.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `No Chrome, Chromium or Edge found. Run as root: ${command}\nor name a browser by CHROMIUM=/path/to/browser.`,
    );
  }
  await step(`install a browser by apt: ${DEBIAN_PACKAGES.join(' ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runCommand('apt-get', ['update'], { env });
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES], { env });
  });
  const installed = findBrowser();
  if (!installed) throw new Error('apt installed chromium, yet it is not on the PATH.');
  return installed;
}

/** Starts the browser without a window. It ends with this process: it is driven over a pipe. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureBrowser(),
    args: [
      // Chromium refuses its sandbox to root, and containers often lack the user namespaces it needs.
      ...(process.platform === 'linux' ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--lang=en-US',
    ],
  });
}

if (require.main === module) {
  ensureBrowser().then(
    (file) => console.log(`  ✓ browser: ${file}`),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
