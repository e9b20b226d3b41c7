import { basename } from 'node:path';
import { findClientKeyId } from '../../model/clientKey';
import type { FoundFile, PlacedMount, PlacedSetting } from '../foundFile';
import { nameOfPath } from '../plan/newPath';
import type { ResolvedClient, ResolvedMember } from './grouping';
import { passwordMember, passwordsBeside } from './mountPassword';
import type { Mount } from './resolvedPath';

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
  const settingsOf = (file: string) => all.find((one) => one.file === file)?.settings ?? [];
  const places = new Set(
    clients.flatMap(({ members }) => members.map(({ file, found }) => `${file}\n${found.start}`)),
  );
  const known = mounts.flatMap((mount): readonly KnownMount[] => {
    const file = mount.isFolder ? undefined : (files.get(mount.path) ?? knownByName(mount));
    // What a notation understood as a path by itself is listed already.
    return file === undefined || places.has(`${mount.file}\n${mount.source.start}`)
      ? []
      : [{ ...file, mount }];
  });
  const passwords = (one: KnownMount) =>
    one.role === 'keyFile'
      ? passwordsBeside(
          one.mount,
          settingsOf(one.mount.file).filter(({ start }) => !places.has(`${one.mount.file}\n${start}`)),
          known.every(({ mount, keyId }) => mount.file !== one.mount.file || keyId === one.keyId),
        )
      : [];
  const added = new Map<ResolvedClient, ResolvedMember[]>();
  const alone = new Map<string, KnownMount[]>();
  for (const one of known) {
    const owner = ownerOf(one, programs, passwords(one).length > 0);
    if (owner !== undefined) added.set(owner, [...(added.get(owner) ?? []), ...membersOf(one)]);
    else {
      const group = `${one.mount.file}\n${one.keyId ?? one.mount.path}`;
      alone.set(group, [...(alone.get(group) ?? []), one]);
    }
  }
  return [
    ...clients.map((client) => {
      const more = added.get(client);
      return more === undefined ? client : { ...client, members: [...client.members, ...more] };
    }),
    ...clientsOf([...alone.values()], passwords),
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
  hasPassword: boolean,
): ResolvedClient | undefined {
  const isUse = ({ file, found, resolved }: ResolvedMember) =>
    found.role === role &&
    (mount.isMissing === true
      ? file === mount.file && nameOfPath(found.value ?? '') === basename(mount.path)
      : resolved?.target === mount.path);
  const isThrough = ({ resolved }: ResolvedMember) =>
    resolved?.mount?.file === mount.file && resolved.mount.source.start === mount.source.start;
  const users = clients.filter(({ members }) => members.some(isUse));
  const own =
    users.find(({ members }) => members.some(isThrough)) ??
    users.find(({ members }) => members.some(({ file }) => file === mount.file));
  // With a password beside it, it is a client of its own, whoever else uses the file.
  if (own !== undefined || hasPassword) return own;
  // One that changes: the mount has to bring the new file to it.
  return users.find(changes) ?? users[0];
}

function changes({ members }: ResolvedClient): boolean {
  return members.every(({ obstacle, isAside }) => obstacle === undefined || isAside === true);
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
function clientsOf(
  groups: readonly (readonly KnownMount[])[],
  passwords: (mount: KnownMount) => readonly PlacedSetting[],
): readonly ResolvedClient[] {
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
        members: [
          ...mounts.flatMap(membersOf),
          ...[...new Set(mounts.flatMap(passwords))].map((setting) => passwordMember(first.mount, setting)),
        ],
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
