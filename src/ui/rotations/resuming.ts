import { window } from 'vscode';
import { type Creation, isRotation, type Rotation } from '../../model/rotation';
import { isRotationError } from '../../rotation/rotationError';
import type { OnProgress, Rotations } from '../../rotation/rotations';
import { t } from '../localise';
import { withProgress } from '../progress';
import { askOtherFolder } from '../rotate/folderChoice';
import { rotationErrorText } from '../rotationErrorText';
import type { Board } from './board';

/**
 * Goes on with a creation that stopped; asks before anything is created again.
 * @returns what became of it once the key is there and its credential saved
 */
export async function resumeRotation(
  board: Board,
  rotations: Rotations,
  stopped: Rotation | Creation,
): Promise<Rotation | Creation | undefined> {
  const { id } = stopped;
  const title = isRotation(stopped) ? t('Resuming the rotation') : t('Resuming the creation');
  const run = (options: { createAgain?: boolean }) =>
    board.during(id, 'action', () =>
      withProgress(title, (signal: AbortSignal, onProgress: OnProgress) =>
        rotations.resume(id, options, onProgress, signal),
      ),
    );
  let resumed: Rotation | Creation;
  try {
    resumed = await run({});
  } catch (error) {
    if (!isRotationError(error)) throw error;
    if (error.code === 'credentialNotSaved') return await saveElsewhere(board, rotations, id);
    if (error.code !== 'answerLost') throw error;
    const again = t('Create Client Key');
    const abandon = isRotation(stopped) ? t('Abandon Rotation') : t('Abandon');
    const choice = await window.showWarningMessage(
      rotationErrorText(error, t),
      { modal: true },
      again,
      abandon,
    );
    if (choice === abandon) await abandonRotation(board, rotations, stopped);
    if (choice !== again) return undefined;
    resumed = await run({ createAgain: true });
  } finally {
    await board.reload();
  }
  return await offerSaving(board, rotations, resumed);
}

/** A credential that rests in the storage of the extension is asked a folder for. Resolves with `undefined` while it still rests there. */
export async function offerSaving(
  board: Board,
  rotations: Rotations,
  created: Rotation | Creation,
): Promise<Rotation | Creation | undefined> {
  return created.unsaved ? await saveElsewhere(board, rotations, created.id) : created;
}

async function saveElsewhere(
  board: Board,
  rotations: Rotations,
  id: string,
): Promise<Rotation | Creation | undefined> {
  const choose = t('Choose a folder…');
  const answer = await window.showWarningMessage(
    t(
      'The new credential could not be saved in the chosen folder and rests in the storage of the extension.',
    ),
    { modal: true, detail: t('Save it in a folder from which applications can read it.') },
    choose,
  );
  const folder = answer === choose ? await askOtherFolder() : undefined;
  if (!folder) return undefined;
  try {
    return await board.during(id, 'action', () =>
      rotations.saveCredential(id, folder.folder, folder.allowUnignored),
    );
  } finally {
    await board.reload();
  }
}

/** Ends a rotation or a creation after a question, and says what remains. */
export async function abandonRotation(
  board: Board,
  rotations: Rotations,
  of: Rotation | Creation,
): Promise<void> {
  const abandon = t('Abandon');
  const choice = await window.showWarningMessage(
    isRotation(of) ? t('Abandon this rotation?') : t('Abandon this creation?'),
    {
      modal: true,
      detail: isRotation(of)
        ? t('The old client key stays. A new client key that was saved stays too and is named.')
        : t('A new client key that was saved stays and is named.'),
    },
    abandon,
  );
  if (choice !== abandon) return;
  const { remains } = await board.during(of.id, 'action', () => rotations.abandon(of.id));
  await board.reload();
  const names = remains.map(({ name }) => name).join(', ');
  void window.showInformationMessage(
    names === ''
      ? t('It was abandoned. Nothing of it remains.')
      : t('It was abandoned. These remain: {0}.', names),
  );
}
