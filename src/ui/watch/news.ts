import type { Recall, WatchNotes } from './watchNotes';
import { isDue } from './watchRecord';

const DAY_MS = 24 * 60 * 60 * 1000;
const UNTOUCHED_MS = 3 * DAY_MS;
const ENDING_MS = 14 * DAY_MS;

/** An open rotation, as far as news of it depend on it. */
export interface OpenRotation {
  readonly id: string;
  /** It waits until its old key is quiet. */
  readonly waiting: boolean;
  /** Its log is asked in the background by this window, if no other one does. */
  readonly watched: boolean;
  /** The service's present, ms UTC. */
  readonly now: number;
  /** Since when nobody did anything for it, ms. */
  readonly untouchedMs: number;
  /** Until the old key ends, ms; negative after that. */
  readonly oldKeyLeftMs: number;
}

/** Something to be told of a rotation, each once. */
export interface News {
  readonly rotationId: string;
  readonly kind: 'woke' | 'quiet' | 'reminder';
  /** Since when it has been quiet, or when it was called again, ms UTC. */
  readonly at?: number;
  /** What the user need not be reminded of after this. */
  readonly recalls: readonly Recall[];
}

const ORDER: readonly News['kind'][] = ['woke', 'quiet', 'reminder'];

/** What is to be told, the most urgent first; one for each rotation. */
export function newsOf(rotations: readonly OpenRotation[], notes: WatchNotes): readonly News[] {
  return rotations
    .flatMap((rotation) => newsOfOne(rotation, notes) ?? [])
    .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

function newsOfOne(rotation: OpenRotation, notes: WatchNotes): News | undefined {
  const { id: rotationId, waiting, watched, now } = rotation;
  const about = notes[rotationId];
  const watch = about?.watch;
  const recalls = recallsOf(rotation, about?.recalled ?? []);
  const news = watch?.news;
  if (waiting && news !== undefined) {
    // What could not be told while it was true is not told later.
    const holds = news.kind === 'woke' || watch?.last?.kind === 'quiet';
    const untouched = recalls.filter((recall) => recall === 'untouched');
    return holds ? { rotationId, kind: news.kind, at: news.at, recalls: untouched } : undefined;
  }
  if (recalls.length === 0 || about?.silenced === true) return undefined;
  // What is left to do is said by the log as it is now: after a long absence it is read first.
  if (watched && (watch === undefined || isDue(watch, now))) return undefined;
  return { rotationId, kind: 'reminder', recalls };
}

function recallsOf(
  { untouchedMs, oldKeyLeftMs }: OpenRotation,
  recalled: readonly Recall[],
): readonly Recall[] {
  const due: Recall[] = [];
  if (untouchedMs >= UNTOUCHED_MS) due.push('untouched');
  if (oldKeyLeftMs <= ENDING_MS) due.push('ending');
  return due.filter((recall) => !recalled.includes(recall));
}
