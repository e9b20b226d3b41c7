import { workspace } from 'vscode';
import type { Rotation } from '../../model/rotation';
import type { Background } from '../../rotation/ports';
import type { Rotations } from '../../rotation/rotations';
import { diskFolders } from '../folders';
import { excludedGlobs } from '../settings';
import type { FolderScan } from './board';

/**
 * Scans each folder of the workspace for the old key, and for the new one, which proves what is patched from the disk.
 * @returns `undefined` where the workspace is not trusted or has no folder on disk
 */
export async function scanWorkspace(
  rotation: Rotation,
  rotations: () => Promise<Rotations>,
  background: Background,
): Promise<readonly FolderScan[] | undefined> {
  const folders = diskFolders();
  if (!workspace.isTrusted || folders.length === 0) return undefined;
  const exclude = excludedGlobs();
  const scans: FolderScan[] = [];
  for (const folder of folders) {
    const old = await (await rotations()).scan(rotation.id, [folder], exclude);
    const patched = rotation.newKey
      ? await background.scan({ folders: [folder], keyId: rotation.newKey.id, exclude })
      : undefined;
    scans.push({ folder, old, patched });
  }
  return scans;
}
