import type { FoundFile } from '../foundFile';
import type { FoundClient } from '../notation';
import { isKey } from './grouping';
import type { LinkedMember } from './linkedMember';
import { followLookups, usersOfNames } from './linkLookups';
import { indexSettings } from './settingsIndex';

/** What is read together, before paths are followed: one client, or one of the places that set what it looks up. */
export interface Unit {
  readonly id: string;
  /** The file of the client itself. */
  readonly source: FoundFile;
  readonly context: FoundClient['context'];
  readonly guessed: boolean;
  readonly documentation: boolean;
  readonly members: readonly LinkedMember[];
  /** What was merged because it shares values; they stay apart where they are of different keys. */
  readonly parts?: readonly Unit[];
}

interface Draft extends Unit {
  /** Its id has to be told apart from others of the same client. */
  readonly isOneOfSeveral: boolean;
}

/** Makes units of what was found in all files, and merges those that share a value: they change together. */
export function linkUnits(files: readonly FoundFile[]): readonly Unit[] {
  const context = { index: indexSettings(files), users: usersOfNames(files) };
  const drafts = files.flatMap((source) =>
    source.clients.flatMap((client) => {
      const ways = followLookups(source, client, context);
      return ways.map(
        (members, index): Draft => ({
          id: `${source.file}#${client.anchor}${index === 0 ? '' : `@${index + 1}`}`,
          source,
          context: client.context,
          guessed: client.guessed ?? false,
          documentation: client.documentation ?? false,
          members,
          isOneOfSeveral: ways.length > 1,
        }),
      );
    }),
  );
  return mergeShared(withoutRefutedGuesses(drafts));
}

/** What was guessed of a value gives way to what is known of it: of a guess whose key is known otherwise, nothing is left. */
function withoutRefutedGuesses(drafts: readonly Draft[]): readonly Draft[] {
  const known = new Set(drafts.flatMap(({ guessed, members }) => (guessed ? [] : members.map(placeOf))));
  return drafts.flatMap((draft) => {
    if (!draft.guessed) return [draft];
    const left = draft.members.filter((member) => !known.has(placeOf(member)));
    return left.some(({ found }) => isKey(found.role)) ? [{ ...draft, members: left }] : [];
  });
}

function mergeShared(drafts: readonly Draft[]): readonly Draft[] {
  const merged = new Map<number, Draft[]>();
  const ownerOf = new Map<string, number>();
  drafts.forEach((draft, index) => {
    const keys = draft.members.filter((member) => member.isAside !== true).map(placeOf);
    const sharing = new Set(keys.flatMap((key) => ownerOf.get(key) ?? []));
    const all = [...sharing].sort((one, other) => one - other);
    const owner = all[0] ?? index;
    const together = [...all.flatMap((one) => merged.get(one) ?? []), draft];
    for (const other of all) merged.delete(other);
    merged.set(owner, together);
    for (const one of together)
      for (const member of one.members) if (member.isAside !== true) ownerOf.set(placeOf(member), owner);
  });
  return [...merged].sort(([one], [other]) => one - other).flatMap(([, together]) => mergeAll(together));
}

function mergeAll(together: readonly Draft[]): readonly Draft[] {
  const [first] = together;
  if (first === undefined || together.length === 1) return together;
  // The one that reads values of other files names the group, unless it reads several sets of them.
  const readers = together.filter(({ source, members }) => members.some((one) => one.source !== source));
  const namer =
    readers.find(({ isOneOfSeveral }) => !isOneOfSeveral) ??
    together.find((one) => !readers.includes(one)) ??
    first;
  const members = new Map<string, LinkedMember>();
  for (const member of together.flatMap((one) => one.members)) {
    const place = placeOf(member);
    const known = members.get(place);
    if (known === undefined || (known.isAside === true && member.isAside !== true))
      members.set(place, member);
  }
  return [
    {
      ...namer,
      context: together.some((one) => one.context === 'specific') ? 'specific' : 'weak',
      guessed: together.some((one) => one.guessed),
      documentation: together.every((one) => one.documentation),
      members: [...members.values()],
      parts: together,
    },
  ];
}

/** The clients of a merged unit by themselves. A value that several of them read is not changed for one of them. */
export function separate(parts: readonly Unit[]): readonly Unit[] {
  const readers = new Map<string, number>();
  for (const place of parts.flatMap(({ members }) => members.map(placeOf)))
    readers.set(place, (readers.get(place) ?? 0) + 1);
  return parts.map((part) => ({
    ...part,
    members: part.members.map((member) =>
      member.isAside === true || member.obstacle !== undefined || (readers.get(placeOf(member)) ?? 0) < 2
        ? member
        : { ...member, obstacle: member.found.obstacle ?? 'ambiguous' },
    ),
  }));
}

function placeOf({ source, found }: LinkedMember): string {
  return `${source.file}\n${found.start}`;
}
