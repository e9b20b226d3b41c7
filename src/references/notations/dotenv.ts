import {
  type FoundClient,
  type FoundMember,
  type FoundSetting,
  type FoundValue,
  type HiddenRange,
  hiddenLines,
  type Notation,
} from '../notation';
import { clientsInJson, encodeInJson, isInJson } from './dotenvJson';
import { type Assignment, lexDotenv } from './dotenvLexer';
import { pairAssignments } from './dotenvPairs';
import { isHarmless, isPlaceholder, looksLikeName } from './settingNames';

/** The form of a default inside `${NAME:-…}`. */
const DEFAULT = 'default';

/**
 * `.env` files. Dialects differ (dotenv, Docker Compose, a shell that sources the file), so a value is only ever written
 * in a form that all of them read alike, or, where it needs quotes, all but one (docs/facts.md NAME-9).
 */
export const dotenv: Notation = {
  name: 'dotenv',
  // Such files are small, and their own names may hold none of the needles.
  always: true,
  configures: true,

  covers: (fileName) => /^\.env(?:\..+)?$|.\.env$/i.test(fileName),

  async find(text) {
    const assignments = lexDotenv(text);
    // A name that stands twice: the later one counts.
    const last = [...new Map(assignments.map((one) => [one.name, one])).values()].filter(
      (one) => one.value !== '',
    );
    return {
      clients: [
        ...pairAssignments(last).map(
          ({ anchor, context, guessed, members }): FoundClient => ({
            anchor,
            context,
            guessed,
            members: members
              .filter(({ role, assignment }) => !isPlaceholder(assignment.value, role))
              .flatMap(({ role, assignment }) => membersOf(role, assignment)),
          }),
        ),
        ...clientsInJson(text, last),
      ],
      hidden: hiddenIn(text, assignments),
      settings: last.flatMap(settingsOf),
    };
  },

  encode(value, rawBefore, form) {
    if (form !== undefined && isInJson(form)) return encodeInJson(value, rawBefore, form);
    // Inside `${NAME:-…}` of a value that is bare or in double quotes.
    if (form === DEFAULT) return /^[\w./@%+,-]+$/.test(value) ? value : undefined;
    const quote = quoteOf(rawBefore);
    // Quotes that are not needed do harm: `docker run --env-file` takes them for a part of the value.
    if (quote === '' && /^[\w./:@%+,\p{L}\p{N}-]+$/u.test(value)) return value;
    if (quote === '"' && /^[^"$`\\!\r\n]*$/.test(value)) return `"${value}"`;
    // Not every reader knows values of several lines: only where there is one already.
    if (/^[^'\r\n]*$/.test(value) || (quote !== '' && /\n/.test(rawBefore) && !value.includes("'")))
      return `'${value}'`;
    return /^[^"$`\\!\r\n]*$/.test(value) ? `"${value}"` : undefined;
  },

  quotes(raw, form) {
    const width = form === DEFAULT ? 0 : quoteOf(raw).length;
    return { open: width, close: width };
  },
};

function membersOf(role: FoundMember['role'], assignment: Assignment): readonly FoundMember[] {
  const { name, start, end, value } = assignment;
  if (role === 'passwordEnv') {
    const lookup = { in: 'environment', name: value, indirect: true } as const;
    return [{ role, name, start, end, value, obstacle: 'lookup', lookup }];
  }
  return valuesOf(assignment, role).map((one) => ({ role, name, ...one }));
}

/** A value as it stands; or, where it is taken from another variable, that look-up and its default. */
function valuesOf(assignment: Assignment, role: FoundMember['role']): readonly FoundValue[] {
  const { start, end, value, quote } = assignment;
  // Sealed by SOPS, which keeps the names.
  if (/^ENC\[.*\]$/.test(value)) return [{ start, end, obstacle: 'encrypted' }];
  if (!interpolates(role, assignment)) return [{ start, end, value }];
  const [, braced, fallback, bare] =
    /^\$(?:\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|([A-Za-z_]\w*))$/.exec(value) ?? [];
  const name = braced ?? bare;
  if (name === undefined) return [{ start, end, obstacle: 'interpolated' }];
  const lookup: FoundValue = { start, end, obstacle: 'lookup', lookup: { in: 'environment', name } };
  // With escapes in it, where the default stands cannot be counted.
  if (!fallback || /[\\$]/.test(fallback) || value.length !== end - start - 2 * quote.length) return [lookup];
  const to = end - quote.length - 1;
  return [lookup, { start: to - fallback.length, end: to, value: fallback, form: DEFAULT }];
}

/** What the value is for is not known here: only a whole `$NAME`, `${…}` or `$(…)` is taken for an expansion. */
function settingsOf(assignment: Assignment): readonly FoundSetting[] {
  return valuesOf(assignment, 'password').map((one) => ({
    in: 'environment',
    name: assignment.name,
    ...one,
  }));
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
    if (!looksLikeName(name) || isEndOfBase64(name, value)) hidden.push({ start: from, end });
    else if (quote !== '' || !isHarmless(value))
      hidden.push({ start, end, open: quote.length, close: quote.length });
    at = end;
  }
  return [...hidden, ...hiddenLines(text, at, text.length)];
}

/** The last line of a broken Base64 text reads as a name without a value. */
function isEndOfBase64(name: string, value: string): boolean {
  return /^=?$/.test(value) && /[a-z]/.test(name) && /[A-Z]/.test(name) && /\d/.test(name);
}

function quoteOf(raw: string): string {
  const first = raw.charAt(0);
  return /^["'`]/.test(raw) && raw.length > 1 && raw.endsWith(first) ? first : '';
}
