import type { Row } from './row';

/** What a view of VS Code was given last. */
export interface HandedOut<N> {
  /** The children of a node (or the roots), noted. */
  children(node: N | undefined): Promise<readonly N[]>;
  /** The row of a node, noted. */
  row(node: N): Promise<Row>;
  /**
   * The topmost nodes whose row or list of children is no longer what the view was given, as the objects it was given;
   * 'all' when the roots are others. The view has to read these again: until it does they are named at each call.
   * @param words whether a row that has rows below it counts when only its own words differ. They are read with it.
   */
  takeChanges(words: boolean): Promise<readonly N[] | 'all'>;
}

/**
 * Remembers what a view was given, so that it is asked to read again only what has changed: while VS Code reads, a
 * click on an icon or a check box of a row arrives without the row.
 *
 * VS Code knows a node by its identity. So a row id keeps its object, into which newer contents are copied.
 * @param rowOf loads the words of rows
 */
export function createHandedOut<N extends object>(
  childrenOf: (node: N | undefined) => readonly N[],
  rowOf: () => Promise<(node: N) => Row>,
): HandedOut<N> {
  /** Nodes and rows by the id of the row; ids of the children by the id of the parent, '' for the roots. */
  const nodes = new Map<string, N>();
  const rows = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();

  /** The object the view has, or gets, for a row. */
  function held(id: string, node: N): N {
    const known = nodes.get(id);
    if (known) return Object.assign(known, node);
    nodes.set(id, node);
    return node;
  }

  function forgetBelow(id: string): void {
    for (const child of lists.get(id) ?? []) {
      rows.delete(child);
      forgetBelow(child);
    }
    lists.delete(id);
  }

  /** Looks only at what was handed out: there may be thousands of other rows. */
  function* changedBelow(
    node: N | undefined,
    id: string,
    words: boolean,
    wordsOf: (node: N) => Row,
  ): Generator<string> {
    const given = lists.get(id);
    // Never opened: nothing below it can be out of date. The roots have to be there.
    if (given === undefined) {
      if (node === undefined) yield id;
      return;
    }
    const current = childrenOf(node).map((child) => ({ child, row: wordsOf(child) }));
    if (current.length !== given.length || current.some(({ row }, index) => row.id !== given[index])) {
      yield id;
      return;
    }
    for (const { child, row } of current) {
      held(row.id, child);
      const counts = words || !rows.has(row.id) || !lists.get(row.id)?.length;
      if (counts && rows.get(row.id) !== JSON.stringify(row)) yield row.id;
      else yield* changedBelow(child, row.id, words, wordsOf);
    }
  }

  return {
    async children(node) {
      const wordsOf = await rowOf();
      const current = childrenOf(node).map((child) => ({ child, id: wordsOf(child).id }));
      lists.set(
        node === undefined ? '' : wordsOf(node).id,
        current.map(({ id }) => id),
      );
      return current.map(({ child, id }) => held(id, child));
    },
    async row(node) {
      const row = (await rowOf())(node);
      // What is about to be revealed is asked for too, but not drawn from the answer.
      if (nodes.get(row.id) === node) rows.set(row.id, JSON.stringify(row));
      return row;
    },
    async takeChanges(words) {
      const ids = [...changedBelow(undefined, '', words, await rowOf())];
      if (ids.includes('')) {
        for (const known of [nodes, rows, lists]) known.clear();
        return 'all';
      }
      for (const id of ids) {
        rows.delete(id);
        forgetBelow(id);
      }
      return ids.map((id) => nodes.get(id)).filter((node) => node !== undefined);
    },
  };
}
