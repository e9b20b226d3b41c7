import { ServiceError } from '../serviceError';
import type { LogRow } from './auditLog';
import { isOwnField } from './entryColumns';

/**
 * The part of the log service's search language that the simulator understands: words, `"quoted text"`,
 * `field: value`, `field: "value"`, `*`, a trailing `*` in a word, `and`, `or`, `not`, parentheses and the phrase form
 * `#"…"`. Text is cut into words at the delimiters of the default index and compared without case; quoted text of
 * several words asks for all of them, in any order (docs/facts.md LOG-10). Words side by side are joined by `and`.
 */
export type Condition =
  | { readonly kind: 'all' }
  | { readonly kind: 'words'; readonly field?: string; readonly words: readonly string[] }
  | { readonly kind: 'present'; readonly field: string }
  | { readonly kind: 'phrase'; readonly field?: string; readonly text: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** Delimiters of the default index of a log store. */
export const DELIMITERS = [
  ...[',', ' ', "'", '"', ';', '=', '(', ')', '[', ']', '{', '}'],
  ...['?', '@', '&', '<', '>', '/', ':', '\n', '\t', '\r'],
];

const SPLIT = new RegExp(
  `[${DELIMITERS.map((each) => `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}]+`,
);
/** More conditions are refused (docs/facts.md LOG-10). */
const MAX_CONDITIONS = 30;

/** The words of a text as the index holds them. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(SPLIT)
    .filter((word) => word !== '');
}

type Token = { readonly kind: 'text' | 'quoted' | 'phrase' | 'sign'; readonly text: string };

/** Parses a search statement (what stands before `|`). */
export function parseSearch(text: string): Condition {
  const tokens = tokenise(text);
  let at = 0;
  let count = 0;
  const isWord = (word: string) => tokens[at]?.kind === 'text' && tokens[at]?.text.toLowerCase() === word;
  const isSign = (sign: string) => tokens[at]?.kind === 'sign' && tokens[at]?.text === sign;

  function either(): Condition {
    let left = both();
    while (isWord('or')) {
      at += 1;
      left = { kind: 'or', left, right: both() };
    }
    return left;
  }
  function both(): Condition {
    let left = single();
    while (at < tokens.length && !isWord('or') && !isSign(')')) {
      if (isWord('and')) at += 1;
      left = { kind: 'and', left, right: single() };
    }
    return left;
  }
  function single(): Condition {
    if (isWord('not')) {
      at += 1;
      const of = single();
      if (of.kind === 'phrase') throw invalidQuery('a phrase cannot be negated');
      return { kind: 'not', of };
    }
    if (isSign('(')) {
      at += 1;
      const inner = either();
      if (!isSign(')')) throw invalidQuery('a closing parenthesis is missing');
      at += 1;
      return inner;
    }
    count += 1;
    if (count > MAX_CONDITIONS) throw invalidQuery(`more than ${MAX_CONDITIONS} conditions`);
    const first = take();
    if (!isSign(':')) return condition(first);
    if (first.kind === 'phrase') throw invalidQuery('a field name is expected');
    at += 1;
    return condition(take(), first.text);
  }
  function take(): Token {
    const token = tokens[at];
    if (token === undefined || token.kind === 'sign' || isWord('and') || isWord('or')) {
      throw invalidQuery('a search word is expected');
    }
    at += 1;
    return token;
  }

  if (tokens.length === 0) return { kind: 'all' };
  const condition_ = either();
  if (at < tokens.length) throw invalidQuery('unexpected text at the end');
  return condition_;
}

function condition(token: Token, field?: string): Condition {
  const named = field === undefined ? {} : { field };
  if (token.kind === 'phrase') return { kind: 'phrase', text: token.text.toLowerCase(), ...named };
  if (token.kind === 'text' && token.text === '*') {
    return field === undefined ? { kind: 'all' } : { kind: 'present', field };
  }
  return { kind: 'words', words: wordsOf(token.text), ...named };
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|(#?)"((?:[^"\\]|\\.)*)"|([():])|([^\s():"]+)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) throw invalidQuery('a quotation mark is not closed');
    const [, hash, quoted, sign, word] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: hash === '#' ? 'phrase' : 'quoted', text: quoted.replace(/\\(.)/g, '$1') });
    } else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (word !== undefined) tokens.push({ kind: 'text', text: word });
  }
  return tokens;
}

/** Whether the statement uses the phrase form anywhere. */
export function hasPhrase(condition: Condition): boolean {
  if (condition.kind === 'and' || condition.kind === 'or') {
    return hasPhrase(condition.left) || hasPhrase(condition.right);
  }
  return condition.kind === 'not' ? hasPhrase(condition.of) : condition.kind === 'phrase';
}

/** The same statement with every phrase taken word by word: what a histogram shows (docs/facts.md LOG-11). */
export function withoutPhrases(condition: Condition): Condition {
  if (condition.kind === 'and' || condition.kind === 'or') {
    return { ...condition, left: withoutPhrases(condition.left), right: withoutPhrases(condition.right) };
  }
  if (condition.kind !== 'phrase') return condition;
  const named = condition.field === undefined ? {} : { field: condition.field };
  return { kind: 'words', words: wordsOf(condition.text), ...named };
}

/** Whether entries of columns with the same pattern all fulfil the condition or all do not. */
export function isDecidedByPattern(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
      return true;
    case 'and':
    case 'or':
      return isDecidedByPattern(condition.left) && isDecidedByPattern(condition.right);
    case 'not':
      return isDecidedByPattern(condition.of);
    default: {
      if (condition.field !== undefined) return !isOwnField(condition.field);
      const texts =
        condition.kind === 'words' ? condition.words : condition.kind === 'phrase' ? [condition.text] : [];
      // Ids in hexadecimal digits, times and durations consist of nothing else.
      return !texts.some((text) => /^[0-9a-f.:tz-]*\*?$/.test(text));
    }
  }
}

/** Whether a row fulfils the condition. */
export function matches(condition: Condition, row: LogRow): boolean {
  switch (condition.kind) {
    case 'all':
      return true;
    case 'and':
      return matches(condition.left, row) && matches(condition.right, row);
    case 'or':
      return matches(condition.left, row) || matches(condition.right, row);
    case 'not':
      return !matches(condition.of, row);
    case 'present':
      return textsOf(row, condition.field).some((text) => text !== '');
    case 'phrase':
      return textsOf(row, condition.field).some((text) => text.toLowerCase().includes(condition.text));
    case 'words':
      return condition.words.every((word) => hasWord(row, word, condition.field));
  }
}

function hasWord(row: LogRow, word: string, field: string | undefined): boolean {
  const prefix = word.endsWith('*') ? word.slice(0, -1) : undefined;
  const wanted = prefix ?? word;
  return textsOf(row, field).some((text) => {
    // Most rows do not contain the text at all: cutting them into words would be the slow part.
    if (!text.toLowerCase().includes(wanted)) return false;
    return wordsOf(text).some((each) => (prefix === undefined ? each === word : each.startsWith(prefix)));
  });
}

function textsOf(row: LogRow, field: string | undefined): string[] {
  const fields: Readonly<Record<string, string | undefined>> = row.fields;
  if (field === undefined) return Object.values(row.fields);
  return Object.hasOwn(fields, field) ? [fields[field] ?? ''] : [];
}

export function invalidQuery(why: string): ServiceError {
  return new ServiceError(400, 'ParameterInvalid', `Invalid query: ${why}.`);
}
