import { setMaxListeners } from 'node:events';

/** What waits for a signal. The signal itself takes time for each listener that it has, and a sweep has thousands. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when the signal fires, unless it has fired already.
 * @returns forgets `stop`
 */
export function whenAborted(signal: AbortSignal, stop: () => void): () => void {
  let stops = waiting.get(signal);
  if (!stops) {
    const all = new Set<() => void>();
    signal.addEventListener('abort', () => all.forEach((each) => void each()), { once: true });
    // Each request under way adds one of its own, which is no leak.
    setMaxListeners(0, signal);
    waiting.set(signal, all);
    stops = all;
  }
  const known = stops;
  known.add(stop);
  return () => known.delete(stop);
}
