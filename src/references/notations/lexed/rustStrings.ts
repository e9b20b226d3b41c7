import type { Token } from './lexer';
import { type Escape, escapeText, type Literal, readQuoted } from './quoted';

const RAW = /^(?:b|c)?r(#*)"/;

/** Reads a Rust literal (The Rust Reference, *Tokens*). Byte strings have no value: no client takes one. */
export function readRustString(
  text: string,
  at: number,
  before: Token | undefined,
): Literal | 'broken' | undefined {
  if (!'"\'rbc'.includes(text.charAt(at)) || (before?.end === at && before.kind === 'word')) return undefined;
  const head = text.slice(at, at + 260);
  const raw = RAW.exec(head);
  if (raw?.[1] !== undefined) {
    const close = `"${raw[1]}`;
    const literal = readQuoted(text, at, { open: raw[0], close, multiline: true });
    return literal === undefined ? 'broken' : head.startsWith('r') ? literal : withoutValue(literal);
  }
  const prefix = /^[bc]?"/.exec(head)?.[0];
  if (prefix !== undefined) {
    const literal = readQuoted(text, at, { open: prefix, close: '"', multiline: true, escape: readEscape });
    return literal === undefined ? 'broken' : prefix === '"' ? literal : withoutValue(literal);
  }
  // A character, and not a lifetime.
  const character = /^b?'(?:\\u\{[^}]*\}|\\x..|\\.|[^'\\\r\n])'/u.exec(head)?.[0];
  return character === undefined ? undefined : { end: at + character.length, open: 1, close: 1 };
}

/** Writes a value as a Rust literal of the same kind; a raw one gets another `#` only where its text would close it. */
export function encodeRust(value: string, rawBefore: string): string {
  const hashes = RAW.exec(rawBefore)?.[1];
  if (hashes === undefined) return `"${escapeText(value).replaceAll('\0', '\\0')}"`;
  // A bare carriage return is an error in a raw literal.
  if (value.includes('\r')) return `"${escapeText(value)}"`;
  let marks = hashes;
  while (value.includes(`"${marks}`)) marks += '#';
  return `r${marks}"${value}"${marks}`;
}

function withoutValue({ end, open, close }: Literal): Literal {
  return { end, open, close };
}

const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

function readEscape(text: string, at: number): Escape | undefined {
  const named = NAMED[text.charAt(at + 1)];
  if (named !== undefined) return { says: named, end: at + 2 };
  const head = text.slice(at, at + 12);
  const code = /^\\(?:x([0-7][0-9a-fA-F])|u\{([0-9a-fA-F_]{1,8})\})/.exec(head);
  if (code !== null) {
    const point = Number.parseInt((code[1] ?? code[2] ?? '').replaceAll('_', ''), 16);
    return point <= 0x10ffff ? { says: String.fromCodePoint(point), end: at + code[0].length } : undefined;
  }
  // A line that goes on: the indentation of the next is not part of the text.
  const joined = /^\\\r?\n\s*/.exec(text.slice(at, at + 1000));
  return joined === null ? undefined : { says: '', end: at + joined[0].length };
}
