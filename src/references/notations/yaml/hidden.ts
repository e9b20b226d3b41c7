import { type HiddenRange, hiddenLines } from '../../notation';
import { isHarmless, looksLikeName } from '../settingNames';
import type { Lexeme } from './parseYaml';
import type { KeyRanges } from './tree';

/**
 * Everything but names and syntax. Anchors and tags are masked too: a password without the quotes that it needs reads as
 * one.
 */
export function hiddenIn(text: string, lexemes: readonly Lexeme[], keys: KeyRanges): readonly HiddenRange[] {
  return lexemes.flatMap(({ isSyntax, isComment, start, end }) => {
    const raw = text.slice(start, end);
    const key = keys.get(start);
    if (isSyntax || (key !== undefined && key.end === end && looksLikeName(key.name)) || isHarmless(raw))
      return [];
    if (isComment || raw.includes('\n')) return hiddenLines(text, start, end);
    const quote = /^(['"])[\s\S]*\1$/.test(raw) && raw.length > 1 ? 1 : 0;
    // `- NAME=value`
    const name = /^[A-Za-z_][\w.-]*(?==)/.exec(raw.slice(quote))?.[0];
    const open = quote + (name !== undefined && looksLikeName(name) ? name.length + 1 : 0);
    return open + quote >= raw.length && quote === 0 ? [] : [{ start, end, open, close: quote }];
  });
}
