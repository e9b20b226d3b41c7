/** What a Java string literal or text block says (Java Language Specification 3.10.5–3.10.7), or undefined if it is none. */
export function decodeJavaString(raw: string): string | undefined {
  if (raw.startsWith('"""')) return decodeTextBlock(raw);
  if (raw.length < 2 || !raw.startsWith('"') || !raw.endsWith('"')) return undefined;
  return unescapeJava(raw.slice(1, -1));
}

/** Writes a value as a Java literal of the same kind as `rawBefore`; anything but a text block becomes a string literal. */
export function encodeJavaString(value: string, rawBefore: string): string {
  const text = escapeJava(value);
  if (!rawBefore.startsWith('"""')) return `"${text}"`;
  const opening = /^"""[ \t\f]*\r?\n[ \t]*/.exec(rawBefore)?.[0] ?? '"""\n';
  // Quotes stand for themselves in a text block, unless they would end it.
  return `${opening}${text.replace(/(?:\\"){3,}|\\"$|\\"/g, (quotes, at: number) =>
    quotes.length > 2 || at + quotes.length === text.length ? quotes : '"',
  )}"""`;
}

function escapeJava(value: string): string {
  return (
    value
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t')
      // Right in every source encoding.
      .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  );
}

const named: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** Undefined for an escape that Java does not know. */
function unescapeJava(text: string): string | undefined {
  let known = true;
  const value = text.replace(
    /\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|(\r?\n)|([\s\S]?))/g,
    (
      _,
      hex: string | undefined,
      octal: string | undefined,
      eol: string | undefined,
      code: string | undefined,
    ) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (eol !== undefined) return '';
      const character = named[code ?? ''];
      if (character === undefined) known = false;
      return character ?? '';
    },
  );
  return known ? value : undefined;
}

/** Strips the indentation common to all lines, the closing delimiter's line included, and white space at line ends. */
function decodeTextBlock(raw: string): string | undefined {
  const opening = /^"""[ \t\f]*\r?\n/.exec(raw)?.[0];
  if (opening === undefined || !raw.endsWith('"""') || raw.length < opening.length + 3) return undefined;
  const lines = raw.slice(opening.length, -3).split(/\r?\n/);
  const counted = lines.filter((line, index) => line.trim() !== '' || index === lines.length - 1);
  const indent = Math.min(...counted.map((line) => line.length - line.trimStart().length));
  return unescapeJava(lines.map((line) => line.slice(indent).trimEnd()).join('\n'));
}
