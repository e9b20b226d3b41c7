import { join } from 'node:path';
import * as v from 'valibot';
import { claimRole } from './claimRole';
import { createSharedFile } from './sharedFile';

/** An account that may be read in the background: without a program to run or a question to ask. */
export interface SweepAccount {
  readonly accountId: string;
  /** Tells two owners of the same source apart, for example of the environment of two windows. */
  readonly identity?: string;
  /** When everything of it was last read, by whichever window, ms UTC of this machine. */
  readonly readAt?: number;
}

/** `offline`: nothing could be reached, so that it is worth trying again soon. `failed`: trying again would not mend it. */
export type SweepOutcome = 'done' | 'offline' | 'failed';

export interface SweeperParts {
  /** Global storage, which all windows share. */
  readonly folder: string;
  accounts(): readonly SweepAccount[];
  /** Reads all keys of an account; never rejects. */
  sweep(accountId: string): Promise<SweepOutcome>;
  /** Time between two sweeps of an account, ms; 0: never. */
  interval(): number;
  /** ms UTC of this machine. */
  clock?(): number;
  /** The role of a window that does not renew it for this long, ms, goes to another one. At least 2000. */
  readonly staleMs?: number;
}

export interface Sweeper {
  /**
   * Reads the accounts whose last reading is too long ago, unless another window does that now.
   * @returns `busy` if another window does; `idle` if nothing was to be read
   */
  sweepIfDue(): Promise<'read' | 'busy' | 'idle'>;
}

const STALE_MS = 20_000;
/** The pause after the first failure for want of a network, ms; it doubles up to the interval. */
const FIRST_PAUSE_MS = 60_000;
/** What is noted of an account that nobody has read for so long, ms, is dropped. */
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

const stateSchema = v.object({
  version: v.literal(1),
  accounts: v.record(v.string(), v.object({ at: v.number(), offline: v.number() })),
});

/**
 * The background sweep: one window at a time reads for all, and notes when it did; the keys themselves come to the others
 * through the cache.
 */
export function createSweeper(parts: SweeperParts): Sweeper {
  const clock = parts.clock ?? Date.now;
  const state = createSharedFile(join(parts.folder, 'sweeps.json'), stateSchema, {
    version: 1,
    accounts: {},
  });

  async function due(): Promise<readonly SweepAccount[]> {
    const interval = parts.interval();
    if (interval <= 0) return [];
    const accounts = parts.accounts();
    if (accounts.length === 0) return [];
    const told = (await state.read()).accounts;
    return accounts.filter((account) => {
      const last = told[nameOf(account)];
      const pause =
        last && last.offline > 0 ? Math.min(interval, FIRST_PAUSE_MS * 2 ** (last.offline - 1)) : interval;
      const isDue = (at: number | undefined, after: number) =>
        // A moment in the future was noted before the clock was set back.
        at === undefined || clock() - at >= after || at > clock() + interval;
      return isDue(last?.at, pause) && isDue(account.readAt, interval);
    });
  }

  async function sweep(accounts: readonly SweepAccount[]): Promise<void> {
    await Promise.all(
      accounts.map(async (account) => {
        const outcome = await parts.sweep(account.accountId);
        await state.update((before) => {
          const name = nameOf(account);
          const offline = outcome === 'offline' ? (before.accounts[name]?.offline ?? 0) + 1 : 0;
          const kept = Object.entries(before.accounts).filter(([, { at }]) => clock() - at < KEPT_MS);
          return { ...before, accounts: { ...Object.fromEntries(kept), [name]: { at: clock(), offline } } };
        });
      }),
    );
  }

  return {
    async sweepIfDue() {
      if ((await due()).length === 0) return 'idle';
      const release = await claimRole(parts.folder, 'sweep', parts.staleMs ?? STALE_MS);
      if (!release) return 'busy';
      try {
        // Another window may have been through just before.
        const accounts = await due();
        if (accounts.length === 0) return 'idle';
        await sweep(accounts);
        return 'read';
      } finally {
        await release();
      }
    },
  };
}

function nameOf({ accountId, identity }: SweepAccount): string {
  return identity === undefined ? accountId : `${accountId}#${identity}`;
}
