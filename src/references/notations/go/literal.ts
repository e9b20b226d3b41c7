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
};

/** What a Go string literal says, or undefined if it is none or holds bytes that are no text. */
export function decodeGoString(raw: string): string | undefined {
  if (raw.length < 2) return undefined;
  // Carriage returns in a raw literal do not count.
  if (raw.startsWith('`')) return raw.endsWith('`') ? raw.slice(1, -1).replaceAll('\r', '') : undefined;
  return raw.startsWith('"') && raw.endsWith('"') ? unescapeGo(raw.slice(1, -1)) : undefined;
}

/** Writes a value as a literal of the same kind as `rawBefore`; a raw one only while it can hold the value. */
export function encodeGoString(value: string, rawBefore: string): string | undefined {
  if (value.includes('\0')) return undefined;
  if (rawBefore.startsWith('`') && !/[`\r\ufeff]/.test(value)) return `\`${value}\``;
  return `"${escapeGo(value)}"`;
}

function escapeGo(value: string): string {
  return (
    value
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t')
      // Right in a file of whatever encoding.
      .replace(/[^\x20-\x7e]/gu, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code > 0xffff
          ? `\\U${code.toString(16).padStart(8, '0')}`
          : `\\u${code.toString(16).padStart(4, '0')}`;
      })
  );
}

function unescapeGo(text: string): string | undefined {
  let known = true;
  const value = text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{3})|([\s\S]?))/g,
    (
      _,
      short: string | undefined,
      long: string | undefined,
      hex: string | undefined,
      octal: string | undefined,
      code: string | undefined,
    ) => {
      const character = readCode(short ?? long, hex === undefined ? octal : hex, hex === undefined ? 8 : 16);
      const result = code === undefined ? character : named[code];
      if (result === undefined) known = false;
      return result ?? '';
    },
  );
  return known ? value : undefined;
}

/** A code point, or one byte that is a character by itself. */
function readCode(codePoint: string | undefined, byte: string | undefined, base: number): string | undefined {
  const code = codePoint === undefined ? Number.parseInt(byte ?? '', base) : Number.parseInt(codePoint, 16);
  return code <= (codePoint === undefined ? 0x7f : 0x10ffff) ? String.fromCodePoint(code) : undefined;
}
