/** Where an application access point lives: names are unique per account and region. */
export interface AapRef {
  readonly accountId: string;
  readonly regionId: string;
  readonly aapName: string;
}

/** An application access point as the tree knows it. */
export interface Aap extends AapRef {
  /** `clientKey`: applications enter with client keys. `other`: by RAM role, so there is nothing to rotate. */
  readonly authentication: 'clientKey' | 'other';
  /** The value the service gave, for example `ClientKey` or `RAMRole`. */
  readonly authenticationMethod: string;
}

/** A client key as listed by the service. All times in ms since 1970, UTC. */
export interface ClientKey extends AapRef {
  /** `KAAP.` and a UUID. */
  readonly id: string;
  readonly createdAt: number;
  readonly notBefore: number;
  readonly notAfter: number;
  /** PEM certificate with the public key; public. */
  readonly publicKeyPem?: string;
}

/** The service allows this many client keys per AAP (docs/facts.md KMS-6). */
export const MAX_KEYS_PER_AAP = 3;

const CLIENT_KEY_ID = /KAAP\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** Whether `text` is exactly a client key id. Anything else must not reach a log query. */
export function isClientKeyId(text: string): boolean {
  return findClientKeyId(text) === text;
}

/** The first client key id in a text. */
export function findClientKeyId(text: string): string | undefined {
  return CLIENT_KEY_ID.exec(text)?.[0];
}

/** `KAAP.66abf237…6b8cf`: long enough to tell keys apart, short enough for a label. */
export function shortKeyId(id: string): string {
  return isClientKeyId(id) ? `${id.slice(0, 13)}…${id.slice(-5)}` : id;
}

/** One string per AAP, for maps and lease names. */
export function aapKey(aap: AapRef): string {
  return `${aap.accountId}/${aap.regionId}/${aap.aapName}`;
}
