import { dirname } from 'node:path';
import { window, workspace } from 'vscode';
import type { BackgroundWorker } from '../../references/background';
import type { Rotations } from '../../rotation/rotations';
import { t } from '../localise';
import { pathIn } from '../paths';
import { withProgress } from '../progress';
import { settleGit } from '../rotate/folderChoice';
import { patchableFolders } from '../rotations/trust';
import { encodings } from '../settings';
import { textOf } from './editorCommands';

export interface PasswordMoveParts {
  readonly background: Pick<BackgroundWorker, 'planPasswordMove'>;
  rotations(): Promise<Rotations>;
  /** One line without secrets. */
  log(line: string): void;
}

/** *Move this password to a file*: the file is ignored by git or the user agrees, and the text names it afterwards. */
export async function movePassword(target: unknown, parts: PasswordMoveParts): Promise<void> {
  const [file, folder, groupId] = ['file', 'folder', 'groupId'].map((name) => textOf(target, name));
  if (file === undefined || folder === undefined || groupId === undefined) return;
  if (!patchableFolders().includes(folder)) return;
  const dirty = workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.fsPath === file);
  if (dirty !== undefined && !(await dirty.save())) return;
  const order = { file, folder, groupId, encodings: encodings([folder]) };
  const move = await withProgress(t('Moving the password'), async () =>
    parts.background.planPasswordMove(order),
  );
  if (typeof move === 'string') {
    parts.log(`${file}: the password was not moved. ${move}`);
    void window.showWarningMessage(
      t('The password cannot be moved safely; the log says why. Move it by hand.'),
    );
    return;
  }
  const choice = await settleGit(dirname(move.passwordFile));
  if (choice === undefined) return;
  await (await parts.rotations()).movePassword(folder, move, choice.allowUnignored);
  void window.showInformationMessage(
    t(
      'The password is in {0} now. It stays in the history of git and of this editor, so rotate the client key if others can read them.',
      pathIn(folder, move.passwordFile),
    ),
  );
}
