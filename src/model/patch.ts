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

/** What a patch cannot do by itself, or does with a price. */
export interface PatchWarning {
  readonly kind: 'commitsPassword' | 'deliverFiles';
  readonly file: string;
}

/** A plan that was proven: every edit was made, the result parsed again and every value read back. */
export interface PatchPlan {
  readonly files: readonly PlannedFile[];
  readonly warnings: readonly PatchWarning[];
  /** Groups that were asked for and cannot be patched, with the reason in words for the log. */
  readonly refused: readonly { readonly groupId: string; readonly reason: string }[];
}
