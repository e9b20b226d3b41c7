// The string literals of C# (language specification 6.4.5.6, raw literals of C# 11). Line ends inside a literal are read
// as line feeds and written as they were: JSON does not mind, and a file keeps its own.

/** What a literal without holes says, or undefined where it is no single string literal. */
export function decodeCsharpString(raw: string): string | undefined {
  const regular = /^"((?:[^"\\\r\n]|\\.)*)"$/.exec(raw);
  if (regular !== null && !raw.startsWith('"""')) return readEscapes(regular[1] ?? '');
  const verbatim = /^@"((?:[^"]|"")*)"$/.exec(raw);
  if (verbatim !== null) return (verbatim[1] ?? '').replaceAll('""', '"').replaceAll('\r\n', '\n');
  return decodeRaw(raw);
}

/** Writes a value in the same kind of literal; in place of a concatenation, as a regular one. */
export function encodeCsharpString(value: string, rawBefore: string): string | undefined {
  if (decodeCsharpString(rawBefore) === undefined) return encodeRegular(value);
  const eol = rawBefore.includes('\r\n') ? '\r\n' : '\n';
  if (rawBefore.startsWith('@')) return `@"${value.replaceAll('"', '""').replaceAll('\n', eol)}"`;
  const quotes = rawQuotes(rawBefore);
  return quotes === '' ? encodeRegular(value) : encodeRaw(value, rawBefore, quotes, eol);
}

/** How many characters at both ends of a literal are not its text. */
export function csharpQuotes(raw: string): { readonly open: number; readonly close: number } {
  const quotes = rawQuotes(raw);
  if (quotes !== '')
    return raw.length >= 2 * quotes.length && raw.endsWith(quotes)
      ? { open: raw.indexOf(quotes) + quotes.length, close: quotes.length }
      : { open: 0, close: 0 };
  const opening = /^[$@]*"/.exec(raw)?.[0] ?? '';
  const closed = opening !== '' && raw.length > opening.length && /"(?:u8)?$/i.test(raw);
  return closed ? { open: opening.length, close: raw.endsWith('"') ? 1 : 3 } : { open: 0, close: 0 };
}

/** The quotes of a raw literal, three or more; empty for another literal. */
function rawQuotes(raw: string): string {
  return /^\$*("{3,})/.exec(raw)?.[1] ?? '';
}

function decodeRaw(raw: string): string | undefined {
  const quotes = rawQuotes(raw);
  if (quotes === '' || raw.startsWith('$') || raw.length < 2 * quotes.length || !raw.endsWith(quotes))
    return undefined;
  const inner = raw.slice(quotes.length, -quotes.length).replaceAll('\r\n', '\n');
  // Nothing but quotes: where the text would begin cannot be told.
  if (inner === '') return undefined;
  if (!inner.includes('\n')) return inner;
  const lines = inner.split('\n');
  const indent = lines.pop() ?? '';
  const opening = lines.shift() ?? '';
  if (opening.trim() !== '' || indent.trim() !== '' || lines.length === 0) return undefined;
  const text = lines.map((line) => {
    if (line.startsWith(indent)) return line.slice(indent.length);
    return line.trim() === '' ? '' : undefined;
  });
  return text.every((line) => line !== undefined) ? text.join('\n') : undefined;
}

function encodeRaw(value: string, rawBefore: string, quotes: string, eol: string): string | undefined {
  // A carriage return alone would be a line end as well.
  if (value === '' || value.includes('\r')) return undefined;
  const longest = Math.max(0, ...[...value.matchAll(/"+/g)].map(([run]) => run.length));
  const marks = longest < quotes.length ? quotes : '"'.repeat(longest + 1);
  const inner = rawBefore.slice(quotes.length, -quotes.length);
  if (!inner.includes('\n') && !value.includes('\n'))
    return value.startsWith('"') || value.endsWith('"') ? undefined : `${marks}${value}${marks}`;
  const opening = /^[ \t]*(?=\r?\n)/.exec(inner)?.[0] ?? '';
  const indent = inner.includes('\n') ? (/[ \t]*$/.exec(inner)?.[0] ?? '') : '';
  const lines = value.split('\n').map((line) => (line === '' ? '' : indent + line));
  return `${marks}${opening}${eol}${lines.join(eol)}${eol}${indent}${marks}`;
}

function encodeRegular(value: string): string {
  return `"${value
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // What ends a line, and what cannot be seen.
    .replace(/[\p{Cc}\u2028\u2029]/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

const named: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Undefined for an escape that C# does not know. */
function readEscapes(text: string): string | undefined {
  let known = true;
  const value = text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,4})|(.))/g,
    (_, short?: string, long?: string, hex?: string, code?: string) => {
      const digits = short ?? long ?? hex;
      const point = digits === undefined ? undefined : Number.parseInt(digits, 16);
      if (point !== undefined && point <= 0x10ffff) return String.fromCodePoint(point);
      const character = named[code ?? ''];
      if (character === undefined) known = false;
      return character ?? '';
    },
  );
  return known ? value : undefined;
}
