import { claimRole } from '../expiry/claimRole';
import type { WatchBook } from './watchBook';
import { NO_NOTES, type WatchNotes } from './watchNotes';
import {
  afterChange,
  afterFailure,
  afterReading,
  isDue,
  newRecord,
  type WatchReading,
  type WatchRecord,
} from './watchRecord';

/** A rotation that waits until its old key is quiet, and whose log may be read without anybody there. */
export interface WatchedRotation {
  readonly id: string;
  /** Of its journal. */
  readonly revision: number;
  /** The service's present, ms UTC. */
  readonly now: number;
  /** What this window read last, by whichever view. */
  readonly seen?: WatchReading;
}

/** `later`: nothing came of it, but it is worth trying again soon. `failed`: trying again would not mend it. */
export type WatchOutcome = WatchReading | 'later' | 'failed';

export interface WatcherParts {
  /** Global storage, which all windows share. */
  readonly folder: string;
  readonly book: WatchBook;
  /** What this window may read; empty where that is turned off or the workspace is not trusted. */
  watched(): readonly WatchedRotation[];
  /** The rotations that are not over; undefined while that cannot be said of all. */
  open(): ReadonlySet<string> | undefined;
  /** Makes known what other windows have done. */
  catchUp(): Promise<void>;
  /** Reads the log of a rotation; never rejects. */
  read(id: string): Promise<WatchOutcome>;
  /** 0 ≤ x < 1 */
  random?(): number;
  /** The role of a window that does not renew it for this long, ms, goes to another one. At least 2000. */
  readonly staleMs?: number;
}

export interface Watcher {
  /**
   * Asks the logs that are due, unless another window does that now.
   * @returns `busy` if another window does; `idle` if nothing was to be asked
   * @throws Error if what is known cannot be read or written; then nothing is asked
   */
  lookIfDue(): Promise<'read' | 'busy' | 'idle'>;
}

const STALE_MS = 20_000;

/**
 * The watch over rotations that wait: one window at a time asks for all, and notes when the log is to be asked next. The moments
 * stand in a file, so that they outlast the window and the sleep of the machine: whatever was missed is made up for once.
 */
export function createWatcher(parts: WatcherParts): Watcher {
  const { book } = parts;
  const random = parts.random ?? Math.random;

  /** Takes up rotations that are new, notes changes, forgets what is over. The same notes if there is nothing of that. */
  function planned(notes: WatchNotes): WatchNotes {
    const open = parts.open();
    let next = notes;
    for (const id of Object.keys(notes)) {
      if (open === undefined || open.has(id)) continue;
      const { [id]: _, ...others } = next;
      next = others;
    }
    for (const rotation of parts.watched()) {
      const { id, revision, now } = rotation;
      const about = next[id] ?? NO_NOTES;
      const watch = about.watch;
      if (watch === undefined)
        next = { ...next, [id]: { ...about, watch: newRecord(revision, now, random) } };
      else if (isChanged(watch, rotation))
        next = { ...next, [id]: { ...about, watch: afterChange(watch, rotation, now, random) } };
    }
    return next;
  }

  function due(notes: WatchNotes): readonly WatchedRotation[] {
    return parts.watched().filter(({ id, now }) => {
      const watch = notes[id]?.watch;
      return watch !== undefined && isDue(watch, now);
    });
  }

  async function readOne(id: string): Promise<void> {
    const outcome = await parts.read(id);
    const now = parts.watched().find((rotation) => rotation.id === id)?.now;
    // Over, or signed out, while it was read.
    if (now === undefined) return;
    await book.update((notes) => {
      const about = notes[id];
      if (about?.watch === undefined) return notes;
      const { watch } = about;
      const next =
        typeof outcome === 'string'
          ? afterFailure(watch, outcome === 'later', now, random)
          : afterReading(watch, outcome, now, random);
      return next === watch ? notes : { ...notes, [id]: { ...about, watch: next } };
    });
  }

  return {
    async lookIfDue() {
      const known = await book.notes();
      if (planned(known) === known && due(known).length === 0) return 'idle';
      const release = await claimRole(parts.folder, 'watch', parts.staleMs ?? STALE_MS);
      if (!release) return 'busy';
      try {
        await parts.catchUp();
        const notes = await book.update(planned);
        const all = due(notes);
        for (const { id } of all) await readOne(id);
        return all.length > 0 ? 'read' : 'idle';
      } finally {
        await release();
      }
    },
  };
}

/** Something was patched, marked or noted, or this window has read something newer that differs. */
function isChanged(watch: WatchRecord, { revision, seen }: WatchedRotation): boolean {
  if (revision > watch.revision) return true;
  const { last, asked } = watch;
  return (
    seen !== undefined &&
    last !== undefined &&
    asked > 0 &&
    seen.readAt > last.readAt &&
    seen.kind !== last.kind
  );
}
