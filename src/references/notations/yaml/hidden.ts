import { type HiddenRange, hiddenLines } from '../../notation';
import { isHarmless, looksLikeName, nameLength } from '../settingNames';
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
    const inside = raw.slice(quote, raw.length - quote);
    const open = quote + (isItem(text, start) ? nameLength(inside) : 0);
    return [{ start, end, open, close: quote }];
  });
}

/** Whether an item of a list begins there, as `- NAME=value` does. */
function isItem(text: string, at: number): boolean {
  return /(?:^|[\n\r])[ \t]*(?:-[ \t]+)+$|[[,]\s*$/.test(text.slice(Math.max(0, at - 200), at));
}
