import {
  type FoundClient,
  type FoundMember,
  type HiddenRange,
  hiddenLines,
  type Notation,
} from '../notation';
import { type Assignment, lexDotenv } from './dotenvLexer';
import { pairAssignments } from './dotenvPairs';
import { isHarmless, isPlaceholder, looksLikeName } from './settingNames';

/**
 * `.env` files. Dialects differ (dotenv, Docker Compose, a shell that sources the file), so a value is only ever written
 * in a form that all of them read alike, or, where it needs quotes, all but one (docs/facts.md NAME-9).
 */
export const dotenv: Notation = {
  name: 'dotenv',
  // Such files are small, and their own names may hold none of the needles.
  always: true,

  covers: (fileName) => /^\.env(?:\..+)?$|.\.env$/i.test(fileName),

  async find(text) {
    const assignments = lexDotenv(text);
    // A name that stands twice: the later one counts.
    const last = [...new Map(assignments.map((one) => [one.name, one])).values()].filter(
      (one) => one.value !== '',
    );
    return {
      clients: pairAssignments(last).map(
        ({ anchor, context, guessed, members }): FoundClient => ({
          anchor,
          context,
          guessed,
          members: members
            .filter(({ role, assignment }) => !isPlaceholder(assignment.value, role))
            .map(({ role, assignment }) => memberOf(role, assignment)),
        }),
      ),
      hidden: hiddenIn(text, assignments),
      names: new Set(last.map(({ name }) => name)),
    };
  },

  encode(value, rawBefore) {
    const quote = quoteOf(rawBefore);
    // Quotes that are not needed do harm: `docker run --env-file` takes them for a part of the value.
    if (quote === '' && /^[\w./:@%+,\p{L}\p{N}-]+$/u.test(value)) return value;
    if (quote === '"' && /^[^"$`\\!\r\n]*$/.test(value)) return `"${value}"`;
    if (/^[^'\r\n]*$/.test(value)) return `'${value}'`;
    return /^[^"$`\\!\r\n]*$/.test(value) ? `"${value}"` : undefined;
  },

  quotes(raw) {
    const width = quoteOf(raw).length;
    return { open: width, close: width };
  },
};

function memberOf(role: FoundMember['role'], assignment: Assignment): FoundMember {
  const { name, start, end, value } = assignment;
  if (role === 'passwordEnv') return { role, name, start, end, value, obstacle: 'lookup' };
  return interpolates(role, assignment)
    ? { role, name, start, end, obstacle: 'interpolated' }
    : { role, name, start, end, value };
}

/** `$` is a letter of passwords: there only a whole `$NAME`, `${…}` or `$(…)` is taken for an expansion. */
function interpolates(role: FoundMember['role'], { quote, value }: Assignment): boolean {
  if (quote === "'") return false;
  if (/\$[{(]/.test(value)) return true;
  return role === 'password' ? /^\$[A-Za-z_]\w*$/.test(value) : /\$[A-Za-z_]/.test(value);
}

/** Every value, and all that stands between one assignment and the next: comments, and lines that are nothing known. */
function hiddenIn(text: string, assignments: readonly Assignment[]): readonly HiddenRange[] {
  const hidden: HiddenRange[] = [];
  let at = 0;
  for (const { name, from, start, end, quote, value } of assignments) {
    hidden.push(...hiddenLines(text, at, from));
    if (!looksLikeName(name)) hidden.push({ start: from, end });
    else if (quote !== '' || !isHarmless(value))
      hidden.push({ start, end, open: quote.length, close: quote.length });
    at = end;
  }
  return [...hidden, ...hiddenLines(text, at, text.length)];
}

function quoteOf(raw: string): string {
  const first = raw.charAt(0);
  return /^["'`]/.test(raw) && raw.length > 1 && raw.endsWith(first) ? first : '';
}
