import type { Disposable } from 'vscode';
import type { ExpiryWiring } from './wiring';

/** Long after the window has come up, ms: what the cache says is in the status bar without it. */
const AFTER_START_MS = 6_000;

const loadExpiry = () => import('./wiring');

/** Some time after the start, loads what watches over the end of keys and over rotations that wait. */
export function startExpiryWatch(wiring: ExpiryWiring): Disposable {
  let watch: Disposable | undefined;
  let disposed = false;
  const timer = setTimeout(() => {
    loadExpiry()
      .then(({ wireExpiry }) => {
        if (!disposed) watch = wireExpiry(wiring);
      })
      .catch((error: unknown) =>
        wiring.log(`expiry watch: ${error instanceof Error ? error.message : 'not loaded'}`),
      );
  }, AFTER_START_MS);
  return {
    dispose() {
      disposed = true;
      clearTimeout(timer);
      watch?.dispose();
    },
  };
}
