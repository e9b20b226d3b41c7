import { window } from 'vscode';
import type { News } from './news';
import { type NewsFacts, type NewsWords, newsText } from './newsText';
import type { WatchWish } from './watchBook';

export interface NewsActions {
  /** *Delete old key…* with its own questions and its own fresh verdict. */
  deleteOldKey(rotationId: string): void;
  openAudit(rotationId: string): void;
  openRotation(rotationId: string): void;
}

/** Shows one notification; resolves with what the user wants, once it is answered or closed. */
export async function showNews(
  news: News,
  facts: NewsFacts,
  actions: NewsActions,
  words: NewsWords,
): Promise<WatchWish | undefined> {
  const { t } = words;
  const { rotationId, kind } = news;
  const remove = t('Delete…');
  const audit = t('Open Audit');
  const open = t('Open Rotation');
  const silence = t("Don't Remind Me");
  const buttons = { quiet: [remove, audit], woke: [audit], reminder: [open, audit, silence] }[kind];
  const isUrgent = kind === 'woke' || news.recalls.includes('ending');
  const show = isUrgent ? window.showWarningMessage : window.showInformationMessage;
  const choice = await show(newsText(news, facts, words), ...buttons);
  if (choice === silence) return { silenced: true };
  // Not waited for: what follows takes as long as it takes, and others may be told meanwhile.
  if (choice === remove) actions.deleteOldKey(rotationId);
  if (choice === audit) actions.openAudit(rotationId);
  if (choice === open) actions.openRotation(rotationId);
  return undefined;
}
