import type { FoundClient } from '../../notation';
import type { NamedValue } from '../layered/namedValue';
import { clientsOfScope } from '../layered/siblings';
import { contextOf } from './context';
import { under } from './tree';

/** `name: value` or `name = value`, in a list or not; a comment is none. */
const LINE = /^([ \t]*(?:-[ \t]+)?)(["']?)([A-Za-z_][\w.-]*)\2[ \t]*[:=](?:[ \t]+|(?=["'{[]))(?=(.*))/;

/** The name of a key whose value a template fills in: that is its content, a path would stand there as it is. */
export function nameOfFilled(name: string): string {
  return name.replace(/client([-_]?)key$/i, 'client$1key$1content');
}

/** Whether a text is filled in by a template engine before anything reads YAML. */
export function isTemplate(text: string): boolean {
  return /(?<!\$)\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|<%[\s\S]*?%>/.test(text);
}

interface Line extends NamedValue {
  readonly path: string;
}

/**
 * The clients of a template, line by line: a text that is no YAML yet cannot be parsed, and what the template writes there
 * can only be guessed. Nothing of it is ever edited.
 */
export function clientsOfTemplate(text: string): readonly FoundClient[] {
  const scopes = new Map<string, Line[]>();
  for (const line of readLines(text)) scopes.set(line.path, [...(scopes.get(line.path) ?? []), line]);
  return [...scopes].flatMap(([path, lines]) => {
    const words = lines
      .filter(({ name, value = '' }) => /client_?-?key|password|^type$/i.test(name) || /KAAP\./.test(value))
      .map(({ name, start, end }) => `${name} ${text.slice(start, end)}`);
    const context = contextOf(`${path} ${words.join(' ')}`, lines);
    return clientsOfScope({
      anchor: path || 'document',
      around: path,
      values: lines,
      ...(context === undefined ? {} : { context }),
    });
  });
}

function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  const stack: { indent: number; path: string }[] = [];
  let variable: string | undefined;
  let at = 0;
  for (const raw of text.split('\n')) {
    const base = at;
    at += raw.length + 1;
    const [head, before = '', , name, rest = ''] = LINE.exec(`${raw.replace(/\r$/, '')} `) ?? [];
    if (head === undefined || name === undefined) continue;
    const indent = before.length;
    while ((stack.at(-1)?.indent ?? -1) >= indent) stack.pop();
    const parent = stack.at(-1)?.path ?? '';
    const value = rest.replace(/[ \t]#.*$/, '').trim();
    if (value === '' || /^[|>][-+\d]*$/.test(value)) {
      stack.push({ indent, path: under(parent, name) });
      continue;
    }
    const start = base + head.length;
    // Of a container: the name stands in one line, the value in the next.
    if (name === 'name' && before.includes('-')) variable = unquote(value);
    const shown = name === 'value' && variable !== undefined ? variable : name;
    const place = { start, end: start + value.length, obstacle: 'template' as const };
    lines.push({
      path: parent,
      ...(value.includes('{{')
        ? { ...place, name: nameOfFilled(shown) }
        : { ...place, name: shown, value: unquote(value) }),
    });
  }
  return lines;
}

function unquote(value: string): string {
  return /^('''|"""|["'])([\s\S]*)\1$/.exec(value)?.[2] ?? value;
}
