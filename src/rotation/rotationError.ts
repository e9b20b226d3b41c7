/**
 * What stops a rotation, in the terms in which the user can act. Words are made in ui/.
 *
 * Before the creation: `folderMissing`, `folderNotWritable`, `notIgnored`, `aapFull`, `oldKeyGone`, `alreadyRotating`,
 * `alreadyCreating`, `badRequest`. What needs an old key, for a creation that replaces none: `noOldKey`.
 * Around it: `answerLost` (params.keyId: the orphan, if one was found; resume with `createAgain`, or abandon), `passwordLost`
 * (abandon), `credentialNotSaved`, `notSettled` (params.file; the credential is safe under another name), `proofFailed`
 * (params.what). Patching: `wrongState`, `newKeyGone`, `changedSince`
 * (params.files), `pairBroken` (params.file, params.what; nothing was written), `patchFailed` (params.file; everything was
 * rolled back), `patchUnfinished` (params.files). Undo: `oldKeyGone`. Deletion: `keyIdMismatch`,
 * `reasonMissing`, `reasonTooLong` (params.max), `notQuiet` (with `verdict`), `orphanUsed`, `deletionUnanswered`,
 * `deletionFailed`, `patchedTo` (the new key of a rotation under way). Abandoning: `undoFirst`. Marking a caller as retired:
 * `markWithoutReason`, `markTooLong` (params.max).
 * Anywhere: `busy` (another window acts on this AAP), `conflict` (another window went on), `notFound`, `journalDamaged`,
 * `journalRefused` (the step was not begun), `cancelled`.
 */
export type RotationErrorCode =
  | 'folderMissing'
  | 'folderNotWritable'
  | 'notIgnored'
  | 'aapFull'
  | 'oldKeyGone'
  | 'alreadyRotating'
  | 'alreadyCreating'
  | 'noOldKey'
  | 'badRequest'
  | 'answerLost'
  | 'passwordLost'
  | 'credentialNotSaved'
  | 'notSettled'
  | 'proofFailed'
  | 'wrongState'
  | 'newKeyGone'
  | 'changedSince'
  | 'pairBroken'
  | 'patchFailed'
  | 'patchUnfinished'
  | 'keyIdMismatch'
  | 'reasonMissing'
  | 'reasonTooLong'
  | 'notQuiet'
  | 'orphanUsed'
  | 'deletionUnanswered'
  | 'deletionFailed'
  | 'undoFirst'
  | 'patchedTo'
  | 'markWithoutReason'
  | 'markTooLong'
  | 'busy'
  | 'conflict'
  | 'notFound'
  | 'journalDamaged'
  | 'journalRefused'
  | 'cancelled';

export type RotationErrorParams = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A refusal or failure of the rotation itself; what the cloud refuses stays a `CloudError`. It never holds a secret. */
export class RotationError extends Error {
  override readonly name = 'RotationError';
  readonly code: RotationErrorCode;
  readonly params: RotationErrorParams;

  constructor(code: RotationErrorCode, params: RotationErrorParams = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

/** Told by name, not by class: the rooms are separate bundles, each with a copy of every class. */
export function isRotationError(error: unknown): error is RotationError {
  return error instanceof Error && error.name === 'RotationError' && 'code' in error && 'params' in error;
}

/** Turns a triggered signal into the one error that says so. */
export function throwIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw new RotationError('cancelled');
}
