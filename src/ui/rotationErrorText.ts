import { MAX_KEYS_PER_AAP } from '../model/clientKey';
import type { RotationError } from '../rotation/rotationError';
import { printable, type Translate } from './words';

/** What stopped a rotation, why, and what to do next. */
export function rotationErrorText(error: RotationError, t: Translate): string {
  const { params } = error;
  const name = (key: string) => printable(String(params[key] ?? ''), 300);
  switch (error.code) {
    case 'folderMissing':
      return t('The folder for the credential files does not exist. Choose another one.');
    case 'folderNotWritable':
      return t(
        'The folder for the credential files cannot be written to. Choose another one. Nothing was created.',
      );
    case 'notIgnored':
      return t(
        'Git does not ignore that folder, so the credential could be committed. Add an ignore rule or choose another folder. Nothing was created.',
      );
    case 'aapFull':
      return t(
        'This application access point already has {0} of {0} client keys. Delete one that nobody uses, then try again. Nothing was created.',
        MAX_KEYS_PER_AAP,
      );
    case 'oldKeyGone':
      return t('The client key to be replaced no longer exists. Refresh the view.');
    case 'alreadyRotating':
      return t('A rotation of this client key is already under way. Go on with it in the Rotations view.');
    case 'alreadyCreating':
      return t(
        'A client key for this application access point is being created already, or its creation has stopped. Go on with it in the Rotations view, or abandon it there.',
      );
    case 'noOldKey':
      return t('This client key replaces no other one, so there is nothing to patch, to watch or to delete.');
    case 'badRequest':
      return t('The validity or the password does not fit the rules of KMS. Nothing was created.');
    case 'answerLost':
      return params.keyId === undefined
        ? t(
            'The answer to the creation was lost, and no client key that it made was found. Create it again, or abandon it.',
          )
        : t(
            'The answer to the creation was lost. The client key {0} exists, but its credential was returned only once and is gone. Create a new one (the orphan is deleted first), or abandon it.',
            name('keyId'),
          );
    case 'passwordLost':
      return t(
        'The password of the new credential can no longer be found. Abandon it in the Rotations view and begin again.',
      );
    case 'credentialNotSaved':
      return t(
        'The new credential could not be saved in the chosen folder. It rests in the storage of the extension. Resume in the Rotations view to save it elsewhere.',
      );
    case 'notSettled':
      return t(
        'The new credential is safe in {0} but could not get its final name. Resume in the Rotations view to try again.',
        name('file'),
      );
    case 'proofFailed':
      return t(
        'The new credential did not stand the proof ({0}). Nothing was patched. Abandon it in the Rotations view and begin again.',
        name('what'),
      );
    case 'wrongState':
      return t('The rotation is not at a point where this can be done. Refresh the Rotations view.');
    case 'newKeyGone':
      return t(
        'The new client key no longer exists, so nothing was patched. Abandon the rotation and start another.',
      );
    case 'changedSince':
      return t(
        'Files have changed since the references were found: {0}. Look at the preview again, then apply.',
        filesOf(params.files, params.file),
      );
    case 'pairBroken':
      return t(
        '{0} is not as it was when the new credential was proven ({1}), so nothing was patched. If an editor changed it, take that back; a line feed at its end is enough. Then apply again.',
        name('file'),
        name('what'),
      );
    case 'patchFailed':
      return t(
        '{0} could not be written. Everything written before was taken back. Check that the file can be written to, then apply again.',
        name('file'),
      );
    case 'patchUnfinished':
      return t(
        'An earlier patch was interrupted and could not be finished or taken back by itself: {0}. Look at the files, then refresh.',
        filesOf(params.files, params.file),
      );
    case 'keyIdMismatch':
      return t('The typed id is not the id of the client key. Nothing was deleted.');
    case 'reasonMissing':
      return t('Deleting without the verdict quiet needs a reason. Nothing was deleted.');
    case 'reasonTooLong':
      return t('The reason may have at most {0} characters. Nothing was deleted.', Number(params.max));
    case 'markWithoutReason':
      return t('To mark a caller as retired needs a reason. Nothing was marked.');
    case 'markTooLong':
      return t('The reason may have at most {0} characters. Nothing was marked.', Number(params.max));
    case 'notQuiet':
      return t(
        'The audit log, read just now, does not say that the client key is quiet. Nothing was deleted. Open the audit to see who uses it.',
      );
    case 'orphanUsed':
      return t(
        'The client key that this rotation seems to have created has been used, so it is not deleted. Look at the audit log.',
      );
    case 'deletionUnanswered':
      return t('The answer to the deletion was lost and the client key still exists. Try again.');
    case 'deletionFailed':
      return t('The old client key was not deleted. Try again; the log says more.');
    case 'undoFirst':
      return t('References already name the new client key. Undo the patch first, then abandon.');
    case 'patchedTo':
      return t(
        'References already lead to this client key: it is the new one of a rotation under way. Undo the patch in the Rotations view first, or end the rotation. Nothing was deleted.',
      );
    case 'busy':
      return t(
        'Another window is working on this application access point. Wait until it is done, then retry.',
      );
    case 'conflict':
      return t('Another window went on with this rotation. Refresh the Rotations view, then look again.');
    case 'notFound':
      return t('This rotation is no longer known. Refresh the Rotations view.');
    case 'journalDamaged':
      return t('The journal of this rotation cannot be read. Its file was left as it is; the log names it.');
    case 'journalRefused':
      return t(
        'The journal of this rotation could not take the next entry, so the step was not begun. The log says more.',
      );
    case 'cancelled':
      return t('Cancelled.');
  }
}

function filesOf(files: unknown, file: unknown): string {
  const names = Array.isArray(files) ? files : file === undefined ? [] : [file];
  return names.map((name) => printable(String(name), 200)).join(', ');
}
