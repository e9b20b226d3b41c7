import { dirname } from 'node:path';
import type { ReferenceRole } from '../../model/reference';
import type { FoundFile, PlacedMember } from '../foundFile';
import type { Lookup } from '../notation';
import { aside, type LinkedMember, nameRole, stale, unresolved } from './linkedMember';
import { type KnownSetting, nearness, type SettingsIndex } from './settingsIndex';

/** One way of resolving a look-up: the look-ups on the way, and what they end at. */
export interface Way {
  readonly members: readonly LinkedMember[];
  /** Where settings were found, the first one first. */
  readonly places: readonly string[];
}

export interface FollowedLookup {
  readonly found: PlacedMember;
  readonly lookup: Lookup;
  readonly ways: readonly Way[];
}

/** A property whose value names a variable that names another one …: no more of these than people write. */
const MAX_DEPTH = 3;
const MAX_WAYS = 64;

/** All that follows look-ups of one client. */
export interface LookupContext {
  readonly index: SettingsIndex;
  /** Files in which the same name is looked up. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

/** All ways to resolve one look-up of a client. */
export function waysOf(
  source: FoundFile,
  found: PlacedMember,
  lookup: Lookup,
  context: LookupContext,
  takesAny: boolean,
): readonly Way[] {
  const role = found.role === 'passwordEnv' ? 'password' : found.role;
  const all = context.index
    // The name of a variable may stand in a property as well.
    .find(lookup.indirect === true ? { in: 'either', name: lookup.name } : lookup)
    .filter((known) => known.source.file !== source.file || known.setting.start !== found.start)
    // A name that stands everywhere says nothing.
    .slice(0, MAX_WAYS);
  const own = all.filter(({ source: { file } }) => {
    const best = Math.max(...(context.users.get(keyOf(lookup)) ?? []).map((user) => nearness(user, file)));
    return nearness(source.file, file) >= best;
  });
  // A client of which nothing stands in its file cannot mix up two pairs.
  const settings = own.length > 0 || !takesAny ? own : all;
  const ways = settings.flatMap((known) =>
    waysThrough(known, role, lookup.indirect === true, context, [], 1),
  );
  return takeInDefaults(ways).slice(0, MAX_WAYS);
}

/** From a setting to the value: directly, by its own look-up, or by the name that it holds. */
function waysThrough(
  { source, setting }: KnownSetting,
  role: ReferenceRole,
  indirect: boolean,
  context: LookupContext,
  seen: readonly unknown[],
  depth: number,
): readonly Way[] {
  if (depth > MAX_DEPTH || seen.includes(setting)) return [];
  const { in: _place, lookup: ownLookup, ...rest } = setting;
  const found: PlacedMember = { ...rest, role };
  const named =
    indirect && setting.value !== undefined && ownLookup === undefined && /^[A-Za-z_]\w*$/.test(setting.value)
      ? ({ in: 'environment', name: setting.value } as const)
      : undefined;
  const literal: Way = { members: [{ source, found }], places: [source.file] };
  const further = ownLookup ?? named;
  const ways =
    further === undefined
      ? []
      : context.index
          .find(further)
          .flatMap((next) => waysThrough(next, role, false, context, [...seen, setting], depth + 1))
          .map((way) => ({
            members: [
              aside(source, { ...found, role: named ? nameRole(role) : role, lookup: further }),
              ...way.members,
            ],
            places: [source.file, ...way.places],
          }));
  if (ways.length > 0)
    return ownLookup === undefined || setting.value === undefined ? ways : takeInDefaults([...ways, literal]);
  // A default for want of a setting elsewhere; the name of a variable that nothing sets; else the value itself.
  if (ownLookup !== undefined && setting.value === undefined)
    return [{ members: [unresolved(source, { ...found, lookup: ownLookup })], places: [source.file] }];
  if (named !== undefined && looksLikeVariable(named.name) && setting.in === 'settings')
    return [
      {
        members: [unresolved(source, { ...found, role: nameRole(role), lookup: named })],
        places: [source.file],
      },
    ];
  return [literal];
}

/**
 * A default inside of a look-up (`${KMS_PW:Old1}`) is no way of its own. It counts where nothing else is set; where
 * something is, it changes along if it says the same.
 */
function takeInDefaults(ways: readonly Way[]): readonly Way[] {
  const defaults = new Map<Way, Way[]>();
  for (const way of ways) {
    const owners = ways.filter((other) => other !== way && isDefaultOf(way, other));
    for (const owner of owners) defaults.set(owner, [...(defaults.get(owner) ?? []), way]);
  }
  const taken = new Set([...defaults.values()].flat());
  return ways
    .filter((way) => !taken.has(way))
    .map((way) => {
      const inside = defaults.get(way)?.flatMap(({ members }) => members) ?? [];
      if (inside.length === 0) return way;
      const end = endValueOf(way);
      const isSet = end !== undefined;
      return {
        ...way,
        members: [
          ...way.members.map((member) => (isSet ? member : { ...member, isAside: true })),
          ...inside.map((member) => (isSet && member.found.value !== end ? stale(member) : member)),
        ],
      };
    });
}

function isDefaultOf({ members: [literal, ...more] }: Way, { members: [outer] }: Way): boolean {
  return (
    literal !== undefined &&
    more.length === 0 &&
    literal.found.value !== undefined &&
    literal.obstacle === undefined &&
    outer?.obstacle === 'lookup' &&
    outer.source === literal.source &&
    outer.found.start <= literal.found.start &&
    literal.found.end <= outer.found.end
  );
}

/** Where the other names of a client are set, given where the first one is. */
export function wayBeside(
  ways: readonly Way[],
  choice: Way | undefined,
  first: FollowedLookup | undefined,
  source: FoundFile,
): Way | 'ambiguous' | undefined {
  if (ways.length <= 1) return ways[0];
  const places = new Set(choice?.places ?? [source.file]);
  const folders = new Set([...places].map((file) => dirname(file)));
  const score = (way: Way) =>
    way.places.filter((place) => places.has(place)).length * 2 +
    (way.places.some((place) => folders.has(dirname(place))) ? 1 : 0);
  const best = Math.max(...ways.map(score));
  const nearest = ways.filter((way) => score(way) === best);
  if (nearest.length === 1) return nearest[0];
  // Several containers in one file, say: the first key goes with the first password.
  const alike = (first?.ways ?? []).filter((way) => choice !== undefined && samePlaces(way, choice));
  if (
    choice !== undefined &&
    alike.length === nearest.length &&
    nearest.every((way) => samePlaces(way, choice))
  )
    return nearest[alike.indexOf(choice)];
  if (new Set(nearest.map(endValueOf)).size > 1 || nearest.some((way) => endValueOf(way) === undefined))
    return 'ambiguous';
  return { members: nearest.flatMap(({ members }) => members), places: nearest.flatMap((way) => way.places) };
}

function samePlaces(one: Way, other: Way): boolean {
  return one.places.join('\n') === other.places.join('\n');
}

/** What a program gets in the end. */
export function endValueOf({ members }: Way): string | undefined {
  const end = members.filter(({ isAside }) => isAside !== true).at(-1);
  return end?.obstacle === 'lookup' ? undefined : end?.found.value;
}

function looksLikeVariable(name: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name);
}

/** One word for a name and where it is looked up. */
export function keyOf({ in: place, name }: Lookup): string {
  return `${place} ${name}`;
}
