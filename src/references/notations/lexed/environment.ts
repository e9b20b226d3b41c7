import type { ReferenceRole } from '../../../model/reference';
import type { FoundClient, FoundMember } from '../../notation';
import type { Assignment } from '../dotenvLexer';
import { pairAssignments } from '../dotenvPairs';
import { isPlaceholder } from '../settingNames';
import { isForeignKey, memberNamed, roleByValue } from './dialect';

/** A variable that a file sets, and where that holds. */
export interface Setting extends Assignment {
  /** What is set in two places does not hold at once: blocks of a script, stages of an image, single commands. */
  readonly scope: string;
  /** The value as members of a client in some role: itself, a look-up, a file that is read. */
  members(role: ReferenceRole): readonly FoundMember[];
}

interface Group {
  readonly anchor: string;
  readonly context: FoundClient['context'];
  readonly guessed: boolean;
  readonly members: readonly { readonly role: ReferenceRole; readonly setting: Setting }[];
}

/**
 * Groups the variables of a file into clients. Within a scope a name that is set again begins a further client; a client
 * that sets only a part of what another sets may mix with it, so neither can be edited.
 */
export function environmentClients(settings: readonly Setting[]): readonly FoundClient[] {
  const groups = [...byScope(settings).values()].flatMap((own) => generations(own).flatMap(groupsOf));
  const mixed = mixedGroups(groups);
  const anchorOf = numbered();
  return groups.flatMap((group): FoundClient[] => {
    const members = group.members.flatMap(({ role, setting }) =>
      setting.members(role).flatMap((member) => {
        if (member.value !== undefined && isPlaceholder(member.value, member.role)) return [];
        if (isPasswordEnvName(member)) return [{ ...member, obstacle: 'lookup' as const }];
        const stays = member.obstacle !== undefined || !mixed.has(group);
        return [stays ? member : { ...member, obstacle: 'ambiguous' as const }];
      }),
    );
    if (members.length === 0) return [];
    const { context, guessed } = group;
    return [{ anchor: anchorOf(group.anchor), context, guessed, members }];
  });
}

function byScope(settings: readonly Setting[]): ReadonlyMap<string, readonly Setting[]> {
  const scopes = new Map<string, Setting[]>();
  for (const setting of settings) {
    const own = scopes.get(setting.scope);
    if (own === undefined) scopes.set(setting.scope, [setting]);
    else own.push(setting);
  }
  return scopes;
}

/** Names that belong to clients, split where one of them is set anew. */
function generations(settings: readonly Setting[]): readonly (readonly Setting[])[] {
  const relevant = new Set(
    groupsOf(settings).flatMap(({ members }) => members.map(({ setting }) => setting.name)),
  );
  const all: Map<string, Setting>[] = [];
  for (const setting of settings) {
    if (!relevant.has(setting.name)) continue;
    const last = all[all.length - 1];
    if (last === undefined || last.has(setting.name)) all.push(new Map([[setting.name, setting]]));
    else last.set(setting.name, setting);
  }
  return all.map((generation) => [...generation.values()]);
}

function groupsOf(settings: readonly Setting[]): readonly Group[] {
  const last = [...new Map(settings.map((one) => [one.name, one])).values()];
  const named = namedGroups(last);
  const taken = new Set(named.flatMap(({ members }) => members.map(({ setting }) => setting)));
  const settingOf = new Map<Assignment, Setting>(last.map((one) => [one, one]));
  const paired = pairAssignments(last.filter((one) => !taken.has(one))).map(
    ({ anchor, context, guessed, members }): Group => ({
      anchor,
      context,
      guessed,
      members: members.flatMap(({ role, assignment }) => {
        const setting = settingOf.get(assignment);
        return setting === undefined ? [] : [{ role, setting }];
      }),
    }),
  );
  return [...named, ...paired];
}

/** Nacos reads its own names from the environment, too; the words of the procedure are variables of scripts. */
function namedGroups(settings: readonly Setting[]): readonly Group[] {
  const groups: Group[] = [];
  for (const [anchor, fits] of [
    ['kms', /(?:^|[._])kms(?:ClientKeyFilePath|ClientKeyContent|PasswordKey)$/],
    ['clientKey', /^(?:client_?key_?(?:file|path|file_?path|content|pass|password)?|password)$/i],
  ] as const) {
    const members = settings.flatMap((setting) => {
      // Spring puts its prefix before the name.
      const name = /kms(?:Client|Password).*$/.exec(setting.name)?.[0] ?? setting.name;
      const role = fits.test(setting.name) ? memberNamed(name)?.role : undefined;
      return role === undefined ? [] : [{ role: roleByValue(role, setting.value), setting }];
    });
    const isKms = anchor === 'kms';
    const hasKey = members.some(({ role }) => role === 'keyFile' || role === 'keyContent');
    // A bare `password` belongs to anything, unless it is all there is.
    const passwords = members.filter(({ role }) => role === 'password');
    const own = passwords.filter(({ setting }) => /client/i.test(setting.name));
    const kept =
      isKms || own.length === 0
        ? members
        : members.filter((one) => !passwords.includes(one) || own.includes(one));
    const guessed = !isKms && own.length === 0 && passwords.length > 0;
    const foreign = members.some(({ setting }) => isForeignKey(setting.value));
    if (members.length === 0 || foreign || (!isKms && !hasKey)) continue;
    groups.push({ anchor, context: isKms ? 'specific' : 'weak', guessed, members: kept });
  }
  return groups;
}

/** The clients of which another one sets some of the names and not all of them. */
function mixedGroups(groups: readonly Group[]): ReadonlySet<Group> {
  const names = groups.map(
    ({ members }) =>
      new Set(members.flatMap(({ role, setting }) => (passesOn(setting, role) ? [] : [setting.name]))),
  );
  // Most set the same: each set of names is compared once.
  const kinds = new Map(names.map((own) => [[...own].sort().join('\n'), own]));
  return new Set(
    groups.filter((_, index) =>
      [...kinds.values()].some((other) => {
        const own = names[index] ?? new Set();
        const common = [...own].filter((name) => other.has(name)).length;
        return common > 0 && (common < own.size || common < other.size);
      }),
    ),
  );
}

/** `NAME=$NAME` hands on what is set elsewhere. */
function passesOn(setting: Setting, role: ReferenceRole): boolean {
  return setting.members(role).some(({ lookup }) => lookup?.name === setting.name);
}

function isPasswordEnvName(member: FoundMember): boolean {
  return member.role === 'passwordEnv' && member.obstacle === undefined;
}

/** Names the second of what has one name, and those after it. */
export function numbered(): (name: string) => string {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  };
}
