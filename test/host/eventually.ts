import { setTimeout as wait } from 'node:timers/promises';

const PAUSE_MS = 100;

/**
 * Looks again and again until something is so.
 * @param probe returns undefined or false as long as it is not
 * @returns what the probe returned at last
 * @throws Error naming `what` after `timeoutMs`
 */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const result = await probe();
    if (result !== undefined && result !== false) return result;
    if (performance.now() > deadline) throw new Error(`Not so within ${timeoutMs} ms: ${what}`);
    await wait(PAUSE_MS);
  }
}
