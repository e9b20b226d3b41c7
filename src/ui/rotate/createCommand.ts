import { basename, dirname } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import { type AapRef, aapKey, MAX_KEYS_PER_AAP } from '../../model/clientKey';
import { type Creation, isOpen, type Rotation } from '../../model/rotation';
import { RotationError } from '../../rotation/rotationError';
import { t } from '../localise';
import { withProgress } from '../progress';
import { offerSaving } from '../rotations/resuming';
import { printable } from '../words';
import { findCredentialFolders } from './credentialFolders';
import { askNewKey } from './newKeyStops';
import type { RotateParts } from './rotateCommand';

export type CreateParts = Omit<RotateParts, 'background'>;

/** *Create client key…*: four stops and the creation of a key beside the others of its AAP. */
export async function createKeyOf(
  { accountId, regionId, aapName }: AapRef,
  parts: CreateParts,
): Promise<void> {
  const { inventory, board } = parts;
  const aap = { accountId, regionId, aapName };
  await board.reload();
  const unfinished = board.creations.find(
    ({ creation }) => isOpen(creation) && aapKey(creation.aap) === aapKey(aap),
  );
  if (unfinished) {
    await parts.reveal(unfinished.creation.id);
    throw new RotationError('alreadyCreating');
  }
  const keysUsed = inventory.aap(aap)?.keys.length ?? 0;
  if (keysUsed >= MAX_KEYS_PER_AAP) throw new RotationError('aapFull');
  const draft = await askNewKey({
    title: t('Create client key for {0}', printable(aapName)),
    aap,
    keysUsed,
    now: parts.now(accountId),
    otherKeys: t('other client keys stay as they are'),
    folders: findCredentialFolders(),
  });
  if (!draft) return;

  const rotations = await parts.rotations();
  const { validity, password, folder } = draft;
  try {
    const created = await withProgress(t('Creating a client key'), (signal, onProgress) =>
      rotations.create({ aap, validity, password, ...folder }, onProgress, signal),
    );
    const saved = await offerSaving(board, rotations, created);
    if (saved) tellCreated(saved);
  } finally {
    await board.reload();
    void inventory.refreshAap(aap);
  }
}

/** Where the two files are, and what is to be done with them. */
export function tellCreated({ aap, newKey, files }: Rotation | Creation): void {
  if (!newKey) return;
  const { credentialFile, passwordFile } = files;
  const show = t('Show Files');
  // Nobody waits for the answer: the message may stand for minutes.
  void window
    .showInformationMessage(
      t(
        'Client key {0} was created for {1}, and its file opens. Let the application read {2} and {3} in {4}; keep both out of version control.',
        newKey.id,
        printable(aap.aapName),
        basename(credentialFile),
        basename(passwordFile),
        dirname(credentialFile),
      ),
      show,
    )
    .then((chosen) => (chosen === show ? showFile(Uri.file(credentialFile)) : undefined));
}

/** The file is pointed at, never opened: editors keep backups of what they show. */
async function showFile(file: Uri): Promise<void> {
  const inWorkspace = workspace.getWorkspaceFolder(file) !== undefined;
  await commands.executeCommand(inWorkspace ? 'revealInExplorer' : 'revealFileInOS', file);
}
