import { type Memento, window } from 'vscode';
import { type Account, MODES_WITH_EFFECTS } from '../model/account';
import { CONTEXTS } from './commandIds';
import { setContext } from './commands/registrar';
import { t } from './localise';
import type { Cloud } from './rooms';
import type { Inventory } from './tree/inventory';
import type { CachedInventory } from './tree/inventoryCache';
import { accountText } from './tree/keyRows';

export interface Accounts {
  /** Finds the account to show and hands it to the inventory. Errors of the profile file are shown by the caller. */
  find(cached?: CachedInventory): Promise<void>;
  /** Lets the user choose one. Resolves with false if nothing changed. */
  choose(): Promise<boolean>;
}

const CHOSEN = 'clientKeys.account';

/** Which account the views are about: the chosen one, else the environment, else the CLI's current profile. */
export function createAccounts(
  cloud: () => Promise<Cloud>,
  memento: Memento,
  inventory: Inventory,
): Accounts {
  async function take(account: Account | undefined, cached?: CachedInventory): Promise<void> {
    const known = cached && cached.accountId === account?.id ? cached.regions : [];
    inventory.setAccount(account, known);
    setContext(CONTEXTS.hasAccount, account !== undefined);
    setContext(CONTEXTS.accountsRead, true);
  }

  return {
    async find(cached) {
      try {
        const accounts = await (await cloud()).listAccounts();
        const chosen = memento.get<unknown>(CHOSEN);
        await take(accounts.find(({ id }) => id === chosen) ?? proposed(accounts), cached);
      } catch (error) {
        await take(undefined);
        throw error;
      }
    },
    async choose() {
      const service = await cloud();
      const accounts = await service.listAccounts();
      if (accounts.length === 0) {
        void window.showInformationMessage(
          t(
            'No Alibaba Cloud account was found on the machine this window runs on. Sign in with the aliyun CLI (aliyun configure), then choose again.',
          ),
        );
        return false;
      }
      const items = accounts.map((account) => {
        const { name, source } = accountText(account, t);
        const mode = account.kind === 'cliProfile' ? ` · ${account.mode}` : '';
        const current = account.id === inventory.account?.id ? ` · ${t('shown now')}` : '';
        return { label: name, description: `${source}${mode}${current}`, account };
      });
      const picked = await window.showQuickPick(items, {
        placeHolder: t('Whose client keys shall be shown?'),
      });
      if (!picked || !(await agreedToEffects(picked.account, service))) return false;
      await memento.update(CHOSEN, picked.account.id);
      service.forget(picked.account.id);
      await take(picked.account);
      return true;
    },
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

async function agreedToEffects(account: Account, service: Cloud): Promise<boolean> {
  if (account.kind !== 'cliProfile' || !MODES_WITH_EFFECTS.includes(account.mode)) return true;
  const use = t('Use This Profile');
  const choice = await window.showWarningMessage(
    t('The profile {0} runs a program or rewrites its file when it signs in.', account.profile),
    { modal: true, detail: t('Use it only if you set it up yourself.') },
    use,
  );
  if (choice === use) service.allowEffects(account.id);
  return choice === use;
}
