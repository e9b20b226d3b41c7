import { type Node, type Pair, parseLines } from 'dot-properties';
import type { FoundMember, HiddenRange, Notation } from '../notation';
import { isHarmless, isPlaceholder, looksLikeName, secretsClientNames } from './settingNames';

/**
 * Java properties of the Secrets Manager clients (docs/facts.md NAME-2): one client per document. Values are edited in
 * place; separator, comments, continuation lines elsewhere and line ends are never touched.
 */
export const properties: Notation = {
  name: 'properties',

  covers: (fileName) => fileName.toLowerCase().endsWith('.properties'),

  async find(text) {
    const nodes = parseLines(text, true);
    const pairs = nodes.filter(isPair);
    // A key that stands twice: the later one counts, as in java.util.Properties.
    const last = new Map(pairs.map((pair) => [pair.key, pair]));
    const members = [...last.values()].flatMap((pair) => memberOf(text, pair, pairs) ?? []);
    const type = last.get('credentials_type')?.value.trim();
    const isClientKey = type === undefined || type === 'client_key';
    return {
      clients:
        members.length > 0 && isClientKey ? [{ anchor: 'document', context: 'specific', members }] : [],
      hidden: nodes.flatMap((node) => hiddenIn(text, node)),
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

function isPair(node: Required<Node>): node is Required<Pair> {
  return node.type === 'PAIR';
}

function memberOf(
  text: string,
  pair: Required<Pair>,
  pairs: readonly Required<Pair>[],
): FoundMember | undefined {
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
  // Spring reads such a file as several documents, any of which may be the one that counts.
  if (pairs.some((other) => other !== pair && other.key === pair.key))
    return { role, ...range, value, obstacle: 'ambiguous' };
  return { role, ...range, value };
}

/** The value of a pair, the text of a comment, and the whole of a line that is neither. */
function hiddenIn(text: string, node: Required<Node>): readonly HiddenRange[] {
  const [start, nodeEnd] = [node.range[0], node.range[node.range.length - 1] ?? 0];
  const end = Math.min(nodeEnd, text.length);
  if (!isPair(node)) {
    const raw = text.slice(start, end);
    const open = /^[\s#!]*/.exec(raw)?.[0].length ?? 0;
    return open === raw.length ? [] : [{ start: start + open, end: start + raw.trimEnd().length }];
  }
  if (!looksLikeName(node.key) || !node.separator(text)) return [{ start, end }];
  return isHarmless(node.value) ? [] : [valueRange(text, node)];
}

function valueRange(text: string, pair: Required<Pair>): { readonly start: number; readonly end: number } {
  const [, , start, end] = pair.range;
  return { start, end: Math.min(end, text.length) };
}

function hasLoneBackslash(raw: string): boolean {
  return /\\(?![\\ntrf:=#! \r\n]|u[0-9a-fA-F]{4})/.test(raw.replaceAll('\\\\', ''));
}
