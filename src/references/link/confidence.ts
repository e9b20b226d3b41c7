import type { Confidence, Doubt, NotEditable, Reference, ReferenceGroup } from '../../model/reference';
import type { FoundFile } from '../foundFile';
import { isKey, isPath, type ResolvedClient, type ResolvedMember } from './grouping';
import { overriddenInPart } from './layers';
import { manualStepsOf } from './manualSteps';
import { type PairProof, provePair } from './pairProof';
import { tiedByMounts } from './sharedMounts';
import { type FileUsers, usersOfFiles, type Ways, waysOf } from './strategies';

/** What a scan knows of the client keys of a workspace. */
export interface KnownKeys {
  /** Ids of all credential files seen, and of all that clients lead to. */
  readonly ids: ReadonlySet<string>;
  /** Paths of clients that lead nowhere here. */
  readonly unresolved: ReadonlySet<string>;
  /** Ids of clients of which another environment file sets a part. */
  readonly overridden: ReadonlySet<string>;
  readonly users: FileUsers;
}

/** Gathers what the confidence of a client with an unresolved path depends on, and what speaks against a client. */
export function knownKeysOf(clients: readonly ResolvedClient[], files: readonly FoundFile[]): KnownKeys {
  const ids = new Set<string>();
  const unresolved = new Set<string>();
  for (const { keyId, members } of clients) {
    if (keyId !== undefined) ids.add(keyId);
    for (const member of members)
      if (isKey(member.found.role) && member.keyId === undefined && member.isAside !== true)
        unresolved.add(member.found.value ?? '');
  }
  return {
    ids,
    unresolved,
    overridden: overriddenInPart(clients, files),
    users: usersOfFiles(clients),
  };
}

/**
 * Makes the groups of all clients. A credential file comes last in a chain: it is taken only where all that read it keep
 * their paths.
 */
export function toGroups(
  clients: readonly ResolvedClient[],
  keyId: string | undefined,
  known: KnownKeys,
): readonly ReferenceGroup[] {
  const judged = new Map(
    clients
      .filter(({ notation }) => notation !== 'credential')
      .map((client) => [client, toGroup(client, keyId, known)]),
  );
  const groups = withMounts(judged);
  return clients.map((client) => groups.get(client) ?? credentialGroup(client, keyId, known, groups));
}

/**
 * Makes the group of a client as seen from one client key (docs/facts.md CRED-2): *confirmed* when its file or text holds
 * the key's id; *probable* when it is a client of the SDK whose path leads nowhere here and there is no other key it
 * could mean; else *possible*. A client of another key is listed and never edited. Ticked is a confirmed group that can be
 * edited, unless something speaks against it; one that was merely guessed cannot be edited before its pair was seen to open.
 * @param keyId undefined: each client is seen from its own key
 */
export function toGroup(client: ResolvedClient, keyId: string | undefined, known: KnownKeys): ReferenceGroup {
  const confidence = confidenceOf(client, keyId, known);
  const isOther = keyId !== undefined && client.keyId !== undefined && client.keyId !== keyId;
  const ways = waysOf(client, known.users);
  const complete = !isOther && !ways.isBlocked;
  const proof = complete && confidence === 'confirmed' ? provePair(client) : 'unknown';
  // Some other password that happens to stand nearby must never be written over.
  const unpaired = complete && client.guessed && proof !== 'opened';
  const references = client.members.map((member) =>
    toReference(client, member, confidence, isOther ? 'otherKey' : unpaired ? 'unpaired' : member.obstacle),
  );
  const editable = complete && !unpaired;
  const doubt = editable && confidence === 'confirmed' ? doubtOf(client, proof, ways, known) : undefined;
  return {
    id: client.id,
    references,
    confidence,
    ...(client.keyId === undefined ? {} : { keyId: client.keyId }),
    ticked: editable && confidence === 'confirmed' && doubt === undefined,
    editable,
    ...(doubt === undefined ? {} : { doubt }),
    strategies: ways.strategies,
    manualSteps: isOther ? [] : manualStepsOf(client),
  };
}

