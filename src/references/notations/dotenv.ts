import type { FoundClient, FoundMember, Notation } from '../notation';
import { type Assignment, lexDotenv } from './dotenvLexer';
import { pairAssignments } from './dotenvPairs';
import { commentedSecrets, isPlaceholder, namesSecret } from './settingNames';

/**
 * `.env` files. Dialects differ (dotenv, Docker Compose, a shell that sources the file), so a value is only ever written
 * in a form that all of them read alike (docs/facts.md NAME-9).
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
        ({ anchor, context, members }): FoundClient => ({
          anchor,
          context,
          members: members
            .filter(({ role, assignment }) => !isPlaceholder(assignment.value, role))
            .map(({ role, assignment }) => memberOf(role, assignment)),
        }),
      ),
      secrets: [...assignments.filter((one) => namesSecret(one.name)), ...commentedSecrets(text)],
    };
  },

  encode(value, rawBefore) {
    const quote = quoteOf(rawBefore);
    if (quote === '' && /^[\w./:@%+,-]+$/.test(value)) return value;
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
  const { start, end, value } = assignment;
  if (role === 'passwordEnv') return { role, start, end, value, obstacle: 'lookup' };
  return interpolates(role, assignment)
    ? { role, start, end, obstacle: 'interpolated' }
    : { role, start, end, value };
}

/** `$` is a letter of passwords: there only a whole `$NAME`, `${…}` or `$(…)` is taken for an expansion. */
function interpolates(role: FoundMember['role'], { quote, value }: Assignment): boolean {
  if (quote === "'") return false;
  if (/\$[{(]/.test(value)) return true;
  return role === 'password' ? /^\$[A-Za-z_]\w*$/.test(value) : /\$[A-Za-z_]/.test(value);
}

function quoteOf(raw: string): string {
  const first = raw.charAt(0);
  return /^["'`]/.test(raw) && raw.length > 1 && raw.endsWith(first) ? first : '';
}
