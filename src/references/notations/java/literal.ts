/** What a Java string literal or text block says (Java Language Specification 3.10.5–3.10.7), or undefined if it is none. */
export function decodeJavaString(raw: string): string | undefined {
  if (raw.startsWith('"""')) return decodeTextBlock(raw);
  if (raw.length < 2 || !raw.startsWith('"') || !raw.endsWith('"')) return undefined;
  return unescapeJava(raw.slice(1, -1));
}

/** Writes a value as a Java literal of the same kind as `rawBefore`; anything but a text block becomes a string literal. */
export function encodeJavaString(value: string, rawBefore: string): string {
  if (!rawBefore.startsWith('"""')) return `"${escapeJava(value)}"`;
  const [opening = '"""\n', eol = '\n'] = /^"""[ \t\f]*(\r?\n)/.exec(rawBefore) ?? [];
  const before = rawBefore.slice(opening.length, -3).split(/\r?\n/);
  const indent = /^[ \t]*/.exec(before.find(isCounted) ?? '')?.[0].slice(0, indentOf(before)) ?? '';
  const lines = value.split('\n');
  // Indentation that all lines have in common does not count. A closing delimiter on a line of its own says what that is.
  const isClosedApart = lines.length > 1 && lines.at(-1) === '';
  const isFlush = isClosedApart || lines.some((line) => /^[^ \t]/.test(line));
  const parts = isFlush ? lines : [value];
  const written = parts.map((line, index) => {
    const isLast = index === parts.length - 1;
    if (line === '') return isLast ? indent : '';
    // A quote before the closing ones would be taken for one of these.
    const text = isLast && line.endsWith('"') ? `${escapeLine(line.slice(0, -1))}\\"` : escapeLine(line);
    return indent + (isFlush ? text : text.replace(/^ /, '\\s'));
  });
  return `${opening}${written.join(eol)}"""`;
}

/** Three quotes would end the block; white space at the end of a line does not count. */
function escapeLine(line: string): string {
  const text = escapeJava(line).replace(/ $/, '\\s');
  return text.replace(/(?:\\")+/g, (quotes) => (quotes.length > 4 ? quotes : quotes.replaceAll('\\"', '"')));
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
  const indent = indentOf(lines);
  return unescapeJava(lines.map((line) => line.slice(indent).trimEnd()).join('\n'));
}

/** White space in front that all lines have in common, blank ones left out. The one before the closing delimiter counts. */
function indentOf(lines: readonly string[]): number {
  const counted = lines.filter((line, index) => isCounted(line) || index === lines.length - 1);
  return Math.min(...counted.map((line) => line.length - line.trimStart().length));
}

function isCounted(line: string): boolean {
  return line.trim() !== '';
}
