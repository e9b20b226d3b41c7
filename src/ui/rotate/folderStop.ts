import { gitState } from '../../credential/gitState';
import { diskFolders } from '../folders';
import { t } from '../localise';
import { folderName, pathIn } from '../paths';
import { askOtherFolder, type FolderChoice, gitText, settleGit } from './folderChoice';
import { type Answer, askPick, type Pick, type StopFrame } from './stops';

/** Folders that suggest themselves, absolute paths, the surest one first; and why, in words. */
export interface FolderProposal {
  readonly label: string;
  readonly folders: readonly string[];
}

/** Third stop: in a folder that is proposed, or in one of choice. */
export async function askFolder(
  frame: StopFrame,
  proposal: Promise<FolderProposal>,
): Promise<Answer<FolderChoice>> {
  const { label, folders } = await proposal;
  const items: Pick<string>[] = await Promise.all(
    folders.map(async (folder) => ({
      label,
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
