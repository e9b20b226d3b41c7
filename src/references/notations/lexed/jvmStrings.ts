import type { Token } from './lexer';
import { endOfHole, escapes, escapeText, type Literal, type Quoting, readQuoted } from './quoted';

type ReadString = (text: string, at: number, before: Token | undefined) => Literal | 'broken' | undefined;

/** Reads the literal of the first kind that begins here. */
function firstOf(text: string, at: number, kinds: readonly Quoting[]): Literal | 'broken' | undefined {
  const kind = kinds.find(({ open }) => text.startsWith(open, at));
  return kind === undefined ? undefined : (readQuoted(text, at, kind) ?? 'broken');
}

/** `$name` and `${…}`; `${'$'}` is how a raw string says `$`. */
function dollarHole(
  text: string,
  at: number,
  read: ReadString,
): { readonly end: number; readonly says?: string } | undefined {
  if (text.charAt(at + 1) !== '{') {
    const name = /^\$[\p{L}_`]\w*/u.exec(text.slice(at, at + 100));
    return name === null ? undefined : { end: at + name[0].length };
  }
  const fixed = /^\$\{(?:'\$'|"\$")\}/.exec(text.slice(at, at + 6));
  if (fixed !== null) return { end: at + fixed[0].length, says: '$' };
  const skip = (source: string, from: number) => {
    const inner = read(source, from, undefined);
    return typeof inner === 'object' ? inner.end : undefined;
  };
  return { end: endOfHole(text, at, skip) };
}

/** A character literal, which no reference is written as. */
function readCharacter(text: string, at: number): Literal | undefined {
  const found = /^'(?:\\u[0-9a-fA-F]{4}|\\.|[^'\\\r\n])'/u.exec(text.slice(at, at + 12))?.[0];
  return found === undefined ? undefined : { end: at + found.length, open: 1, close: 1 };
}

const kotlinHole: Quoting['hole'] = (text, at) => dollarHole(text, at, readKotlinString);
const kotlinKinds: readonly Quoting[] = [
  { open: '"""', close: '"""', multiline: true, greedy: true, hole: kotlinHole },
  { open: '"', close: '"', multiline: false, escape: escapes('tbnr\'"\\$'), hole: kotlinHole },
];

export function readKotlinString(text: string, at: number): Literal | 'broken' | undefined {
  if (text.charAt(at) === "'") return readCharacter(text, at);
  return text.charAt(at) === '"' ? firstOf(text, at, kotlinKinds) : undefined;
}

/**
 * Writes a value as a Kotlin literal of the same kind (docs/facts.md NAME-9). A raw string has no escapes: `$` is written
 * as `${'$'}`, and what it cannot hold at all becomes an ordinary string.
 * @param form `trimIndent`: the call behind the literal takes the common indentation away
 */
export function encodeKotlin(value: string, rawBefore: string, form?: string): string | undefined {
  const raw = rawBefore.startsWith('"""');
  if (!raw || value.includes('"""') || value.includes('\r')) {
    // Behind an ordinary string the call would find nothing to trim, or too much.
    if (form === 'trimIndent' && value !== trimIndent(value)) return undefined;
    return `"${escapeText(value).replaceAll('$', '\\$')}"`;
  }
  const text = value.replaceAll('$', () => `\${'$'}`);
  return `"""${form === 'trimIndent' ? indentLike(text, rawBefore) : text}"""`;
}

/** What `trimIndent()` of Kotlin makes of a text. */
export function trimIndent(text: string): string {
  const lines = text.split(/\r?\n/);
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return lines
    .map((line) => line.slice(indent))
    .filter((line, index) => (index > 0 && index < lines.length - 1) || line.trim() !== '')
    .join('\n');
}

/** Lays the lines of a text out as the old literal had them: on lines of their own, equally far in. */
function indentLike(text: string, rawBefore: string): string {
  const old = rawBefore.slice(3, -3);
  const own = /^[ \t]*\r?\n([ \t]*)/.exec(old);
  const last = /\n([ \t]*)$/.exec(old)?.[1];
  if (own === null || last === undefined) return text;
  const lines = text.split('\n').map((line) => (line === '' ? '' : `${own[1]}${line}`));
  return `\n${lines.join('\n')}\n${last}`;
}

const PREFIXED = /^(?:s|f|raw)(?=")/;
const scalaEscape = escapes('btnfr\'"\\');
/** `$$` says `$` where a prefix makes holes possible. */
const scalaHole: Quoting['hole'] = (text, at) =>
  text.startsWith('$$', at) ? { end: at + 2, says: '$' } : dollarHole(text, at, readScalaString);
const scalaKinds: readonly Quoting[] = ['', 's', 'f', 'raw'].flatMap((prefix): readonly Quoting[] => {
  const holes = prefix === '' ? {} : { hole: scalaHole };
  const escaped = prefix === 's' || prefix === 'f' ? { escape: scalaEscape } : {};
  return [
    { open: `${prefix}"""`, close: '"""', multiline: true, greedy: true, ...holes, ...escaped },
    {
      open: `${prefix}"`,
      close: '"',
      multiline: false,
      ...holes,
      ...(prefix === '' ? { escape: scalaEscape } : escaped),
    },
  ];
});

