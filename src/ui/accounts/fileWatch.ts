import { stat } from 'node:fs/promises';

export interface FileWatchParts {
  /** Tells of events of a file that may not exist yet; a false alarm does no harm. */
  watch(file: string, onEvent: () => void): { dispose(): void };
  /** Called once the files have changed and are quiet. */
  onChange(files: readonly string[]): void;
  /** Which file is which and whether it changed; of a file that is not there, `''`. */
  stateOf?(file: string): Promise<string>;
  /** ms; editors write a file in several steps. */
  readonly quietMs?: number;
  /** ms; not every file system tells of changes, and a folder that does not exist yet tells of none. */
  readonly pollMs?: number;
}

/** Watches files outside the workspace. */
export interface FileWatch {
  /** Watches these from now on, and no others. Resolves when their present state is known. */
  follow(files: readonly string[]): Promise<void>;
  dispose(): void;
}

export function createFileWatch(parts: FileWatchParts): FileWatch {
  const { stateOf = stateOnDisk, quietMs = 300, pollMs = 5000 } = parts;
  const watched = new Map<string, { state: string; watcher: { dispose(): void } }>();
  let timer: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const changed: string[] = [];
    for (const [file, entry] of [...watched]) {
      const state = await stateOf(file);
      if (state !== entry.state && watched.get(file) === entry) changed.push(file);
      entry.state = state;
    }
    if (changed.length > 0) parts.onChange(changed);
  }

  function lookSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), quietMs);
  }

  function drop(file: string): void {
    watched.get(file)?.watcher.dispose();
    watched.delete(file);
  }

  return {
    async follow(files) {
      for (const file of [...watched.keys()]) if (!files.includes(file)) drop(file);
      for (const file of files) {
        if (watched.has(file)) continue;
        const entry = { state: await stateOf(file), watcher: parts.watch(file, lookSoon) };
        watched.set(file, entry);
      }
      poll ??= setInterval(() => void look(), pollMs).unref();
    },
    dispose() {
      clearTimeout(timer);
      clearInterval(poll);
      for (const file of [...watched.keys()]) drop(file);
    },
  };
}

/** Changes with the content, also where a tool writes the same number of bytes, or puts another file in its place. */
async function stateOnDisk(file: string): Promise<string> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(file);
    return [mtimeMs, ctimeMs, size, ino].join('/');
  } catch {
    return '';
  }
}
