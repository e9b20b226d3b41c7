import { workspace } from 'vscode';
import type { ReferenceGroup } from '../../model/reference';
import type { Rotation } from '../../model/rotation';
import type { Rotations } from '../../rotation/rotations';
import { diskFolders } from '../folders';
import { excludedGlobs } from '../settings';
import type { FolderScan, ScanWatch } from './board';

/**
 * Scans each folder of the workspace: what leads to the old key is to be patched, what leads to the new one is proven patched.
 * @returns `undefined` where the workspace is not trusted or has no folder on disk
 */
export async function scanWorkspace(
  rotation: Rotation,
  rotations: () => Promise<Rotations>,
  { onProgress, signal }: ScanWatch = {},
): Promise<readonly FolderScan[] | undefined> {
  const folders = diskFolders();
  if (!workspace.isTrusted || folders.length === 0) return undefined;
  const exclude = excludedGlobs();
  const scans: FolderScan[] = [];
  for (const folder of folders) {
    const found = await (await rotations()).scan(rotation.id, [folder], exclude, onProgress, signal);
    // One scan sees every client; which key it leads to tells what is patched. Other keys' clients are not ours to show.
    const clients = found.groups.filter((group) => !isCredential(group));
    const groups = clients.filter(({ keyId }) => keyId === undefined || keyId === rotation.oldKey.id);
    const patched = clients.filter(({ keyId }) => keyId !== undefined && keyId === rotation.newKey?.id);
    scans.push({ folder, old: { ...found, groups }, patched });
  }
  return scans;
}

/** A credential file by itself: what becomes of it follows from the clients that read it. */
function isCredential({ references }: ReferenceGroup): boolean {
  return references.every(({ notation }) => notation === 'credential');
}
