import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process that stands for a window tells the test. `at`: monotonic, ns, comparable between processes of one machine. */
interface WindowEvent {
  readonly what: 'begin' | 'end';
  readonly ids: readonly string[];
  readonly at: bigint;
  readonly window: number;
}

export interface Windows {
  /** Everything told so far, in the order in which it happened. */
  events(): WindowEvent[];
  /** Starts a window; the arguments follow the name of the folder that all share. */
  open(...args: string[]): ChildProcess;
  /** Resolves once such an event has come. */
  until(isWanted: (event: WindowEvent) => boolean): Promise<void>;
}

const started: ChildProcess[] = [];
const folders: string[] = [];

process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'windows-'));
  folders.push(folder);
  return folder;
}

/** @param script the program of a window, in this folder */
export function createWindows(script: string, folder: string): Windows {
  const events: WindowEvent[] = [];
  const waiting = new Set<() => void>();
  let count = 0;
  return {
    events: () => events.toSorted((one, other) => Number(one.at - other.at)),
    open(...args) {
      const window = ++count;
      const child = fork(join(__dirname, script), [folder, ...args], { execArgv: ['--import', 'tsx'] });
      started.push(child);
      child.on('message', ({ what, ids, at }: { what: WindowEvent['what']; ids: string[]; at: string }) => {
        events.push({ what, ids, at: BigInt(at), window });
        for (const look of waiting) look();
      });
      return child;
    },
    until: (isWanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!events.some(isWanted)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** For a window: tells the test. */
export function tell(what: WindowEvent['what'], ids: readonly string[]): void {
  process.send?.({ what, ids, at: process.hrtime.bigint().toString() });
}

/** Resolves once a window has ended. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return await new Promise((resolve) => child.once('exit', resolve));
}
