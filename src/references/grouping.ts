import { basename, relative } from 'node:path';
import { findClientKeyId } from '../model/clientKey';
import type { Notation as NotationName, NotEditable, ReferenceRole, TextRange } from '../model/reference';
import type { FoundClient, FoundMember } from './notation';
import { keyIdOfFile, type ResolvedPath, resolvePath } from './resolvePath';
import { isInSkippedFolder } from './walk';

/** A member with what other files say about it. */
export interface ResolvedMember {
  readonly found: FoundMember;
  readonly range: TextRange;
  readonly resolved?: ResolvedPath;
  /** The client key that the value leads to or holds. */
  readonly keyId?: string;
  readonly obstacle?: NotEditable;
}

/** A client of one file, with the client keys its members lead to. */
export interface ResolvedClient {
  readonly id: string;
  readonly file: string;
  readonly folder: string;
  readonly notation: NotationName;
  readonly context: FoundClient['context'];
  readonly guessed: boolean;
  readonly members: readonly ResolvedMember[];
  /** The key of the client, where all that is known of it agrees. */
  readonly keyId?: string;
}

/** Makes clients of what a notation found in a file: follows paths, merges what shares a literal, drops what proves nothing. */
export function resolveClients(
  source: {
    readonly file: string;
    readonly folder: string;
    readonly notation: NotationName;
    readonly text: string;
  },
  found: readonly FoundClient[],
): readonly ResolvedClient[] {
  const locate = lineLocator(source.text);
  return mergeShared(found).flatMap((client) => {
    const members = settle(
      [...client.members]
        .sort((one, other) => one.start - other.start)
        .map((member) => resolveMember(member, source.file, source.folder, locate)),
    );
    const keyIds = new Set(
      members.flatMap((member) => (isKey(member.found.role) ? (member.keyId ?? []) : [])),
    );
    // A weak name is believed only when its value leads to a client key (docs/facts.md NAME-5).
    if (members.length === 0 || (client.context === 'weak' && keyIds.size === 0)) return [];
    const [keyId] = keyIds;
    return [
      {
        id: `${source.file}#${client.anchor}`,
        file: source.file,
        folder: source.folder,
        notation: source.notation,
        context: client.context,
        guessed: client.guessed ?? false,
        members:
          keyIds.size > 1 ? members.map((one) => ({ ...one, obstacle: 'ambiguous' as const })) : members,
        ...(keyId === undefined || keyIds.size > 1 ? {} : { keyId }),
      },
    ];
  });
}

/** Whether a role leads to the key rather than to its password. */
export function isKey(role: ReferenceRole): boolean {
  return role === 'keyFile' || role === 'keyContent';
}

function resolveMember(
  found: FoundMember,
  file: string,
  folder: string,
  locate: (offset: number) => { line: number; column: number },
): ResolvedMember {
  const range = { start: found.start, end: found.end, ...locate(found.start) };
  const obstacle = isInSkippedFolder(relative(folder, file)) ? 'readOnly' : found.obstacle;
  const member = { found, range, ...(obstacle === undefined ? {} : { obstacle }) };
  if (found.value === undefined) return member;
  if (found.role === 'keyContent') return { ...member, ...keyOfContent(found.value) };
  if (found.role !== 'keyFile' && found.role !== 'passwordFile') return member;
  const resolved = resolvePath(found.value, file, folder);
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

/** Marks what cannot be told: two different passwords for one client, and halves without the other half. */
function settle(members: readonly ResolvedMember[]): readonly ResolvedMember[] {
  const passwords = members.filter(({ found }) => !isKey(found.role));
  const hasKey = members.length > passwords.length;
  const literals = new Set(
    passwords.flatMap(({ found }) => (found.role === 'password' ? (found.value ?? []) : [])),
  );
  return members.map((member) => {
    if (member.obstacle !== undefined) return member;
    if (!hasKey || passwords.length === 0) return { ...member, obstacle: 'unpaired' };
    return member.found.role === 'password' && literals.size > 1
      ? { ...member, obstacle: 'ambiguous' }
      : member;
  });
}

/** Clients that take a value from the same literal change together. */
function mergeShared(clients: readonly FoundClient[]): readonly FoundClient[] {
  const merged: FoundClient[] = [];
  for (const client of clients) {
    const starts = new Set(client.members.map((member) => member.start));
    const sharing = merged.filter((one) => one.members.some((member) => starts.has(member.start)));
    const [first] = sharing;
    if (first === undefined) {
      merged.push(client);
      continue;
    }
    const all = [...sharing, client];
    const members = new Map(
      all.flatMap((one) => one.members).map((member) => [`${member.start}:${member.role}`, member]),
    );
    merged[merged.indexOf(first)] = {
      anchor: first.anchor,
      context: all.some((one) => one.context === 'specific') ? 'specific' : 'weak',
      guessed: all.some((one) => one.guessed === true),
      members: [...members.values()],
    };
    for (const other of sharing.slice(1)) merged.splice(merged.indexOf(other), 1);
  }
  return merged;
}

/** Line and column from 1, the column in UTF-16 units. */
function lineLocator(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
