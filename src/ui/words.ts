import { exactTime, relativeTime } from '../model/timeText';

/** `vscode.l10n.t`, or in a test anything of its form. Always called with a literal first, so that the strings can be collected. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** What a sentence about a key needs: the language, how moments are told, and what the key is called. */
export interface Words {
  readonly t: Translate;
  /** BCP 47. */
  readonly locale: string;
  /** `the old key` in a rotation, else `this key`. */
  readonly key: string;
  /** A moment in ms UTC, relative: `2 minutes ago`. */
  ago(at: number): string;
  /** A moment in ms UTC: date, time and zone. */
  exact(at: number): string;
}

/**
 * Words for plain text, such as a tree row or a question.
 * @param now the service's present, ms UTC
 * @param subject `oldKey` in a rotation; `thisKey` where only one key is spoken of
 */
export function plainWords(
  t: Translate,
  locale: string,
  now: number,
  subject: 'oldKey' | 'thisKey' = 'oldKey',
): Words {
  return {
    t,
    locale,
    key: subject === 'oldKey' ? t('the old key') : t('this key'),
    ago: (at) => relativeTime(at, now, locale),
    exact: (at) => exactTime(at, locale),
  };
}

// Controls, line breaks, marks that turn the writing direction, and private-use characters.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Text from the log, which whoever calls KMS may choose, made fit for one line of a sentence. */
export function printable(text: string, maxLength = 120): string {
  const clean = text.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
}

/** At the beginning of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
