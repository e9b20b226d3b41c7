import { basename } from 'node:path';
import { findClientKeyId } from '../model/clientKey';
import type { FoundFile, PlacedMount } from './foundFile';
import type { ResolvedClient, ResolvedMember } from './grouping';
import { addMountPassword } from './mountPassword';
import type { Mount } from './mounts';
import { nameOfPath } from './newPath';

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
 * @param all what the files say, for passwords that are set beside mounts
 */
export function addMounts(
  clients: readonly ResolvedClient[],
  mounts: readonly Mount[],
  credentials: readonly ResolvedClient[],
  all: readonly FoundFile[],
): readonly ResolvedClient[] {
  const programs = clients.filter(({ documentation }) => !documentation);
  const files = knownFiles(programs, credentials);
  const places = new Set(
    clients.flatMap(({ members }) => members.map(({ file, found }) => `${file}\n${found.start}`)),
  );
  const added = new Map<ResolvedClient, ResolvedMember[]>();
  const alone = new Map<string, KnownMount[]>();
  for (const mount of mounts) {
    const known = mount.isFolder ? undefined : (files.get(mount.path) ?? knownByName(mount));
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
    ...clientsOf([...alone.values()]).map((client, _, others) =>
      addMountPassword(
        client,
        all.find(({ file }) => file === client.file)?.settings ?? [],
        (start) => places.has(`${client.file}\n${start}`),
        others.some((other) => other !== client && other.file === client.file),
      ),
    ),
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

/** A file that is not here yet: it is brought before the image is built. */
function knownByName({ path, isMissing }: Mount): KnownFile | undefined {
  if (isMissing !== true) return undefined;
  const name = basename(path);
  return { role: /passw/i.test(name) ? 'passwordFile' : 'keyFile', keyId: findClientKeyId(name) };
}

function ownerOf(
  { role, mount }: KnownMount,
  clients: readonly ResolvedClient[],
): ResolvedClient | undefined {
  const isUse = ({ file, found, resolved }: ResolvedMember) =>
    found.role === role &&
    (mount.isMissing === true
      ? file === mount.file && nameOfPath(found.value ?? '') === basename(mount.path)
      : resolved?.target === mount.path);
  const users = clients.filter(({ members }) => members.some(isUse));
  const isThrough = ({ resolved }: ResolvedMember) =>
    resolved?.mount?.file === mount.file && resolved.mount.source.start === mount.source.start;
  // Of those that only use the file one that changes: the mount has to bring the new file to it.
  const changes = ({ members }: ResolvedClient) =>
    members.every(({ obstacle, isAside }) => obstacle === undefined || isAside === true);
  return users.find(({ members }) => members.some(isThrough)) ?? users.find(changes) ?? users[0];
}

function membersOf({ mount, role, keyId }: KnownMount): readonly ResolvedMember[] {
  const { file, folder, notation, path, base, source, target } = mount;
  const member = ({ line, column, ...found }: PlacedMount['source']): ResolvedMember => ({
    file,
    folder,
    notation,
    found: { ...found, role },
    range: { start: found.start, end: found.end, line, column },
    ...(mount.isMissing === true ? {} : { resolved: { target: path, base, mount } }),
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
