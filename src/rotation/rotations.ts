import type { AapRef, ClientKey } from '../model/clientKey';
import type { AuditEvidence, CallerClass } from '../model/evidence';
import type { PasswordMove } from '../model/passwordMove';
import type { PatchPlan, Replacement } from '../model/patch';
import type { Doubt, ScanResult, Strategy } from '../model/reference';
import type { KeptPlace } from '../model/rollout';
import type { AppliedEdit, Creation, DeletionEvidence, Rotation } from '../model/rotation';
import type { Secret } from '../model/secret';
import type { Verdict, VerdictOptions } from '../model/verdict';
import type { AuditReader, Background, KeyService, SecretVault } from './ports';

/** What the use case is built from. */
export interface RotationParts {
  /** Global storage: journals, leases, and the last resort for a credential. Made if missing. */
  readonly folder: string;
  readonly keys: KeyService;
  readonly audit: AuditReader;
  readonly vault: SecretVault;
  readonly background: Background;
  /** The local present, ms UTC. For entries of the journal alone; what is judged is judged by the service's time. */
  readonly clock: () => number;
  /** Resolves after `ms`, or rejects when the signal is triggered. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** One line for the log, without secrets. */
  readonly log: (line: string) => void;
  readonly verdictOptions: () => VerdictOptions;
}

/** What the user chose in the four stops of *Create*. */
export interface CreationRequest {
  readonly aap: AapRef;
  /** Whole years, 1 to 5, or a date (ms UTC). */
  readonly validity: { readonly years: number } | { readonly notAfter: number };
  readonly password: { readonly generate: true } | { readonly typed: Secret };
  /** Absolute path of the folder for the two files. */
  readonly folder: string;
  /** The user agreed to a folder inside a git work tree that git does not ignore. */
  readonly allowUnignored: boolean;
}

/** What the user chose in the four stops of *Rotate*. */
export interface RotationRequest extends CreationRequest {
  readonly oldKey: ClientKey;
}

export type RotationStep =
  | 'checking'
  | 'savingPassword'
  | 'creating'
  | 'savingCredential'
  | 'proving'
  | 'waiting'
  | 'writing'
  | 'scanning'
  | 'readingLog'
  | 'deleting';

/** What is being done. `secondsLeft` with `waiting`, `filesSeen` with `scanning`. */
export interface RotationProgress {
  readonly step: RotationStep;
  readonly secondsLeft?: number;
  readonly filesSeen?: number;
}

export type OnProgress = (progress: RotationProgress) => void;

/** A plan that knows what it was made for, so that it cannot be applied elsewhere. */
export interface WorkspacePatchPlan extends PatchPlan {
  readonly rotationId: string;
  readonly folder: string;
  readonly groupIds: readonly string[];
  readonly exclude: readonly string[];
  /** The pair whose names and password the plan writes: it opened when the plan was made. */
  readonly replacement: Replacement;
}

/** An edit of the journal: knows its client group too, because the halves of a client are taken back together. */
export interface GroupedEdit extends AppliedEdit {
  readonly groupId: string;
}

/** What *Undo patch* did. Edits stay in the journal unless they were taken back. */
export interface UndoResult {
  readonly rotation: Rotation;
  readonly undone: readonly AppliedEdit[];
  /** Something else stands there now; the other half of the client was left alone too. */
  readonly changedSince: readonly AppliedEdit[];
  /** The old value is no longer in the secret store. */
  readonly valueGone: readonly AppliedEdit[];
  /** Its file was deleted since: nothing to take back, so it is out of the journal. */
  readonly fileGone: readonly AppliedEdit[];
}

export interface VerdictReading {
  readonly verdict: Verdict;
  readonly evidence: AuditEvidence;
}

export type OnReading = (reading: VerdictReading) => void;

export interface DeletionRequest {
  /** Typed by the user; has to equal the id of the key. */
  readonly typedKeyId: string;
  /** Deletes without the verdict *quiet*. `seen` is what the user was shown: *in use* is held back from whoever saw less. */
  readonly override?: { readonly reason: string; readonly seen: 'inUse' | 'unknown' };
  /** Id of the new key: the user was told that it is gone and wants the old one deleted all the same. */
  readonly withoutNewKey?: string;
}

/** How a key went. */
export interface DeletionReceipt {
  readonly keyId: string;
  /** ms UTC of the service. */
  readonly at: number;
  /** `quiet`, `inUse`, `unknown: logEmpty, …`, `expired`, `orphan`, `alreadyGone`. */
  readonly verdict: string;
  readonly reason?: string;
  readonly requestId?: string;
  /** Absent where no log was read for it. */
  readonly evidence?: DeletionEvidence;
}

export interface AbandonResult {
  readonly rotation: Rotation | Creation;
  /** What the user has to know still exists. */
  readonly remains: readonly { readonly kind: 'newKey' | 'file'; readonly name: string }[];
}

/** A journal that cannot be read. Its file stays as it is. */
export interface JournalProblem {
  readonly file: string;
  readonly reason: 'damaged' | 'newerVersion';
}

