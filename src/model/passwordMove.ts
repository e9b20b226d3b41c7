import type { Secret } from './secret';

/** A password that goes from the text of a file into a file of its own; proven like a patch. */
export interface PasswordMove {
  /** Absolute path of the file that holds it now. */
  readonly file: string;
  /** SHA-256 (hex) of the bytes that this was planned from. */
  readonly sha256: string;
  /** The bytes to write: the password is not in them any more. */
  readonly content: Uint8Array;
  /** Where the password goes: beside the credential file. Nothing stands there yet, or exactly `password`. */
  readonly passwordFile: string;
  /** With the line end that stands there, if one does. */
  readonly password: Secret;
}
