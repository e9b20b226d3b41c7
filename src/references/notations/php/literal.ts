// The four kinds of string literals of PHP (manual, "Strings"). Line ends inside a literal are read as line feeds and
// written as they were: JSON does not mind, and a file keeps its own.

/** What stands in front of and behind the text of a literal; undefined for a literal that is not closed. */
interface Shape {
  readonly kind: 'single' | 'double' | 'heredoc' | 'nowdoc';
  readonly open: string;
  readonly close: string;
  readonly body: string;
}

const HEREDOC = /^[bB]?<<<[ \t]*(?:"(\w+)"|'(\w+)'|(\w+))[ \t]*(\r?\n)/;

/** What a literal without variables in it says, or undefined where that is not text or it is no single literal. */
export function decodePhpString(raw: string): string | undefined {
  const shape = readShape(raw);
  if (shape === undefined) return undefined;
  const body = shape.body.replaceAll('\r\n', '\n');
  switch (shape.kind) {
    case 'single':
      return body.replace(/\\([\\'])/g, '$1');
    case 'double':
      return readEscapes(body, true);
    default: {
      const text = unindent(body, indentOf(shape));
      return shape.kind === 'nowdoc' || text === undefined ? text : readEscapes(text, false);
    }
  }
}

/** Writes a value in the same kind of literal; in place of a concatenation, in the kind that this begins with. */
export function encodePhpString(value: string, rawBefore: string): string | undefined {
  const shape = readShape(rawBefore);
  const eol = rawBefore.includes('\r\n') ? '\r\n' : '\n';
  if (shape?.kind === 'heredoc' || shape?.kind === 'nowdoc') return encodeHeredoc(value, shape, eol);
  // A concatenation puts its line ends as `\n` between double quotes.
  const single =
    shape === undefined
      ? /["']/.exec(rawBefore)?.[0] === "'" && !value.includes('\n')
      : shape.kind === 'single';
  const prefix = /^[bB](?=["'])/.exec(rawBefore)?.[0] ?? '';
  if (!single) {
    const lineEnd = shape?.body.includes('\n') === true ? eol : '\\n';
    return `${prefix}"${writeEscapes(value).replaceAll('"', '\\"').replaceAll('\n', lineEnd)}"`;
  }
  // A backslash stands for itself unless it would escape something; paths are written both ways.
  const special = /\\\\/.test(rawBefore) ? /[\\']/g : /\\(?=[\\']|$)|'/g;
  return `${prefix}'${value.replace(special, '\\$&').replaceAll('\n', eol)}'`;
}

/** How many characters at both ends of a literal are not its text. */
export function phpQuotes(raw: string): { readonly open: number; readonly close: number } {
  const shape = readShape(raw);
  return { open: shape?.open.length ?? 0, close: shape?.close.length ?? 0 };
}

function readShape(raw: string): Shape | undefined {
  const quoted = /^([bB]?)(?:'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)")$/.exec(raw);
  if (quoted !== null) {
    const [, prefix = '', single, double = ''] = quoted;
    if (single !== undefined) return { kind: 'single', open: `${prefix}'`, close: "'", body: single };
    return { kind: 'double', open: `${prefix}"`, close: '"', body: double };
  }
  const opening = HEREDOC.exec(raw);
  if (opening === null) return undefined;
  const [open, double, single, bare, eol = ''] = opening;
  const closing = new RegExp(`(?:^|\\r?\\n)[ \\t]*${double ?? single ?? bare}$`).exec(raw.slice(open.length));
  if (closing === null) return undefined;
  return {
    kind: single === undefined ? 'heredoc' : 'nowdoc',
    // The line end before an empty text belongs to the opening.
    open: closing.index === 0 && closing[0].startsWith('\n') ? open.slice(0, -eol.length) : open,
    close: closing[0],
    body: raw.slice(open.length, open.length + closing.index),
  };
}

function indentOf({ close }: Shape): string {
  return /[ \t]*(?=\w+$)/.exec(close)?.[0] ?? '';
}

function encodeHeredoc(value: string, shape: Shape, eol: string): string | undefined {
  const label = /\w+$/.exec(shape.close)?.[0] ?? '';
  const text = shape.kind === 'nowdoc' ? value : writeEscapes(value);
  // A line that begins with the label would end the text.
  if (new RegExp(`^[ \\t]*${label}(?!\\w)`, 'm').test(text) || text.includes('\r')) return undefined;
  const indent = indentOf(shape);
  const lines = text.split('\n').map((line) => (line === '' ? '' : indent + line));
  return `${shape.open}${lines.join(eol)}${shape.close.startsWith('\r') || shape.close.startsWith('\n') ? '' : eol}${shape.close}`;
}

/** Takes the indentation of the closing label from every line; undefined where a line has less. */
function unindent(body: string, indent: string): string | undefined {
  const lines = body.split('\n').map((line) => {
    if (line.startsWith(indent)) return line.slice(indent.length);
    return line.trim() === '' ? '' : undefined;
  });
  return lines.every((line) => line !== undefined) ? lines.join('\n') : undefined;
}

function writeEscapes(value: string): string {
  return value.replace(/[\\$]/g, '\\$&').replaceAll('\r', '\\r');
}

const named: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  v: '\v',
  e: '\x1b',
  f: '\f',
  '\\': '\\',
  $: '$',
};

/** Undefined where escapes make bytes that are no ASCII: which text that is depends on the program. */
function readEscapes(text: string, quoted: boolean): string | undefined {
  let known = true;
  const value = text.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    (
      whole,
      point: string | undefined,
      hex: string | undefined,
      octal: string | undefined,
      code: string | undefined,
    ) => {
      if (point !== undefined) return fromCodePoint(Number.parseInt(point, 16));
      if (hex !== undefined || octal !== undefined) {
        const byte = Number.parseInt(hex ?? octal ?? '', hex === undefined ? 8 : 16) & 0xff;
        if (byte > 0x7f) known = false;
        return String.fromCharCode(byte);
      }
      if (code === '"' && quoted) return '"';
      // Any other backslash stands for itself.
      return named[code ?? ''] ?? whole;
    },
  );
  return known ? value : undefined;

  function fromCodePoint(point: number): string {
    if (point <= 0x10ffff) return String.fromCodePoint(point);
    known = false;
    return '';
  }
}
