import type { Caches } from './cache';
import type { Inventory } from './entries';

export interface KeepingParts {
  readonly inventory: Pick<Inventory, 'account'>;
  readonly caches: Pick<Caches, 'write'>;
  /** How far the service's clock is ahead of this machine's, ms. */
  offset(accountId: string): number;
  /** One line without secrets. */
  log(line: string): void;
}

/** Readings that end together are written together, ms. */
const GATHER_MS = 200;

/** Keeps what this window has read of an account in its cache. */
export function keepCaches(parts: KeepingParts): { noteRead(accountId: string): void; dispose(): void } {
  const timers = new Map<string, NodeJS.Timeout>();

  function write(accountId: string): void {
    timers.delete(accountId);
    const entry = parts.inventory.account(accountId);
    if (!entry) return;
    const { identity } = entry.account;
    const known = {
      accountId,
      ...(identity !== undefined && { identity }),
      clockOffset: parts.offset(accountId),
      regions: entry.regions,
    };
    parts.caches
      .write(known)
      .catch((error: unknown) =>
        parts.log(
          `What was read of an account could not be kept: ${error instanceof Error ? error.message : ''}`,
        ),
      );
  }

  return {
    noteRead(accountId) {
      if (!timers.has(accountId))
        timers.set(
          accountId,
          setTimeout(() => write(accountId), GATHER_MS),
        );
    },
    dispose() {
      for (const [accountId, timer] of [...timers]) {
        clearTimeout(timer);
        write(accountId);
      }
    },
  };
}
