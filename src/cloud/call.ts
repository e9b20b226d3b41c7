import PQueue from 'p-queue';
import pRetry from 'p-retry';
import { isCloudError } from '../model/cloudError';
import { cancelled } from './errors';

/** Calls in flight, and begun per second, for one account and region (docs/facts.md KMS-14). */
const CONCURRENCY = 4;
const CALLS_PER_SECOND = 10;
/** Further attempts of a read. */
const RETRIES = 4;

/** How long to wait for an answer, ms; of the SDK it is both time-outs (docs/facts.md SDK-7). */
export interface Timeouts {
  readonly read: number;
  /** A lost answer to a creation costs a key, so it may take its time. */
  readonly effect: number;
  readonly log: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { read: 10_000, effect: 30_000, log: 30_000 };

interface Call {
  readonly action: string;
  /** Account and region: calls of one lane share its rate. */
  readonly lane: string;
  /** A call with an effect is never repeated. */
  readonly effect: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Caller {
  /**
   * Runs one call: waits for its turn, repeats reads on retryable errors with jittered backoff.
   * @param attempt one attempt; throws `CloudError`
   * @throws CloudError, `cancelled` as soon as the signal fires: the SDKs know no signal, so the attempt in flight ends
   *   by itself and keeps its place in the lane until then, and no further one begins
   */
  run<Result>(call: Call, attempt: () => Promise<Result>): Promise<Result>;
}

/** @param onEvent gets one line per failed attempt, without secrets */
export function createCaller(onEvent: (line: string) => void = () => {}): Caller {
  const lanes = new Map<string, PQueue>();
  const laneOf = (lane: string) => {
    const known = lanes.get(lane);
    if (known) return known;
    const queue = new PQueue({ concurrency: CONCURRENCY, interval: 1000, intervalCap: CALLS_PER_SECOND });
    lanes.set(lane, queue);
    return queue;
  };

  return {
    run: async <Result>(call: Call, attempt: () => Promise<Result>): Promise<Result> => {
      const { action, signal } = call;
      if (signal?.aborted) throw cancelled(action);
      const queue = laneOf(call.lane);
      const once = () =>
        queue.add(async () => {
          if (signal?.aborted) throw cancelled(action);
          return { value: await attempt() };
        });
      const all = async () => {
        const result = await pRetry(once, {
          retries: call.effect ? 0 : RETRIES,
          minTimeout: 250,
          maxTimeout: 8000,
          randomize: true,
          ...(signal && { signal }),
          shouldRetry: ({ error }) => isCloudError(error) && error.retryable,
          onFailedAttempt: ({ error, attemptNumber }) =>
            onEvent(
              `${action} attempt ${attemptNumber} failed: ${isCloudError(error) ? error.message : 'error'}`,
            ),
        });
        // p-queue's types allow for its own time-out, which is not used.
        if (!result) throw cancelled(action);
        return result.value;
      };
      return await untilAborted(all(), action, signal);
    },
  };
}

/** Settles like `work`, or with `cancelled` as soon as the signal fires. */
async function untilAborted<Result>(
  work: Promise<Result>,
  action: string,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (!signal) return await work;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled(action));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    throw signal.aborted ? cancelled(action) : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
