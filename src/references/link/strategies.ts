import { basename } from 'node:path';
import { findClientKeyId } from '../../model/clientKey';
import type { NotEditable, Strategy } from '../../model/reference';
import { isInSkippedFolder } from '../scan/walk';
import { isKey, isPath, type ResolvedClient, type ResolvedMember } from './grouping';
import { isInside } from './writtenPath';

/** Who uses which file, over the whole workspace. */
export interface FileUsers {
  /** The clients that lead to a file, by its path; those that are the file itself are not among them. */
  readonly clients: ReadonlyMap<string, readonly ResolvedClient[]>;
  /** Password files that are read with more than one client key. */
  readonly sharedPasswords: ReadonlySet<string>;
}

/** How a client can be patched, the sensible way first. */
export interface Ways {
  readonly strategies: readonly Strategy[];
  /** Replacing its files would break a client that cannot change with it. */
  readonly breaksOthers: boolean;
  /** Members that keep it from changing in any way. */
  readonly isBlocked: boolean;
}

/** What keeps a path from being edited, and does no harm where the file that it leads to gets new content. */
const AROUND: ReadonlySet<NotEditable> = new Set([
  'lookup',
  'interpolated',
  'template',
  'unsupported',
  'readOnly',
]);

export function usersOfFiles(clients: readonly ResolvedClient[]): FileUsers {
  const users = new Map<string, ResolvedClient[]>();
  const keys = new Map<string, Set<string>>();
  for (const client of clients) {
    if (client.documentation) continue;
    for (const member of client.members) {
      const file = member.notation === 'credential' ? member.file : member.resolved?.target;
      if (file === undefined || member.isAside === true) continue;
      // A client whose key is not known may be one of another key.
      if (!isKey(member.found.role))
        keys.set(file, (keys.get(file) ?? new Set()).add(client.keyId ?? client.id));
      if (client.notation === 'credential' || member.isMount === true) continue;
      const known = users.get(file);
      if (known === undefined) users.set(file, [client]);
      else if (!known.includes(client)) known.push(client);
    }
  }
  return {
    clients: users,
    sharedPasswords: new Set([...keys].filter(([, ids]) => ids.size > 1).map(([file]) => file)),
  };
}

/**
 * Tells how a client can be patched. New files beside the old ones are the rule: the one file that names both then changes by
 * one rename. The old files get new content where a path cannot be edited, and where a stable name is built into the
 * program, which nothing that runs reads from here.
 */
export function waysOf(client: ResolvedClient, users: FileUsers): Ways {
  const live = client.members.filter(({ isAside }) => isAside !== true);
  const paths = live.filter(({ found }) => isPath(found.role));
  const beside = live.every(({ obstacle }) => obstacle === undefined);
  const inPlace = paths.length > 0 && canReplace(client, users);
  const others = inPlace
    ? paths.flatMap(({ resolved }) => users.clients.get(resolved?.target ?? '') ?? [])
    : [];
  const breaksOthers = others.some((other) => other !== client && !canReplace(other, users));
  if (paths.length === 0) return { strategies: [], breaksOthers: false, isBlocked: !beside };
  if (!beside) return { strategies: inPlace ? ['inPlace'] : [], breaksOthers, isBlocked: !inPlace };
  if (!inPlace || breaksOthers) return { strategies: ['beside'], breaksOthers: false, isBlocked: false };
  const isBuiltIn = paths.every(({ resolved }) => isResource(resolved?.target) || resolved?.isBuilt === true);
  return {
    strategies: isBuiltIn ? ['inPlace', 'beside'] : ['beside', 'inPlace'],
    breaksOthers: false,
    isBlocked: false,
  };
}

/** Whether the files of a client can get new content, whatever other clients do. */
function canReplace({ members, folder, documentation }: ResolvedClient, users: FileUsers): boolean {
  if (documentation || members.every(({ isMount }) => isMount === true)) return false;
  return members
    .filter(({ isAside }) => isAside !== true)
    .every((member) => {
      if (!isPath(member.found.role)) return member.obstacle === undefined;
      return (
        (member.obstacle === undefined || AROUND.has(member.obstacle)) &&
        hasStableFile(member, folder) &&
        !users.sharedPasswords.has(member.resolved?.target ?? '')
      );
    });
}

function hasStableFile({ resolved }: ResolvedMember, folder: string): boolean {
  if (resolved === undefined || !isInside(resolved.target, folder)) return false;
  if (isInSkippedFolder(resolved.target.slice(folder.length + 1))) return false;
  return findClientKeyId(basename(resolved.target)) === undefined;
}

function isResource(target: string | undefined): boolean {
  return /[\\/]src[\\/]\w+[\\/]resources[\\/]/.test(target ?? '');
}
