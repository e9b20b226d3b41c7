import type { FoundFile, PlacedClient, PlacedMember } from '../foundFile';
import type { Lookup } from '../notation';
import { withoutStrangers } from './genericNames';
import { isKey } from './grouping';
import { aside, isSameKind, type LinkedMember, stale, unresolved } from './linkedMember';
import {
  endValueOf,
  type FollowedLookup,
  keyOf,
  type LookupContext,
  type Way,
  wayBeside,
  waysOf,
} from './lookupWays';

/** Who looks up which names: of two modules with a `.env` each, each has its own. */
export function usersOfNames(files: readonly FoundFile[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { file, clients } of files)
    for (const { members } of clients)
      for (const member of members) {
        const lookup = lookupOf(member);
        if (lookup === undefined) continue;
        const key = keyOf(lookup);
        users.set(key, [...(users.get(key) ?? []), file]);
      }
  return users;
}

/** What a member looks up. A setting that is known to hold the name of a variable may come without more words. */
export function lookupOf({ role, lookup, value }: PlacedMember): Lookup | undefined {
  if (lookup !== undefined) return lookup;
  if (role !== 'passwordEnv' || value === undefined) return undefined;
  return { in: 'environment', name: value, indirect: true };
}

/**
 * Follows the look-ups of a client into the files that set the values: one list of members for each file that sets the
 * key, or the password of a key that stands in the client itself. Of the other names the nearest place counts; where two
 * are as near, nothing tells which is meant.
 */
export function followLookups(
  source: FoundFile,
  client: PlacedClient,
  context: LookupContext,
): readonly (readonly LinkedMember[])[] {
  const members = client.members.flatMap(splitDefault);
  const hasLiterals = members.some((member) => lookupOf(member) === undefined);
  const all = members.flatMap((found): readonly FollowedLookup[] => {
    const lookup = lookupOf(found);
    return lookup === undefined
      ? []
      : [{ found, lookup, ways: waysOf(source, found, lookup, context, !hasLiterals) }];
  });
  const lookups = withoutStrangers(source, all);
  const literals = members.filter((member) => lookupOf(member) === undefined);
  const found = lookups.filter(({ ways }) => ways.length > 0);
  const first = found.find((one) => isKey(one.found.role)) ?? found[0];
  const choices = first === undefined ? [undefined] : first.ways;
  return choices.map((choice) => {
    const followed = lookups.map((one) => ({
      ...one,
      way: one === first ? choice : wayBeside(one.ways, choice, first, source),
    }));
    return [
      ...literals.map((literal) => asDefault(source, literal, followed)),
      ...followed.flatMap(({ found: lookup, way }): readonly LinkedMember[] => {
        if (way === 'ambiguous') return [{ source, found: lookup, obstacle: 'ambiguous' }];
        if (way !== undefined) return [aside(source, lookup), ...way.members];
        const hasDefault = literals.some((literal) => isSameKind(literal.role, lookup.role));
        return [hasDefault ? aside(source, lookup) : unresolved(source, lookup)];
      }),
    ];
  });
}

/** A literal beside a look-up of the same value is its default: where something else is set, it says nothing. */
function asDefault(
  source: FoundFile,
  literal: PlacedMember,
  followed: readonly { readonly found: PlacedMember; readonly way: Way | 'ambiguous' | undefined }[],
): LinkedMember {
  const counts = followed.every(
    ({ found, way }) =>
      !isSameKind(found.role, literal.role) ||
      way === undefined ||
      (way !== 'ambiguous' && endValueOf(way) === literal.value),
  );
  const member = { source, found: literal };
  return counts ? member : stale(member);
}

/** A look-up with a literal default inside is two members: only one of them can be edited. */
function splitDefault(member: PlacedMember): readonly PlacedMember[] {
  const { lookup, value, obstacle, ...rest } = member;
  if (lookup === undefined || value === undefined || obstacle !== undefined || rest.role === 'passwordEnv')
    return [member];
  return [
    { ...rest, lookup, obstacle: 'lookup' },
    { ...rest, value },
  ];
}
