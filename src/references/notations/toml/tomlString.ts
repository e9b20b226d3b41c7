import { type Layer, layerBuilder } from '../layered/layer';

const NAMED: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

/** The quotes of a TOML string with what they leave out: a line end right behind opening ones that allow several lines. */
function delimitersOf(raw: string): { readonly open: string; readonly close: string } | undefined {
  const close = /^(?:"""|'''|"|')/.exec(raw)?.[0];
  if (close === undefined || raw.length < 2 * close.length || !raw.endsWith(close)) return undefined;
  const lineEnd = close.length === 3 ? (/^\r?\n/.exec(raw.slice(3))?.[0] ?? '') : '';
  return { open: close + lineEnd, close };
}

/** Decodes a TOML string of any of the four kinds, which begins at `base` of the file; undefined if it is none. */
export function decodeTomlString(raw: string, base: number): Layer | undefined {
  const quotes = delimitersOf(raw);
  if (quotes === undefined) return undefined;
  const isBasic = quotes.close.startsWith('"');
  const end = raw.length - quotes.close.length;
  const layer = layerBuilder();
  for (let at = quotes.open.length; at < end; ) {
    const escaped = isBasic && raw.charAt(at) === '\\' ? readEscape(raw.slice(at, end)) : undefined;
    if (isBasic && raw.charAt(at) === '\\' && escaped === undefined) return undefined;
    // A line end of any kind is read as one line feed.
    const isLineEnd = raw.startsWith('\r\n', at);
    const plain = isLineEnd ? { text: '\n', width: 2 } : { text: raw.charAt(at), width: 1 };
    const { text, width } = escaped ?? plain;
    layer.add(text, base + at, base + at + width);
    at += width;
  }
  return layer.build();
}

function readEscape(raw: string): { readonly text: string; readonly width: number } | undefined {
  const hex = /^\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(raw.slice(0, 10));
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
    return code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), width: hex[0].length };
  }
  const folded = /^\\[ \t]*\r?\n\s*/.exec(raw)?.[0];
  if (folded !== undefined) return { text: '', width: folded.length };
  const text = NAMED[raw.charAt(1)];
  return text === undefined ? undefined : { text, width: 2 };
}

/** Writes a value in the delimiters of `rawBefore`, and in others only where these cannot hold it. */
export function encodeTomlString(value: string, rawBefore: string): string | undefined {
  const quotes = delimitersOf(rawBefore);
  if (quotes === undefined) return undefined;
  const { open, close } = quotes;
  const eol = /\r\n/.test(rawBefore) ? '\r\n' : '\n';
  const isPlain = ![...value].some(isControl);
  const lines = value.split('\n').join(eol);
  if (close === "'" && !/['\n]/.test(value) && isPlain) return `'${value}'`;
  if (close === "'''" && !/'''|'$/.test(value) && isPlain) {
    // A line end right behind the quotes is not a part of the value.
    const lead = open.length === 3 && value.startsWith('\n') ? eol : '';
    return open + lead + lines + close;
  }
  if (close === '"""' && isPlain) {
    const escaped = escapeBasic(value.replaceAll('\n', '\0')).replaceAll('\\u0000', eol);
    return open + (open.length === 3 && value.startsWith('\n') ? eol : '') + escaped + close;
  }
  return `"${escapeBasic(value)}"`;
}

/** The inside of a basic string; right in one of several lines too. */
export function escapeBasic(value: string): string {
  return JSON.stringify(value).slice(1, -1).replaceAll('\x7f', '\\u007f');
}

/** Control characters, which stand in no string as they are; a line feed does in some. */
function isControl(letter: string): boolean {
  return (letter < ' ' && letter !== '\n' && letter !== '\t') || letter === '\x7f';
}
