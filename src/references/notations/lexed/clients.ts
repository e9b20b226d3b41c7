import type { FoundClient, FoundMember } from '../../notation';
import { isPlaceholder } from '../settingNames';
import { FOREIGN, isForeignKey, isKeyRole, roleByValue } from './dialect';
import type { Imports, Verdict } from './imports';
import type { Lexed } from './lexer';
import type { Outcome, Values } from './values';
import type { Write } from './writes';

interface Client {
  readonly anchor: string;
  readonly words: string;
  readonly verdict: Verdict;
  specific: boolean;
  local: boolean;
  readonly outcomes: Outcome[];
}

/** Puts writes into the same object together, and leaves out what belongs to another product. */
export function groupWrites(
  lexed: Lexed,
  writes: readonly Write[],
  imports: Imports,
  values: Values,
): readonly FoundClient[] {
  const clients = new Map<string, Client>();
  for (const { member, owner, from, to, local } of writes) {
    const verdict = imports.judge(owner.type);
    const key = `${owner.key} ${member.family}`;
    const client = clients.get(key) ?? {
      anchor: member.family === 'nacos' ? `${owner.anchor}/kms` : owner.anchor,
      words: owner.words,
      verdict: member.family === 'nacos' ? 'hinted' : verdict,
      specific: false,
      local: local === true,
      outcomes: [],
    };
    clients.set(key, client);
    client.specific ||= member.specific === true;
    client.outcomes.push(
      ...values
        .follow(member.role, from, to)
        .map((one) => ({ ...one, role: roleByValue(one.role, one.value) }))
        .filter(
          (one) => one.value === undefined || !(one.value === '' || isPlaceholder(one.value, one.role)),
        ),
    );
  }
  const consumed = writes.map(({ from, to }) => [from, to] as const);
  // A text that is put together may show the id all the same.
  for (const client of clients.values())
    client.specific ||= client.outcomes.some(
      ({ role, start, end }) => isKeyRole(role) && /KAAP\.[0-9a-f]{8}-/.test(lexed.text.slice(start, end)),
    );
  const all = [...clients.values()].filter((client) => isOurs(client, imports));
  const read = new Set(
    all.flatMap(({ local, outcomes }) => (local ? [] : outcomes.map(({ start }) => start))),
  );
  // A constant that a client reads is that client's.
  const kept = all.filter(({ local, outcomes }) => !local || !outcomes.some(({ start }) => read.has(start)));
  const counts = new Map<string, number>();
  return kept.map((client) => {
    const count = (counts.get(client.anchor) ?? 0) + 1;
    counts.set(client.anchor, count);
    return {
      anchor: count === 1 ? client.anchor : `${client.anchor}#${count}`,
      context: contextOf(client),
      members: client.outcomes.map((outcome) => memberOf(lexed, outcome, consumed, values)),
    };
  });
}

function isOurs({ verdict, specific, outcomes, words }: Client, imports: Imports): boolean {
  if (outcomes.length === 0 || verdict === 'foreign') return false;
  if (outcomes.some(({ role, value }) => isKeyRole(role) && value !== undefined && isForeignKey(value)))
    return false;
  // `password` alone on an object of an unknown class belongs to anything.
  if (verdict !== 'specific' && !outcomes.some(({ role }) => isKeyRole(role)))
    return specific && outcomes.length > 0;
  if (specific || verdict === 'specific') return true;
  return !FOREIGN.test(words) && !(verdict === 'weak' && FOREIGN.test(imports.all));
}

function contextOf({ verdict, specific }: Client): FoundClient['context'] {
  return specific || verdict === 'specific' || verdict === 'hinted' ? 'specific' : 'weak';
}

function memberOf(
  lexed: Lexed,
  { through, ...found }: Outcome,
  consumed: readonly (readonly [number, number])[],
  values: Values,
): FoundMember {
  if (found.role === 'passwordEnv' && found.lookup === undefined && found.value !== undefined)
    return {
      ...found,
      obstacle: 'lookup',
      lookup: { in: 'settings', name: found.value, indirect: true },
    };
  const isId = found.role === 'keyContent' && /^KAAP\.[0-9a-f-]+$/.test(found.value ?? '');
  if (isId) return { ...found, obstacle: 'unsupported' };
  // A password that something else reads too, say a database, must not change with the client key.
  return found.role === 'password' &&
    found.obstacle === undefined &&
    isUsedElsewhere(lexed, through, consumed, values)
    ? { ...found, obstacle: 'ambiguous' }
    : found;
}

const CHECK = /^(?:isEmpty|isBlank|isNotEmpty|isNotBlank|is_empty|length|size|len|nonEmpty)$/;

function isUsedElsewhere(
  { tokens }: Lexed,
  through: Outcome['through'],
  consumed: readonly (readonly [number, number])[],
  values: Values,
): boolean {
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const known = [
    ...consumed,
    ...through.flatMap((variable) => variable.values.map((from) => [from, values.endOf(from)] as const)),
  ];
  return through.some(({ uses, declared }) =>
    uses.some((at) => {
      if (at === declared || known.some(([from, to]) => from <= at && at < to)) return false;
      if (/^[=:]$/.test(textAt(at + 1))) return false;
      // A member of some other object.
      if (textAt(at - 1) === '.' && /^\p{Ll}/u.test(textAt(at - 2)) && textAt(at - 2) !== 'this')
        return false;
      const checks =
        CHECK.test(textAt(at + 2)) || /^[=!]=$/.test(textAt(at + 1)) || /^[=!]=$/.test(textAt(at - 1));
      return !checks && !/^require/.test(textAt(at - 2));
    }),
  );
}
