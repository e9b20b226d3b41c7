import type { HiddenRange } from '../../notation';
import type { Literal } from './quoted';

/** A word, number, string or mark of a source. Comments are no tokens: they may stand anywhere between. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'mark';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether it is the first of its line. */
  readonly first: boolean;
  readonly literal?: Literal;
}

/** A source cut into tokens. */
export interface Lexed {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** For a bracket the index of the other one, else its own index. */
  readonly partner: readonly number[];
  /** The index of the opening bracket around a token, -1 outside of all. */
  readonly parent: readonly number[];
  readonly comments: readonly HiddenRange[];
  /** False where a literal or comment does not end, or brackets do not match: then not much is known. */
  readonly complete: boolean;
}

/** What differs from language to language. */
export interface LexRules {
  /** Matches a name at `lastIndex`; sticky. */
  readonly word: RegExp;
  readonly lineComments: readonly string[];
  /** Whether block comments nest. */
  readonly nested: boolean;
  /**
   * Reads the string literal that begins at `at`. `'broken'` where one begins and does not end, undefined where none begins.
   */
  readString(text: string, at: number, before: Token | undefined): Literal | 'broken' | undefined;
}

const MARKS = /\?:|\?\.|::|->|=>|<-|[=!<>:+*/-]=|&&|\|\||!!|\.\.|[^\s]/y;
const SPACE = /\s+/y;
const NUMBER = /\d\w*(?:\.\d\w*)?/y;
const OPENING = '([{';
const CLOSING = ')]}';

/** Cuts a source into tokens. `checkTime` throws when it takes too long. */
export function lex(text: string, rules: LexRules, checkTime: () => void): Lexed {
  const tokens: Token[] = [];
  const comments: HiddenRange[] = [];
  let complete = true;
  let first = true;
  let at = text.startsWith('#!') ? endOfLine(text, 0) : 0;
  while (at < text.length) {
    SPACE.lastIndex = at;
    if (SPACE.test(text)) {
      if (text.slice(at, SPACE.lastIndex).includes('\n')) first = true;
      at = SPACE.lastIndex;
      continue;
    }
    const unit = text.charAt(at);
    if (tokens.length % 1024 === 0) checkTime();
    const comment = unit === '/' || unit === '#' ? readComment(text, at, rules) : undefined;
    if (comment !== undefined) {
      comments.push(comment);
      complete &&= comment.closed;
      at = comment.end;
      continue;
    }
    const literal = rules.readString(text, at, tokens[tokens.length - 1]);
    if (literal === 'broken') complete = false;
    const read = typeof literal === 'object' ? literal : undefined;
    const [kind, end] =
      read !== undefined ? (['string', read.end] as const) : wordOrMark(text, at, rules.word);
    tokens.push({
      kind,
      start: at,
      end,
      text: text.slice(at, end),
      first,
      ...(read ? { literal: read } : {}),
    });
    first = false;
    at = end;
  }
  const { partner, parent, balanced } = matchBrackets(tokens);
  return { text, tokens, partner, parent, comments, complete: complete && balanced };
}

/** Every string and every comment of a source; all lines of one in which not everything was understood. */
export function hiddenOf({ tokens, comments }: Lexed): readonly HiddenRange[] {
  const strings = tokens.flatMap(({ start, end, literal }) =>
    literal === undefined ? [] : [{ start, end, open: literal.open, close: literal.close }],
  );
  return [...strings, ...comments].sort((one, other) => one.start - other.start);
}

function wordOrMark(text: string, at: number, word: RegExp): readonly [Token['kind'], number] {
  const ofWord = lengthOf(word, text, at);
  if (ofWord > 0) return ['word', at + ofWord];
  const ofNumber = lengthOf(NUMBER, text, at);
  return ofNumber > 0 ? ['number', at + ofNumber] : ['mark', at + Math.max(1, lengthOf(MARKS, text, at))];
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

function readComment(text: string, at: number, rules: LexRules) {
  const mark = rules.lineComments.find((one) => text.startsWith(one, at));
  if (mark !== undefined)
    return { start: at, end: trimmedEnd(text, at, endOfLine(text, at)), open: mark.length, closed: true };
  if (!text.startsWith('/*', at)) return undefined;
  let depth = 1;
  let here = at + 2;
  while (depth > 0) {
    const close = text.indexOf('*/', here);
    if (close < 0) return { start: at, end: text.length, open: 2, closed: false };
    const open = rules.nested ? text.indexOf('/*', here) : -1;
    const opens = open >= 0 && open < close;
    depth += opens ? 1 : -1;
    here = (opens ? open : close) + 2;
  }
  return { start: at, end: here, open: 2, close: 2, closed: true };
}

/** Comments end before the carriage return of a line. */
function trimmedEnd(text: string, from: number, end: number): number {
  return end > from && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function matchBrackets(tokens: readonly Token[]) {
  const partner = tokens.map((_, index) => index);
  const parent: number[] = [];
  const open: number[] = [];
  let balanced = true;
  tokens.forEach(({ kind, text }, index) => {
    const closes = kind === 'mark' ? CLOSING.indexOf(text) : -1;
    if (closes >= 0) {
      const mate = open[open.length - 1];
      if (mate !== undefined && tokens[mate]?.text === OPENING.charAt(closes)) {
        open.pop();
        partner[mate] = index;
        partner[index] = mate;
      } else balanced = false;
    }
    parent.push(open[open.length - 1] ?? -1);
    if (kind === 'mark' && OPENING.includes(text)) open.push(index);
  });
  return { partner, parent, balanced: balanced && open.length === 0 };
}
