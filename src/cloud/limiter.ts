import { performance } from 'node:perf_hooks';
import { isCloudError } from '../model/cloudError';
import { whenAborted } from './abort';
import { createPace, type Pace, type Urgency } from './pace';

/**
 * Calls in flight of one account over all its regions, and of one lane; a sweep leaves some of both to clicks. Ten at a time
 * keep 25 regions busy at half their rate; more would gain seconds of a sweep in the background.
 */
export const IN_FLIGHT: Readonly<Record<Urgency, number>> = { click: 12, sweep: 10 };
const IN_FLIGHT_OF_LANE: Readonly<Record<Urgency, number>> = { click: 4, sweep: 3 };
/** The service has the same limits in every region: what so many have learned holds for the others. */
const WITNESSES = 3;
const URGENCIES = ['click', 'sweep'] as const;

/** Where a call waits for its turn. */
export interface Turn {
  readonly account: string;
  /** What shares one rate: a region of the account. */
  readonly lane: string;
  readonly urgency: Urgency;
  readonly signal?: AbortSignal | undefined;
}

export interface Limiter {
  /**
   * Runs `work` when its turn has come: within the rate of its lane and the calls in flight, clicks first, then the lane that
   * was served the longest ago. A call that fails as `throttled` slows its lane down.
   * @throws what `work` throws, or the signal's reason as soon as it fires before the turn has come
   */
  run<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result>;
}

interface Lane {
  readonly pace: Pace;
  /** Calls that wait, first come first; each is told when it begins. */
  readonly waiting: Readonly<Record<Urgency, ((began: number) => void)[]>>;
  underWay: number;
  /** The number of its last call, counted over the account. */
  served: number;
}

interface AccountLanes {
  readonly lanes: Map<string, Lane>;
  underWay: number;
  begun: number;
  timer?: NodeJS.Timeout | undefined;
}

/**
 * @param requestsPerSecond calls begun per second and lane, at most; asked for every call, so that a changed setting counts
 *   at once. `Infinity`: only the calls in flight are bounded
 */
export function createLimiter(requestsPerSecond: () => number): Limiter {
  const accounts = new Map<string, AccountLanes>();

  /** Begins every call that may begin now, and comes back when the next one may. */
  const serve = (account: AccountLanes): void => {
    clearTimeout(account.timer);
    account.timer = undefined;
    const most = requestsPerSecond();
    for (;;) {
      const now = performance.now();
      const { lane, urgency, wait } = choose(account, now, most);
      const begin = lane?.waiting[urgency].shift();
      if (!lane || !begin) {
        if (Number.isFinite(wait)) account.timer = setTimeout(() => serve(account), Math.ceil(wait));
        return;
      }
      account.begun += 1;
      lane.served = account.begun;
      account.underWay += 1;
      lane.underWay += 1;
      lane.pace.begin(now, most);
      begin(now);
    }
  };

  const waitForTurn = (account: AccountLanes, lane: Lane, { urgency, signal }: Turn): Promise<number> =>
    new Promise((resolve, reject) => {
      const waiting = lane.waiting[urgency];
      const begin = (began: number) => {
        forget?.();
        resolve(began);
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal?.reason);
      };
      const forget = signal && whenAborted(signal, leave);
      waiting.push(begin);
      serve(account);
    });

  return {
    run: async (turn, work) => {
      turn.signal?.throwIfAborted();
      const account = getOrAdd(accounts, turn.account, () => ({ lanes: new Map(), underWay: 0, begun: 0 }));
      const lane = getOrAdd(account.lanes, turn.lane, createLane);
      const began = await waitForTurn(account, lane, turn);
      let throttled: { pauseMs?: number } | undefined;
      try {
        return await work();
      } catch (error) {
        if (isCloudError(error) && error.kind === 'throttled')
          throttled = error.retryAfterMs === undefined ? {} : { pauseMs: error.retryAfterMs };
        throw error;
      } finally {
        account.underWay -= 1;
        lane.underWay -= 1;
        const now = performance.now();
        lane.pace.end(now, began, requestsPerSecond(), throttled);
        if (throttled) spread(account, now, requestsPerSecond());
        serve(account);
      }
    },
  };
}

/** The lane whose call is next, or how long until there is one (ms; `Infinity`: not before a call has ended or come). */
function choose(
  account: AccountLanes,
  now: number,
  most: number,
): { lane?: Lane; urgency: Urgency; wait: number } {
  let wait = Number.POSITIVE_INFINITY;
  for (const urgency of URGENCIES) {
    if (account.underWay >= IN_FLIGHT[urgency]) continue;
    let next: Lane | undefined;
    for (const lane of account.lanes.values()) {
      if (lane.waiting[urgency].length === 0 || lane.underWay >= IN_FLIGHT_OF_LANE[urgency]) continue;
      const laneWait = lane.pace.waitFor(now, urgency, most);
      if (laneWait > 0) wait = Math.min(wait, laneWait);
      else if (!next || lane.served < next.served) next = lane;
    }
    if (next) return { lane: next, urgency, wait: 0 };
  }
  return { urgency: 'sweep', wait };
}

/** Lets all lanes know what several of them have learned. */
function spread(account: AccountLanes, now: number, most: number): void {
  const lanes = [...account.lanes.values()];
  const rates = lanes.map(({ pace }) => pace.rate(now, most)).sort((a, b) => a - b);
  const shared = rates[WITNESSES - 1];
  if (shared !== undefined && shared < most) for (const { pace } of lanes) pace.learn(now, shared, most);
}

function createLane(): Lane {
  return { pace: createPace(), waiting: { click: [], sweep: [] }, underWay: 0, served: 0 };
}

function getOrAdd<Value>(map: Map<string, Value>, name: string, create: () => Value): Value {
  const known = map.get(name);
  if (known) return known;
  const value = create();
  map.set(name, value);
  return value;
}
