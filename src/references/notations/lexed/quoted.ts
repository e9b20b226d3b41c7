/** How a kind of string literal is written. */
export interface Quoting {
  readonly open: string;
  readonly close: string;
  readonly multiline: boolean;
  /** What the escape at a backslash says, and where it ends. Undefined: the value of the literal cannot be known. */
  readonly escape?: (text: string, at: number) => Escape | undefined;
  /** The hole at a `$`: where it ends, and what it says if that is fixed. Undefined: the sign stands for itself. */
  readonly hole?: (text: string, at: number) => Hole | undefined;
  /** More quotes before the closing ones belong to the text. */
  readonly greedy?: boolean;
}

export interface Escape {
  readonly says: string;
  readonly end: number;
}

interface Hole {
  readonly end: number;
  readonly says?: string;
}

/** A string literal. Without a value it has holes, or escapes that nobody knows. */
export interface Literal {
  readonly end: number;
  readonly open: number;
  readonly close: number;
  readonly value?: string;
}

/** Reads the literal that begins at `at`; undefined if it does not end. */
export function readQuoted(text: string, at: number, quoting: Quoting): Literal | undefined {
  const { open, close, multiline, escape: readEscape, hole, greedy } = quoting;
  const parts: string[] = [];
  let known = true;
  let from = at + open.length;
  let here = from;
  const take = (says: string | undefined, end: number) => {
    parts.push(text.slice(from, here));
    if (says === undefined) known = false;
    else parts.push(says);
    from = end;
    here = end;
  };
  while (here < text.length) {
    const unit = text.charAt(here);
    if (text.startsWith(close, here)) {
      if (greedy === true) while (text.startsWith(close, here + 1)) here += 1;
      parts.push(text.slice(from, here));
      const end = here + close.length;
      // Compilers read one kind of line end, whichever the file has.
      const value = parts.join('').replaceAll('\r\n', '\n');
      return { end, open: open.length, close: close.length, ...(known ? { value } : {}) };
    }
    if (unit === '\n' && !multiline) return undefined;
    if (unit === '\\' && readEscape !== undefined) {
      const read = readEscape(text, here);
      take(read?.says, read?.end ?? here + 2);
      continue;
    }
    const gap = unit === '$' ? hole?.(text, here) : undefined;
    if (gap !== undefined) take(gap.says, gap.end);
    else here += 1;
  }
  return undefined;
}

const SIMPLE: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  '"': '"',
  "'": "'",
  $: '$',
};

/**
 * Reads `\n`, `\uXXXX` and the like.
 * @param letters that may follow a backslash, of those that languages share
 */
export function escapes(letters: string, options: { readonly joinsLines?: boolean } = {}) {
  return (text: string, at: number): Escape | undefined => {
    const code = text.charAt(at + 1);
    const says = letters.includes(code) ? SIMPLE[code] : undefined;
    if (says !== undefined && code !== '') return { says, end: at + 2 };
    const hex = /^\\u+([0-9a-fA-F]{4})/.exec(text.slice(at, at + 12));
    if (hex?.[1] !== undefined)
      return { says: String.fromCharCode(Number.parseInt(hex[1], 16)), end: at + hex[0].length };
    const line = /^\\\r?\n/.exec(text.slice(at, at + 3));
    return line !== null && options.joinsLines === true ? { says: '', end: at + line[0].length } : undefined;
  };
}

/** Writes a text between double quotes with the escapes that C and its descendants share. */
export function escapeText(value: string, quote: '"' | "'" = '"'): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
}

const HOLE_LIMIT = 20_000;

/**
 * The end of a hole `${…}` that begins at `at`: braces count, strings inside are passed over.
 * @param skipString gives the end of a string that begins at a place, if one does
 */
export function endOfHole(
  text: string,
  at: number,
  skipString: (text: string, at: number) => number | undefined,
): number {
  let depth = 0;
  const limit = Math.min(text.length, at + HOLE_LIMIT);
  for (let here = at + 1; here < limit; here += 1) {
    const unit = text.charAt(here);
    if (unit === '{') depth += 1;
    else if (unit === '}') {
      depth -= 1;
      if (depth === 0) return here + 1;
    } else if (unit === '"' || unit === "'") {
      const end = skipString(text, here);
      if (end !== undefined) here = end - 1;
    }
  }
  return at + 2;
}
