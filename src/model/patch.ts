import type { Notation, ReferenceRole } from './reference';
import type { CredentialFiles } from './rotation';
import type { Secret } from './secret';

/** The new client key, as the patch writes it. */
export interface Replacement extends CredentialFiles {
  readonly keyId: string;
  readonly password: Secret;
}

/** One value to be replaced. Offsets are UTF-16 units: `start`/`length` in the text before, `newStart`/`newLength` in the text after. */
export interface PlannedEdit {
  readonly groupId: string;
  /** Further groups that ask for the same edit: they are taken back together. */
  readonly alsoOf?: readonly string[];
  readonly role: ReferenceRole;
  readonly notation: Notation;
  readonly start: number;
  readonly length: number;
  readonly newStart: number;
  readonly newLength: number;
  /** The raw text as it stands in the file, encoded in its notation. */
  readonly before: Secret;
  readonly after: Secret;
}

/** All edits of one file: the file flips by one rename, so a running program sees all of them or none. */
export interface PlannedFile {
  /** Absolute path; a symlink is written through to its target. */
  readonly file: string;
  /** SHA-256 (hex) of the bytes the plan was made from: a file changed since is planned again. */
  readonly sha256: string;
  /** The bytes to write; they hold secrets. */
  readonly content: Uint8Array;
  readonly edits: readonly PlannedEdit[];
  /** What the preview shows: the edited lines with a few around them, all values but paths masked. */
  readonly maskedBefore: string;
  readonly maskedAfter: string;
}

/** A new file of the patch: a copy of the new credential file or password file, put beside an old one. */
export interface PlannedCopy {
  /** Absolute path; nothing stands there yet, or exactly these bytes. */
  readonly file: string;
  /** The bytes to write; they hold secrets. */
  readonly content: Uint8Array;
  /** Groups whose new paths lead to it. */
  readonly groupIds: readonly string[];
}

/**
 * What a patch cannot do by itself, or does with a price. `commitsPassword`: a value goes into a file that git tracks.
 * `deliverFiles`: a path leads to a place outside this machine. `ignoredTarget`: the new files are ignored by git, so no
 * deployment by git brings them along. `committedCopy`: git would commit a new credential file. `notAtomic`: key and
 * password change in two files, so a program that reads between the two fails once.
 */
export interface PatchWarning {
  readonly kind: 'commitsPassword' | 'deliverFiles' | 'ignoredTarget' | 'committedCopy' | 'notAtomic';
  readonly file: string;
}

/** A plan that was proven: every edit was made, the result parsed again and every value read back. */
export interface PatchPlan {
  /** To be written before any of `files` changes. */
  readonly copies: readonly PlannedCopy[];
  readonly files: readonly PlannedFile[];
  readonly warnings: readonly PatchWarning[];
  /** Groups that were asked for and cannot be patched, with the reason in words for the log. */
  readonly refused: readonly { readonly groupId: string; readonly reason: string }[];
}
