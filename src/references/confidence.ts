import type { Confidence, NotEditable, Reference, ReferenceGroup } from '../model/reference';
import { isKey, type ResolvedClient, type ResolvedMember } from './grouping';

/** What a scan knows of the client keys of a workspace. */
export interface KnownKeys {
  /** Ids of all credential files seen, and of all that clients lead to. */
  readonly ids: ReadonlySet<string>;
  /** Paths of clients that lead nowhere here. */
  readonly unresolved: ReadonlySet<string>;
}

/** Gathers what the confidence of a client with an unresolved path depends on. */
export function knownKeysOf(clients: readonly ResolvedClient[], seen: ReadonlySet<string>): KnownKeys {
  const ids = new Set(seen);
  const unresolved = new Set<string>();
  for (const client of clients) {
    if (client.keyId !== undefined) ids.add(client.keyId);
    for (const { found, keyId } of client.members)
      if (isKey(found.role) && keyId === undefined) unresolved.add(found.value ?? '');
  }
  return { ids, unresolved };
}

/**
 * Makes the group of a client as seen from one client key (docs/facts.md CRED-2): *confirmed* when its file or text holds
 * the key's id; *probable* when it is a client of the SDK whose path leads nowhere here and there is no other key it
 * could mean; else *possible*. A client of another key is listed and never edited.
 */
export function toGroup(client: ResolvedClient, keyId: string, known: KnownKeys): ReferenceGroup {
  const confidence = confidenceOf(client, keyId, known);
  const isOther = client.keyId !== undefined && client.keyId !== keyId;
  const references = client.members.map((member) => toReference(client, member, confidence, isOther));
  const editable = references.every((reference) => reference.notEditable === undefined);
  return {
    id: client.id,
    references,
    confidence,
    ...(client.keyId === undefined ? {} : { keyId: client.keyId }),
    ticked: editable && confidence === 'confirmed',
    editable,
  };
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
  { found, range, resolved, keyId, obstacle }: ResolvedMember,
  confidence: Confidence,
  isOther: boolean,
): Reference {
  const isPath = found.role === 'keyFile' || found.role === 'passwordFile';
  const notEditable: NotEditable | undefined = isOther ? 'otherKey' : obstacle;
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
