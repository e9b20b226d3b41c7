import type { Row } from './row';

/** What a view of VS Code was given last. */
export interface HandedOut<N> {
  /** The children of a node (or the roots), noted. */
  children(node: N | undefined): Promise<readonly N[]>;
  /** The row of a node, noted. */
  row(node: N): Promise<Row>;
  /** Whether the view would get anything else now than it was given. */
  isCurrent(): Promise<boolean>;
  /** The view is about to read everything again. */
  forget(): void;
}

/**
 * Remembers what a view was given, so that it is asked to read again only when that has changed: while VS Code reads, a
 * click on an icon or a check box of a row arrives without the row.
 * @param rowOf loads the words of rows
 */
export function createHandedOut<N>(
  childrenOf: (node: N | undefined) => readonly N[],
  rowOf: () => Promise<(node: N) => Row>,
): HandedOut<N> {
  /** Rows by their id; ids of the children by the id of the parent, '' for the roots. */
  const rows = new Map<string, string>();
  const lists = new Map<string, string>();

  async function children(node: N | undefined): Promise<readonly N[]> {
    const wordsOf = await rowOf();
    const nodes = childrenOf(node);
    const ids = nodes.map((child) => wordsOf(child).id);
    lists.set(node === undefined ? '' : wordsOf(node).id, ids.join('\n'));
    return nodes;
  }

  /** Looks only at what was handed out: there may be thousands of other rows. */
  function isSame(node: N | undefined, id: string, wordsOf: (node: N) => Row): boolean {
    const given = lists.get(id);
    // Never opened: nothing below it can be out of date. The roots have to be there.
    if (given === undefined) return node !== undefined;
    const nodes = childrenOf(node);
    const current = nodes.map((child) => ({ child, row: wordsOf(child) }));
    if (given !== current.map(({ row }) => row.id).join('\n')) return false;
    return current.every(
      ({ child, row }) => rows.get(row.id) === JSON.stringify(row) && isSame(child, row.id, wordsOf),
    );
  }

  return {
    children,
    async row(node) {
      const row = (await rowOf())(node);
      rows.set(row.id, JSON.stringify(row));
      return row;
    },
    isCurrent: async () => isSame(undefined, '', await rowOf()),
    forget() {
      rows.clear();
      lists.clear();
    },
  };
}
