import { env, l10n } from 'vscode';
import { plainWords, type Translate, type Words } from './words';

/** The text in the language of VS Code. The first argument is always a literal: a test compares all of them with the bundle. */
export const t: Translate = (message, ...args) => l10n.t(message, ...args);

/** The language that the texts are in, BCP 47: English unless there is a bundle. Dates in another one would not fit into them. */
export function textLocale(): string {
  return l10n.bundle === undefined ? 'en' : env.language;
}

/** The words for texts about an old key in a rotation. `now` is the service's present, ms UTC. */
export function wordsAt(now: number): Words {
  return plainWords(t, textLocale(), now);
}
