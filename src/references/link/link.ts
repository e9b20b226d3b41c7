import type { FoundFile } from '../foundFile';
import { credentialClients } from './credentialClients';
import { type ResolvedClient, type ResolvedMember, resolveMember, settle } from './grouping';
import { linkUnits, separate, type Unit } from './linkUnits';
import { addMounts } from './mountReferences';
import { readMounts } from './mounts';
import type { Mount } from './resolvedPath';
import { markReplacing } from './terraformValues';
import { isBelieved } from './weakClients';

/**
 * Puts together what the files of a workspace say: look-ups with what sets them, paths with the files they lead to, values
 * with the clients that share them. Reads the files that paths lead to, and nothing else.
 * @param keyId of the client key that is looked for: a look-up of several groups is listed with the one of that key
 */
export function linkFiles(files: readonly FoundFile[], keyId?: string): readonly ResolvedClient[] {
  const mounts = readMounts(files);
  const ordinary = markReplacing(files.filter(({ notation }) => notation !== 'credential'));
  const clients = linkUnits(ordinary).flatMap((unit) => resolveUnit(unit, mounts));
  const credentials = credentialClients(files, clients, keyId);
  return [...addMounts(listOnce(clients, keyId), mounts, credentials, files), ...credentials];
}

/** Clients that share a value are one, unless they turn out to be of different keys. */
function resolveUnit(unit: Unit, mounts: readonly Mount[]): readonly ResolvedClient[] {
  const whole = resolveWhole(unit, mounts);
  const isOfSeveral = whole.some(({ keyId, members }) => keyId === undefined && keysOf(members).size > 1);
  if (!isOfSeveral || unit.parts === undefined) return whole;
  return separate(unit.parts).flatMap((part) => resolveWhole(part, mounts));
}

function keysOf(members: readonly ResolvedMember[]): ReadonlySet<string> {
  return new Set(members.flatMap(({ keyId, isAside }) => (isAside === true ? [] : (keyId ?? []))));
}

function resolveWhole(unit: Unit, mounts: readonly Mount[]): readonly ResolvedClient[] {
  const { source, documentation } = unit;
  const { members, keyId } = settle(
    [...unit.members]
      .map((member) => resolveMember(member, source, mounts))
      .sort(
        (one, other) =>
          Number(one.file !== source.file) - Number(other.file !== source.file) ||
          (one.file < other.file ? -1 : one.file > other.file ? 1 : one.found.start - other.found.start),
      ),
    documentation,
  );
  const client: ResolvedClient = {
    id: unit.id,
    file: source.file,
    folder: source.folder,
    notation: source.notation,
    context: unit.context,
    guessed: unit.guessed,
    documentation,
    members,
    ...(keyId === undefined ? {} : { keyId }),
  };
  return members.length > 0 && (unit.context === 'specific' || isBelieved(client)) ? [client] : [];
}

/** A look-up that several groups read through stands in one of them: in that of the key, else in the first. */
function listOnce(clients: readonly ResolvedClient[], keyId: string | undefined): readonly ResolvedClient[] {
  const placeOf = ({ file, found }: ResolvedMember) => `${file}\n${found.start}`;
  const owner = new Map<string, ResolvedClient | undefined>();
  // What counts for one client and not for another is listed with the one.
  for (const member of clients.flatMap(({ members }) => members))
    if (member.isAside !== true) owner.set(placeOf(member), undefined);
  const byKey = (one: ResolvedClient) => Number(keyId === undefined || one.keyId !== keyId);
  for (const client of [...clients].sort((one, other) => byKey(one) - byKey(other)))
    for (const member of client.members)
      if (member.isAside === true && !owner.has(placeOf(member))) owner.set(placeOf(member), client);
  return clients.map((client) => ({
    ...client,
    members: client.members.filter(
      (member) => member.isAside !== true || owner.get(placeOf(member)) === client,
    ),
  }));
}
