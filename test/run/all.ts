import { onParentGone } from './parent';
import { seconds } from './step';
import { runStep, type StepResult, type TestStep } from './testStep';

const npx = (tool: string, ...args: readonly string[]) => ['npx', '--no-install', tool, ...args] as const;

const mocha = (folder: string, ...options: readonly string[]) =>
  npx('mocha', '--reporter', 'test/run/countingReporter.ts', ...options, `test/${folder}/**/*.test.ts`);

/** Much of a test is waiting, for a time-out or for a browser: more of them at once than there are cores. */
const atOnce = (files: number) => ['--parallel', '--jobs', String(files)] as const;

const BROWSER_TIMEOUT_MS = 120_000;

const STEPS: readonly TestStep[] = [
  {
    name: 'prepare',
    commands: [npx('tsx', 'test/host/prepare.ts'), npx('tsx', 'test/host/browser.ts')],
    counts: 'nothing',
  },
  {
    name: 'static',
    commands: [
      npx('biome', 'check', '--error-on-warnings', '.'),
      npx('tsc', '--noEmit', '-p', '.'),
      npx('tsc', '--noEmit', '-p', 'src/webview'),
      npx('tsc', '--noEmit', '-p', 'test'),
      npx('knip'),
    ],
    counts: 'commands',
  },
  { name: 'unit', commands: [mocha('unit', ...atOnce(3))], counts: 'lines' },
  { name: 'webview', commands: [mocha('webview')], counts: 'lines', needs: ['prepare'] },
  {
    name: 'extension',
    commands: [['node', 'esbuild.js'], npx('tsx', 'test/extension/runTests.ts')],
    counts: 'lines',
    needs: ['prepare'],
  },
  {
    name: 'e2e',
    commands: [npx('tsx', 'test/host/package.ts'), mocha('e2e', '--timeout', String(BROWSER_TIMEOUT_MS))],
    counts: 'lines',
    needs: ['prepare'],
  },
];

/**
 * Groups of lanes that run side by side: getting VS Code waits for the network while the checks use the processor.
 * The groups, and the steps within a lane, run one after the other: a workbench in a browser wants both cores.
 */
const PLAN: readonly (readonly (readonly string[])[])[] = [
  [
    ['prepare', 'webview', 'extension'],
    ['static', 'unit'],
  ],
  [['e2e']],
];

/**
 * Runs the steps named (none: all) with what they need.
 * Arguments after `--` go to the last command of the step, for instance `-g title`, which restricts a run to some tests.
 */
async function main(args: readonly string[]): Promise<number> {
  const cut = args.indexOf('--');
  const names = cut < 0 ? args : args.slice(0, cut);
  const extraArgs = cut < 0 ? [] : args.slice(cut + 1);
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`No such step: ${unknown.join(', ')}. Steps: ${STEPS.map((step) => step.name).join(', ')}`);
    return 2;
  }
  const named = STEPS.filter((step) => names.length === 0 || names.includes(step.name));
  const selected = new Set(named.flatMap((step) => [...(step.needs ?? []), step.name]));
  const results = new Map<string, StepResult>();
  const started = performance.now();

  async function runLane(lane: readonly string[]): Promise<void> {
    for (const step of STEPS.filter(({ name }) => lane.includes(name) && selected.has(name))) {
      const blockedBy = (step.needs ?? []).find((need) => (results.get(need)?.failed ?? 0) > 0);
      if (blockedBy) {
        console.log(`${step.name} cannot run: ${blockedBy} failed`);
        results.set(step.name, { name: step.name, passed: 0, failed: 1, durationMs: 0 });
      } else {
        results.set(step.name, await runStep(step, step.counts === 'nothing' ? [] : extraArgs));
      }
    }
  }
  for (const lanes of PLAN) await Promise.all(lanes.map(runLane));
  return summarize([...results.values()], performance.now() - started);
}

function summarize(results: readonly StepResult[], durationMs: number): number {
  console.log('\nstep        passed  failed  duration');
  for (const { name, passed, failed, durationMs: ms } of results) {
    console.log(`${name.padEnd(10)}${row(passed, 8)}${row(failed, 8)}  ${seconds(ms)}`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`${'all'.padEnd(10)}${row(passed, 8)}${row(failed, 8)}  ${seconds(durationMs)}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function row(value: number, width: number): string {
  return String(value).padStart(width);
}

onParentGone(() => process.exit(1));
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
