import { commands, Uri, window } from 'vscode';
import { addIgnoreRule, gitState } from '../../credential/gitState';
import { isOpen } from '../../model/rotation';
import { t } from '../localise';
import { pathIn } from '../paths';
import type { Board } from '../rotations/board';
import type { Patching } from '../rotations/patching';
import { patchableFolders } from '../rotations/trust';

export interface EditorCommandParts {
  readonly board: Board;
  readonly patching: Patching;
}

/** *Use client key … here*: patches the client of one reference with the new key of the rotation under way. */
export async function useNewKeyHere(target: unknown, { board, patching }: EditorCommandParts): Promise<void> {
  const groupId = textOf(target, 'groupId');
  const keyId = textOf(target, 'keyId');
  const card = board.cards.find(({ rotation }) => isOpen(rotation) && rotation.oldKey.id === keyId);
  if (groupId === undefined || card === undefined) return;
  await patching.applyGroup(card.rotation.id, groupId);
}

/** *Add to .gitignore*: what git tracks already stays tracked, and that is said. */
export async function addToGitignore(target: unknown): Promise<void> {
  const file = textOf(target, 'file');
  if (file === undefined) return;
  const folder = patchableFolders().find((one) => pathIn(one, file) !== file);
  if (folder === undefined) return;
  const rule = await addIgnoreRule(file);
  if (rule === undefined) {
    void window.showInformationMessage(t('{0} is in no git work tree.', pathIn(folder, file)));
    return;
  }
  const name = pathIn(folder, file);
  const ignored = (await gitState(file)) === 'ignored';
  if (ignored)
    void window.showInformationMessage(t('Added {0} to {1}.', rule.line, pathIn(folder, rule.file)));
  else
    void window.showWarningMessage(
      t(
        '{0} was added to {1}, but git goes on tracking {2}. Take it out with "git rm --cached", and rotate the client key: it stays in the history.',
        rule.line,
        pathIn(folder, rule.file),
        name,
      ),
    );
}

/** Shows a credential file in the explorer; it is never opened, because editors keep backups of what they show. */
export async function revealCredentialFile(target: unknown): Promise<void> {
  const file = textOf(target, 'file');
  if (file !== undefined) await commands.executeCommand('revealInExplorer', Uri.file(file));
}

/** Arguments of links and quick fixes come back from VS Code as anything. */
export function textOf(target: unknown, name: string): string | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'string' ? value : undefined;
}
