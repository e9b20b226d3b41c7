import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { connectControl } from '../controlClient';
import type { ApplicationStats } from './application';

export type { ApplicationStats } from './application';

export interface Applications {
  /** The latest figures of each application. */
  stats(): ApplicationStats[];
  /** Ends both processes; afterwards `stats()` holds their final figures. */
  stop(): Promise<void>;
}

export interface ApplicationsOptions {
  /** Address of the simulator; the applications themselves find it in their configuration. */
  readonly simulator: string;
  /** The workspace with their configuration. */
  readonly folder: string;
  /** Gets every line that an application prints. */
  readonly onLine?: (line: string) => void;
}

const NAMES = ['orderService', 'billingJob'] as const;

const StatsSchema = v.object({
  name: v.string(),
  calls: v.number(),
  failures: v.number(),
  keyIds: v.array(v.string()),
  lastFailure: v.exactOptional(v.string()),
});

/**
 * Starts the two applications, each in a process of its own, and waits until both have made their first call.
 * @throws Error when the simulator does not answer or a process ends at once
 */
export async function startApplications(options: ApplicationsOptions): Promise<Applications> {
  await connectControl(options.simulator).now();
  const running = NAMES.map((name) => startOne(name, options));
  const stop = async () => {
    await Promise.all(running.map((each) => each.stop()));
  };
  try {
    await Promise.all(running.map((each) => each.ready));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stats: () => running.flatMap((each) => each.latest() ?? []), stop };
}

interface Running {
  readonly ready: Promise<void>;
  latest(): ApplicationStats | undefined;
  stop(): Promise<void>;
}

function startOne(name: (typeof NAMES)[number], options: ApplicationsOptions): Running {
  let latest: ApplicationStats | undefined;
  const child = fork(path.join(__dirname, `${name}.ts`), [options.folder], {
    execArgv: ['--import', pathToFileURL(require.resolve('tsx')).href],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      const stats = v.safeParse(StatsSchema, message);
      if (!stats.success) return;
      latest = stats.output;
      resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}.`)));
  });
  printLines(child, options.onLine);
  return {
    ready,
    latest: () => latest,
    stop: async () => {
      if (child.connected) child.send('stop');
      await exited;
    },
  };
}

function printLines(child: ChildProcess, onLine: ((line: string) => void) | undefined): void {
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine?.(line);
  });
}
