import { commands, Uri, window } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import type { Reference, ScanResult } from '../../model/reference';
import type { BackgroundWorker } from '../../references/background';
import { t } from '../localise';
import { withProgress } from '../progress';
import { openPlace } from '../rotations/openReference';
import { patchableFolders } from '../rotations/trust';
import { encodings, excludedGlobs } from '../settings';
import { lookedAtText, referencePicks } from './referencePicks';

/** *Find References*: the places of the open folders that lead to a client key, as a list to open them from. */
export async function findReferences(
  keyId: string,
  background: Pick<BackgroundWorker, 'scan'>,
): Promise<void> {
  const folders = patchableFolders();
  const found = await scan(keyId, folders, background);
  if (found === undefined) return;
  const picks = referencePicks(found, keyId, folders, t);
  if (picks.length === 0) {
    const looked = lookedAtText(found, folders, t);
    void window.showInformationMessage(
      t('No reference to client key {0} was found in this workspace. {1}', keyId, looked),
    );
    return;
  }
  const picked = await window.showQuickPick(picks, {
    title: t('References to {0}', shortKeyId(keyId)),
    placeHolder: lookedAtText(found, folders, t),
    matchOnDescription: true,
  });
  if (picked) await open(picked.reference);
}

/** Resolves with undefined if the user stopped it. */
async function scan(
  keyId: string,
  folders: readonly string[],
  background: Pick<BackgroundWorker, 'scan'>,
): Promise<ScanResult | undefined> {
  return await withProgress(t('Finding references to {0}', shortKeyId(keyId)), async (signal, report) => {
    const order = { folders, keyId, exclude: excludedGlobs(), encodings: encodings(folders) };
    try {
      const onProgress = (filesSeen: number) => report({ step: 'scanning', filesSeen });
      return await background.scan(order, { signal, onProgress });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** A credential file is shown in the explorer: editors keep backups of what they open. */
async function open(reference: Reference): Promise<void> {
  if (!(await openPlace(reference)))
    await commands.executeCommand('revealInExplorer', Uri.file(reference.file));
}
