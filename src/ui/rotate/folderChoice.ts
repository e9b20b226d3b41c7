import { join } from 'node:path';
import { Uri, window } from 'vscode';
import { addIgnoreRule, type GitState, gitState } from '../../credential/gitState';
import { diskFolders } from '../folders';
import { t } from '../localise';

/** Where the two files go. */
export interface FolderChoice {
  readonly folder: string;
  readonly allowUnignored: boolean;
}

export function gitText(state: GitState): string {
  switch (state) {
    case 'ignored':
      return t('ignored by git ✓');
    case 'notInWorkTree':
      return t('not in a git work tree ✓');
    case 'notIgnored':
      return t('not ignored by git');
    case 'unknown':
      return t('cannot tell whether git ignores it');
  }
}

/** Lets the user choose a folder on this machine, and settles what git would do with it. */
export async function askOtherFolder(): Promise<FolderChoice | undefined> {
  const [first] = diskFolders();
  const chosen = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    openLabel: t('Save Credential Here'),
    title: t('Folder for the credential files'),
    ...(first === undefined ? {} : { defaultUri: Uri.file(first) }),
  });
  const [uri] = chosen ?? [];
  return uri ? await settleGit(uri.fsPath) : undefined;
}

/** Nothing to ask where git ignores the folder or knows nothing of it; else the ignore rule is offered. */
export async function settleGit(folder: string): Promise<FolderChoice | undefined> {
  const state = await gitState(folder);
  if (state === 'ignored' || state === 'notInWorkTree') return { folder, allowUnignored: false };
  const add = t('Add Ignore Rule');
  const choice = await askUnignored(
    t('Git does not ignore {0}', folder),
    t('The credential and its password could be committed. A rule in .gitignore prevents that.'),
    [add],
  );
  if (choice !== add) return choice === anyway() ? { folder, allowUnignored: true } : undefined;
  await addIgnoreRule(join(folder, 'clientKey_'));
  if ((await gitState(folder)) === 'ignored') return { folder, allowUnignored: false };
  const again = await askUnignored(
    t('Git still does not ignore {0}', folder),
    t('The rule was added to .gitignore but another one undoes it, or git cannot be asked.'),
    [],
  );
  return again === anyway() ? { folder, allowUnignored: true } : undefined;
}

function anyway(): string {
  return t('Save Without Rule');
}

async function askUnignored(
  message: string,
  detail: string,
  choices: readonly string[],
): Promise<string | undefined> {
  return await window.showWarningMessage(message, { modal: true, detail }, ...choices, anyway());
}
