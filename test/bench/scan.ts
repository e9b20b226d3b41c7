import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'esbuild';
import { type BackgroundWorker, createBackground } from '../../src/references/background';
import { loadGrammar } from '../../src/references/grammar';
import { CANDIDATE_PATTERN } from '../../src/references/scan/candidates';
import { CACHE_FOLDER } from '../host/vscodeServer';
import { step } from '../run/step';
import { atMost, type Figure, median } from './figure';
import { findRipgrep, listMatching } from './ripgrep';
import { isClient } from './scanPlanted';
import { type BenchWorkspace, ensureWorkspace } from './scanWorkspace';

const ROUNDS = 7;
const GRAMMARS = ['java', 'go', 'python', 'php', 'javascript', 'typescript'];
const grammarsFolder = path.join(
  path.dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')),
  'wasm',
);

/** How far into a scan it is cancelled, ms: all threads are reading by then. */
const CANCEL_AFTER_MS = 150;
/** Threads that use less of the processor than this in 10 ms have ended. */
const QUIET_MS = 3;

/**
 * Scans a generated workspace in the worker as it is built for the package, against ripgrep with the same pattern in the same
 * run. Both read from the cache of the file system; grammars are loaded by a first scan, and that time stands apart.
 */
export async function benchScan(): Promise<Figure[]> {
  const workspace = await ensureWorkspace();
  const rg = await findRipgrep();
  const built = await mkdtemp(path.join(CACHE_FOLDER, 'bench-worker-'));
  try {
    const workerFile = await buildWorker(built);
    const grammarLoadMs = await measureGrammars();
    const before = process.memoryUsage().rss;
    const watch = watchProcess();
    const background = createBackground({ workerFile, grammarsFolder });
    try {
      const coldMs = await step('first scan', () => watch.during(() => scan(background, workspace)));
      const { ours, theirs } = await compare(
        () => watch.during(() => scan(background, workspace)),
        workspace,
        rg,
      );
      const { maxBlockMs, peak } = watch.stop();
      const cancelMs = await step('cancel', () => measureCancel(background, workspace));
      return [
        atMost('scan', 'ratioRipgrep', median(ours) / median(theirs), '', 1.25),
        atMost('scan', 'scanMs', median(ours), 'ms', null),
        atMost('scan', 'ripgrepMs', median(theirs), 'ms', null),
        atMost('scan', 'coldMs', coldMs, 'ms', null),
        atMost('scan', 'grammarLoadMs', grammarLoadMs, 'ms', null),
        atMost('scan', 'maxBlockMs', maxBlockMs, 'ms', 50),
        atMost('scan', 'cancelMs', cancelMs, 'ms', 200),
        atMost('scan', 'extraMB', (peak - before) / 2 ** 20, 'MB', 150),
      ];
    } finally {
      background.dispose();
    }
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

/** Bundles the worker as the package has it. */
async function buildWorker(folder: string): Promise<string> {
  await build({
    entryPoints: [path.join(__dirname, '../../src/references/worker.ts')],
    outfile: path.join(folder, 'references.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
    logLevel: 'warning',
  });
  const runtime = require.resolve('web-tree-sitter/web-tree-sitter.wasm');
  await copyFile(runtime, path.join(folder, path.basename(runtime)));
  return path.join(folder, 'references.js');
}

async function measureGrammars(): Promise<number> {
  return timed(async () => {
    for (const language of GRAMMARS) await loadGrammar(grammarsFolder, language);
  });
}

async function compare(
  scanOnce: () => Promise<number>,
  workspace: BenchWorkspace,
  rg: string,
): Promise<{ ours: number[]; theirs: number[] }> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1)
    await step(`round ${round} of ${ROUNDS}`, async () => {
      ours.push(await scanOnce());
      let matching: readonly string[] = [];
      theirs.push(
        await timed(async () => {
          matching = await listMatching(rg, CANDIDATE_PATTERN, workspace.folder);
        }),
      );
      const missing = workspace.planted.filter(
        (file) => !matching.includes(path.join(workspace.folder, file)),
      );
      if (missing.length > 0) throw new Error(`ripgrep did not find ${missing.join(', ')}.`);
    });
  return { ours, theirs };
}

/** @throws Error when the scan does not find every client that was planted */
async function scan(background: BackgroundWorker, { folder, planted, files }: BenchWorkspace): Promise<void> {
  const result = await background.scan({ folders: [folder], exclude: ['**/node_modules', '**/.git'] });
  const named = new Set(result.groups.flatMap(({ references }) => references.map(({ file }) => file)));
  const missing = planted.filter((file) => isClient(file) !== named.has(path.join(folder, file)));
  if (missing.length > 0) throw new Error(`Not found, or found in a decoy: ${missing.join(', ')}.`);
  if (result.filesSeen !== files) throw new Error(`${result.filesSeen} files seen of ${files}.`);
}

/** From the abort until no thread works on any more. */
async function measureCancel(background: BackgroundWorker, { folder }: BenchWorkspace): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const controller = new AbortController();
    const scanning = background.scan({ folders: [folder], exclude: [] }, { signal: controller.signal });
    const ended = scanning.then(
      () => {
        throw new Error('The scan was over before it was cancelled.');
      },
      () => undefined,
    );
    await sleep(CANCEL_AFTER_MS);
    const started = performance.now();
    controller.abort();
    await ended;
    await quiet();
    times.push(performance.now() - started);
  }
  return Math.max(...times);
}

async function quiet(): Promise<void> {
  for (;;) {
    const before = process.cpuUsage();
    await sleep(10);
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 < QUIET_MS) return;
  }
}

/**
 * Watches how long the event loop is busy without a pause, and how much memory the process takes. Busy, and not late: on a
 * machine with other work, timers are late without anybody's fault here.
 */
function watchProcess() {
  let last = performance.eventLoopUtilization().active;
  let watching = false;
  let maxBlockMs = 0;
  let peak = 0;
  const timer = setInterval(() => {
    const { active } = performance.eventLoopUtilization();
    if (watching) maxBlockMs = Math.max(maxBlockMs, active - last);
    last = active;
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  return {
    /** Starting ripgrep holds up the loop as well: only scans count. */
    async during(work: () => Promise<void>): Promise<number> {
      await sleep(20);
      watching = true;
      const ms = await timed(work);
      watching = false;
      return ms;
    },
    stop() {
      clearInterval(timer);
      return { maxBlockMs, peak };
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
