import type { ExpiryThresholds } from '../../model/expiry';
import { dueNotice } from '../../model/expiryNotice';
import type { Claim, DueRecord, NoticeBook, NoticeRecords, NoticeWish } from './noticeBook';
import type { SoonKey } from './soonKeys';

export interface NotifierParts {
  readonly book: NoticeBook;
  /** What expires soon or has expired, the nearest first, without keys that are being replaced. */
  soon(): readonly SoonKey[];
  thresholds(): ExpiryThresholds;
  /** Whether the user wants notifications, and nothing is being read that would change what has to be told. */
  isReady(): boolean;
  /** Makes known what other windows have begun: a rotation of a key takes it away from what expires. */
  catchUp(): Promise<void>;
  isFocused(): boolean;
  /** Shows one notification for all; resolves once it is answered or closed. */
  show(keys: readonly SoonKey[]): Promise<NoticeWish | undefined>;
  /** Waits; a window that is not focused lets others go first. */
  sleep(ms: number): Promise<void>;
  /** One line without secrets. */
  log(line: string): void;
}

export interface Notifier {
  /** Tells what is due, if anything is; resolves once that stands on the screen. A call while one runs does nothing. */
  check(): Promise<void>;
}

const UNFOCUSED_WAIT_MS = 4000;

/** One notification at a time over all windows, and one for each key and threshold. */
export function createNotifier(parts: NotifierParts): Notifier {
  const { book } = parts;
  let known: NoticeRecords = new Map();
  let running = false;

  function due(records: NoticeRecords): { key: SoonKey; record: DueRecord }[] {
    const thresholds = parts.thresholds();
    return parts.soon().flatMap((key) => {
      const toldDays = dueNotice(key, key.now, thresholds, records.get(key.id));
      if (toldDays === undefined) return [];
      return [{ key, record: { id: key.id, toldDays, notAfter: key.notAfter } }];
    });
  }

  async function tell(): Promise<void> {
    // Most looks end here, without a file: only snoozes end by themselves, and all that is known of others takes away.
    if (!parts.isReady() || due(known).length === 0) return;
    known = await book.records();
    if (due(known).length === 0) return;
    if (!parts.isFocused()) await parts.sleep(UNFOCUSED_WAIT_MS);
    await parts.catchUp();
    if (!parts.isReady()) return;
    let keys: readonly SoonKey[] = [];
    const claim = await book.claim((records) => {
      const all = due(records);
      keys = all.map(({ key }) => key);
      return all.map(({ record }) => record);
    });
    known = await book.records();
    if (claim) void waitForAnswer(claim, parts.show(keys));
  }

  /** Nobody may answer for days: that must not keep this window from looking. */
  async function waitForAnswer(claim: Claim, answer: Promise<NoticeWish | undefined>): Promise<void> {
    try {
      const wish = await answer.catch(noteFailure);
      await book.finish(claim, wish);
      known = await book.records();
    } catch (error) {
      noteFailure(error);
    }
  }

  function noteFailure(error: unknown): undefined {
    parts.log(`expiry notices: ${error instanceof Error ? error.message : 'unknown error'}`);
  }

  return {
    async check() {
      if (running) return;
      running = true;
      try {
        await tell();
      } catch (error) {
        noteFailure(error);
      } finally {
        running = false;
      }
    },
  };
}
