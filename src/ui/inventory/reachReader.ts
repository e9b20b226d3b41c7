import { type AapRef, aapKey } from '../../model/clientKey';
import { isSignInError } from '../../model/cloudError';
import type { AapEntry, KeyLists } from './entries';
import type { RegionBook } from './regionBook';

export interface ReachReaderParts {
  readonly book: RegionBook;
  lists(): Promise<KeyLists>;
  /** Fires when what is being read now is wanted no more. */
  signal(): AbortSignal;
  changed(): void;
  onRead(): void;
  /** The account cannot sign in. */
  failAccount(problem: unknown): void;
}

/** Reads where AAPs lead, each once: what an earlier session found out may have changed since. */
export interface ReachReader {
  /** Never rejects: what went wrong stands in the entry. */
  read(aap: AapRef, again: boolean): Promise<void>;
  /** Each is read once more when it is wanted; what is being read just now is new enough. */
  expire(): void;
  /** As `expire`, also for what was being read. */
  forget(): void;
}

export function createReachReader(parts: ReachReaderParts): ReachReader {
  const { book, lists, signal, changed, onRead, failAccount } = parts;
  const readings = new Map<string, { readonly promise: Promise<void>; ended: boolean }>();

  async function readNow(aap: AapRef): Promise<void> {
    const mine = signal();
    const put = (found: Pick<AapEntry, 'reach' | 'reachError'>) => {
      const entry = book.aap(aap);
      if (mine.aborted || !entry) return;
      const { reachError: _, ...rest } = entry;
      book.putAap({ ...rest, ...found });
      changed();
    };
    try {
      const reach = await (await lists()).readReach(aap, mine);
      put({ reach });
      if (!mine.aborted) onRead();
    } catch (problem) {
      if (!isSignInError(problem)) put({ reachError: problem });
      else if (!mine.aborted) failAccount(problem);
    }
  }

  return {
    async read(aap, again) {
      const name = aapKey(aap);
      if (again) readings.delete(name);
      if (!readings.has(name) && book.aap(aap)) {
        const promise = readNow(aap).finally(() => {
          reading.ended = true;
        });
        const reading = { promise, ended: false };
        readings.set(name, reading);
      }
      await readings.get(name)?.promise;
    },
    expire() {
      for (const [name, { ended }] of [...readings]) if (ended) readings.delete(name);
    },
    forget: () => readings.clear(),
  };
}
