import type { ClientKey } from '../../model/clientKey';
import { type Expiry, type ExpiryThresholds, expiryOf } from '../../model/expiry';
import type { InspectedReference } from '../../model/inspection';
import type { Rotation } from '../../model/rotation';

/** What this window knows of client keys without asking anybody: the cached inventory and the rotations of this machine. */
export interface KeyFacts {
  /** The key as the account lists it. */
  inAccount(keyId: string): ClientKey | undefined;
  /** When a rotation of this machine deleted it, ms UTC. */
  deletedAt(keyId: string): number | undefined;
  /** The rotation under way that replaces it. */
  replacedBy(keyId: string): Rotation | undefined;
  /** The service's present, ms UTC. */
  now(accountId: string | undefined): number;
  thresholds(): ExpiryThresholds;
}

/** How long the key of a reference lives, by the account or else by its certificate. */
export interface KeyLife {
  readonly keyId: string;
  readonly key: ClientKey | undefined;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly expiry: Expiry;
  /** The present it was judged by, ms UTC. */
  readonly now: number;
}

/** Undefined where neither the account nor the credential file says when the key ends. */
export function lifeOf({ reference, validity }: InspectedReference, facts: KeyFacts): KeyLife | undefined {
  const { keyId } = reference;
  if (keyId === undefined) return undefined;
  const key = facts.inAccount(keyId);
  const times = key ?? validity;
  if (times === undefined) return undefined;
  const { notBefore, notAfter } = times;
  const now = facts.now(key?.accountId);
  return {
    keyId,
    key,
    notBefore,
    notAfter,
    expiry: expiryOf({ notBefore, notAfter }, now, facts.thresholds()),
    now,
  };
}
