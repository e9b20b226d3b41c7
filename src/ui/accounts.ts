import type { Memento } from 'vscode';
import { type Account, MODES_WITH_EFFECTS } from '../model/account';
import { CONTEXTS } from './commandIds';
import { setContext } from './commands/registrar';
import type { Cloud } from './rooms';
import type { Inventory } from './tree/inventory';
import type { CachedInventory } from './tree/inventoryCache';

export interface Accounts {
  /** Finds the account to show and hands it to the inventory. Errors of the profile file are shown by the caller. */
  find(cached?: CachedInventory): Promise<void>;
  /** Shows this account from now on, with what is known of it. */
  take(account: Account | undefined, cached?: CachedInventory): void;
}

export const CHOSEN_ACCOUNT = 'clientKeys.account';

/** Which account the views are about: the chosen one, else the environment, else the CLI's current profile. */
export function createAccounts(
  cloud: () => Promise<Cloud>,
  memento: Memento,
  inventory: Inventory,
): Accounts {
  function take(account: Account | undefined, cached?: CachedInventory): void {
    const known = cached && cached.accountId === account?.id ? cached.regions : [];
    inventory.setAccount(account, known);
    setContext(CONTEXTS.hasAccount, account !== undefined);
    setContext(CONTEXTS.accountsRead, true);
  }

  return {
    async find(cached) {
      try {
        const accounts = await (await cloud()).listAccounts();
        const chosen = memento.get<unknown>(CHOSEN_ACCOUNT);
        take(accounts.find(({ id }) => id === chosen) ?? proposed(accounts), cached);
      } catch (error) {
        take(undefined);
        inventory.setAccountError(error);
        throw error;
      }
    },
    take,
  };
}

function proposed(accounts: readonly Account[]): Account | undefined {
  const harmless = accounts.filter(
    (account) => account.kind === 'environment' || !MODES_WITH_EFFECTS.includes(account.mode),
  );
  return (
    harmless.find((account) => account.kind === 'environment') ??
    harmless.find((account) => account.kind === 'cliProfile' && account.current) ??
    harmless[0]
  );
}
