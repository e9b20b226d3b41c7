import type { Reference } from './reference';

/** What local files alone say of one reference; nothing was asked over the network. */
export interface InspectedReference {
  readonly reference: Reference;
  /** Whether the passwords of its client open its credential. `unproven`: one of them is not here, or damaged. */
  readonly pair: 'opened' | 'wrongPassword' | 'unproven';
  /** From the certificate of a credential that opened, ms UTC. */
  readonly validity?: { readonly notBefore: number; readonly notAfter: number };
  /** Git would commit what stands here: a password as text, or the credential file that a path leads to. */
  readonly committed: boolean;
  /** The password can be moved into a file: the notation has a setting for that. */
  readonly movable: boolean;
}

/** One look at a file, as it is on disk. */
export interface Inspection {
  /** Absolute path. */
  readonly file: string;
  /** The workspace folder that it lies in. */
  readonly folder: string;
  readonly references: readonly InspectedReference[];
}

/** What a credential file says of itself once its password was found beside it. */
export interface CredentialFileLook {
  readonly keyId: string;
  /** Absent where no password was found. ms UTC. */
  readonly validity?: { readonly notBefore: number; readonly notAfter: number };
}
