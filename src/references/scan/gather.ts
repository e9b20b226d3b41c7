import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { SkippedFile } from '../../model/reference';
import type { FoundFile } from '../foundFile';
import type { Notations } from '../notations';
import { isCandidateText } from './candidates';
import { type Breaks, createGatherer, type Findings, type GatherOrder, rootWork } from './gatherHere';
import { borrowHelper, type Helper, returnHelper, type ThreadOptions } from './helperThread';
import { createQueueMemory, openQueue } from './sharedQueue';
import { compareWalkOrder, foldersToWalk } from './walk';

export interface GatherOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (filesSeen: number) => void;
  /** Absent: all is done by the calling thread. */
  readonly threads?: ThreadOptions;
}

/** What the files of some folders say, each by itself, in the order of a walk by name. */
export interface Gathered {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly SkippedFile[];
  readonly filesSeen: number;
}

/** All threads of a scan together. */
export interface Gathering {
  /** @throws the reason of the signal when it is aborted */
  walk(): Promise<Gathered>;
  /** Looks again into configuration files in which nothing of a client was seen, but one of these names stands. */
  again(names: readonly string[]): Promise<Gathered>;
  /** Has to be called at the end, whatever the end. */
  close(): void;
}

/** More threads than these wait for the disk, and each has grammars of its own in memory. */
const MAX_THREADS = 4;
/** A folder with fewer files is looked through before another thread would have started. */
const FILES_WORTH_HELP = 500;
/** How long a thread that waits for the others does nothing, ms. */
const REST_MS = 1;

/** Walks and reads with the calling thread and, where there is much to read, with others beside it. */
export function startGathering(
  order: Omit<GatherOrder, 'encodings'> & Partial<GatherOrder>,
  notations: Notations,
  { signal, onProgress, threads }: GatherOptions,
): Gathering {
  const whole: GatherOrder = {
    folders: foldersToWalk(order.folders, order.exclude),
    exclude: order.exclude,
    encodings: order.encodings ?? {},
  };
  const gatherer = createGatherer(whole, notations);
  const memory = createQueueMemory();
  const queue = openQueue(memory);
  const collected = createCollection(whole.folders);
  const helpers: Helper[] = [];
  let running: Promise<void>[] = [];
  let failure: unknown;

  function help(job: Parameters<Helper['run']>[0]): void {
    running = helpers.map((helper) => helper.run(job, collected.add));
    for (const one of running)
      one.catch((error: unknown) => {
        failure ??= error;
      });
  }

  function startHelpers(options: ThreadOptions): void {
    const count = Math.min(availableParallelism(), MAX_THREADS) - 1;
    while (helpers.length < count) helpers.push(borrowHelper(options));
    help({
      kind: 'walk',
      order: { folders: [...whole.folders], exclude: [...whole.exclude], encodings: { ...whole.encodings } },
      memory,
    });
  }

  const breaks: Breaks = {
    async pause() {
      if (threads !== undefined && helpers.length === 0 && queue.filesSeen() > FILES_WORTH_HELP)
        startHelpers(threads);
      onProgress?.(queue.filesSeen());
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      if (failure !== undefined) throw failure;
    },
    async rest() {
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      signal?.throwIfAborted();
      if (failure !== undefined) throw failure;
    },
  };

  async function finish(own: Promise<void>): Promise<Gathered> {
    await own;
    // A helper may be in the middle of a file: whoever aborts does not wait for it.
    await unlessAborted(Promise.all(running), signal);
    collected.add(gatherer.takeFindings());
    return { ...collected.sorted(), filesSeen: queue.filesSeen() };
  }

  return {
    walk() {
      queue.push(rootWork(whole.folders));
      return finish(gatherer.walk(queue, breaks));
    },
    again(names) {
      // A file that holds one of the filter's needles was parsed the first time.
      const unseen = names.filter((name) => !isCandidateText(name));
      if (unseen.length === 0) return finish(Promise.resolve());
      help({ kind: 'again', names: unseen });
      return finish(gatherer.again(unseen, breaks));
    },
    close() {
      queue.cancel();
      const isDone = failure === undefined && signal?.aborted !== true && queue.isFinished();
      for (const helper of helpers) {
        if (isDone && threads !== undefined) returnHelper(helper, threads);
        else helper.stop();
      }
    },
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function createCollection(folders: readonly string[]) {
  const files: FoundFile[] = [];
  const skipped: SkippedFile[] = [];
  const links: [link: string, target: string][] = [];
  const place = (file: string) => {
    const index = folders.findIndex((folder) => !/^\.\.(?:[\\/]|$)/.test(relative(folder, file)));
    return { index, path: relative(folders[index] ?? '', file) };
  };
  const compare = (one: { readonly file: string }, other: { readonly file: string }) => {
    const [left, right] = [place(one.file), place(other.file)];
    return left.index - right.index || compareWalkOrder(left.path, right.path);
  };
  return {
    add(findings: Findings): void {
      files.push(...findings.files);
      skipped.push(...findings.skipped);
      links.push(...findings.links);
    },
    sorted: () => {
      // Two links to one file: it is changed once.
      const targets = new Map<string, string>();
      for (const [link, target] of [...links].sort()) if (!targets.has(target)) targets.set(target, link);
      const spare = new Set(
        links.filter(([link, target]) => targets.get(target) !== link).map(([link]) => link),
      );
      return {
        files: files.filter(({ file }) => !spare.has(file)).sort(compare),
        skipped: [...skipped].sort(compare),
      };
    },
  };
}
