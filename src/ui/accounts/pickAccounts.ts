import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Account } from '../../model/account';
import { t } from '../localise';
import { homePath, type SignInChoice, type SignInItem, signInItems, tickedAlone } from './accountItems';
import { thisMachine } from './thisMachine';

/** What the list ended with; `ticked` are the accounts to show from now on. */
export type Picked =
  | { readonly kind: 'show'; readonly ticked: readonly Account[] }
  | { readonly kind: 'type'; readonly ticked: readonly Account[] }
  | { readonly kind: 'problem'; readonly message: string; readonly file: string | undefined };

type Item = QuickPickItem & { readonly item: SignInItem };

/** Lets the user tick the accounts to show. Ticking an entry that is no account ends the list with it. */
export function pickAccounts(choice: SignInChoice, shown: readonly string[]): Promise<Picked | undefined> {
  const pick = window.createQuickPick<Item>();
  const items = signInItems(choice, t).map(quickPickItem);
  const machine = thisMachine();
  pick.title = machine === undefined ? t('Sign In') : t('Sign In: {0}', machine);
  const isEmpty = choice.accounts.length === 0;
  pick.placeholder = isEmpty
    ? t(
        'Nothing found in the environment, {0}',
        choice.files.map(({ file }) => homePath(file, choice.homeFolder)).join(', '),
      )
    : t('Whose client keys shall be shown?');
  pick.canSelectMany = !isEmpty;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = items;
  pick.selectedItems = items.filter(({ item }) => item.kind === 'account' && shown.includes(item.account.id));
  return new Promise((resolve) => {
    const finish = (picked: Picked | undefined) => {
      resolve(picked);
      pick.dispose();
    };
    const ticked = () =>
      pick.selectedItems.flatMap(({ item }) => (item.kind === 'account' ? [item.account] : []));
    const act = ({ item }: Item): boolean => {
      if (item.kind === 'type') finish({ kind: 'type', ticked: ticked() });
      else if (item.kind === 'problem') finish({ kind: 'problem', message: item.message, file: item.file });
      else return false;
      return true;
    };
    let before: readonly Item[] = pick.selectedItems;
    pick.onDidChangeSelection((selected) => {
      const chosen = tickedAlone(before, selected);
      if (chosen && act(chosen)) return;
      before = selected.filter(({ item }) => item.kind === 'account');
      if (before.length < selected.length) pick.selectedItems = before;
    });
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      if (!active || !act(active)) finish({ kind: 'show', ticked: ticked() });
    });
    pick.onDidHide(() => finish(undefined));
    pick.show();
  });
}

function quickPickItem(item: SignInItem): Item {
  switch (item.kind) {
    case 'separator':
      return { item, label: item.label, kind: QuickPickItemKind.Separator };
    case 'account':
      return { item, label: item.label, description: item.description };
    default:
      return { item, label: item.label, detail: item.detail };
  }
}