/** A mount takes the old file away from all that read it: where one of them stays as it is, so do the others. */
function withMounts(
  groups: ReadonlyMap<ResolvedClient, ReferenceGroup>,
): ReadonlyMap<ResolvedClient, ReferenceGroup> {
  const ties = tiedByMounts([...groups.keys()]);
  const byId = new Map([...groups.values()].map((group) => [group.id, group]));
  const stays = (id: string) => {
    const group = byId.get(id);
    return group !== undefined && !(group.ticked && group.strategies[0] === 'beside');
  };
  return new Map(
    [...groups].map(([client, group]) => {
      const isHeld =
        group.ticked && group.strategies[0] === 'beside' && [...(ties.get(client.id) ?? [])].some(stays);
      return [client, isHeld ? { ...group, ticked: false, doubt: 'shared' } : group];
    }),
  );
}

/** A credential file with its password file: it stays as it is unless all its clients want new content in it. */
function credentialGroup(
  client: ResolvedClient,
  keyId: string | undefined,
  known: KnownKeys,
  groups: ReadonlyMap<ResolvedClient, ReferenceGroup>,
): ReferenceGroup {
  const isOther = keyId !== undefined && client.keyId !== keyId;
  const users = (known.users.clients.get(client.file) ?? []).flatMap((user) => groups.get(user) ?? []);
  const isShared = client.members.some(({ file }) => known.users.sharedPasswords.has(file));
  const isTaken =
    !isOther &&
    users.length > 0 &&
    !isShared &&
    users.every(({ ticked, strategies }) => ticked && strategies[0] === 'inPlace');
  const confidence = isOther ? 'possible' : 'confirmed';
  const obstacle = isOther ? 'otherKey' : isTaken ? undefined : 'kept';
  const editable = client.members.every((member) => (member.obstacle ?? obstacle) === undefined);
  return {
    id: client.id,
    references: client.members.map((member) =>
      toReference(client, member, confidence, member.obstacle ?? obstacle),
    ),
    confidence,
    ...(client.keyId === undefined ? {} : { keyId: client.keyId }),
    ticked: editable,
    editable,
    strategies: editable ? ['inPlace'] : [],
    manualSteps: [],
  };
}

function doubtOf(client: ResolvedClient, proof: PairProof, ways: Ways, known: KnownKeys): Doubt | undefined {
  if (client.documentation) return 'documentation';
  if (proof === 'notOpened') return 'notOpened';
  if (ways.breaksOthers) return 'shared';
  return known.overridden.has(client.id) ? 'overridden' : undefined;
}

function confidenceOf(client: ResolvedClient, keyId: string | undefined, known: KnownKeys): Confidence {
  if (client.keyId !== undefined)
    return keyId === undefined || client.keyId === keyId ? 'confirmed' : 'possible';
  if (client.context === 'weak' || client.documentation) return 'possible';
  if (!client.members.some(({ found }) => isKey(found.role))) return 'possible';
  const ids = keyId === undefined ? known.ids : new Set([keyId, ...known.ids]);
  if (ids.size > 1) return 'possible';
  return known.ids.size > 0 || known.unresolved.size === 1 ? 'probable' : 'possible';
}

function toReference(
  client: ResolvedClient,
  { file, notation, found, range, resolved, keyId }: ResolvedMember,
  confidence: Confidence,
  notEditable: NotEditable | undefined,
): Reference {
  return {
    file,
    range,
    role: found.role,
    notation,
    groupId: client.id,
    confidence,
    ...(keyId === undefined ? {} : { keyId }),
    ...(resolved === undefined ? {} : { target: resolved.target }),
    ...(isPath(found.role) && found.value !== undefined && notEditable !== 'lookup'
      ? { path: found.value }
      : {}),
    ...(notEditable === undefined ? {} : { notEditable }),
  };
}
