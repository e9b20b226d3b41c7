/** What is wrong with a credential file; each is one sentence of the user interface. */
export type CredentialErrorCode =
  | 'tooLarge'
  | 'notJson'
  | 'missingMember'
  | 'damaged'
  | 'wrongPassword'
  | 'tooManyIterations'
  | 'keyMismatch';

/** A credential file that cannot be used. The message is fixed text: it never holds anything of file or password. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';

  constructor(
    readonly code: CredentialErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Told by name, not by class: worker and main thread are separate bundles. */
export function isCredentialError(error: unknown): error is CredentialError {
  return error instanceof Error && error.name === 'CredentialError' && 'code' in error;
}
