import { window, workspace } from 'vscode';
import { aapKey, type ClientKey, MAX_KEYS_PER_AAP } from '../../model/clientKey';
import type { ReferenceGroup } from '../../model/reference';
import { isOpen } from '../../model/rotation';
import type { Background } from '../../rotation/ports';
import { RotationError } from '../../rotation/rotationError';
import type { Rotations } from '../../rotation/rotations';
import { diskFolders } from '../folders';
import { t } from '../localise';
import { withProgress } from '../progress';
import type { Board } from '../rotations/board';
import { offerSaving } from '../rotations/resuming';
import { excludedGlobs } from '../settings';
import type { Inventory } from '../tree/inventory';
import { askRotation } from './rotateStops';

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
  const keysUsed = countKeys(inventory, key);
  if (keysUsed >= MAX_KEYS_PER_AAP) throw new RotationError('aapFull', {});

  const scan = new AbortController();
  const draft = await askRotation({
    key,
    keysUsed,
    now: parts.now(key.accountId),
    references: findReferences(key, parts.background, scan.signal),
  }).finally(() => scan.abort());
  if (!draft) return;

  const rotations = await parts.rotations();
  const { accountId, regionId, aapName } = key;
  const started = withProgress(t('Rotating client key'), (signal, onProgress) =>
    rotations.start(
      {
        aap: { accountId, regionId, aapName },
        oldKey: key,
        validity: draft.validity,
        password: draft.password,
        folder: draft.folder.folder,
        allowUnignored: draft.folder.allowUnignored,
      },
      onProgress,
      signal,
    ),
  );
  try {
    const rotation = await started;
    await board.reload();
    await parts.reveal(rotation.id);
    if (!(await offerSaving(board, rotations, rotation.id))) return;
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

function countKeys(inventory: Inventory, key: ClientKey): number {
  const region = inventory.regions.find(({ regionId }) => regionId === key.regionId);
  return region?.aaps.find(({ aap }) => aapKey(aap) === aapKey(key))?.keys.length ?? 1;
}

/** Only for the proposal of a folder: where nothing can be found, the user chooses one. */
async function findReferences(
  key: ClientKey,
  background: Background,
  signal: AbortSignal,
): Promise<readonly ReferenceGroup[]> {
  const folders = workspace.isTrusted ? diskFolders() : [];
  if (folders.length === 0) return [];
  try {
    const result = await background.scan({ folders, keyId: key.id, exclude: excludedGlobs() }, { signal });
    return result.groups;
  } catch {
    return [];
  }
}
