import type { SkippedFile } from '../../model/reference';
import type { FoundFile } from '../foundFile';
import type { Notation } from '../notation';
import type { Notations } from '../notations';
import { createNameFilter } from './byteFilter';
import { createLooker, type Look } from './lookInto';
import type { SharedQueue } from './sharedQueue';
import { createWalk, type Walk } from './walk';

/** Where to look: plain data, the same for every thread. */
export interface GatherOrder {
  /** None of them is seen by the walk of another. */
  readonly folders: readonly string[];
  readonly exclude: readonly string[];
  /** What `files.encoding` says, by folder. */
  readonly encodings: Readonly<Record<string, string>>;
}

/** What a thread has found so far and not yet handed over. */
export interface Findings {
  readonly files: FoundFile[];
  readonly skipped: SkippedFile[];
  /** Links that were followed, and the files that they lead to. */
  readonly links: [link: string, target: string][];
}

function noFindings(): Findings {
  return { files: [], skipped: [], links: [] };
}

/** When a thread can do other things. */
export interface Breaks {
  /** Called between files every now and then. */
  pause(): Promise<void>;
  /** Called when there is nothing to do until another thread finds more, or is done. */
  rest(): Promise<void>;
}

/** One thread's share of a scan. */
export interface Gatherer {
  /** Takes work from the queue until all of it is done, by whatever thread, or it is cancelled. */
  walk(queue: SharedQueue, breaks: Breaks): Promise<void>;
  /** Looks again into the files of this thread that may set something. */
  again(names: readonly string[], breaks: Breaks): Promise<void>;
  /** Hands over what was found since the last time. */
  takeFindings(): Findings;
}

/** A file that may set something, though it holds nothing of a client. */
interface Configuration {
  readonly file: string;
  readonly folder: string;
  readonly notation: Notation;
}

/** Files of one folder that are handed on as one piece of work. */
const SHARE = 256;
/** How many files are looked at between two pauses. */
const BATCH = 256;

/** Work for the queue: a folder to be listed, or some of its files, as paths below one of the workspace folders. */
type Work = readonly [folder: number, at: string, ...files: string[]];

export function rootWork(folders: readonly string[]): readonly string[] {
  return folders.map((_, index) => toItem([index, '']));
}

export function createGatherer(order: GatherOrder, notations: Notations): Gatherer {
  const looker = createLooker(order.encodings);
  const walks = order.folders.map((folder) => createWalk(folder, order.exclude));
  let configurations: Configuration[] = [];
  let findings = noFindings();

  function note(look: Look): void {
    if (look.kind === 'found') findings.files.push(look.file);
    else if (look.kind === 'skipped') findings.skipped.push(look.file);
  }

  /** @returns the files to look at here; what is below and what is too much is for any thread */
  function list(
    walk: Walk,
    index: number,
    at: string,
    queue: SharedQueue,
    left: string[],
  ): readonly string[] {
    const content = walk.list(at);
    if (content === undefined) {
      findings.skipped.push({ file: walk.absolute(at), reason: 'folderUnreadable' });
      return [];
    }
    const files = [...content.files];
    for (const { path, target } of content.links) {
      // What the walk sees under its own name is not looked at twice.
      if (!walk.hides(target) && notations.covering(target) !== undefined) continue;
      files.push(path);
      findings.links.push([walk.absolute(path), walk.absolute(target)]);
    }
    const more = content.folders.map((folder) => toItem([index, folder]));
    for (let from = SHARE; from < files.length; from += SHARE)
      more.push(toItem([index, at, ...files.slice(from, from + SHARE)]));
    left.push(...queue.push(more));
    return files.slice(0, SHARE);
  }

  return {
    async walk(queue, { pause, rest }) {
      /** Work that found no room in the queue. */
      const left: string[] = [];
      let looked = 0;
      while (!queue.isCancelled()) {
        const own = left.pop();
        const item = own ?? queue.take();
        if (item === undefined) {
          queue.addFiles(looked);
          looked = 0;
          if (queue.isFinished()) return;
          await rest();
          continue;
        }
        const [index, at, ...some] = fromItem(item);
        const walk = walks[index];
        if (walk === undefined) continue;
        for (const path of some.length > 0 ? some : list(walk, index, at, queue, left)) {
          const file = walk.absolute(path);
          const notation = notations.covering(path);
          const look = looker.look(file, walk.folder, notation);
          // Nothing is awaited for most files.
          if (look instanceof Promise) note(await look);
          else if (look?.kind === 'configuration' && notation !== undefined)
            configurations.push({ file, folder: walk.folder, notation });
          else if (look !== undefined) note(look);
          looked += 1;
          if (looked < BATCH) continue;
          queue.addFiles(looked);
          looked = 0;
          await pause();
          if (queue.isCancelled()) return;
        }
        if (own === undefined) queue.done();
      }
    },

    async again(names, { pause }) {
      const isWorth = createNameFilter(names);
      const rest: Configuration[] = [];
      for (const [index, one] of configurations.entries()) {
        if (index % BATCH === BATCH - 1) await pause();
        const look = looker.lookAgain(one.file, one.folder, one.notation, isWorth);
        if (look === undefined) rest.push(one);
        else note(await look);
      }
      configurations = rest;
    },

    takeFindings() {
      const taken = findings;
      findings = noFindings();
      return taken;
    },
  };
}

function toItem(work: Work): string {
  return JSON.stringify(work);
}

function fromItem(item: string): Work {
  const [folder, at, ...files]: unknown[] = JSON.parse(item);
  return [Number(folder), String(at), ...files.map(String)];
}