export function readScalaString(text: string, at: number): Literal | 'broken' | undefined {
  const unit = text.charAt(at);
  if (unit === "'") return readCharacter(text, at);
  if (!'"sfr'.includes(unit) || !(unit === '"' || PREFIXED.test(text.slice(at, at + 4)))) return undefined;
  const literal = firstOf(text, at, scalaKinds);
  if (typeof literal !== 'object' || unit !== 'f') return literal;
  // `%` makes a format of it.
  const { value, ...rest } = literal;
  return value?.includes('%') === true ? rest : literal;
}

/** Writes a value as a Scala literal of the same kind; what that kind cannot hold becomes an ordinary string. */
export function encodeScala(value: string, rawBefore: string): string {
  const prefix = PREFIXED.exec(rawBefore)?.[0] ?? '';
  const plain = `"${escapeText(value)}"`;
  const holds = !value.includes('"""') && !value.includes('\r');
  if (prefix === 'f') return plain;
  const text = prefix === '' ? value : value.replaceAll('$', '$$$$');
  if (rawBefore.startsWith(`${prefix}"""`)) {
    if (!holds || (prefix === 's' && value.includes('\\'))) return plain;
    return `${prefix}"""${text}"""`;
  }
  if (prefix === 'raw') return /["\\\n]/.test(value) ? plain : `raw"${text}"`;
  return prefix === 's' ? `s"${escapeText(text)}"` : plain;
}

/** What may stand before a `/` that begins a string of Groovy, and not a division. */
const BEFORE_SLASHY = /^(?:[(,=[:{;!&|?]|return|\?:|&&|\|\||==|!=|->|=~)$/;

const groovyEscape = escapes('bfnrst\'"\\$', { joinsLines: true });
const groovyHole: Quoting['hole'] = (text, at) => dollarHole(text, at, readGroovyString);
const groovyKinds: readonly Quoting[] = [
  { open: "'''", close: "'''", multiline: true, escape: groovyEscape },
  { open: '"""', close: '"""', multiline: true, escape: groovyEscape, hole: groovyHole },
  { open: "'", close: "'", multiline: false, escape: groovyEscape },
  { open: '"', close: '"', multiline: false, escape: groovyEscape, hole: groovyHole },
  { open: '$/', close: '/$', multiline: true, hole: (_, from) => ({ end: from + 1 }) },
];
const slashy: Quoting = {
  open: '/',
  close: '/',
  multiline: true,
  escape: (text, at) =>
    text.charAt(at + 1) === '/' ? { says: '/', end: at + 2 } : { says: '\\', end: at + 1 },
  hole: groovyHole,
};

export function readGroovyString(
  text: string,
  at: number,
  before: Token | undefined,
): Literal | 'broken' | undefined {
  const unit = text.charAt(at);
  if (unit === '/')
    return before === undefined || BEFORE_SLASHY.test(before.text) ? readQuoted(text, at, slashy) : undefined;
  return '\'"$'.includes(unit) ? firstOf(text, at, groovyKinds) : undefined;
}

/** Writes a value as a Groovy literal of the same kind (docs/facts.md NAME-9). */
export function encodeGroovy(value: string, rawBefore: string): string {
  const quotes = /^(?:'''|"""|['"/])/.exec(rawBefore)?.[0] ?? "'";
  if (quotes === '/')
    // `/*` would begin a comment.
    return /^[^*\\$\r\n][^\\$\r\n]*$/.test(value)
      ? `/${value.replaceAll('/', '\\/')}/`
      : `'${escapeText(value, "'")}'`;
  const dollar = (text: string) => (quotes.startsWith('"') ? text.replaceAll('$', '\\$') : text);
  if (quotes.length === 1) return quotes + dollar(escapeText(value, quotes === '"' ? '"' : "'")) + quotes;
  const kept = value.replaceAll('\\', '\\\\').replaceAll('\r', '\\r');
  // Three in a row, or one at the end, would close it.
  const quote = quotes.charAt(0);
  const safe = kept.replaceAll(new RegExp(`${quote}(?=${quote}{2}|$)`, 'g'), `\\${quote}`);
  return quotes + dollar(safe) + quotes;
}
