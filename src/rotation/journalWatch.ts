import { type FSWatcher, mkdirSync, watch } from 'node:fs';

/** Several files change per write; listeners hear of it once. */
const QUIET_MS = 50;

/**
 * Tells of changes that other windows make. A platform that cannot watch a folder is no failure: then a window sees the
 * others' changes when it looks.
 */
export function watchJournals(
  folder: string,
  onChange: (rotationId: string) => void,
): { start(): void; stop(): void } {
  let watcher: FSWatcher | undefined;
  const timers = new Map<string, NodeJS.Timeout>();
  const changed = (name: string | null) => {
    const id = /^([0-9a-f-]{8,40})\.\d+\.json$/.exec(name ?? '')?.[1];
    if (id === undefined) return;
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => {
        timers.delete(id);
        onChange(id);
      }, QUIET_MS),
    );
  };
  return {
    start() {
      if (watcher !== undefined) return;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        watcher = watch(folder, { persistent: false }, (_event, name) => changed(name));
        watcher.on('error', () => watcher?.close());
      } catch {
        watcher = undefined;
      }
    },
    stop() {
      watcher?.close();
      watcher = undefined;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
