import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { isCloudError } from '../model/cloudError';
import { whenAborted } from './abort';
import { cancelled } from './errors';
import { createLimiter } from './limiter';
import type { Urgency } from './pace';

/** Further attempts of a read. */
const RETRIES = 4;
const LONGEST_BACKOFF_MS = 8000;
/** However long the service wants to be left alone: a user waits for the call. */
const LONGEST_HINT_MS = 30_000;

/** How long to wait, ms; for an answer it is both time-outs of the SDK (docs/facts.md SDK-7). */
export interface Timeouts {
  readonly read: number;
  /** A lost answer to a creation costs a key, so it may take its time. */
  readonly effect: number;
  readonly log: number;
  /** Before the second attempt, at least; doubled for each further one. */
  readonly backoff: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { read: 10_000, effect: 30_000, log: 30_000, backoff: 250 };

/** What every service is asked for at most, per second, account and region (docs/facts.md KMS-14). */
export const DEFAULT_REQUESTS_PER_SECOND = 10;

interface Call {
  readonly action: string;
  readonly account: string;
  /** What shares one rate: the region, or the project of a log. */
  readonly lane: string;
  readonly urgency: Urgency;
  /** A call with an effect is never repeated. */
  readonly effect: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Caller {
  /**
   * Runs one call: waits for its turn, repeats reads on retryable errors with jittered backoff, not before the service's
   * own hint has passed. Every attempt waits for a turn.
   * @param attempt one attempt; throws `CloudError`
   * @throws CloudError, `cancelled` as soon as the signal fires: the SDKs know no signal, so the attempt in flight ends
   *   by itself and keeps its place in the lane until then, and no further one begins
   */
  run<Result>(call: Call, attempt: () => Promise<Result>): Promise<Result>;
}

/**
 * @param options `onEvent` gets one line per failed attempt, without secrets; `backoff` in ms; `ownerOf` says for an account
 *   what shares its budget, the account alone if left out
 */
export function createCaller(options: {
  requestsPerSecond(): number;
  onEvent?(line: string): void;
  readonly backoff?: number;
  ownerOf?(account: string): string;
}): Caller {
  const limiter = createLimiter(options.requestsPerSecond);
  return {
    run: async <Result>(call: Call, attempt: () => Promise<Result>): Promise<Result> => {
      const { action, signal } = call;
      const once = () =>
        limiter.run({ ...call, account: options.ownerOf?.(call.account) ?? call.account }, async () => {
          if (signal?.aborted) throw cancelled(action);
          return await attempt();
        });
      const all = pRetry(once, {
        retries: call.effect ? 0 : RETRIES,
        minTimeout: options.backoff ?? DEFAULT_TIMEOUTS.backoff,
        maxTimeout: LONGEST_BACKOFF_MS,
        randomize: true,
        ...(signal && { signal }),
        shouldRetry: ({ error }) =>
          isCloudError(error) && error.retryable && !isVain(error.code, call.urgency),
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          const known = isCloudError(error) ? error : undefined;
          options.onEvent?.(`${action} attempt ${attemptNumber} failed: ${known?.message ?? 'error'}`);
          if (known?.retryable && known.retryAfterMs !== undefined && retriesLeft > 0)
            await sleep(Math.min(known.retryAfterMs, LONGEST_HINT_MS), undefined, signal && { signal });
        },
      });
      return await untilAborted(all, action, signal);
    },
  };
}

/**
 * A name that no name server knows it will not know in a few seconds either, and somebody waits. A sweep may have begun before
 * the network was up again.
 */
function isVain(code: string | undefined, urgency: Urgency): boolean {
  return code === 'ENOTFOUND' && urgency === 'click';
}

/** Settles like `work`, or with `cancelled` as soon as the signal fires. */
export async function untilAborted<Result>(
  work: Promise<Result>,
  action: string,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (!signal) return await work;
  let forget = () => {};
  const aborted = new Promise<never>((_, reject) => {
    forget = whenAborted(signal, () => reject(cancelled(action)));
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    throw signal.aborted ? cancelled(action) : error;
  } finally {
    forget();
  }
}
