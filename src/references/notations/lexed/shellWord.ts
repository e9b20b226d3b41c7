/** Something in a word that the shell puts a value in place of. */
export interface Expansion {
  readonly kind: 'variable' | 'command' | 'other';
  readonly start: number;
  readonly end: number;
  /** Of a variable. */
  readonly name?: string;
  /** The text that stands for a variable without a value: `${X:-default}`. */
  readonly fallback?: { readonly start: number; readonly end: number; readonly assigns: boolean };
  readonly quoted: boolean;
}

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

/** Finds the `)` of a `$(` whose commands begin at a place. */
export type SkipCommands = (text: string, from: number) => number | undefined;

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
      const escape = readAnsiEscape(text, at);
      if (escape === undefined) say(text.charAt(at), at + 1);
      else say(escape.says, escape.end);
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

/** Writes a value inside of quotes that enclose more than the value. */
export function quoteInside(value: string, quote: string): string {
  return quote === "'" ? value.replaceAll("'", "'\\''") : value.replace(/[\\"$`]/g, '\\$&');
}

function readExpansion(
  text: string,
  at: number,
  quoted: boolean,
  skipCommands: SkipCommands,
): { readonly expansion: Expansion; readonly closed: boolean } | undefined {
  const make = (kind: Expansion['kind'], end: number | undefined, more: Partial<Expansion> = {}) => ({
    expansion: { kind, start: at, end: end ?? text.length, quoted, ...more },
    closed: end !== undefined,
  });
  if (text.charAt(at) === '`') {
    const end = text.indexOf('`', at + 1);
    return make('command', end < 0 ? undefined : end + 1);
  }
  if (text.charAt(at) !== '$') return undefined;
  if (text.startsWith('$((', at)) {
    const end = text.indexOf('))', at);
    return make('other', end < 0 ? undefined : end + 2);
  }
  if (text.startsWith('$(', at)) return make('command', skipCommands(text, at + 2));
  if (text.startsWith('${', at)) return readBraces(text, at, make, quoted, skipCommands);
  const name = /^\$(?:([A-Za-z_]\w*)|[0-9@*#?$!-])/.exec(text.slice(at, at + 200));
  if (name === null) return undefined;
  return make(name[1] === undefined ? 'other' : 'variable', at + name[0].length, {
    ...(name[1] === undefined ? {} : { name: name[1] }),
  });
}

function readBraces<T>(
  text: string,
  at: number,
  make: (kind: Expansion['kind'], end: number | undefined, more?: Partial<Expansion>) => T,
  quoted: boolean,
  skipCommands: SkipCommands,
): T {
  const head = /^\$\{([A-Za-z_]\w*)(:?[-=])?/.exec(text.slice(at, at + 200));
  const start = at + (head?.[0].length ?? 2);
  const end = endOfBraces(text, start, quoted, skipCommands);
  const name = head?.[1];
  if (end === undefined || name === undefined) return make('other', end);
  const operator = head?.[2];
  if (operator === undefined)
    // `${X%.json}` and the like make something else of the value.
    return start === end - 1 ? make('variable', end, { name }) : make('other', end);
  const fallback = { start, end: end - 1, assigns: operator.endsWith('=') };
  return make('variable', end, { name, fallback });
}

function endOfBraces(
  text: string,
  from: number,
  quoted: boolean,
  skipCommands: SkipCommands,
): number | undefined {
  let at = from;
  while (at < text.length) {
    const unit = text.charAt(at);
    if (unit === '}') return at + 1;
    if (unit === '\\') at += 2;
    else if (unit === "'" && !quoted) at = closing(text, at, "'");
    else if (unit === '"') {
      // Inside of double quotes this would be another level of them: nobody writes that, and shells differ.
      if (quoted) return undefined;
      at = closing(text, at, '"');
    } else {
      const inner = readExpansion(text, at, quoted, skipCommands);
      at = inner === undefined ? at + 1 : inner.expansion.end;
    }
  }
  return undefined;
}

function closing(text: string, at: number, quote: string): number {
  const end = text.indexOf(quote, at + 1);
  return end < 0 ? text.length : end + 1;
}

const ANSI: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

function readAnsiEscape(text: string, at: number): { says: string; end: number } | undefined {
  const head = text.slice(at, at + 12);
  const simple = head.startsWith('\\') ? ANSI[head.charAt(1)] : undefined;
  if (simple !== undefined) return { says: simple, end: at + 2 };
  const code = /^\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/.exec(head);
  if (code === null) return undefined;
  const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? code[4] ?? '0', code[4] === undefined ? 16 : 8);
  return point > 0x10ffff ? undefined : { says: String.fromCodePoint(point), end: at + code[0].length };
}

/**
 * Writes a value as a word of a shell (docs/facts.md NAME-9): as it was where that says the same, else in single quotes.
 * @param rawBefore the old word, whose kind of quotes is kept where these can hold the value
 */
export function quoteForShell(value: string, rawBefore: string): string {
  const first = rawBefore.charAt(0);
  const quoted = /^["']|^\$["']/.test(rawBefore);
  if (!quoted && /^[\w./:@%+,\p{L}\p{N}-]+$/u.test(value)) return value;
  // A tilde in quotes is no home.
  if (!quoted && /^~\/[\w./:@%+,\p{L}\p{N}-]+$/u.test(value)) return value;
  if (!quoted && value.startsWith('~/')) return `~/${single(value.slice(2))}`;
  if (first === '"' && /^[^"$`\\!]*$/.test(value)) return `"${value}"`;
  return single(value);
}

function single(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Writes a value inside of `${X:-…}`. */
export function quoteFallback(value: string, quoted: boolean): string {
  if (!quoted) return /^[\w./:@%+,\p{L}\p{N}-]+$/u.test(value) ? value : single(value);
  return value.replace(/[\\"$`}]/g, '\\$&');
}
