/** One `NAME=value` of a `.env` file, which begins at `from`. `start` and `end` enclose the raw value, quotes included. */
export interface Assignment {
  readonly name: string;
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly quote: '' | "'" | '"' | '`';
  /** The value between the quotes. */
  readonly value: string;
}

const HEAD = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t]))[ \t]*/;
const QUOTED = /^(?:'[^']*'|"(?:\\[\s\S]|[^"\\])*"|`[^`]*`)(?=[ \t]*(?:#|\r|\n|$))/;

/**
 * Splits a `.env` file into its assignments; comments and lines that are none are passed over. A bare value ends where the
 * line does or where white space and `#` begin a comment; quoted values may span lines.
 */
export function lexDotenv(text: string): readonly Assignment[] {
  const assignments: Assignment[] = [];
  let at = 0;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const head = HEAD.exec(text.slice(at, lineEnd));
    if (head?.[1] === undefined) {
      at = lineEnd + 1;
      continue;
    }
    const start = at + head[0].length;
    const assignment = { name: head[1], from: at, ...readValue(text, start, lineEnd) };
    assignments.push(assignment);
    at = endOfLine(text, assignment.end) + 1;
  }
  return assignments;
}

function readValue(text: string, start: number, lineEnd: number): Omit<Assignment, 'name' | 'from'> {
  const first = text.charAt(start);
  if (first === "'" || first === '"' || first === '`') {
    const quoted = QUOTED.exec(text.slice(start))?.[0];
    if (quoted !== undefined)
      return { start, end: start + quoted.length, quote: first, value: unquote(quoted, first) };
  }
  const line = text.slice(start, lineEnd);
  const value = line.replace(/(?:^|[ \t])#.*$/, '').trimEnd();
  return { start, end: start + value.length, quote: '', value };
}

function unquote(quoted: string, quote: string): string {
  const inner = quoted.slice(1, -1);
  return quote === '"' ? unescapeDouble(inner) : inner;
}

/** What escapes say in double quotes. */
export function unescapeDouble(raw: string): string {
  return raw.replace(/\\([nr"\\$])/g, (_, code: string) =>
    code === 'n' ? '\n' : code === 'r' ? '\r' : code,
  );
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return end;
}
