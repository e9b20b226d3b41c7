import { startGuarded } from '../host/guardedProcess';

/** One step of `npm test`. */
export interface TestStep {
  readonly name: string;
  /** What is run, one after the other, each with its arguments. */
  readonly commands: readonly (readonly [string, ...string[]])[];
  /**
   * How its result is counted: `lines`: the last command closes with a line `N passed, N failed`;
   * `commands`: each command is one test; `nothing`: preparation, which counts only when it fails.
   */
  readonly counts: 'lines' | 'commands' | 'nothing';
  /** Steps that have to succeed before. */
  readonly needs?: readonly string[];
}

export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly durationMs: number;
}

/**
 * Runs a step and shows its output, each line behind the step's name.
 * @param extraArgs further arguments for the last command
 */
export async function runStep(step: TestStep, extraArgs: readonly string[]): Promise<StepResult> {
  const started = performance.now();
  let passed = 0;
  let failed = 0;
  for (const [index, [program, ...args]] of step.commands.entries()) {
    const isLast = index === step.commands.length - 1;
    const all = isLast ? [...args, ...extraArgs] : args;
    console.log(label(step.name, `$ ${[program, ...all].join(' ')}`));
    const { exitCode, output } = await runShown(step.name, program, all);
    const counted = count(step, isLast, exitCode, output);
    passed += counted.passed;
    failed += counted.failed;
    // The checks are independent of each other; anything else stops at the first failure.
    if (counted.failed > 0 && step.counts !== 'commands') break;
  }
  return { name: step.name, passed, failed, durationMs: performance.now() - started };
}

function count(
  step: TestStep,
  isLast: boolean,
  exitCode: number,
  output: string,
): { passed: number; failed: number } {
  const ok = exitCode === 0;
  if (step.counts === 'commands') return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  if (step.counts === 'nothing' || !isLast) return { passed: 0, failed: ok ? 0 : 1 };
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const passed = Number(last?.[1] ?? 0);
  const failed = Number(last?.[2] ?? 0);
  // A run that crashed, or that says nothing or found no test, must not look like a success.
  const silent = failed === 0 && (!ok || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

async function runShown(name: string, program: string, args: readonly string[]) {
  let rest = '';
  const child = startGuarded(program, args, {
    onOutput: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) console.log(label(name, line));
    },
  });
  const exitCode = await child.ended;
  if (rest) console.log(label(name, rest));
  return { exitCode, output: child.output() };
}

function label(name: string, line: string): string {
  return `${name.padEnd(9)} │ ${line}`;
}
