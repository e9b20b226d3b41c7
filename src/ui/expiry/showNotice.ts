import { commands, window } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import type { ExpiryThresholds } from '../../model/expiry';
import { COMMANDS } from '../commandIds';
import { keyIcon } from '../tree/keyIcon';
import type { NoticeWish } from './noticeBook';
import { lifeOf, type NoticeWords, noticeText, placeText, snoozeChoices } from './noticeText';
import type { SoonKey } from './soonKeys';

/** Shows one notification for keys that are due; resolves with what the user wants, once it is answered or closed. */
export async function showNotice(
  keys: readonly SoonKey[],
  thresholds: ExpiryThresholds,
  words: NoticeWords,
): Promise<NoticeWish | undefined> {
  const { t } = words;
  const buttons = { rotate: t('Rotate…'), snooze: t('Snooze…'), silence: t("Don't Show Again") };
  const text = noticeText(keys, words);
  const isUrgent = keys.some(({ expiry }) => expiry.state !== 'expiring');
  const show = isUrgent ? window.showWarningMessage : window.showInformationMessage;
  const choice = await show(text, buttons.rotate, buttons.snooze, buttons.silence);
  if (choice === buttons.silence) return { silenced: true };
  if (choice === buttons.snooze) {
    const picked = await window.showQuickPick(snoozeChoices(keys, thresholds, words), {
      title: t('Snooze'),
      placeHolder: text,
    });
    return picked?.until === undefined ? undefined : { snoozedUntil: picked.until };
  }
  // Not waited for: what follows takes as long as it takes, and others may be told meanwhile.
  if (choice === buttons.rotate) void rotateOneOf(keys, words);
  return undefined;
}

async function rotateOneOf(keys: readonly SoonKey[], words: NoticeWords): Promise<void> {
  const { t } = words;
  const items = keys.map((key) => ({
    label: `$(${keyIcon(key.expiry.state).icon}) ${shortKeyId(key.id)}`,
    description: lifeOf(key, words),
    detail: placeText(key, words),
    keyId: key.id,
  }));
  const picked =
    items.length === 1
      ? items[0]
      : await window.showQuickPick(items, {
          placeHolder: t('Which client key shall be rotated?'),
          matchOnDescription: true,
          matchOnDetail: true,
        });
  if (picked) await commands.executeCommand(COMMANDS.rotate, { keyId: picked.keyId });
}
