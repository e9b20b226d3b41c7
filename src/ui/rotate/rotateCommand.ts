import { window, workspace } from 'vscode';
import { type ClientKey, MAX_KEYS_PER_AAP, shortKeyId } from '../../model/clientKey';
import { isOpen } from '../../model/rotation';
import type { Background } from '../../rotation/ports';
import { RotationError } from '../../rotation/rotationError';
import type { Rotations } from '../../rotation/rotations';
import { diskFolders } from '../folders';
import type { Inventory } from '../inventory/entries';
import { t } from '../localise';
import { withProgress } from '../progress';
import type { Board } from '../rotations/board';
import { offerSaving } from '../rotations/resuming';
import { excludedGlobs } from '../settings';
import type { FolderProposal } from './folderStop';
import { askNewKey } from './newKeyStops';
import { oldFolders } from './oldFolders';

export interface RotateParts {
  readonly inventory: Inventory;
  readonly board: Board;
  readonly background: Background;
  rotations(): Promise<Rotations>;
  now(accountId: string): number;
  /** Shows the Rotations view with this rotation in sight. */
  reveal(rotationId: string): Promise<void>;
}

/** *Rotate client key…*: four stops, the creation, then the references in the Rotations view. */
export async function rotateKey(key: ClientKey, parts: RotateParts): Promise<void> {
  const { inventory, board } = parts;
  await board.reload();
  const underWay = board.cards.find(({ rotation }) => isOpen(rotation) && rotation.oldKey.id === key.id);
  if (underWay) {
    await parts.reveal(underWay.rotation.id);
    throw new RotationError('alreadyRotating');
  }
  const keysUsed = inventory.aap(key)?.keys.length ?? 1;
  if (keysUsed >= MAX_KEYS_PER_AAP) throw new RotationError('aapFull', {});

  const scan = new AbortController();
  const { accountId, regionId, aapName } = key;
  const aap = { accountId, regionId, aapName };
  const draft = await askNewKey({
    title: t('Rotate client key {0}', shortKeyId(key.id)),
    aap,
    keysUsed,
    now: parts.now(accountId),
    otherKeys: t('the old client key keeps working'),
    folders: findOldFolders(key, parts.background, scan.signal),
  }).finally(() => scan.abort());
  if (!draft) return;

  const rotations = await parts.rotations();
  const { validity, password, folder } = draft;
  try {
    const rotation = await withProgress(t('Rotating client key'), (signal, onProgress) =>
      rotations.start({ aap, oldKey: key, validity, password, ...folder }, onProgress, signal),
    );
    await board.reload();
    await parts.reveal(rotation.id);
    if (!(await offerSaving(board, rotations, rotation))) return;
    await afterCreation(rotation.id, parts);
  } finally {
    await board.reload();
    void inventory.refreshAap(key);
  }
}

/** Looks for references as soon as the new key is there, and says what comes next. */
async function afterCreation(rotationId: string, parts: Pick<RotateParts, 'board'>): Promise<void> {
  if (!workspace.isTrusted || diskFolders().length === 0) {
    void window.showInformationMessage(
      t(
        'The new client key was created and its file opens. Open the projects that use the old one as trusted folders to patch them.',
      ),
    );
    return;
  }
  await parts.board.rescan(rotationId);
}

/** Only for the proposal of a folder: where nothing can be found, the user chooses one. */
async function findOldFolders(
  key: ClientKey,
  background: Background,
  signal: AbortSignal,
): Promise<FolderProposal> {
  const label = t('Beside the old file');
  const folders = workspace.isTrusted ? diskFolders() : [];
  if (folders.length === 0) return { label, folders: [] };
  try {
    const result = await background.scan({ folders, keyId: key.id, exclude: excludedGlobs() }, { signal });
    return { label, folders: oldFolders(result.groups) };
  } catch {
    return { label, folders: [] };
  }
}
