import { isCloudError } from '../../model/cloudError';
import { hasEffects } from '../accounts/shownAccounts';
import type { AccountEntry } from '../inventory/entries';
import type { SweepAccount, SweepOutcome } from './sweeper';

/**
 * The accounts that may be read without anybody there. One whose profile runs a program or rewrites its file may be only
 * after the user agreed in this session: then it has been read in it.
 */
export function sweepAccounts(entries: readonly AccountEntry[]): SweepAccount[] {
  return entries
    .filter(({ account, status }) => !hasEffects(account) || status === 'ready')
    .map(({ account, regions }) => {
      const times = regions.map(({ readAt }) => readAt ?? 0);
      const readAt = times.length > 0 ? Math.min(...times) : 0;
      return {
        accountId: account.id,
        ...(account.identity === undefined ? {} : { identity: account.identity }),
        ...(readAt > 0 ? { readAt } : {}),
      };
    });
}

/** What came of reading an account. Where a part could be read there is a network, and the rest says why in the view. */
export function outcomeOf(entry: AccountEntry | undefined): SweepOutcome {
  if (!entry) return 'done';
  const { status, error, regions } = entry;
  const failed = regions.filter((region) => region.status === 'failed');
  if (status !== 'failed' && (regions.length === 0 || failed.length < regions.length)) return 'done';
  const errors = [...(status === 'failed' ? [error] : []), ...failed.map((region) => region.error)];
  return errors.every(mayPass) ? 'offline' : 'failed';
}

/** Whether an error may be gone a little later, as before the network is back. */
export function mayPass(error: unknown): boolean {
  if (!isCloudError(error)) return false;
  const { kind } = error;
  return kind === 'network' || kind === 'timeout' || kind === 'serverError' || kind === 'throttled';
}
