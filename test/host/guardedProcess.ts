import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** A program that ends with this process, however this process ends. */
export interface GuardedProcess {
  /** What it has written so far on stdout and stderr. */
  output(): string;
  /**
   * Waits for a line of its output.
   * @throws Error with the output when the program ends first or `timeoutMs` have passed
   */
  waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray>;
  /** Ends it and all that it started, and waits until it is gone. */
  stop(): Promise<void>;
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number>;
}

interface GuardedOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each piece of its output, stdout and stderr alike. */
  readonly onOutput?: (text: string) => void;
}

/** Starts a program that dies with this process, together with everything that it starts itself. */
export function startGuarded(
  command: string,
  args: readonly string[],
  { onOutput, ...options }: GuardedOptions = {},
): GuardedProcess {
  const guardian = path.join(__dirname, 'guardian.js');
  const child = spawn(process.execPath, [guardian, command, ...args], { ...options, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput?.(text);
    });
  }
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  return {
    output: () => output,
    ended,
    waitFor: (pattern, timeoutMs) => waitForOutput(child, () => output, pattern, timeoutMs),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

function waitForOutput(
  child: ChildProcess,
  output: () => string,
  pattern: RegExp,
  timeoutMs: number,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = pattern.exec(output());
      if (match) finish(() => resolve(match));
    };
    const fail = (why: string) => finish(() => reject(new Error(`${why}, before ${pattern}:\n${output()}`)));
    const onClose = () => fail('the program ended');
    const timer = setTimeout(() => fail(`${timeoutMs} ms passed`), timeoutMs);
    function finish(settle: () => void): void {
      clearTimeout(timer);
      child.stdout?.off('data', look);
      child.stderr?.off('data', look);
      child.off('close', onClose);
      settle();
    }
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('close', onClose);
    look();
  });
}
