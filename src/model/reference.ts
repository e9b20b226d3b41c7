/** What a reference stands for in the client it belongs to (docs/facts.md NAME-1 to NAME-3). */
export type ReferenceRole =
  | 'keyFile'
  | 'keyContent'
  | 'password'
  | 'passwordFile'
  | 'passwordEnv'
  | 'credentialFile'
  | 'credentialPasswordFile';

export type Notation =
  | 'properties'
  | 'dotenv'
  | 'java'
  | 'go'
  | 'python'
  | 'php'
  | 'csharp'
  | 'kotlin'
  | 'scala'
  | 'groovy'
  | 'rust'
  | 'javascript'
  | 'typescript'
  | 'yaml'
  | 'dockerfile'
  | 'shell'
  | 'json'
  | 'toml'
  | 'hcl'
  | 'xml'
  | 'markdown'
  | 'credential';

/**
 * `confirmed`: its file or text holds the old key id. `probable`: a client of the SDK whose path cannot be resolved, and only
 * one client key exists in the workspace. `possible`: by name only.
 */
export type Confidence = 'confirmed' | 'probable' | 'possible';

/**
 * Why a reference is shown but never edited by the patch. `lookup`: the value is set elsewhere. `interpolated`: it is put
 * together at run time. `template`: a template fills it in. `encrypted`: sealed, or kept by a secret store. `replaces`:
 * Terraform would delete the key. `kept`: a credential file that stays, because its clients get a new one beside it.
 */
export type NotEditable =
  | 'lookup'
  | 'interpolated'
  | 'template'
  | 'encrypted'
  | 'replaces'
  | 'kept'
  | 'unpaired'
  | 'otherKey'
  | 'ambiguous'
  | 'unsupported'
  | 'readOnly';

/**
 * Why a confirmed group that can be edited is left to the user. `notOpened`: the credential file is here and the password
 * beside it does not open it. `overridden`: another file that is read over it sets a part of it, and would mix old
 * with new. `documentation`: no program reads it. `shared`: changing it would break a client that does not change with it.
 */
export type Doubt = 'notOpened' | 'overridden' | 'documentation' | 'shared';

/**
 * How the client gets the new credential. `beside`: new files beside the old ones, named after the new key, and new paths.
 * `inPlace`: the old files get new content and keep their names (docs/facts.md CRED-8).
 */
export type Strategy = 'beside' | 'inPlace';

/**
 * What the patch cannot do by itself: a value that is set where no file of the workspace says so. `name` is the name it
 * has there: of a variable, of a secret of the CI system, `namespace/name/key` of a Kubernetes Secret, or a file.
 */
export interface ManualStep {
  readonly kind:
    | 'environment'
    | 'setting'
    | 'githubSecret'
    | 'gitlabVariable'
    | 'kubernetesSecret'
    | 'secretStore'
    | 'deliver';
  readonly name: string;
  /** What has to be set there. */
  readonly role: ReferenceRole;
}

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
  /** How it can be patched, the sensible one first; empty where it names no file. */
  readonly strategies: readonly Strategy[];
  /** What remains to be done by hand, before or after the patch. */
  readonly manualSteps: readonly ManualStep[];
}

/** What a scan saw and what it did not look into. */
export interface ScanResult {
  readonly groups: readonly ReferenceGroup[];
  readonly filesSeen: number;
  readonly skipped: readonly SkippedFile[];
}

/** A file that could hold a reference, and why it was not looked into; or a folder, which could not be listed. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: 'tooLarge' | 'unreadable' | 'tooSlow' | 'damaged' | 'binary' | 'folderUnreadable';
}
