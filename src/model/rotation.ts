import type { AapRef } from './clientKey';
import type { CallerClass } from './evidence';
import type { KeptPlace } from './rollout';

/** The life of a rotation. *Patched* is a fact per workspace, *quiet* is the verdict now: neither is a state. */
type RotationState = 'creating' | 'created' | 'watching' | 'deleting' | 'deleted' | 'abandoned';

/** `created` only while the credential rests in the storage of the extension; `finished` once it is saved and proven. */
type CreationState = 'creating' | 'created' | 'finished' | 'abandoned';

/** A client key as a rotation remembers it. Times in ms UTC. */
export interface RotationKey {
  readonly id: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** The two files of a client key on disk, absolute paths. */
export interface CredentialFiles {
  readonly credentialFile: string;
  readonly passwordFile: string;
}

/** What was done in one workspace folder. Proved again by a scan; no values of secrets. */
interface WorkspacePatch {
  readonly folder: string;
  /** ms UTC. */
  readonly at: number;
  readonly patchedGroups: number;
  readonly leftGroups: number;
  readonly manualSteps: number;
  readonly edits: readonly AppliedEdit[];
}

/** One edit that *Undo patch* can take back: hashes only, the old value is in the secret store under `undoKey`. */
export interface AppliedEdit {
  /** Relative to the workspace folder, with `/`. */
  readonly file: string;
  /** UTF-16 offset of the new value in the file as written. */
  readonly start: number;
  readonly length: number;
  /** SHA-256 (hex, salted with the rotation id) of the value before and after. */
  readonly before: string;
  readonly after: string;
  readonly undoKey: string;
}

/** A caller class that the user says is gone. `at` in ms UTC. */
export interface RetiredCaller {
  readonly caller: CallerClass;
  readonly reason: string;
  readonly at: number;
}

/** What the verdict of a deletion was read from, for a receipt that is asked for later. Times in ms UTC. */
export interface DeletionEvidence {
  readonly readAt: number;
  /** Of *quiet*. */
  readonly since?: number;
  /** Of the old key, over all instances. */
  readonly calls: number;
  readonly lastCall?: number;
  /** `project/logStore` of each log that was read. */
  readonly logs: readonly string[];
  readonly requestIds: readonly string[];
}

/** What went wrong in the last step that was tried; shown with *Retry*. A message in which no secret can stand. */
export interface RotationFailure {
  readonly step: 'create' | 'save' | 'prove' | 'patch' | 'undo' | 'delete';
  readonly message: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly at: number;
}

/** A new client key on its way, as its journal file says it. */
interface NewKey {
  readonly id: string;
  /** Compared and set before every effect: the guard against a second window. */
  readonly revision: number;
  readonly aap: AapRef;
  readonly newKey?: RotationKey;
  /** Where the new credential is, or is going to be. */
  readonly files: CredentialFiles;
  /** The chosen folder failed after the answer: the credential rests in the storage of the extension and has to be saved. */
  readonly unsaved: boolean;
  /** The validity asked for. `notAfter` carries a random second by which an orphan of ours is known. ms UTC. */
  readonly request: {
    readonly notBefore: number;
    readonly notAfter: number;
    readonly keysBefore: readonly string[];
  };
  /** When the service answered the creation, by its own clock; patching waits 30 s from here. ms UTC. */
  readonly createdAt?: number;
  /** The file was opened with the password and compared with the answer. */
  readonly proven: boolean;
  readonly failure?: RotationFailure;
  readonly startedAt: number;
  readonly updatedAt: number;
}

/** A client key beside the others of its AAP: it replaces none, so there is nothing to patch, to watch or to delete. */
export interface Creation extends NewKey {
  readonly state: CreationState;
}

/** A client key that takes the place of another one. */
export interface Rotation extends NewKey {
  readonly state: RotationState;
  readonly oldKey: RotationKey;
  readonly workspaces: readonly WorkspacePatch[];
  /** Callers of the old key that the user says are gone. */
  readonly retired: readonly RetiredCaller[];
  /** What the user said of places of the roll-out list. */
  readonly places: readonly KeptPlace[];
  /** How the old key went: by verdict, or by override with a reason. */
  readonly deletion?: {
    readonly at: number;
    readonly reason?: string;
    readonly verdict: string;
    /** Of the call that deleted it. */
    readonly requestId?: string;
    readonly evidence?: DeletionEvidence;
  };
}

export function isRotation(of: Rotation | Creation): of is Rotation {
  return 'oldKey' in of;
}

/** States in which something is still to be done. */
export function isOpen({ state }: { readonly state: RotationState | CreationState }): boolean {
  return state !== 'deleted' && state !== 'finished' && state !== 'abandoned';
}

/** What a user may write as the reason of a deletion, in UTF-16 units. */
export const MAX_REASON_LENGTH = 1000;
