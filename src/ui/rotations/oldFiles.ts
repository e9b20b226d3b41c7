import { unlink } from 'node:fs/promises';
import { window } from 'vscode';
import type { Rotations } from '../../rotation/rotations';
import { diskFolders } from '../folders';
import { t } from '../localise';
import { excludedGlobs } from '../settings';
import type { Board } from './board';

/** Offers to remove the credential files of a deleted key; only the files that the rotation names. */
export async function removeOldFiles(board: Board, rotations: Rotations, rotationId: string): Promise<void> {
  const scope = { folders: diskFolders(), exclude: excludedGlobs() };
  const files = await rotations.oldFiles(rotationId, scope);
  if (files.length === 0) {
    void window.showInformationMessage(t('No old credential file is left.'));
    return;
  }
  const remove = files.length === 1 ? t('Remove 1 File') : t('Remove {0} Files', files.length);
  const choice = await window.showWarningMessage(
    t('Remove the credential files of the deleted client key?'),
    { modal: true, detail: [t('They open nothing any more. This cannot be undone.'), ...files].join('\n') },
    remove,
  );
  if (choice !== remove) return;
  const gone = await Promise.allSettled(files.map((file) => unlink(file)));
  await board.reload();
  const failed = files.filter((_, index) => gone[index]?.status === 'rejected');
  if (failed.length === 0) void window.showInformationMessage(t('The old credential files were removed.'));
  else
    void window.showWarningMessage(
      t('These files could not be removed: {0}. Remove them by hand.', failed.join(', ')),
    );
}
