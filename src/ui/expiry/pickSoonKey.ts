import { window } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import { keyIcon } from '../tree/keyIcon';
import { lifeOf, type NoticeWords, placeText } from './noticeText';
import type { SoonKey } from './soonKeys';

/** Lets the user pick one of the keys that expire soon, of accounts and of credential files, the nearest end on top. */
export async function pickSoonKey(
  keys: readonly SoonKey[],
  words: NoticeWords,
): Promise<SoonKey | undefined> {
  const { t } = words;
  if (keys.length === 0) {
    void window.showInformationMessage(t('No client key expires within the warning period.'));
    return undefined;
  }
  const items = keys.map((key) => ({
    label: `$(${keyIcon(key.expiry.state).icon}) ${shortKeyId(key.id)}`,
    description: lifeOf(key, words),
    detail: placeText(key, words),
    key,
  }));
  const picked = await window.showQuickPick(items, {
    placeHolder: t('Which client key shall be rotated?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.key;
}
