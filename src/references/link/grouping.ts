import { basename, relative } from 'node:path';
import { findClientKeyId } from '../../model/clientKey';
import type { Notation as NotationName, NotEditable, ReferenceRole, TextRange } from '../../model/reference';
import type { FoundClient, FoundMember } from '../notation';
import { isInSkippedFolder } from '../scan/walk';
import type { LinkedMember } from './linkedMember';
import type { ResolvedPath } from './resolvedPath';
import { keyIdOfFile, type PathContext, resolvePath } from './resolvePath';

/** A member with what other files say about it. */
export interface ResolvedMember {
  /** The file it stands in; a setting that a client looks up stands in another one than the client. */
  readonly file: string;
  readonly folder: string;
  readonly notation: NotationName;
  readonly found: FoundMember;
  readonly range: TextRange;
  readonly resolved?: ResolvedPath;
  /** The client key that the value leads to or holds. */
  readonly keyId?: string;
  readonly obstacle?: NotEditable;
  /** Listed, never edited, and holds nothing up: a look-up whose value was found, a default or path that does not count. */
  readonly isAside?: boolean;
  /** Says which file a container gets, and needs no password beside it. */
  readonly isMount?: boolean;
}

/** What one client reads, over all files, with the client keys that its members lead to. */
export interface ResolvedClient {
  readonly id: string;
  /** The file that the client itself stands in. */
  readonly file: string;
  readonly folder: string;
  readonly notation: NotationName;
  readonly context: FoundClient['context'];
  readonly guessed: boolean;
  readonly documentation: boolean;
  readonly members: readonly ResolvedMember[];
  /** The key of the client, where all that is known of it agrees. */
  readonly keyId?: string;
}

/** Whether a role leads to the key rather than to its password. */
export function isKey(role: ReferenceRole): boolean {
  return role === 'keyFile' || role === 'keyContent' || role === 'credentialFile';
}

export function isPath(role: ReferenceRole): boolean {
  return role === 'keyFile' || role === 'passwordFile';
}

/** Follows the path of a member, or reads the key id in its content. */
export function resolveMember(
  { source, found: placed, obstacle: linked, isAside }: LinkedMember,
  reader: { readonly file: string; readonly folder: string },
  mounts: PathContext['mounts'] = [],
): ResolvedMember {
  const { line, column, named, ...found } = placed;
  const { file, folder, notation } = source;
  const obstacle = isInSkippedFolder(relative(folder, file)) ? 'readOnly' : (linked ?? found.obstacle);
  const member = {
    file,
    folder,
    notation,
    found,
    range: { start: found.start, end: found.end, line, column },
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(isAside === true ? { isAside } : {}),
  };
  if (named !== undefined && isKey(found.role)) return { ...member, keyId: named };
  // The value of a look-up is a name.
  if (found.value === undefined || obstacle === 'lookup' || found.role === 'passwordEnv') return member;
  if (found.role === 'keyContent')
    return { ...member, ...keyOfContent(found.value), ...(obstacle && { obstacle }) };
  if (!isPath(found.role)) return member;
  const context = { base: found.base, mounts };
  const resolved =
    resolvePath(found.value, file, folder, context) ??
    (reader.file === file ? undefined : resolvePath(found.value, reader.file, reader.folder, context));
  if (found.role === 'passwordFile') return { ...member, ...(resolved === undefined ? {} : { resolved }) };
  const fromFile = resolved === undefined ? undefined : keyIdOfFile(resolved.target);
  const fromName = findClientKeyId(basename(found.value.replaceAll('\\', '/')));
  const keyId = fromFile ?? fromName;
  return {
    ...member,
    ...(resolved === undefined ? {} : { resolved }),
    ...(keyId === undefined ? {} : { keyId }),
  };
}

function keyOfContent(value: string): { keyId?: string; obstacle?: NotEditable } {
  const keyId = findClientKeyId(value);
  // Base64 and the like: which way of writing it takes is not known.
  if (!/^\s*\{[\s\S]*\}\s*$/.test(value)) return { obstacle: 'unsupported', ...(keyId ? { keyId } : {}) };
  return keyId === undefined ? {} : { keyId };
}

/**
 * Settles what the members of a client say together: which key it is, and what cannot be told: two different passwords or
 * keys, and halves without the other half.
 */
export function settle(
  members: readonly ResolvedMember[],
  documentation: boolean,
): Pick<ResolvedClient, 'members' | 'keyId'> {
  const { kept, keyId, isAmbiguous } = keyOf(members);
  const passwords = kept.filter(({ found, isAside }) => !isKey(found.role) && isAside !== true);
  const hasKey = kept.some(({ found, isAside }) => isKey(found.role) && isAside !== true);
  const literals = new Set(
    passwords.flatMap(({ found }) => (found.role === 'password' ? (found.value ?? []) : [])),
  );
  const settled = kept.map((member): ResolvedMember => {
    if (isAmbiguous && !(member.isAside === true)) return { ...member, obstacle: 'ambiguous' };
    if (member.obstacle !== undefined || documentation || member.isMount === true) return member;
    if (!hasKey || passwords.length === 0) return { ...member, obstacle: 'unpaired' };
    return member.found.role === 'password' && literals.size > 1
      ? { ...member, obstacle: 'ambiguous' }
      : member;
  });
  return { members: settled, ...(keyId === undefined ? {} : { keyId }) };
}

/** The one key of a client. Where it has both content and file, the content counts (docs/facts.md NAME-12). */
function keyOf(members: readonly ResolvedMember[]): {
  readonly kept: readonly ResolvedMember[];
  readonly keyId: string | undefined;
  readonly isAmbiguous: boolean;
} {
  const idsOf = (role: ReferenceRole) =>
    new Set(
      members.flatMap(({ found, keyId, isAside }) =>
        found.role === role && isAside !== true && keyId !== undefined ? [keyId] : [],
      ),
    );
  const contents = idsOf('keyContent');
  const files = idsOf('keyFile');
  const ids = contents.size > 0 ? contents : files;
  const [keyId] = ids;
  const isStale = (member: ResolvedMember) =>
    contents.size === 1 &&
    member.found.role === 'keyFile' &&
    member.keyId !== undefined &&
    member.keyId !== keyId;
  return {
    kept: members.map((member) =>
      isStale(member) ? { ...member, obstacle: 'otherKey', isAside: true } : member,
    ),
    keyId: ids.size === 1 ? keyId : undefined,
    isAmbiguous: ids.size > 1,
  };
}
