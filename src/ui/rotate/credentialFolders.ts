import { dirname } from 'node:path';
import { RelativePattern, workspace } from 'vscode';
import { diskFolders } from '../folders';
import { t } from '../localise';
import type { FolderProposal } from './folderStop';

const MAX_FILES = 200;
const MAX_FOLDERS = 5;

/** Where other credential files lie in the workspace, most of them first: a new one is likely to belong there. By names alone. */
export async function findCredentialFolders(): Promise<FolderProposal> {
  const label = t('Beside another credential file');
  const roots = workspace.isTrusted ? diskFolders() : [];
  const counts = new Map<string, number>();
  for (const root of roots) {
    const pattern = new RelativePattern(root, '**/clientKey_*.json');
    // Only for the proposal of a folder, which nobody may wait for any more: where nothing can be found, the user chooses one.
    const found = await Promise.resolve(
      workspace.findFiles(pattern, '**/{node_modules,.git}/**', MAX_FILES),
    ).catch(() => []);
    for (const { fsPath } of found) counts.set(dirname(fsPath), (counts.get(dirname(fsPath)) ?? 0) + 1);
  }
  const folders = [...counts].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]));
  return { label, folders: folders.slice(0, MAX_FOLDERS).map(([folder]) => folder) };
}
