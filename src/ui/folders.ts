import { workspace } from 'vscode';

/** The workspace folders that are on disk, absolute paths: only they can be scanned and patched. */
export function diskFolders(): string[] {
  return (workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === 'file')
    .map((folder) => folder.uri.fsPath);
}
