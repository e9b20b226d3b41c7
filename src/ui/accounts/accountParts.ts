import type { SecretStorage } from 'vscode';
import type { Inventory } from '../inventory/entries';
import type { Rooms } from '../rooms';
import type { Board } from '../rotations/board';
import type { Accounts } from './accounts';
import type { TypedKeys } from './typedKeys';

/** What the commands about accounts work on. */
export interface AccountParts {
  readonly accounts: Accounts;
  readonly inventory: Inventory;
  readonly rooms: Rooms;
  readonly board: Board;
  readonly typedKeys: TypedKeys;
  readonly secrets: SecretStorage;
  /** Reads the keys of an account again. */
  readAccount(accountId: string): Promise<void>;
  /** Removes what was kept of the keys of an account: cache and notices. */
  forgetKeys(accountId: string): Promise<void>;
}
