import { join } from 'node:path';
import * as v from 'valibot';
import type { Claim, NoticeBook } from '../expiry/noticeBook';
import { createSharedFile } from '../expiry/sharedFile';
import type { News } from './news';
import { NO_NOTES, type WatchNotes, watchNotes } from './watchNotes';

const bookSchema = v.object({ version: v.literal(1), rotations: watchNotes });

/** What the user wants after a notification. */
export interface WatchWish {
  readonly silenced: true;
}

export interface NewsClaim {
  readonly turn: Claim;
  readonly news: News;
}

/** What is known of the rotations that wait and what was told of them, by whichever window. */
export interface WatchBook {
  /** @throws Error if a newer version of the extension wrote it: its windows watch */
  notes(): Promise<WatchNotes>;
  /** Nothing is written if `change` gives back what it was given. */
  update(change: (before: WatchNotes) => WatchNotes): Promise<WatchNotes>;
  /**
   * Claims the first thing to be told, so that no other window tells it, and the right to show a notification.
   * @param choose what is to be told, according to what all windows have told so far
   */
  claim(choose: (notes: WatchNotes) => readonly News[]): Promise<NewsClaim | undefined>;
  finish(claim: NewsClaim, wish?: WatchWish): Promise<void>;
}

/**
 * @param folder global storage, which all windows share
 * @param turns whose notifications ours never stand beside
 */
export function createWatchBook(folder: string, turns: Pick<NoticeBook, 'claimTurn' | 'finish'>): WatchBook {
  const file = createSharedFile<v.InferOutput<typeof bookSchema>>(
    join(folder, 'watch.json'),
    bookSchema,
    { version: 1, rotations: {} },
    { keepNewer: true },
  );

  async function update(change: (before: WatchNotes) => WatchNotes): Promise<WatchNotes> {
    const { rotations } = await file.update((book) => {
      const after = change(book.rotations);
      return after === book.rotations ? book : { version: 1, rotations: after };
    });
    return rotations;
  }

  return {
    notes: async () => (await file.read()).rotations,
    update,
    async claim(choose) {
      const turn = await turns.claimTurn();
      if (turn === undefined) return undefined;
      let claimed: News | undefined;
      try {
        await update((notes) => {
          [claimed] = choose(notes);
          return claimed === undefined ? notes : withTold(notes, claimed);
        });
        return claimed && { turn, news: claimed };
      } finally {
        if (claimed === undefined) await turns.finish(turn);
      }
    },
    async finish({ turn, news: { rotationId } }, wish) {
      await turns.finish(turn);
      if (wish === undefined) return;
      await update((notes) => {
        const about = notes[rotationId];
        return about === undefined ? notes : { ...notes, [rotationId]: { ...about, ...wish } };
      });
    },
  };
}

function withTold(notes: WatchNotes, { rotationId, kind, recalls: why }: News): WatchNotes {
  const about = notes[rotationId] ?? NO_NOTES;
  const recalled = [...new Set([...about.recalled, ...why])];
  if (kind === 'reminder' || about.watch === undefined)
    return { ...notes, [rotationId]: { ...about, recalled } };
  const { news: _, ...watch } = about.watch;
  return { ...notes, [rotationId]: { ...about, recalled, watch } };
}
