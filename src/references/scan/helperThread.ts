import { Worker } from 'node:worker_threads';
import type { Findings } from './gatherHere';
import type { GatherAnswer, GatherJob } from './gatherThread';

/** How a helping thread is started. */
export interface ThreadOptions {
  /** The built worker, or its source where a loader is given by `execArgv`. */
  readonly workerFile: string;
  /** Holds `tree-sitter-<language>.wasm`. */
  readonly grammarsFolder: string;
  /** Without them, those of the thread that asks. */
  readonly execArgv?: readonly string[];
}

/** A thread that helps with scans. */
export interface Helper {
  /** @throws HelperEnded */
  run(job: GatherJob, onFindings: (findings: Findings) => void): Promise<void>;
  stop(): void;
}

/** A helping thread could not be started, or ended before it was done. */
export class HelperEnded extends Error {
  override readonly name = 'HelperEnded';
}

/** What is read is garbage at once: left to itself, V8 would let it grow to 48 MB in each thread. */
const YOUNG_MB = 16;

/** A thread without work is ended after this long, ms: until then its grammars are loaded. */
const IDLE_MS = 60_000;

let idle: { readonly key: string; readonly helper: Helper; readonly timer: NodeJS.Timeout }[] = [];

/** A helper of an earlier scan, or a new one. */
export function borrowHelper(options: ThreadOptions): Helper {
  const key = JSON.stringify(options);
  const waiting = idle.find((one) => one.key === key);
  if (waiting === undefined) return startHelper(options);
  idle = idle.filter((one) => one !== waiting);
  clearTimeout(waiting.timer);
  return waiting.helper;
}

/** Keeps a helper that is done for the next scan. */
export function returnHelper(helper: Helper, options: ThreadOptions): void {
  const timer = setTimeout(() => {
    idle = idle.filter((one) => one.helper !== helper);
    helper.stop();
  }, IDLE_MS);
  timer.unref();
  idle.push({ key: JSON.stringify(options), helper, timer });
}

function startHelper({ workerFile, grammarsFolder, execArgv }: ThreadOptions): Helper {
  const worker = new Worker(workerFile, {
    workerData: { grammarsFolder, gathers: true },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
  });
  let waiting:
    | { readonly onFindings: (findings: Findings) => void; readonly settle: (error?: Error) => void }
    | undefined;
  let ended = false;

  const end = () => {
    ended = true;
    idle = idle.filter((one) => one.helper !== helper);
    // The error's own text is not passed on: it could quote what was being read.
    waiting?.settle(new HelperEnded('A helping thread ended.'));
  };
  worker.on('error', end);
  worker.on('exit', end);
  worker.on('message', (answer: GatherAnswer) => {
    if (answer.kind === 'findings') waiting?.onFindings(answer.findings);
    else waiting?.settle();
  });
  // Nobody waits for a thread that has no work.
  worker.unref();

  const helper: Helper = {
    run: (job, onFindings) =>
      new Promise((resolve, reject) => {
        const settle = (error?: Error) => {
          waiting = undefined;
          worker.unref();
          if (error === undefined) resolve();
          else reject(error);
        };
        waiting = { onFindings, settle };
        worker.ref();
        if (ended) end();
        else worker.postMessage(job);
      }),
    stop: () => void worker.terminate(),
  };
  return helper;
}
