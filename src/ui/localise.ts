import { env, l10n } from 'vscode';
import { plainWords, type Translate, type Words } from './words';

/** The text in the language of VS Code. The first argument is always a literal: a test compares all of them with the bundle. */
export const t: Translate = (message, ...args) => l10n.t(message, ...args);

/** The words for texts about an old key in a rotation. `now` is the service's present, ms UTC. */
export function wordsAt(now: number): Words {
  return plainWords(t, env.language, now);
}
