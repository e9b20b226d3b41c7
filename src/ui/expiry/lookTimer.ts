/** When a window looks whether something has to be read in the background. */
export interface LookTimerParts {
  /** Resolves with whether another window is reading now. */
  look(): Promise<'read' | 'busy' | 'idle'>;
  /** The shortest time between two readings, ms; 0: never. */
  interval(): number;
  /** Called after the first look that found no other window at work: from now on what is known is as good as it gets. */
  settled?(): void;
  /** Why a look failed. */
  log(line: string): void;
}

/** Windows come up first, and what the cache says is shown already. */
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 60_000;
const LOOK_WHILE_BUSY_MS = 5_000;
const SHORTEST_MS = 1_000;

/** Looks after a delay, then again and again; never twice at once, and not before the network is back after a sleep of the machine. */
export function startLookTimer(parts: LookTimerParts, clock: () => number = Date.now): { dispose(): void } {
  let isSettled = false;
  let disposed = false;
  let timer: NodeJS.Timeout | undefined;
  let wanted = 0;

  function lookIn(ms: number): void {
    if (disposed) return;
    clearTimeout(timer);
    wanted = clock() + ms;
    timer = setTimeout(() => void look(), ms);
    timer.unref();
  }

  async function look(): Promise<void> {
    // The machine slept: the network needs a moment, and so do the other windows.
    if (clock() - wanted > LOOK_EVERY_MS) return lookIn(shortened(LOOK_EVERY_MS / 4));
    let found: Awaited<ReturnType<LookTimerParts['look']>> = 'idle';
    try {
      found = await parts.look();
    } catch (error) {
      parts.log(error instanceof Error ? error.message : 'unknown error');
    }
    if (disposed) return;
    if (found !== 'busy' && !isSettled) {
      isSettled = true;
      parts.settled?.();
    }
    lookIn(shortened(found === 'busy' ? LOOK_WHILE_BUSY_MS : LOOK_EVERY_MS));
  }

  /** Nobody has to wait for a look longer than for a reading. */
  function shortened(ms: number): number {
    const interval = parts.interval();
    return interval > 0 ? Math.max(SHORTEST_MS, Math.min(ms, interval / 4)) : ms;
  }

  lookIn(
    parts.interval() > 0 ? Math.max(SHORTEST_MS, Math.min(FIRST_LOOK_MS, parts.interval())) : FIRST_LOOK_MS,
  );
  return {
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
