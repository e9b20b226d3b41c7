import type { RotationFailure } from '../../model/rotation';
import { printable, type Translate } from '../words';

/** Why a step stopped, in a few words for a row, from what the journal says: the codes are those of `RotationError`. */
export function failureText(failure: RotationFailure, t: Translate): string {
  switch (failure.code) {
    case 'answerLost':
      return t('the answer to the creation was lost');
    case 'aapFull':
      return t('the application access point is full');
    case 'folderMissing':
    case 'folderNotWritable':
      return t('the folder cannot be written to');
    case 'passwordLost':
      return t('the password can no longer be found');
    case 'credentialNotSaved':
      return t('the credential could not be saved in the chosen folder');
    case 'notSettled':
      return t('the credential could not get its final name');
    case 'proofFailed':
      return t('the credential did not stand the proof');
    default:
      return printable(failure.message, 200);
  }
}
