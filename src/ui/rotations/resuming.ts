import { window } from 'vscode';
import { isRotationError } from '../../rotation/rotationError';
import type { OnProgress, Rotations } from '../../rotation/rotations';
import { t } from '../localise';
import { withProgress } from '../progress';
import { askOtherFolder } from '../rotate/folderChoice';
import { rotationErrorText } from '../rotationErrorText';
import type { Board } from './board';

/** Goes on with a creation that stopped; asks before anything is created again. Resolves with true once the key is there. */
export async function resumeRotation(
  board: Board,
  rotations: Rotations,
  rotationId: string,
): Promise<boolean> {
  const run = (options: { createAgain?: boolean }) =>
    board.during(rotationId, 'action', () =>
      withProgress(t('Resuming the rotation'), async (signal: AbortSignal, onProgress: OnProgress) => {
        await rotations.resume(rotationId, options, onProgress, signal);
      }),
    );
  try {
    await run({});
  } catch (error) {
    if (!isRotationError(error)) throw error;
    if (error.code === 'credentialNotSaved') return await saveElsewhere(board, rotations, rotationId);
    if (error.code !== 'answerLost') throw error;
    const again = t('Create Client Key');
    const abandon = t('Abandon Rotation');
    const choice = await window.showWarningMessage(
      rotationErrorText(error, t),
      { modal: true },
      again,
      abandon,
    );
    if (choice === abandon) await abandonRotation(board, rotations, rotationId);
    if (choice !== again) return false;
    await run({ createAgain: true });
  } finally {
    await board.reload();
  }
  return await offerSaving(board, rotations, rotationId);
}

/** A credential that rests in the storage of the extension is asked a folder for. Resolves with false while it still rests there. */
export async function offerSaving(board: Board, rotations: Rotations, rotationId: string): Promise<boolean> {
  const { unsaved } = await rotations.get(rotationId);
  return !unsaved || (await saveElsewhere(board, rotations, rotationId));
}

async function saveElsewhere(board: Board, rotations: Rotations, rotationId: string): Promise<boolean> {
  const choose = t('Choose a folder…');
  const answer = await window.showWarningMessage(
    t(
      'The new credential could not be saved in the chosen folder and rests in the storage of the extension.',
    ),
    { modal: true, detail: t('Save it in a folder from which applications can read it, then patch.') },
    choose,
  );
  const folder = answer === choose ? await askOtherFolder() : undefined;
  if (!folder) return false;
  try {
    await board.during(rotationId, 'action', () =>
      rotations.saveCredential(rotationId, folder.folder, folder.allowUnignored),
    );
  } finally {
    await board.reload();
  }
  return true;
}

/** Ends a rotation after a question, and says what remains. */
export async function abandonRotation(board: Board, rotations: Rotations, rotationId: string): Promise<void> {
  const abandon = t('Abandon');
  const choice = await window.showWarningMessage(
    t('Abandon this rotation?'),
    {
      modal: true,
      detail: t('The old client key stays. A new client key that was saved stays too and is named.'),
    },
    abandon,
  );
  if (choice !== abandon) return;
  const { remains } = await board.during(rotationId, 'action', () => rotations.abandon(rotationId));
  await board.reload();
  const names = remains.map(({ name }) => name).join(', ');
  void window.showInformationMessage(
    names === ''
      ? t('The rotation was abandoned. Nothing of it remains.')
      : t('The rotation was abandoned. These remain: {0}.', names),
  );
}
