import type { Confidence, Doubt, NotEditable, Reference, ReferenceGroup } from '../model/reference';
import { isKey, type ResolvedClient, type ResolvedMember } from './grouping';
import { overriddenInPart } from './layers';
import { type PairProof, provePair } from './pairProof';

/** What a scan knows of the client keys of a workspace. */
export interface KnownKeys {
  /** Ids of all credential files seen, and of all that clients lead to. */
  readonly ids: ReadonlySet<string>;
  /** Paths of clients that lead nowhere here. */
  readonly unresolved: ReadonlySet<string>;
  /** Ids of clients of which another environment file sets a part. */
  readonly overridden: ReadonlySet<string>;
}

/**
 * Gathers what the confidence of a client with an unresolved path depends on, and what speaks against a client.
 * @param seen ids of the credential files
 * @param names of all settings of environment files, by file
 */
export function knownKeysOf(
  clients: readonly ResolvedClient[],
  seen: ReadonlySet<string>,
  names: ReadonlyMap<string, ReadonlySet<string>>,
): KnownKeys {
  const ids = new Set(seen);
  const unresolved = new Set<string>();
  for (const client of clients) {
    if (client.keyId !== undefined) ids.add(client.keyId);
    for (const { found, keyId } of client.members)
      if (isKey(found.role) && keyId === undefined) unresolved.add(found.value ?? '');
  }
  return { ids, unresolved, overridden: overriddenInPart(clients, names) };
}

/**
 * Makes the group of a client as seen from one client key (docs/facts.md CRED-2): *confirmed* when its file or text holds
 * the key's id; *probable* when it is a client of the SDK whose path leads nowhere here and there is no other key it
 * could mean; else *possible*. A client of another key is listed and never edited. Ticked is only a confirmed pair that
 * was seen to open; one that was merely guessed cannot be edited before that.
 */
export function toGroup(client: ResolvedClient, keyId: string, known: KnownKeys): ReferenceGroup {
  const confidence = confidenceOf(client, keyId, known);
  const isOther = client.keyId !== undefined && client.keyId !== keyId;
  const obstacles = client.members.map((member) => (isOther ? 'otherKey' : member.obstacle));
  const complete = obstacles.every((obstacle) => obstacle === undefined);
  const proof = complete && confidence === 'confirmed' ? provePair(client) : 'notHere';
  // Some other password that happens to stand nearby must never be written over.
  const unpaired = complete && client.guessed && proof !== 'opened';
  const references = client.members.map((member, index) =>
    toReference(client, member, confidence, unpaired ? 'unpaired' : obstacles[index]),
  );
  const editable = complete && !unpaired;
  const doubt = editable && confidence === 'confirmed' ? doubtOf(client, proof, known) : undefined;
  return {
    id: client.id,
    references,
    confidence,
    ...(client.keyId === undefined ? {} : { keyId: client.keyId }),
    ticked: editable && confidence === 'confirmed' && doubt === undefined,
    editable,
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function doubtOf(client: ResolvedClient, proof: PairProof, known: KnownKeys): Doubt | undefined {
  if (proof !== 'opened') return proof;
  return known.overridden.has(client.id) ? 'overridden' : undefined;
}

function confidenceOf(client: ResolvedClient, keyId: string, known: KnownKeys): Confidence {
  if (client.keyId !== undefined) return client.keyId === keyId ? 'confirmed' : 'possible';
  if (client.context === 'weak' || !client.members.some(({ found }) => isKey(found.role))) return 'possible';
  const others = [...known.ids].filter((id) => id !== keyId);
  if (others.length > 0) return 'possible';
  return known.ids.size > 0 || known.unresolved.size === 1 ? 'probable' : 'possible';
}

function toReference(
  client: ResolvedClient,
  { found, range, resolved, keyId }: ResolvedMember,
  confidence: Confidence,
  notEditable: NotEditable | undefined,
): Reference {
  const isPath = found.role === 'keyFile' || found.role === 'passwordFile';
  return {
    file: client.file,
    range,
    role: found.role,
    notation: client.notation,
    groupId: client.id,
    confidence,
    ...(keyId === undefined ? {} : { keyId }),
    ...(resolved === undefined ? {} : { target: resolved.target }),
    ...(isPath && found.value !== undefined ? { path: found.value } : {}),
    ...(notEditable === undefined ? {} : { notEditable }),
  };
}
