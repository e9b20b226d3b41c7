const LOOK_MS = 500;

/**
 * Calls back once when whoever started this process is gone. A killed `npm run` takes its shell with it but tells
 * nothing to what the shell has started.
 */
export function onParentGone(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, LOOK_MS).unref();
}
