import { endOfHole, escapes, type Literal, readQuoted } from './quoted';

/** Reads a quoted string or a here-document of HCL. Templates have no value. */
export function readHclString(text: string, at: number): Literal | 'broken' | undefined {
  if (text.charAt(at) === '"') {
    const literal = readQuoted(text, at, {
      open: '"',
      close: '"',
      multiline: false,
      escape: escapes('nrt"\\'),
      hole: (source, from) => {
        if (source.startsWith('$${', from)) return { end: from + 3, says: '${' };
        return source.charAt(from + 1) === '{' ? { end: endOfHole(source, from, skipString) } : undefined;
      },
    });
    return literal === undefined ? 'broken' : withoutTemplate(text, at, literal);
  }
  const head = /^<<(-?)([A-Za-z_][\w-]*)\r?\n/.exec(text.slice(at, at + 200));
  if (head?.[2] === undefined) return undefined;
  const close = new RegExp(`^[ \\t]*${head[2]}[ \\t]*\\r?$`, 'm');
  const from = at + head[0].length;
  const found = close.exec(text.slice(from));
  if (found === null) return 'broken';
  const end = from + found.index + found[0].trimEnd().length;
  const body = text.slice(from, from + found.index);
  const literal = { end, open: head[0].length, close: end - from - found.index };
  const value = head[1] === '-' ? withoutIndent(body) : body;
  return /[$%]\{/.test(body) ? literal : { ...literal, value };
}

/** `%{ if … }` is a template, too. */
function withoutTemplate(text: string, at: number, literal: Literal): Literal {
  const { value: _, ...rest } = literal;
  return /(?:^|[^%])%\{/.test(text.slice(at, literal.end)) ? rest : literal;
}

function withoutIndent(body: string): string {
  const lines = body.split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(indent, line.length))).join('\n');
}

function skipString(text: string, at: number): number | undefined {
  const inner = text.charAt(at) === '"' ? readHclString(text, at) : undefined;
  return typeof inner === 'object' ? inner.end : undefined;
}
