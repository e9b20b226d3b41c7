import { type Expansion, readAnsiEscape, readExpansion, type SkipCommands } from './shellExpansion';

/** A word of a shell script, or a part of one: what follows a `=`. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
  /** What it says; absent where something is expanded. */
  readonly value?: string;
  readonly expansions: readonly Expansion[];
  /** Whether an argument would be taken for a pattern: `*`, `?`, `[`, `{` outside of quotes. */
  readonly pattern: boolean;
  /** False where a quote or an expansion does not end. */
  readonly closed: boolean;
  /** How it is written where that is not as a word of its own. */
  readonly form?: string;
}

/** Takes every character that a word says, with the place where it is written. */
export type Sink = (says: string, start: number, end: number) => void;

const ENDS = /[\s;&|<>()]/;
const PLAIN = /[\w./:=@%+,-]+/y;
const PLAIN_IN_DOUBLE = /[^"\\$`]+/y;
const PLAIN_IN_SINGLE = /[^']+/y;

/** Reads the word that begins at `from`. Arrays and functions are not words: a bare bracket ends one. */
export function readShellWord(
  text: string,
  from: number,
  skipCommands: SkipCommands,
  sink?: Sink,
): ShellWord {
  const expansions: Expansion[] = [];
  const parts: string[] = [];
  let pattern = false;
  let closed = true;
  let at = from;
  const say = (says: string, end: number) => {
    parts.push(says);
    sink?.(says, at, end);
    at = end;
  };
  const expand = (quoted: boolean): boolean => {
    const found = readExpansion(text, at, quoted, skipCommands);
    if (found === undefined) return false;
    expansions.push(found.expansion);
    closed &&= found.closed;
    at = found.expansion.end;
    return true;
  };
  /** Takes what has no meaning of its own in one piece. */
  const sayRun = (plain: RegExp, stop = text.length) => {
    plain.lastIndex = at;
    const end = Math.min(stop, at + (plain.exec(text)?.[0].length ?? 0));
    if (sink === undefined) {
      parts.push(text.slice(at, end));
      at = end;
    } else while (at < end) say(text.charAt(at), at + 1);
  };
  const readDouble = () => {
    at += 1;
    while (at < text.length && text.charAt(at) !== '"') {
      sayRun(PLAIN_IN_DOUBLE);
      if (at >= text.length || text.charAt(at) === '"') break;
      const escaped = /^\\(?:([$`"\\])|\r?\n)/.exec(text.slice(at, at + 3));
      if (escaped !== null) say(escaped[1] ?? '', at + escaped[0].length);
      else if (!expand(true)) say(text.charAt(at), at + 1);
    }
    closed &&= at < text.length;
    at += 1;
  };
  const readAnsi = () => {
    at += 2;
    while (at < text.length && text.charAt(at) !== "'") {
      const read = readAnsiEscape(text, at);
      if (read === undefined) say(text.charAt(at), at + 1);
      else say(read.says, read.end);
    }
    closed &&= at < text.length;
    at += 1;
  };
  const readSingle = () => {
    const end = text.indexOf("'", at + 1);
    closed &&= end >= 0;
    const stop = end < 0 ? text.length : end;
    at += 1;
    sayRun(PLAIN_IN_SINGLE, stop);
    at += 1;
  };
  while (at < text.length && !ENDS.test(text.charAt(at))) {
    sayRun(PLAIN);
    if (at >= text.length || ENDS.test(text.charAt(at))) break;
    const unit = text.charAt(at);
    if (unit === "'") readSingle();
    else if (unit === '"') readDouble();
    else if (text.startsWith("$'", at)) readAnsi();
    else if (text.startsWith('$"', at)) {
      at += 1;
      readDouble();
    } else if (unit === '\\') {
      const joined = /^\\\r?\n/.exec(text.slice(at, at + 3));
      const letter = String.fromCodePoint(text.codePointAt(at + 1) ?? 0x5c);
      if (joined === null) say(letter, Math.min(text.length, at + 1 + letter.length));
      else say('', at + joined[0].length);
    } else if (unit === '~' && at === from && !/[/\s;&|<>()]/.test(text.charAt(at + 1) || ' ')) {
      // The home of somebody; whose, the machine knows.
      expansions.push({ kind: 'other', start: at, end: at + 1, quoted: false });
      at += 1;
    } else if (!expand(false)) {
      if (/[*?[{]/.test(unit)) pattern = true;
      say(unit, at + 1);
    }
  }
  const end = Math.min(at, text.length);
  return {
    start: from,
    end,
    ...(expansions.length === 0 && closed ? { value: parts.join('') } : {}),
    expansions,
    pattern,
    closed,
  };
}

/**
 * The value behind the head of a word: `NAME=value`, `--flag=value`, or in quotes with its head: `"NAME=value"`.
 * @param head matches the head, and captures the name
 */
export function readHeaded(
  text: string,
  word: ShellWord,
  head: RegExp,
  skipCommands: SkipCommands,
): { readonly name: string; readonly value: ShellWord } | undefined {
  const raw = text.slice(word.start, word.end);
  const plain = head.exec(raw);
  if (plain?.[1] !== undefined)
    return { name: plain[1], value: readShellWord(text, word.start + plain[0].length, skipCommands) };
  const quote = raw.charAt(0);
  // Only where one pair of quotes encloses it all.
  const isQuoted = quote === '"' ? /^"(?:[^"\\]|\\[\s\S])*"$/.test(raw) : /^'[^']*'$/.test(raw);
  const inner = isQuoted ? head.exec(raw.slice(1)) : null;
  if (inner?.[1] === undefined) return undefined;
  const start = word.start + 1 + inner[0].length;
  const { value } = readShellWord(`${quote}${text.slice(start, word.end)}`, 0, () => undefined);
  return {
    name: inner[1],
    value: {
      start,
      end: word.end - 1,
      ...(value === undefined || word.value === undefined ? {} : { value }),
      expansions: [],
      pattern: false,
      closed: true,
      form: `inside${quote}`,
    },
  };
}
