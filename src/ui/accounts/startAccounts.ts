import { basename, dirname, join } from 'node:path';
import { RelativePattern, Uri, window, workspace } from 'vscode';
import { CONTEXTS } from '../commandIds';
import { setContext } from '../commands/registrar';
import type { Inventory } from '../inventory/entries';
import { t } from '../localise';
import type { Rooms } from '../rooms';
import type { ShowError } from '../showError';
import { type Accounts, createAccounts } from './accounts';
import { createAccountStore } from './keptAccounts';
import type { TypedKeys } from './typedKeys';

export interface AccountsStart {
  readonly storageFolder: string;
  readonly rooms: Pick<Rooms, 'cloud'>;
  readonly inventory: Inventory;
  readonly typedKeys: TypedKeys;
  /** Whether somebody looks at the keys of this window. */
  isLookedAt(): boolean;
  readonly showError: ShowError;
}

/** The accounts as VS Code keeps, watches and shows them. */
export function startAccounts(parts: AccountsStart): Accounts {
  const { inventory, typedKeys } = parts;
  const store = createAccountStore(join(parts.storageFolder, 'accounts.json'), (aside) => {
    void window.showWarningMessage(
      t('The list of signed-in accounts could not be understood. It now lies in {0}. Sign in again.', aside),
    );
  });
  const accounts = createAccounts({
    sources: () => parts.rooms.cloud(),
    store,
    inventory,
    watch: watchFile,
    read: (accountId) => inventory.refresh(accountId),
    isLookedAt: parts.isLookedAt,
    onShown(hasAccount) {
      setContext(CONTEXTS.hasAccount, hasAccount);
      setContext(CONTEXTS.accountsRead, true);
    },
    onError: parts.showError,
  });
  const listening = typedKeys.onChange(() => accounts.noteChange());
  return {
    ...accounts,
    dispose() {
      listening.dispose();
      accounts.dispose();
    },
  };
}

/** VS Code's watcher, for a file outside the workspace whose folder may not exist yet. */
function watchFile(file: string, onEvent: () => void): { dispose(): void } {
  const name = basename(file);
  // A name with characters of a glob would watch other files.
  const pattern = new RelativePattern(Uri.file(dirname(file)), /[*?[\]{}]/.test(name) ? '*' : name);
  const watcher = workspace.createFileSystemWatcher(pattern);
  watcher.onDidCreate(onEvent);
  watcher.onDidChange(onEvent);
  watcher.onDidDelete(onEvent);
  return watcher;
}
