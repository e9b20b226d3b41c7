import type { NotEditable, ReferenceRole } from '../../model/reference';
import type { FoundFile, PlacedMember } from '../foundFile';

/** A member of a client with the file it stands in: its own, or the one that sets what it looks up. */
export interface LinkedMember {
  readonly source: FoundFile;
  readonly found: PlacedMember;
  readonly obstacle?: NotEditable;
  /**
   * It says nothing of the client by itself and holds nothing up: a look-up whose value was found, a default that does not
   * count.
   */
  readonly isAside?: boolean;
}

export function isSameKind(one: ReferenceRole, other: ReferenceRole): boolean {
  return nameRole(one) === nameRole(other);
}

export function aside(source: FoundFile, found: PlacedMember): LinkedMember {
  return { source, found, obstacle: 'lookup', isAside: true };
}

export function unresolved(source: FoundFile, found: PlacedMember): LinkedMember {
  return { source, found, obstacle: found.obstacle ?? 'lookup' };
}

export function nameRole(role: ReferenceRole): ReferenceRole {
  return role === 'password' ? 'passwordEnv' : role;
}

/** A default that says something else than what is set. */
export function stale(member: LinkedMember): LinkedMember {
  return { ...member, obstacle: member.obstacle ?? 'ambiguous', isAside: true };
}
