import { commands, window } from 'vscode';
import type { ExpiryThresholds } from '../../model/expiry';
import { COMMANDS } from '../commandIds';
import type { NoticeWish } from './noticeBook';
import { type NoticeWords, noticeText, snoozeChoices } from './noticeText';
import { pickSoonKey } from './pickSoonKey';
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
  if (choice === buttons.rotate) void rotateNoticed(keys, words);
  return undefined;
}

async function rotateNoticed(keys: readonly SoonKey[], words: NoticeWords): Promise<void> {
  const [only, ...others] = keys;
  const key = others.length === 0 ? only : await pickSoonKey(keys, words);
  if (key) await commands.executeCommand(COMMANDS.rotate, { keyId: key.id });
}
