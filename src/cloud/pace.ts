/** Whether somebody waits for a call: calls of a `click` go before those of a `sweep`. */
export type Urgency = 'click' | 'sweep';

/** Calls that may begin at once after a pause; a sweep leaves some of them to clicks. */
const BURST: Readonly<Record<Urgency, number>> = { click: 4, sweep: 2 };
/** However often the service throttles, a call begins every second. */
const LEAST_PER_SECOND = 1;
/** How long a lower rate is kept before it is tried to go faster; doubled each time that fails. */
const HOLD_MS = 3 * 60_000;
const MAX_HOLD_MS = 15 * 60_000;
/** So many calls that were accepted within a second show what the service allows. */
const TELLING_CALLS = 3;
const GROWTH_PER_MINUTE = 1.5;
/** A service that wants a longer pause gets it from the caller's own backoff. */
const MAX_PAUSE_MS = 30_000;
/** The longest time over which calls are counted: one call at the least rate. */
const LONGEST_SPAN_MS = 1000 / LEAST_PER_SECOND;

/**
 * When the calls of one account and region may begin, and what was learned of the service's limit. Pure: every time is given,
 * in ms of one steady clock.
 */
export interface Pace {
  /** ms until the next call may begin, 0: now, `Infinity`: not before one under way has ended. */
  waitFor(now: number, urgency: Urgency, mostPerSecond: number): number;
  begin(now: number, mostPerSecond: number): void;
  /**
   * A call has ended, with whatever answer.
   * @param began when it had begun
   * @param throttled the service refused it as one too many; with `pauseMs` it said how long to wait
   */
  end(now: number, began: number, mostPerSecond: number, throttled?: { readonly pauseMs?: number }): void;
  /** Calls per second that are allowed now. */
  rate(now: number, mostPerSecond: number): number;
  /** Takes over what others have learned, unless it is slower already. */
  learn(now: number, perSecond: number, mostPerSecond: number): void;
}

interface Learned {
  readonly rate: number;
  readonly at: number;
  readonly holdMs: number;
}

export function createPace(): Pace {
  let underWay = 0;
  /** When calls ended, oldest first, with whether the service had accepted them. */
  const ended: { at: number; accepted: boolean }[] = [];
  /** Calls that began sooner than an even rate would have let them, as of `aheadAt`. */
  let ahead = 0;
  let aheadAt = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let learned: Learned | undefined;

  const rate = (now: number, most: number): number => {
    if (!learned) return most;
    const grownFor = Math.max(0, now - learned.at - learned.holdMs);
    return Math.min(most, learned.rate * GROWTH_PER_MINUTE ** (grownFor / 60_000));
  };

  const aheadNow = (now: number, perSecond: number): number =>
    Number.isFinite(perSecond) ? Math.max(0, ahead - ((now - aheadAt) * perSecond) / 1000) : 0;

  /** Calls that had ended by `time`. */
  const countUntil = (time: number): number => {
    let count = 0;
    while ((ended[count]?.at ?? Number.POSITIVE_INFINITY) <= time) count += 1;
    return count;
  };

  /**
   * When a call ends is when it is known to have reached the service; from its beginning until a second after its end
   * it may be among those that the service counts. So the rate holds at the service, however long each call took on its way.
   */
  const waitForRoom = (now: number, perSecond: number): number => {
    const calls = Math.max(1, Math.ceil(perSecond));
    const span = (calls / perSecond) * 1000;
    const first = countUntil(now - span);
    const tooMany = underWay + ended.length - first - calls + 1;
    if (tooMany <= 0) return 0;
    const last = ended[first + tooMany - 1];
    return last ? last.at + span - now : Number.POSITIVE_INFINITY;
  };

  return {
    rate,
    learn: (now, perSecond, most) => {
      if (perSecond < rate(now, most))
        learned = { rate: perSecond, at: now, holdMs: learned?.holdMs ?? HOLD_MS };
    },
    waitFor: (now, urgency, most) => {
      const perSecond = rate(now, most);
      if (!Number.isFinite(perSecond)) return 0;
      const tooEarly = aheadNow(now, perSecond) - (BURST[urgency] - 1);
      return Math.max(0, pausedUntil - now, (tooEarly / perSecond) * 1000, waitForRoom(now, perSecond));
    },
    begin: (now, most) => {
      underWay += 1;
      ahead = aheadNow(now, rate(now, most)) + 1;
      aheadAt = now;
    },
    end: (now, began, most, throttled) => {
      underWay -= 1;
      ended.splice(0, countUntil(now - LONGEST_SPAN_MS));
      ended.push({ at: now, accepted: !throttled });
      if (!throttled) return;
      pausedUntil = Math.max(pausedUntil, now + Math.min(throttled.pauseMs ?? 0, MAX_PAUSE_MS));
      // Calls that had begun before the last step down say nothing about the rate since.
      if (learned && began < learned.at) return;
      const before = rate(now, most);
      if (!Number.isFinite(before)) return;
      const accepted = ended.filter((each) => each.accepted && each.at > now - 1000).length;
      // A little less than what the service took in the last second. Of a lane that had been idle that says little: it halves.
      const least = accepted >= TELLING_CALLS ? 0 : before / 2;
      const lower = Math.max(least, Math.min(before * 0.8, accepted * 0.9), LEAST_PER_SECOND);
      const triedFaster = learned !== undefined && now > learned.at + learned.holdMs;
      const holdMs = Math.min((learned?.holdMs ?? HOLD_MS) * (triedFaster ? 2 : 1), MAX_HOLD_MS);
      learned = { rate: lower, at: now, holdMs };
    },
  };
}
