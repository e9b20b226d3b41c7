/** The simulator's own time ("server time"), which runs with the machine's clock plus a movable distance. */
export interface Clock {
  /** Server time, ms since 1970, UTC. */
  now(): number;
  /** Moves server time forwards (or, with a negative number, backwards) by `ms`. */
  move(ms: number): void;
}

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    move: (ms) => {
      offset += ms;
    },
  };
}

/** `2026-11-24T05:05:25Z`: the form of every time in the KMS API, whole seconds, UTC. */
export function toServiceTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The ms of `YYYY-MM-DDThh:mm:ssZ`, or undefined for anything else. */
export function fromServiceTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
