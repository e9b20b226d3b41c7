import type { ExpiryThresholds } from '../../model/expiry';
import { dueNotice } from '../../model/expiryNotice';
import type { Claim, DueRecord, NoticeBook, NoticeRecords, NoticeWish } from './noticeBook';
import type { SoonKey } from './soonKeys';
import { createTeller, type Teller, type TellerParts } from './teller';

export interface NotifierParts
  extends Pick<
    TellerParts<NoticeRecords, Claim, NoticeWish>,
    'isReady' | 'catchUp' | 'isFocused' | 'sleep' | 'log'
  > {
  readonly book: NoticeBook;
  /** What expires soon or has expired, the nearest first, without keys that are being replaced. */
  soon(): readonly SoonKey[];
  thresholds(): ExpiryThresholds;
  /** Shows one notification for all; resolves once it is answered or closed. */
  show(keys: readonly SoonKey[]): Promise<NoticeWish | undefined>;
}

/** One notification for each key and threshold. */
export function createNotifier(parts: NotifierParts): Teller {
  const { book } = parts;
  let known: NoticeRecords = new Map();
  let claimed: readonly SoonKey[] = [];

  function due(records: NoticeRecords): { key: SoonKey; record: DueRecord }[] {
    const thresholds = parts.thresholds();
    return parts.soon().flatMap((key) => {
      const toldDays = dueNotice(key, key.now, thresholds, records.get(key.id));
      if (toldDays === undefined) return [];
      return [{ key, record: { id: key.id, toldDays, notAfter: key.notAfter } }];
    });
  }

  async function readRecords(): Promise<NoticeRecords> {
    known = await book.records();
    return known;
  }

  return createTeller<NoticeRecords, Claim, NoticeWish>({
    ...parts,
    name: 'expiry notices',
    // Most looks end here, without a file: only snoozes end by themselves, and all that is known of others takes away.
    isReady: () => parts.isReady() && due(known).length > 0,
    isDue: (records) => due(records).length > 0,
    book: {
      records: readRecords,
      async claim() {
        const claim = await book.claim((records) => {
          const all = due(records);
          claimed = all.map(({ key }) => key);
          return all.map(({ record }) => record);
        });
        await readRecords();
        return claim;
      },
      async finish(claim, wish) {
        await book.finish(claim, wish);
        await readRecords();
      },
    },
    show: () => parts.show(claimed),
  });
}
