import type { Memento } from 'vscode';
import { CONTEXTS } from '../commandIds';
import { createSignal, type Signal } from '../signal';
import type { SortOrder } from './keyOrder';

/** How the *Client Keys* view shows its keys; kept over sessions. */
export interface TreeLook {
  readonly order: SortOrder;
  /** Only keys that end soon or have ended, and what could not be read. */
  readonly expiringOnly: boolean;
  readonly changed: Signal;
  sortBy(order: SortOrder): void;
  filter(expiringOnly: boolean): void;
}

const ORDER = 'clientKeys.tree.order';
const EXPIRING_ONLY = 'clientKeys.tree.expiringOnly';

export function createTreeLook(
  memento: Pick<Memento, 'get' | 'update'>,
  setContext: (key: (typeof CONTEXTS)['expiringOnly' | 'sortedByName'], value: boolean) => void,
): TreeLook {
  const changed = createSignal();
  let order: SortOrder = memento.get<unknown>(ORDER) === 'name' ? 'name' : 'expiry';
  let expiringOnly = memento.get<unknown>(EXPIRING_ONLY) === true;

  function tellMenus(): void {
    setContext(CONTEXTS.expiringOnly, expiringOnly);
    setContext(CONTEXTS.sortedByName, order === 'name');
  }

  function keep(name: string, value: unknown): void {
    // What cannot be kept is looked at all the same.
    Promise.resolve(memento.update(name, value)).catch(() => undefined);
    tellMenus();
    changed.fire();
  }

  tellMenus();
  return {
    get order() {
      return order;
    },
    get expiringOnly() {
      return expiringOnly;
    },
    changed,
    sortBy(wanted) {
      if (wanted === order) return;
      order = wanted;
      keep(ORDER, wanted);
    },
    filter(wanted) {
      if (wanted === expiringOnly) return;
      expiringOnly = wanted;
      keep(EXPIRING_ONLY, wanted);
    },
  };
}
