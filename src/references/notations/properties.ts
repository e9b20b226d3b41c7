import { type Pair, parseLines } from 'dot-properties';
import type { FoundMember, Notation, SecretRange } from '../notation';
import { commentedSecrets, isPlaceholder, namesSecret, secretsClientNames } from './settingNames';

/**
 * Java properties of the Secrets Manager clients (docs/facts.md NAME-2): one client per document. Values are edited in
 * place; separator, comments, continuation lines elsewhere and line ends are never touched.
 */
export const properties: Notation = {
  name: 'properties',

  covers: (fileName) => fileName.toLowerCase().endsWith('.properties'),

  async find(text) {
    const pairs = parseLines(text, true).filter((node): node is Required<Pair> => node.type === 'PAIR');
    // A key that stands twice: the later one counts, as in java.util.Properties.
    const last = new Map(pairs.map((pair) => [pair.key, pair]));
    const members = [...last.values()].flatMap((pair) => memberOf(text, pair) ?? []);
    const type = last.get('credentials_type')?.value.trim();
    const isClientKey = type === undefined || type === 'client_key';
    return {
      clients:
        members.length > 0 && isClientKey ? [{ anchor: 'document', context: 'specific', members }] : [],
      secrets: [
        ...pairs.filter((pair) => namesSecret(pair.key)).map((pair) => valueRange(text, pair)),
        ...commentedSecrets(text),
      ],
    };
  },

  encode(value) {
    const escaped = value
      .replaceAll('\\', '\\\\')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t')
      .replaceAll('\f', '\\f')
      // Whether such a file is read as ISO-8859-1 or UTF-8 depends on the program: an escape is right in both.
      .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return escaped.replace(/^[ =:]/, (first) => `\\${first}`);
  },

  quotes: () => ({ open: 0, close: 0 }),
};

function memberOf(text: string, pair: Required<Pair>): FoundMember | undefined {
  const role = secretsClientNames.get(pair.key);
  const value = pair.value.trim();
  if (role === undefined || value === '' || isPlaceholder(value, role)) return undefined;
  const range = valueRange(text, pair);
  if (role === 'passwordEnv') return { role, ...range, value, obstacle: 'lookup' };
  // Maven's `@name@`; in a password `@` is a letter like any other.
  if (/\$\{.*\}/.test(value) || (role !== 'password' && /^@.*@$/.test(value)))
    return { role, ...range, obstacle: 'interpolated' };
  // A Windows path whose backslashes are not doubled: readers disagree on what it says.
  if (role !== 'password' && hasLoneBackslash(text.slice(range.start, range.end)))
    return { role, ...range, obstacle: 'ambiguous' };
  return { role, ...range, value };
}

function valueRange(text: string, pair: Required<Pair>): SecretRange {
  const [, , start, end] = pair.range;
  return { start, end: Math.min(end, text.length) };
}

function hasLoneBackslash(raw: string): boolean {
  return /\\(?![\\ntrf:=#! \r\n]|u[0-9a-fA-F]{4})/.test(raw.replaceAll('\\\\', ''));
}
