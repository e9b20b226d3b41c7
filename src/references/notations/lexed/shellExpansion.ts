/** Something in a word that the shell puts a value in place of. */
export interface Expansion {
  readonly kind: 'variable' | 'command' | 'other';
  readonly start: number;
  readonly end: number;
  /** Of a variable. */
  readonly name?: string;
  /** The text that stands for a variable without a value: `${X:-default}`. */
  readonly fallback?: { readonly start: number; readonly end: number; readonly assigns: boolean };
  readonly quoted: boolean;
}

/** Finds the `)` of a `$(` whose commands begin at a place. */
export type SkipCommands = (text: string, from: number) => number | undefined;

/** The expansion that begins at a place, if one does, and whether it ends. */
export function readExpansion(
  text: string,
  at: number,
  quoted: boolean,
  skipCommands: SkipCommands,
): { readonly expansion: Expansion; readonly closed: boolean } | undefined {
  const make = (kind: Expansion['kind'], end: number | undefined, more: Partial<Expansion> = {}) => ({
    expansion: { kind, start: at, end: end ?? text.length, quoted, ...more },
    closed: end !== undefined,
  });
  if (text.charAt(at) === '`') {
    const end = text.indexOf('`', at + 1);
    return make('command', end < 0 ? undefined : end + 1);
  }
  if (text.charAt(at) !== '$') return undefined;
  if (text.startsWith('$((', at)) {
    const end = text.indexOf('))', at);
    return make('other', end < 0 ? undefined : end + 2);
  }
  if (text.startsWith('$(', at)) return make('command', skipCommands(text, at + 2));
  if (text.startsWith('${', at)) return readBraces(text, at, make, quoted, skipCommands);
  const name = /^\$(?:([A-Za-z_]\w*)|[0-9@*#?$!-])/.exec(text.slice(at, at + 200));
  if (name === null) return undefined;
  return make(name[1] === undefined ? 'other' : 'variable', at + name[0].length, {
    ...(name[1] === undefined ? {} : { name: name[1] }),
  });
}

function readBraces<T>(
  text: string,
  at: number,
  make: (kind: Expansion['kind'], end: number | undefined, more?: Partial<Expansion>) => T,
  quoted: boolean,
  skipCommands: SkipCommands,
): T {
  const head = /^\$\{([A-Za-z_]\w*)(:?[-=])?/.exec(text.slice(at, at + 200));
  const start = at + (head?.[0].length ?? 2);
  const end = endOfBraces(text, start, quoted, skipCommands);
  const name = head?.[1];
  if (end === undefined || name === undefined) return make('other', end);
  const operator = head?.[2];
  if (operator === undefined)
    // `${X%.json}` and the like make something else of the value.
    return start === end - 1 ? make('variable', end, { name }) : make('other', end);
  const fallback = { start, end: end - 1, assigns: operator.endsWith('=') };
  return make('variable', end, { name, fallback });
}

function endOfBraces(
  text: string,
  from: number,
  quoted: boolean,
  skipCommands: SkipCommands,
): number | undefined {
  let at = from;
  while (at < text.length) {
    const unit = text.charAt(at);
    if (unit === '}') return at + 1;
    if (unit === '\\') at += 2;
    else if (unit === "'" && !quoted) at = closing(text, at, "'");
    else if (unit === '"') {
      // Inside of double quotes this would be another level of them: nobody writes that, and shells differ.
      if (quoted) return undefined;
      at = closing(text, at, '"');
    } else {
      const inner = readExpansion(text, at, quoted, skipCommands);
      at = inner === undefined ? at + 1 : inner.expansion.end;
    }
  }
  return undefined;
}

function closing(text: string, at: number, quote: string): number {
  const end = text.indexOf(quote, at + 1);
  return end < 0 ? text.length : end + 1;
}

const ANSI: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** An escape of `$'…'`. */
export function readAnsiEscape(text: string, at: number): { says: string; end: number } | undefined {
  const head = text.slice(at, at + 12);
  const simple = head.startsWith('\\') ? ANSI[head.charAt(1)] : undefined;
  if (simple !== undefined) return { says: simple, end: at + 2 };
  const code = /^\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/.exec(head);
  if (code === null) return undefined;
  const point = Number.parseInt(
    code[1] ?? code[2] ?? code[3] ?? code[4] ?? '0',
    code[4] === undefined ? 16 : 8,
  );
  return point > 0x10ffff ? undefined : { says: String.fromCodePoint(point), end: at + code[0].length };
}
