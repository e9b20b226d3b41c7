import type { Disposable } from 'vscode';
import { isOpen } from '../../model/rotation';
import type { BackgroundWorker } from '../../references/background';
import type { Inventory } from '../inventory/entries';
import type { Board } from '../rotations/board';
import { encodings, thresholds } from '../settings';
import { createEditorFeatures } from './index';

export interface EditorWiring {
  readonly inventory: Inventory;
  readonly board: Board;
  readonly background: Pick<BackgroundWorker, 'inspect' | 'lookAtCredentialFile'>;
  now(accountId: string): number;
  /** One line without secrets. */
  log(line: string): void;
}

/** The editor features over what this window knows of keys and rotations. */
export function wireEditorFeatures({ inventory, board, background, now, log }: EditorWiring): Disposable {
  return createEditorFeatures({
    look: (file, folder) => background.inspect({ file, folder, encodings: encodings([folder]) }),
    lookAtCredentialFile: (file, folder) => background.lookAtCredentialFile({ file, folder }),
    facts: {
      inAccount: (keyId) => inventory.key(keyId),
      deletedAt: (keyId) => board.deletedAt(keyId),
      replacedBy: (keyId) =>
        board.cards.find(
          ({ rotation }) => isOpen(rotation) && rotation.newKey !== undefined && rotation.oldKey.id === keyId,
        )?.rotation,
      now: (accountId) => now(accountId ?? inventory.accounts[0]?.account.id ?? ''),
      thresholds,
    },
    changed: [inventory.changed, board.changed],
    log,
  });
}
