const LITERAL = /^([rRbBuUfF]{0,2})("""|'''|"|')([\s\S]*)\2$/;

const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** What a Python string or bytes literal says, or undefined if it is none. Holes of an f-string are not looked for. */
export function decodePythonString(raw: string): string | undefined {
  const [, prefix, , inner] = LITERAL.exec(raw) ?? [];
  if (prefix === undefined || inner === undefined) return undefined;
  const text = inner.replaceAll(/\r\n?/g, '\n');
  const value = /r/i.test(prefix) ? text : unescapePython(text, /b/i.test(prefix));
  return /f/i.test(prefix) ? value?.replaceAll('{{', '{').replaceAll('}}', '}') : value;
}

/** How the quotes of a literal are written: prefix and opening quotes, closing quotes. */
export function pythonQuotes(raw: string): { readonly open: number; readonly close: number } {
  const [, prefix = '', quotes = ''] = LITERAL.exec(raw) ?? [];
  return { open: prefix.length + quotes.length, close: quotes.length };
}

/**
 * Writes a value as a literal with the prefix and quotes of `rawBefore` (of a concatenation: of its first part); what a raw
 * literal cannot hold becomes an ordinary one.
 */
export function encodePythonString(value: string, rawBefore: string): string | undefined {
  const [, prefix = '', quotes = '"'] = /^([rRbBuUfF]{0,2})("""|'''|"|')/.exec(rawBefore) ?? [];
  const isBytes = /b/i.test(prefix);
  if (value.includes('\0') || (isBytes && /\P{ASCII}/u.test(value))) return undefined;
  const text = /f/i.test(prefix) ? value.replaceAll(/[{}]/g, '$&$&') : value;
  const eol = /\r\n|\n/.exec(rawBefore)?.[0];
  // Lines stay lines only where there were lines before.
  const lines = quotes.length === 3 && eol !== undefined && !text.includes('\r');
  if (/r/i.test(prefix) && canBeRaw(text, quotes, lines))
    return prefix + quotes + text.replaceAll('\n', eol ?? '\n') + quotes;
  const ascii = !/\P{ASCII}/u.test(rawBefore);
  const escaped = escapePython(text, quotes, ascii);
  const written = lines
    ? escaped.replaceAll('\\n', (whole, at: number) => (isEscape(escaped, at) ? eol : whole))
    : escaped;
  return prefix.replace(/r/i, '') + quotes + written + quotes;
}

/** Whether the backslash at some place begins an escape, and is not the second one of `\\\\`. */
function isEscape(text: string, at: number): boolean {
  const before = /\\*$/.exec(text.slice(0, at))?.[0].length ?? 0;
  return before % 2 === 0;
}

function canBeRaw(value: string, quotes: string, lines: boolean): boolean {
  const fits =
    quotes.length === 3
      ? !value.includes(quotes) && !value.endsWith(quotes.charAt(0))
      : !value.includes(quotes);
  return fits && !value.endsWith('\\') && (lines ? !/\r/.test(value) : !/[\r\n]/.test(value));
}

function escapePython(value: string, quotes: string, ascii: boolean): string {
  const quote = quotes.charAt(0);
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/\p{Cc}/gu, (unit) => `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/\P{ASCII}/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      if (!ascii) return character;
      return code > 0xffff
        ? `\\U${code.toString(16).padStart(8, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    });
  if (quotes.length === 1) return escaped.replaceAll(quote, `\\${quote}`);
  // Quotes stand for themselves between three, unless they would end it.
  return escaped
    .replaceAll(quotes, `\\${quote}\\${quote}\\${quote}`)
    .replace(new RegExp(`${quote}$`), `\\${quote}`);
}

/** Undefined for a character by its Unicode name. Escapes that Python does not know stand for themselves. */
function unescapePython(text: string, isBytes: boolean): string | undefined {
  if (!isBytes && /(?<!\\)(?:\\\\)*\\N\{/.test(text)) return undefined;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (
      whole,
      hex: string | undefined,
      short: string | undefined,
      long: string | undefined,
      octal: string | undefined,
      code: string | undefined,
    ) => {
      if (code !== undefined) return named[code] ?? whole;
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const point = Number.parseInt(short ?? long ?? '', 16);
      return isBytes || point > 0x10ffff ? whole : String.fromCodePoint(point);
    },
  );
}
