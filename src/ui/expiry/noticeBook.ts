import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { NoticeRecord } from '../../model/expiryNotice';
import { createSharedFile } from './sharedFile';

/** What was told about keys, by whichever window, and which window shows a notification now. */
export interface NoticeBook {
  records(): Promise<NoticeRecords>;
  /**
   * Claims what is due, so that no other window tells it, and the right to show a notification.
   * @param choose what is due according to what all windows have told so far
   * @returns what may be told; undefined if nothing is due, or while another notification is shown, by whichever window
   */
  claim(choose: (records: NoticeRecords) => readonly DueRecord[]): Promise<Claim | undefined>;
  /** Claims the right to show a notification of something else than the end of a key; undefined while another one is shown. */
  claimTurn(): Promise<Claim | undefined>;
  /** Gives a claim back, and notes what the user wants for its keys. */
  finish(claim: Claim, wish?: NoticeWish): Promise<void>;
  /** Drops what is noted of these keys: the user wants their account forgotten. */
  forget(keyIds: readonly string[]): Promise<void>;
}

/** What the user wants after a notification; without it, nothing more until the next threshold. */
export type NoticeWish = Pick<NoticeRecord, 'snoozedUntil' | 'silenced'>;

export interface Claim {
  readonly id: string;
  readonly due: readonly DueRecord[];
}

export type NoticeRecords = ReadonlyMap<string, NoticeRecord>;

/** A key with a threshold that is due. */
export interface DueRecord {
  readonly id: string;
  readonly toldDays: number;
  /** When the key ends, ms UTC: some time after that its record is dropped. */
  readonly notAfter: number;
}

/** A notification that nobody has answered for this long, ms, lies in the notification centre: it keeps no other one back. */
const SHOWN_MS = 60 * 60 * 1000;
/** A record outlives its key by this, ms. */
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

const recordSchema = v.object({
  notAfter: v.number(),
  toldDays: v.exactOptional(v.number()),
  snoozedUntil: v.exactOptional(v.number()),
  silenced: v.exactOptional(v.boolean()),
});
const bookSchema = v.object({
  version: v.literal(1),
  keys: v.record(v.string(), recordSchema),
  showing: v.exactOptional(
    v.object({ claim: v.string(), pid: v.number(), host: v.string(), since: v.number() }),
  ),
});
type Book = v.InferOutput<typeof bookSchema>;

/** @param folder global storage, which all windows share */
export function createNoticeBook(folder: string, clock: () => number = Date.now): NoticeBook {
  const file = createSharedFile<Book>(join(folder, 'notices.json'), bookSchema, { version: 1, keys: {} });

  function isShown({ showing }: Book): boolean {
    if (showing === undefined) return false;
    // Also if the clock was set back since.
    if (Math.abs(clock() - showing.since) >= SHOWN_MS) return false;
    return !hasEnded(showing);
  }

  /** @param choose undefined: nothing is to be shown after all */
  async function claim(
    choose: (records: NoticeRecords) => readonly DueRecord[] | undefined,
  ): Promise<Claim | undefined> {
    let claimed: Claim | undefined;
    await file.update((book) => {
      if (isShown(book)) return book;
      const due = choose(new Map(Object.entries(book.keys)));
      if (due === undefined) return book;
      claimed = { id: randomUUID(), due };
      const kept = Object.entries(book.keys).filter(([, { notAfter }]) => clock() - notAfter < KEPT_MS);
      const told = due.map(({ id, toldDays, notAfter }) => [id, { notAfter, toldDays }] as const);
      return {
        version: 1,
        keys: Object.fromEntries([...kept, ...told]),
        showing: { claim: claimed.id, pid: process.pid, host: hostname(), since: clock() },
      };
    });
    return claimed;
  }

  return {
    records: async () => new Map(Object.entries((await file.read()).keys)),
    claim: (choose) =>
      claim((records) => {
        const due = choose(records);
        return due.length === 0 ? undefined : due;
      }),
    claimTurn: () => claim(() => []),
    async finish({ id, due }, wish = {}) {
      await file.update(({ showing, ...book }) => {
        const keys = { ...book.keys };
        for (const one of due) {
          const record = keys[one.id];
          if (record !== undefined) keys[one.id] = { ...record, ...wish };
        }
        // A claim that had aged may have been followed by another one.
        return { ...book, keys, ...(showing === undefined || showing.claim === id ? {} : { showing }) };
      });
    },
    async forget(keyIds) {
      await file.update((book) => {
        const kept = Object.entries(book.keys).filter(([id]) => !keyIds.includes(id));
        return { ...book, keys: Object.fromEntries(kept) };
      });
    },
  };
}

/** Whether the window that shows it was a process of this machine that no longer runs. In doubt it is not. */
function hasEnded({ pid, host }: { readonly pid: number; readonly host: string }): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
