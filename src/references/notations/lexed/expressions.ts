import type { Dialect } from './dialect';
import type { Lexed } from './lexer';

/** A range of tokens. */
type Range = readonly [from: number, to: number];

/** Cuts a source into expressions, by brackets and line ends alone. */
export interface Expressions {
  /** The index behind the expression that begins at `from`. */
  endOf(from: number): number;
  /** The arguments of the call whose bracket opens at `open`. */
  argumentsOf(open: number): readonly Range[];
  /** Where `test` holds outside of brackets, the first place. */
  topLevel(from: number, to: number, test: RegExp): number | undefined;
  wordsIn(from: number, to: number): readonly number[];
  /** Without names of character sets. */
  stringsIn(from: number, to: number): readonly number[];
  /** Without brackets, signs and calls around it that do not count. */
  unwrapped(first: number, last: number): Range;
  /** `|_| x` gives x. */
  skipClosure(range: Range): Range;
}

/** Calls around a text that leave it what it is. */
export const HARMLESS = new Set(
  (
    'into to_string to_owned to_vec into_bytes as_str as_bytes clone unwrap expect String from new Some Secret ' +
    'SecretString Zeroizing toString trim toByteArray getBytes toCharArray Option const'
  ).split(' '),
);
const CHARSET = /^(?:utf-?8|gbk|iso-8859-1|us-ascii)$/i;
const GOES_ON_BEFORE = /^(?:[+.=([,]|\?\.|\?:|::|->|=>|&&|\|\|)$/;
const GOES_ON = /^(?:[.+]|\?\.|\?:|::|&&|\|\|)$/;

export function readExpressions(lexed: Lexed, dialect: Dialect): Expressions {
  const { tokens, partner } = lexed;
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const isWord = (index: number) => tokens[index]?.kind === 'word';

  function endOf(from: number): number {
    let at = from;
    while (at < tokens.length) {
      const token = textAt(at);
      if (/^[,;)\]}]$/.test(token)) return at;
      const fresh = dialect.lines && at > from && tokens[at]?.first === true;
      if (fresh && !GOES_ON.test(token) && !GOES_ON_BEFORE.test(textAt(at - 1))) return at;
      at = Math.max(at, partner[at] ?? at) + 1;
    }
    return at;
  }

  function argumentsOf(open: number): readonly (readonly [number, number])[] {
    const close = partner[open] ?? open;
    const found: (readonly [number, number])[] = [];
    let from = open + 1;
    for (let at = from; at <= close; at = Math.max(at, partner[at] ?? at) + 1) {
      if (at < close && textAt(at) !== ',') continue;
      if (at > from) found.push([from, at]);
      from = at + 1;
      if (at === close) break;
    }
    return found;
  }

  /** Where `test` holds outside of brackets, the first place. */
  function topLevel(from: number, to: number, test: RegExp): number | undefined {
    for (let at = from; at < to; at = Math.max(at, partner[at] ?? at) + 1)
      if (tokens[at]?.kind !== 'string' && test.test(textAt(at))) return at;
    return undefined;
  }

  function wordsIn(from: number, to: number): readonly number[] {
    return indices(from, to).filter(isWord);
  }

  function stringsIn(from: number, to: number): readonly number[] {
    return indices(from, to).filter(
      (at) => tokens[at]?.kind === 'string' && !CHARSET.test(tokens[at]?.literal?.value ?? ''),
    );
  }

  /** Without brackets and signs around it that do not count. */
  function unwrapped(first: number, last: number): readonly [number, number] {
    let [from, to] = [first, last];
    while (from < to) {
      if (/^[&*]$|^mut$/.test(textAt(from))) from += 1;
      else if (/^(?:\?|!!)$/.test(textAt(to - 1))) to -= 1;
      else if (textAt(from) === '(' && partner[from] === to - 1) [from, to] = [from + 1, to - 1];
      else {
        const inner = withoutCall(from, to);
        if (inner === undefined) break;
        [from, to] = inner;
      }
    }
    return [from, to];
  }

  /** `x.into()` and `String::from(x)` give x. */
  function withoutCall(from: number, to: number): readonly [number, number] | undefined {
    const open = textAt(to - 1) === ')' ? (partner[to - 1] ?? to - 1) : to - 1;
    // `Zeroizing::new(x)`
    const isNew = textAt(open - 1) === 'new' && textAt(open - 2) === '::';
    if (open === to - 1 || open <= from || !HARMLESS.has(textAt(isNew ? open - 3 : open - 1)))
      return undefined;
    const before = textAt(open - 2);
    if (/^(?:\.|\?\.)$/.test(before) && open - 2 > from)
      return open === to - 2 || textAt(open - 1) === 'expect' ? [from, open - 2] : undefined;
    const isPath = indices(from, open).every((at) => isWord(at) || textAt(at) === '::');
    return isPath && open < to - 2 ? [open + 1, to - 1] : undefined;
  }

  /** `|_| x` gives x. */
  function skipClosure([from, to]: readonly [number, number]): readonly [number, number] {
    const close = textAt(from) === '|' ? indices(from + 1, to).find((at) => textAt(at) === '|') : undefined;
    return [textAt(from) === '||' ? from + 1 : (close ?? from - 1) + 1, to];
  }

  return { endOf, argumentsOf, topLevel, wordsIn, stringsIn, unwrapped, skipClosure };
}

/** All indices of a range. */
export function indices(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
