/** What a reference stands for in the client it belongs to (docs/facts.md NAME-1 to NAME-3). */
export type ReferenceRole =
  | 'keyFile'
  | 'keyContent'
  | 'password'
  | 'passwordFile'
  | 'passwordEnv'
  | 'credentialFile'
  | 'credentialPasswordFile';

export type Notation = 'properties' | 'dotenv' | 'java' | 'credential';

/**
 * `confirmed`: its file or text holds the old key id. `probable`: a client of the SDK whose path cannot be resolved, and only
 * one client key exists in the workspace. `possible`: by name only.
 */
export type Confidence = 'confirmed' | 'probable' | 'possible';

/** Why a reference is shown but never edited by the patch. */
export type NotEditable =
  | 'lookup'
  | 'interpolated'
  | 'unpaired'
  | 'otherKey'
  | 'ambiguous'
  | 'unsupported'
  | 'readOnly';

/**
 * Why a confirmed group that can be edited is left to the user. `notOpened`: the credential file is here and the password
 * beside it does not open it. `notHere`: credential or password file is not on this machine, so nothing proves the pair.
 * `overridden`: another environment file of the folder sets a part of it, and would mix old with new.
 */
export type Doubt = 'notOpened' | 'notHere' | 'overridden';

/** Half-open range of the value in the file: offsets in UTF-16 units of the decoded text, line and column from 1. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** One place that names a client key or its password. It never holds the value of a password. */
export interface Reference {
  /** Absolute path of the file. */
  readonly file: string;
  readonly range: TextRange;
  readonly role: ReferenceRole;
  readonly notation: Notation;
  /** Same for all members of one client: they flip together. */
  readonly groupId: string;
  readonly confidence: Confidence;
  /** The client key it leads to, where known. */
  readonly keyId?: string;
  /** For a path role: the absolute path it resolves to, where it does. */
  readonly target?: string;
  /** For a path role: the value as written. Never set for a password or key content. */
  readonly path?: string;
  readonly notEditable?: NotEditable;
}

/** The references of one client: key and password change together or not at all. */
export interface ReferenceGroup {
  readonly id: string;
  readonly references: readonly Reference[];
  readonly confidence: Confidence;
  readonly keyId?: string;
  /** Whether the patch takes it unless the user says otherwise: confirmed groups that can be edited and without doubt. */
  readonly ticked: boolean;
  readonly editable: boolean;
  readonly doubt?: Doubt;
}

/** What a scan saw and what it did not look into. */
export interface ScanResult {
  readonly groups: readonly ReferenceGroup[];
  readonly filesSeen: number;
  readonly skipped: readonly SkippedFile[];
}

export interface SkippedFile {
  readonly file: string;
  readonly reason: 'tooLarge' | 'unreadable' | 'tooSlow' | 'damaged';
}
