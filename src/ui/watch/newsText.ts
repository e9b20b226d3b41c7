import { shortKeyId } from '../../model/clientKey';
import type { Rotation } from '../../model/rotation';
import { durationText, exactTime, relativeTime } from '../../model/timeText';
import { printable, type Translate } from '../words';
import type { News } from './news';

export interface NewsWords {
  readonly t: Translate;
  /** BCP 47. */
  readonly locale: string;
}

/** What a notification says of a rotation. */
export interface NewsFacts {
  readonly rotation: Pick<Rotation, 'state' | 'unsaved' | 'aap' | 'oldKey' | 'workspaces'>;
  /** The service's present, ms UTC. */
  readonly now: number;
  /** Since when nobody did anything for it, ms. */
  readonly untouchedMs: number;
  /** Callers of the old key, as far as the log was read. */
  readonly moved: number;
  readonly total: number;
  /** The old key may be deleted: it is quiet, as far as the log was read, or has ended. */
  readonly deletable: boolean;
  /** Places of the roll-out list where something is to be done. */
  readonly openPlaces: number;
}

/** One notification: what happened, and what is left to do. */
export function newsText(news: News, facts: NewsFacts, words: NewsWords): string {
  const { t, locale } = words;
  const { rotation, now } = facts;
  const key = shortKeyId(rotation.oldKey.id);
  const aap = printable(rotation.aap.aapName);
  const at = news.at ?? now;
  switch (news.kind) {
    case 'quiet':
      return t(
        'The old client key {0} of {1} has gone quiet: no call since {2}. It can be deleted now.',
        key,
        aap,
        exactTime(at, locale),
      );
    case 'woke':
      return t(
        'The old client key {0} of {1} had been quiet and is called again: last call {2}. Do not delete it before you know by whom.',
        key,
        aap,
        relativeTime(at, now, locale),
      );
    case 'reminder':
      return reminderText(news, facts, words);
  }
}

function reminderText({ recalls }: News, facts: NewsFacts, words: NewsWords): string {
  const { t, locale } = words;
  const { rotation, now, untouchedMs } = facts;
  const aap = printable(rotation.aap.aapName);
  const left = rotation.oldKey.notAfter - now;
  const ends =
    left > 0
      ? t('The old client key of {0} ends in {1}.', aap, durationText(left, locale))
      : t('The old client key of {0} has ended.', aap);
  const untouched = t(
    'Nothing was done about the rotation of {0} for {1}.',
    aap,
    durationText(untouchedMs, locale),
  );
  const toDo = new Intl.ListFormat(locale, { type: 'conjunction' }).format(leftToDo(facts, t));
  return [
    ...(recalls.includes('ending') ? [ends] : []),
    ...(recalls.includes('untouched') ? [untouched] : []),
    t('Left to do: {0}.', toDo),
  ].join(' ');
}

/** What is left to do for a rotation, what comes first on top; never empty. */
function leftToDo(facts: NewsFacts, t: Translate): readonly string[] {
  const { rotation, moved, total, deletable, openPlaces } = facts;
  if (rotation.state === 'creating') return [t('resume or abandon the creation')];
  if (rotation.state === 'deleting') return [t('finish the deletion of the old key')];
  const left: string[] = [];
  if (rotation.unsaved) left.push(t('save the new credential'));
  if (rotation.workspaces.length === 0) left.push(t('patch the references'));
  if (openPlaces === 1) left.push(t('see to 1 place of the roll-out list'));
  else if (openPlaces > 1) left.push(t('see to {0} places of the roll-out list', openPlaces));
  if (moved < total) left.push(t('move {0} of {1} callers', total - moved, total));
  if (deletable) left.push(t('delete the old key, which nothing holds back'));
  return left.length > 0 ? left : [t('wait until the old key is quiet, then delete it')];
}
