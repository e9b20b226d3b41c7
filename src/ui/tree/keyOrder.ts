/** What a list of nodes is sorted by: the end of the earliest key, or the name. */
export type SortOrder = 'expiry' | 'name';

interface Sortable {
  /** Unique among its siblings. */
  readonly id: string;
  readonly name: string;
  /** When the earliest key in it ends, ms UTC; Infinity without keys. */
  readonly ends: number;
}

/**
 * Sorts lists of siblings. While an account is being read its lists are frozen: nobody should click on a row that has just
 * jumped away. Those that were there keep their order, new ones come last.
 */
export interface KeyOrder {
  sort<T>(listId: string, items: readonly T[], about: (item: T) => Sortable, frozen: boolean): T[];
  /** Sorts anew at the next call, also what is frozen. */
  forget(): void;
}

export function createKeyOrder(order: () => SortOrder, locale: () => string): KeyOrder {
  const last = new Map<string, Map<string, number>>();
  // Made once: a tree that is unfolded sorts thousands of short lists.
  let collator: Intl.Collator | undefined;
  return {
    sort(listId, items, about, frozen) {
      const places = frozen ? last.get(listId) : undefined;
      collator ??= new Intl.Collator(locale(), { numeric: true });
      const compareNames = collator.compare;
      const compare = (one: Sortable, other: Sortable): number => {
        if (places) return placeOf(one, places) - placeOf(other, places);
        // Two without keys are both at infinity, whose difference is no number.
        const byEnd = order() === 'name' || one.ends === other.ends ? 0 : one.ends - other.ends;
        return byEnd || compareNames(one.name, other.name) || one.id.localeCompare(other.id);
      };
      const sorted = items
        .map((item) => ({ item, sortable: about(item) }))
        .sort((one, other) => compare(one.sortable, other.sortable));
      last.set(listId, new Map(sorted.map(({ sortable }, index) => [sortable.id, index])));
      return sorted.map(({ item }) => item);
    },
    forget: () => last.clear(),
  };
}

function placeOf({ id }: Sortable, places: ReadonlyMap<string, number>): number {
  return places.get(id) ?? places.size;
}
