import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';

/** A file is written, renamed and cleaned up: told of as one, ms. */
const GATHER_MS = 200;
/** Where the file system tells of nothing, ms. */
const POLL_MS = 60_000;

/** Calls `onChange` some time after another window has written a cache; now and then also when nothing was written. */
export function watchCaches(folder: string, onChange: () => void): { dispose(): void } {
  let disposed = false;
  let gathering: NodeJS.Timeout | undefined;
  let polling: NodeJS.Timeout | undefined;
  let stop = () => {};

  function poll(): void {
    stop();
    stop = () => {};
    if (!disposed) polling ??= setInterval(onChange, POLL_MS);
  }

  async function begin(): Promise<void> {
    await mkdir(folder, { recursive: true });
    if (disposed) return;
    const watcher = watch(folder, { persistent: false }, () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        onChange();
      }, GATHER_MS);
    });
    stop = () => watcher.close();
    watcher.on('error', poll);
  }

  begin().catch(poll);
  return {
    dispose() {
      disposed = true;
      clearTimeout(gathering);
      clearInterval(polling);
      stop();
    },
  };
}
