import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from '../host/browser';
import { type ExtensionSuite, loadSuite } from '../host/extensionSuite';
import { ensurePackaged } from '../host/packagedExtension';
import { startServer } from '../host/server';
import { step } from '../run/step';
import { atMost, type Figure, median } from './figure';

const EXTENSION = 'kms-client-keys.kms-client-keys';
/** An extension of VS Code itself that activates on the same event, measured in the same windows. */
const YARDSTICK = 'vscode.merge-conflict';
const ROUNDS = 5;

interface Times {
  /** Reading and running the extension's code, ms. */
  readonly load: number;
  /** The call of `activate()`, ms. */
  readonly activate: number;
}

/** Start-up of the packaged extension by VS Code's own figures: median over as many fresh windows as there are rounds. */
export async function benchStartup(): Promise<Figure[]> {
  const vsix = await ensurePackaged();
  const temporary = await mkdtemp(path.join(tmpdir(), 'bench-startup-'));
  try {
    const { reports, eagerBytes } = await measure(vsix, temporary);
    const ours = reports.map((report) => readTimes(report, EXTENSION));
    const yardstick = reports.map((report) => readTimes(report, YARDSTICK));
    const loadMs = median(ours.map(({ load }) => load));
    return [
      atMost('startup', 'eagerKB', eagerBytes / 1024, 'KB', 60),
      atMost('startup', 'activateMs', median(ours.map(({ activate }) => activate)), 'ms', 10),
      atMost('startup', 'loadMs', loadMs, 'ms', null),
      atMost('startup', 'loadRatio', loadMs / median(yardstick.map(({ load }) => load)), '', null),
    ];
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function measure(vsix: string, temporary: string): Promise<{ reports: string[]; eagerBytes: number }> {
  const output = path.join(temporary, 'report.md');
  const suite = await makeProbe(temporary);
  const server = await startServer({
    vsix,
    testDriver: true,
    env: { BENCH_EXTENSION: EXTENSION, BENCH_OUTPUT: output },
  });
  const browser = await launchBrowser();
  try {
    const reports: string[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await step(`start-up ${round} of ${ROUNDS}`, async () => {
        const page = await browser.newPage();
        const exitCode = await loadSuite(page, server, suite);
        await page.close();
        if (exitCode !== 0) throw new Error(`No figures; the console of the server:\n${server.output()}`);
      });
      reports.push(await readFile(output, 'utf8'));
      await rm(output);
    }
    return { reports, eagerBytes: await installedMainSize(server.extensionsDir) };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** An extension of its own under development, so that VS Code calls the probe while ours is installed as users have it. */
async function makeProbe(temporary: string): Promise<ExtensionSuite> {
  const extension = path.join(temporary, 'probe');
  const tests = path.join(extension, 'startupProbe.js');
  const workspace = path.join(temporary, 'workspace');
  await mkdir(extension);
  await mkdir(workspace);
  const manifest = { name: 'probe', publisher: 'bench', version: '0.0.1', engines: { vscode: '^1.106.0' } };
  await writeFile(path.join(extension, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [path.join(__dirname, 'startupProbe.ts')],
    outfile: tests,
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return { extension, tests, folder: workspace };
}

async function installedMainSize(extensionsDir: string): Promise<number> {
  const folder = (await readdir(extensionsDir)).find((name) => name.startsWith(`${EXTENSION}-`));
  if (!folder) throw new Error(`${EXTENSION} is not among the installed extensions.`);
  return (await stat(path.join(extensionsDir, folder, 'dist', 'extension.js'))).size;
}

/**
 * Reads an extension's row of "Extension Activation Stats": | name | eager | load | call activate | finish activate | …
 * @throws Error when there is no such row
 */
function readTimes(report: string, extension: string): Times {
  const row = report.split('\n').find((line) => line.startsWith(`| ${extension} `));
  const [, , , load, activate] = row?.split('|').map((cell) => cell.trim()) ?? [];
  if (!load || !activate) throw new Error(`VS Code's start-up figures have no row for ${extension}.`);
  return { load: Number(load), activate: Number(activate) };
}
