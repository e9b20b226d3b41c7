import { workspace } from 'vscode';
import { diskFolders } from '../folders';
import { t } from '../localise';

/** Thrown where a workspace may not be read or written; its message is for the user. */
export class WorkspaceRefusal extends Error {
  override readonly name = 'WorkspaceRefusal';
}

/**
 * The folders that may be scanned and patched.
 * @throws WorkspaceRefusal in an untrusted workspace or without a folder on disk
 */
export function patchableFolders(): string[] {
  if (!workspace.isTrusted)
    throw new WorkspaceRefusal(
      t(
        'This workspace is not trusted, so its files are neither searched nor changed. Trust it (Manage Workspace Trust), then try again.',
      ),
    );
  const folders = diskFolders();
  if (folders.length === 0)
    throw new WorkspaceRefusal(
      t(
        'No folder on disk is open in this window. Open the project that uses the client key, then try again.',
      ),
    );
  return folders;
}
