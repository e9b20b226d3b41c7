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

/** The name that is tried against the ignore rules: as the files will be called. */
const PROBE = 'clientKey_KAAP.00000000-0000-0000-0000-000000000000_Password.txt';

/** What git would do with a credential in this folder. */
export function folderGitState(folder: string): Promise<GitState> {
  return gitState(join(folder, PROBE));
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
  const state = await folderGitState(folder);
  if (state === 'ignored' || state === 'notInWorkTree') return { folder, allowUnignored: false };
  const add = t('Add Ignore Rule');
  const anyway = t('Save Without Rule');
  const choice = await window.showWarningMessage(
    t('Git does not ignore {0}', folder),
    {
      modal: true,
      detail: t('The credential and its password could be committed. A rule in .gitignore prevents that.'),
    },
    add,
    anyway,
  );
  if (choice === anyway) return { folder, allowUnignored: true };
  if (choice !== add) return undefined;
  await addIgnoreRule(join(folder, PROBE));
  return { folder, allowUnignored: (await folderGitState(folder)) !== 'ignored' };
}
