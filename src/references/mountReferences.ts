import { basename } from 'node:path';
import type { PlacedMount } from './foundFile';
import type { ResolvedClient, ResolvedMember } from './grouping';
import type { Mount } from './mounts';

/** What a file is for a client key. */
interface KnownFile {
  readonly role: 'keyFile' | 'passwordFile';
  readonly keyId: string | undefined;
}

/** A mount of a file that is known. */
interface KnownMount extends KnownFile {
  readonly mount: Mount;
}

/**
 * Makes references of mounts: what brings a credential or its password file into a container names it, too. It belongs to
 * the clients that reach the file through it, else to those that use the file, else it stands alone.
 * @param credentials credential files with their password files
 */
export function addMounts(
  clients: readonly ResolvedClient[],
  mounts: readonly Mount[],
  credentials: readonly ResolvedClient[],
): readonly ResolvedClient[] {
  const programs = clients.filter(({ documentation }) => !documentation);
  const files = knownFiles(programs, credentials);
  const places = new Set(
    clients.flatMap(({ members }) => members.map(({ file, found }) => `${file}\n${found.start}`)),
  );
  const added = new Map<ResolvedClient, ResolvedMember[]>();
  const alone = new Map<string, KnownMount[]>();
  for (const mount of mounts) {
    const known = mount.isFolder ? undefined : files.get(mount.path);
    // What a notation understood as a path by itself is listed already.
    if (known === undefined || places.has(`${mount.file}\n${mount.source.start}`)) continue;
    const one = { ...known, mount };
    const owner = ownerOf(one, programs);
    if (owner !== undefined) added.set(owner, [...(added.get(owner) ?? []), ...membersOf(one)]);
    else {
      const group = `${mount.file}\n${known.keyId ?? mount.path}`;
      alone.set(group, [...(alone.get(group) ?? []), one]);
    }
  }
  return [
    ...clients.map((client) => {
      const more = added.get(client);
      return more === undefined ? client : { ...client, members: [...client.members, ...more] };
    }),
    ...clientsOf([...alone.values()]),
  ];
}

function knownFiles(
  clients: readonly ResolvedClient[],
  credentials: readonly ResolvedClient[],
): ReadonlyMap<string, KnownFile> {
  const files = new Map<string, KnownFile>();
  for (const { keyId, members } of clients)
    for (const { found, resolved } of members)
      if (found.role === 'passwordFile' && resolved !== undefined)
        files.set(resolved.target, { role: 'passwordFile', keyId });
  for (const { keyId, members } of credentials)
    for (const { file, found } of members)
      if (found.role === 'credentialFile') files.set(file, { role: 'keyFile', keyId });
      else if (!files.has(file)) files.set(file, { role: 'passwordFile', keyId });
  return files;
}

function ownerOf(
  { role, mount }: KnownMount,
  clients: readonly ResolvedClient[],
): ResolvedClient | undefined {
  const users = clients.filter(({ members }) =>
    members.some(({ found, resolved }) => found.role === role && resolved?.target === mount.path),
  );
  const isThrough = ({ resolved }: ResolvedMember) =>
    resolved?.mount?.file === mount.file && resolved.mount.source.start === mount.source.start;
  return users.find(({ members }) => members.some(isThrough)) ?? users[0];
}

function membersOf({ mount, role, keyId }: KnownMount): readonly ResolvedMember[] {
  const { file, folder, notation, path, base, source, target } = mount;
  const member = ({ line, column, ...found }: PlacedMount['source']): ResolvedMember => ({
    file,
    folder,
    notation,
    found: { ...found, role },
    range: { start: found.start, end: found.end, line, column },
    resolved: { target: path, base, mount },
    isMount: true,
    ...(keyId === undefined || role !== 'keyFile' ? {} : { keyId }),
    ...(found.obstacle === undefined ? {} : { obstacle: found.obstacle }),
  });
  // A place that is named like the file is named anew with it; another name stays, and so do the paths that lead to it.
  const isNamedAlike = target?.value !== undefined && basename(target.value) === basename(path);
  return target !== undefined && isNamedAlike ? [member(source), member(target)] : [member(source)];
}

/** The mounts of one file that no client here is known for: those of one key change together. */
function clientsOf(groups: readonly (readonly KnownMount[])[]): readonly ResolvedClient[] {
  const taken = new Map<string, number>();
  return groups.flatMap((mounts): readonly ResolvedClient[] => {
    const [first] = mounts;
    if (first === undefined) return [];
    const { file, folder, notation } = first.mount;
    const id = `${file}#${anchorOf(first.mount)}`;
    const count = (taken.get(id) ?? 0) + 1;
    taken.set(id, count);
    return [
      {
        id: count === 1 ? id : `${id}~${count}`,
        file,
        folder,
        notation,
        context: 'specific',
        guessed: false,
        documentation: false,
        members: mounts.flatMap(membersOf),
        ...(first.keyId === undefined ? {} : { keyId: first.keyId }),
      },
    ];
  });
}

/** The place of a mount in words that survive a new name of the file. */
function anchorOf({ base, path, target }: Mount): string {
  const folderOf = (written: string) => written.replaceAll('\\', '/').replace(/[^/]*$/, '');
  return `mount ${folderOf(path.slice(base.length))} ${folderOf(target?.value ?? '')}`.trim();
}
