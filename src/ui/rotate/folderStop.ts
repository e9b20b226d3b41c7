import { gitState } from '../../credential/gitState';
import type { ReferenceGroup } from '../../model/reference';
import { diskFolders } from '../folders';
import { t } from '../localise';
import { folderName, pathIn } from '../paths';
import { askOtherFolder, type FolderChoice, gitText, settleGit } from './folderChoice';
import { oldFolders } from './oldFolders';
import { type Answer, askPick, type Pick, type StopFrame } from './stops';

/** Third stop: beside the old file where the workspace names it, or in a folder of choice. */
export async function askFolder(
  frame: StopFrame,
  references: Promise<readonly ReferenceGroup[]>,
): Promise<Answer<FolderChoice>> {
  const beside = oldFolders(await references);
  const items: Pick<string>[] = await Promise.all(
    beside.map(async (folder) => ({
      label: t('Beside the old file'),
      description: `${shown(folder)} · ${gitText(await gitState(folder))}`,
      detail: folder,
      value: folder,
    })),
  );
  items.push({ label: t('Choose a folder…'), value: '' });
  for (;;) {
    const picked = await askPick(
      frame,
      t('Where shall the credential file and its password be saved?'),
      items,
    );
    if (picked === 'back' || picked === 'cancelled') return picked;
    const choice = picked.value === '' ? await askOtherFolder() : await settleGit(picked.value);
    if (choice) return { value: choice };
  }
}

function shown(folder: string): string {
  const root = diskFolders().find((candidate) => !pathIn(candidate, folder).startsWith('/'));
  if (root === undefined || root === folder) return folderName(folder);
  return pathIn(root, folder);
}
