import type { AapRef, ClientKey } from '../model/clientKey';
import type { AuditEvidence } from '../model/evidence';
import type { OpenedCredential } from '../model/openedCredential';
import type { PatchPlan, Replacement } from '../model/patch';
import type { Doubt, ScanResult, Strategy } from '../model/reference';
import type { Secret } from '../model/secret';

/** The answer to a creation. The credential is returned once only, by this call. Times in ms UTC. */
export interface CreatedClientKey {
  readonly id: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Base64 PKCS#12, as the service gave it. */
  readonly privateKeyData: Secret;
  readonly requestId: string;
  /** The service's time when it answered, ms UTC. */
  readonly answeredAt: number;
}

/** Client keys in the cloud. Every method throws `CloudError` alone. */
export interface KeyService {
  listClientKeys(aap: AapRef, signal?: AbortSignal): Promise<readonly ClientKey[]>;
  getClientKey(aap: AapRef, keyId: string, signal?: AbortSignal): Promise<ClientKey>;
  /** Never retried inside: after an error with `effectUnknown` the caller reconciles by listing. */
  createClientKey(
    aap: AapRef,
    request: { readonly password: Secret; readonly notBefore: number; readonly notAfter: number },
  ): Promise<CreatedClientKey>;
  /** Never retried inside. */
  deleteClientKey(aap: AapRef, keyId: string): Promise<{ readonly requestId: string }>;
  /** The service's present by its last `Date` header and the time passed since; the local clock before the first answer. ms UTC. */
  now(accountId: string): number;
}

/** The audit logs of the instances behind an AAP. Never throws for a log that cannot be read: the evidence says so. */
export interface AuditReader {
  /**
   * @param onFigures called with what is known before the callers are read: an evidence without them, which says that it is
   *   not complete
   */
  readEvidence(
    request: {
      readonly aap: AapRef;
      readonly oldKey: { readonly id: string; readonly createdAt: number; readonly notAfter: number };
      readonly newKeyId?: string;
    },
    signal?: AbortSignal,
    onFigures?: (evidence: AuditEvidence) => void,
  ): Promise<AuditEvidence>;
}

/** Where values rest that must not be in a file of ours: VS Code's SecretStorage in the editor. */
export interface SecretVault {
  store(name: string, secret: Secret): Promise<void>;
  read(name: string): Promise<Secret | undefined>;
  remove(name: string): Promise<void>;
  /** Names that begin with `prefix`. */
  names(prefix: string): Promise<readonly string[]>;
}

/** Work that runs in a worker thread: parsing of untrusted text and key derivation. */
export interface Background {
  /** Opens a credential file. Throws an error whose message holds no secret: damaged file, wrong password, too many iterations. */
  openCredential(credentialFile: Uint8Array, password: Secret): Promise<OpenedCredential>;
  /** Finds references in folders, git-ignored files included. */
  scan(
    request: ScanRequest,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (filesSeen: number) => void },
  ): Promise<ScanResult>;
  /** Plans the patch of some groups from the files as they are now, and proves it in memory. Writes nothing. */
  planPatch(request: PatchRequest, options?: { readonly signal?: AbortSignal }): Promise<PatchPlan>;
}

interface ScanRequest {
  /** Absolute paths. */
  readonly folders: readonly string[];
  /** The key that references are looked for. */
  readonly keyId: string;
  /** Globs as in `search.exclude`, relative to each folder. */
  readonly exclude: readonly string[];
}

interface PatchRequest extends ScanRequest {
  readonly groupIds: readonly string[];
  readonly replacement: Replacement;
  /** How each group is to be patched, where it is not to be as the scan proposes. */
  readonly strategies?: Readonly<Record<string, Strategy>>;
  /** The doubts that the user was shown: a group of which another one has come up is refused. */
  readonly doubts?: Readonly<Record<string, Doubt>>;
}
