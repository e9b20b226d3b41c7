import { commands } from 'vscode';
import { COMMANDS, VIEWS } from '../commandIds';
import type { CommandHandler } from '../commands/registrar';
import type { Inventory } from '../inventory/entries';
import type { TreeLook } from './treeLook';

export interface TreeCommandParts {
  readonly inventory: Pick<Inventory, 'stop'>;
  readonly look: TreeLook;
  refreshKeys(): Promise<void>;
}

/** The commands in the title of the *Client Keys* view. */
export function treeCommands({ inventory, look, refreshKeys }: TreeCommandParts) {
  return {
    [COMMANDS.refresh]: () => refreshKeys(),
    [COMMANDS.cancelRefresh]: () => inventory.stop(),
    [COMMANDS.findInTree]: async () => {
      await commands.executeCommand(`${VIEWS.keys}.focus`);
      await commands.executeCommand('list.find');
    },
    [COMMANDS.showExpiringOnly]: () => look.filter(true),
    [COMMANDS.showAllKeys]: () => look.filter(false),
    [COMMANDS.sortByExpiry]: () => look.sortBy('expiry'),
    [COMMANDS.sortByName]: () => look.sortBy('name'),
  } satisfies Partial<Record<string, CommandHandler>>;
}