/** All rotations of this machine, and the creations that replace no key. What needs an old key throws `noOldKey` for those. Methods that act throw `RotationError` or `CloudError` alone. */
export interface Rotations {
  /**
   * All readable rotations, newest first. The first call also finishes or rolls back a patch that a crash left in the
   * middle, and removes temporary files that hold a secret.
   */
  list(): Promise<readonly Rotation[]>;
  /** All readable creations without an old key, newest first. */
  creations(): Promise<readonly Creation[]>;
  problems(): Promise<readonly JournalProblem[]>;
  /** Whether some window of this machine, this one included, acts on an AAP right now. */
  isBusy(aap: AapRef): Promise<boolean>;
  get(id: string): Promise<Rotation>;
  /** Calls the listener with the id of a rotation after each change, also of another window. Returns the way to stop it. */
  onChange(listener: (rotationId: string) => void): () => void;

  /**
   * Creates the new key, saves both files and proves them. Can be cancelled until the call for creation is sent; what
   * stopped after the journal was begun is in the list and goes on with `resume`.
   */
  start(request: RotationRequest, onProgress?: OnProgress, signal?: AbortSignal): Promise<Rotation>;
  /** The same for a key beside the others of its AAP. It is over once the files are saved and proven. */
  create(request: CreationRequest, onProgress?: OnProgress, signal?: AbortSignal): Promise<Creation>;
  /**
   * Goes on from wherever the creation stopped. Where no call was sent, or the service refused it, that means to create.
   * Where a call was sent and its answer is missing, `answerLost` is thrown (with the key that came of it, if there is
   * one) unless `createAgain` is set: then orphans of ours are deleted first.
   */
  resume(
    id: string,
    options?: { readonly createAgain?: boolean },
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Rotation | Creation>;
  /**
   * Moves a credential that rests in global storage or the secret store alone, where it went because the chosen folder failed,
   * to a folder of the user; a creation that had stopped there goes on.
   */
  saveCredential(id: string, folder: string, allowUnignored: boolean): Promise<Rotation | Creation>;

  scan(
    id: string,
    folders: readonly string[],
    exclude: readonly string[],
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<ScanResult>;
  planPatch(
    id: string,
    folder: string,
    groupIds: readonly string[],
    exclude?: readonly string[],
    signal?: AbortSignal,
    /** Of groups that are not to be patched as the scan proposes. */
    strategies?: Readonly<Record<string, Strategy>>,
    /** The doubts that the user was shown: a group of which another one has come up since is refused. */
    doubts?: Readonly<Record<string, Doubt>>,
  ): Promise<WorkspacePatchPlan>;
  /** @param options `allowUnignored`: the user agreed to new credential files that git would commit */
  applyPatch(
    id: string,
    plan: WorkspacePatchPlan,
    options?: {
      readonly onProgress?: OnProgress;
      readonly signal?: AbortSignal;
      readonly allowUnignored?: boolean;
    },
  ): Promise<Rotation>;
  /**
   * Moves a password into a file of its own. No rotation is needed for that.
   * @param folder the workspace folder
   * @param allowUnignored the user agreed to a password file that git would commit
   */
  movePassword(folder: string, move: PasswordMove, allowUnignored: boolean): Promise<void>;
  undoPatch(id: string, folder: string, signal?: AbortSignal): Promise<UndoResult>;

  /**
   * Reads the audit logs now. Callers that were marked as retired count as that.
   * @param onFigures called with what can be told before the callers are read: *in use*, or *unknown, still reading*
   */
  verdict(id: string, signal?: AbortSignal, onFigures?: OnReading): Promise<VerdictReading>;
  /** The same for a key that no rotation is about. */
  verdictOfKey(key: ClientKey, signal?: AbortSignal, onFigures?: OnReading): Promise<VerdictReading>;
  /** Notes that a caller of the old key is gone; the reason becomes part of the receipt. */
  markRetired(id: string, caller: CallerClass, reason: string): Promise<Rotation>;
  unmarkRetired(id: string, caller: CallerClass): Promise<Rotation>;
  /** Keeps what the user says of a place of the roll-out list, or a place that the user adds. */
  keepPlace(id: string, place: KeptPlace): Promise<Rotation>;
  removePlace(id: string, placeId: string): Promise<Rotation>;
  deleteOldKey(
    id: string,
    request: DeletionRequest,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Rotation>;
  /** For a key that no rotation replaces. Throws `patchedTo` for the new key of a patch whose rotation is under way. */
  deleteKey(
    key: ClientKey,
    request: DeletionRequest,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<DeletionReceipt>;
  /**
   * Files of the old credential that still exist, absolute paths: their removal is offered once the old key is deleted.
   * @param scope scanned now, before anything is removed: a file that a client of another key names as well is left out
   */
  oldFiles(
    id: string,
    scope?: { readonly folders: readonly string[]; readonly exclude: readonly string[] },
  ): Promise<readonly string[]>;
  /**
   * Ends a rotation or a creation whose new key nobody uses yet. An orphan of ours is deleted, unless the log cannot show that it is unused;
   * that one, and a new key with its files, stay and are named.
   */
  abandon(id: string): Promise<AbandonResult>;
  dispose(): void;
}
