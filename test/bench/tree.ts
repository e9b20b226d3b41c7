import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { createCaches } from '../../src/ui/inventory/cache';
import { launchBrowser } from '../host/browser';
import { type ExtensionSuite, loadSuite } from '../host/extensionSuite';
import { startServer } from '../host/server';
import { step } from '../run/step';
import { atMost, type Figure, median } from './figure';
import { makeEstate } from './treeEstate';
import type { TreeTimes } from './treeProbe';

const REGIONS = 25;
const AAPS_PER_REGION = 400;
const KEYS_PER_AAP = 2;
const ROUNDS = 3;

/** The *Client Keys* view over 20,000 keys in the extension host of a real VS Code: median of as many fresh windows as there are rounds. */
export async function benchTree(): Promise<Figure[]> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'bench-tree-'));
  const folder = path.join(temporary, 'inventory');
  const output = path.join(temporary, 'times.json');
  try {
    await createCaches(folder).write(makeEstate(REGIONS, AAPS_PER_REGION, KEYS_PER_AAP));
    const suite = await makeProbe(temporary);
    const server = await startServer({
      testDriver: true,
      env: { BENCH_FOLDER: folder, BENCH_OUTPUT: output },
    });
    const browser = await launchBrowser();
    const all: TreeTimes[] = [];
    try {
      for (let round = 1; round <= ROUNDS; round += 1)
        all.push(
          await step(`tree of 20,000 keys ${round} of ${ROUNDS}`, async () => {
            const page = await browser.newPage();
            const exitCode = await loadSuite(page, server, suite);
            await page.close();
            if (exitCode !== 0) throw new Error(`No figures; the console of the server:\n${server.output()}`);
            return JSON.parse(await readFile(output, 'utf8')) as TreeTimes;
          }),
        );
    } finally {
      await browser.close();
      await server.stop();
    }
    const wrong = all.find(
      ({ keys, rows }) => keys !== REGIONS * AAPS_PER_REGION * KEYS_PER_AAP || rows !== AAPS_PER_REGION,
    );
    if (wrong) throw new Error(`The view showed ${wrong.keys} keys and ${wrong.rows} rows.`);
    return [
      atMost('sweep', 'firstPaintMs', median(all.map(({ firstPaintMs }) => firstPaintMs)), 'ms', 100),
      atMost('sweep', 'heapMB', median(all.map(({ heapBytes }) => heapBytes)) / 2 ** 20, 'MB', 60),
      atMost('sweep', 'expandMs', median(all.map(({ expandMs }) => expandMs)), 'ms', 50),
    ];
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** An extension under development with a view of the same id, over the real modules. */
async function makeProbe(temporary: string): Promise<ExtensionSuite> {
  const extension = path.join(temporary, 'probe');
  const tests = path.join(extension, 'treeProbe.js');
  const workspace = path.join(temporary, 'workspace');
  await mkdir(extension);
  await mkdir(workspace);
  const manifest = {
    ...{ name: 'probe', publisher: 'bench', version: '0.0.1', engines: { vscode: '^1.106.0' } },
    contributes: {
      viewsContainers: { activitybar: [{ id: 'bench', title: 'Bench', icon: 'icon.svg' }] },
      views: { bench: [{ id: 'clientKeys.keys', name: 'Client Keys', icon: 'icon.svg' }] },
    },
  };
  await writeFile(path.join(extension, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(extension, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await build({
    entryPoints: [path.join(__dirname, 'treeProbe.ts')],
    outfile: tests,
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return { extension, tests, folder: workspace };
}
