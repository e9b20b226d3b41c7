import type { ResolvedClient, ResolvedMember } from './grouping';

/**
 * Which clients read a file through the same mount, directly or over a third one: by the id of each, the ids of all. A
 * mount that brings another file takes the old one away from all of them, so they get new files together or not at all.
 */
export function tiedByMounts(clients: readonly ResolvedClient[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owned = ownedMounts(clients);
  const ties = new Map<string, Set<string>>();
  const byMount = new Map<string, Set<string>>();
  for (const { id, members, documentation } of clients) {
    if (documentation) continue;
    for (const mount of members.flatMap((member) => mountOf(member) ?? [])) {
      if (!owned.has(mount)) continue;
      const all = new Set([id, ...(ties.get(id) ?? []), ...(byMount.get(mount) ?? [])]);
      for (const one of [...all]) for (const other of ties.get(one) ?? []) all.add(other);
      for (const one of all) ties.set(one, all);
      byMount.set(mount, all);
    }
  }
  return ties;
}

/** The mounts that are references of a client themselves. */
export function ownedMounts(clients: readonly ResolvedClient[]): ReadonlySet<string> {
  return new Set(
    clients
      .flatMap(({ members }) => members)
      .flatMap((member) => (member.isMount === true ? (mountOf(member) ?? []) : [])),
  );
}

/** The mount of a single file that brings a member's file into a container. */
export function mountOf({ resolved, isAside }: ResolvedMember): string | undefined {
  const mount = resolved?.mount;
  if (mount === undefined || mount.isFolder || isAside === true) return undefined;
  return `${mount.file}\n${mount.source.start}`;
}
