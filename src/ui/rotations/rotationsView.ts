import {
  EventEmitter,
  type TreeDataProvider,
  TreeItemCheckboxState,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import type { VerdictOptions } from '../../model/verdict';
import { VIEWS } from '../commandIds';
import { diskFolders } from '../folders';
import { createHandedOut } from '../handedOut';
import { t, textLocale } from '../localise';
import { treeItemOf } from '../rowItem';
import type { Board } from './board';
import { type BoardNode, boardChildren, shownOf } from './rotationNodes';
import type { rotationRowOf } from './rotationRows';

export interface RotationsViewParts {
  readonly board: Board;
  now(accountId: string): number;
  verdictOptions(): VerdictOptions;
  /** The words of a row; loaded when the first one is drawn. */
  rowOf(): Promise<typeof rotationRowOf>;
}

export interface RotationsView {
  readonly view: TreeView<BoardNode>;
  redraw(): void;
  /** Shows the view with this rotation or creation in sight. */
  reveal(rotationId: string): Promise<void>;
  dispose(): void;
}

const GATHER_MS = 50;

/** The *Rotations* view over the board. */
export function createRotationsView(parts: RotationsViewParts): RotationsView {
  const { board } = parts;
  const changes = new EventEmitter<BoardNode[] | undefined>();
  let timer: NodeJS.Timeout | undefined;
  const roots = () => boardChildren(undefined, board);
  const given = createHandedOut<BoardNode>(
    (node) => boardChildren(node, board),
    async () => {
      const rowOf = await parts.rowOf();
      const context = {
        t,
        locale: textLocale(),
        now: (accountId: string) => parts.now(accountId),
        verdictOptions: parts.verdictOptions(),
        trusted: workspace.isTrusted,
        hasFolder: diskFolders().length > 0,
      };
      return (node) => rowOf(node, context);
    },
  );
  const provider: TreeDataProvider<BoardNode> = {
    onDidChangeTreeData: changes.event,
    getChildren: async (node) => [...(await given.children(node))],
    // Only rotations are revealed, and they are roots.
    getParent: () => undefined,
    getTreeItem: async (node) => treeItemOf(await given.row(node), node),
  };
  const view = window.createTreeView(VIEWS.rotations, {
    treeDataProvider: provider,
    manageCheckboxStateManually: true,
  });
  const ticking = view.onDidChangeCheckboxState(({ items }) => {
    for (const [node, state] of items)
      if (node.kind === 'group')
        board.tick(node.card.rotation.id, node.group.id, state === TreeItemCheckboxState.Checked);
  });

  async function draw(): Promise<void> {
    const changed = await given.takeChanges(true);
    if (changed === 'all') changes.fire(undefined);
    else if (changed.length > 0) changes.fire([...changed]);
  }

  function redraw(): void {
    timer ??= setTimeout(async () => {
      timer = undefined;
      view.message = problemsText(board.problems);
      await draw();
    }, GATHER_MS);
  }

  const listening = board.changed.on(redraw);
  return {
    view,
    redraw,
    async reveal(rotationId) {
      // VS Code finds only what it has read, and waits for what it was told to read.
      await draw();
      const node = roots().find(({ card }) => shownOf(card).id === rotationId);
      if (node) await view.reveal(node, { select: true, focus: true, expand: true });
    },
    dispose() {
      clearTimeout(timer);
      listening.dispose();
      ticking.dispose();
      view.dispose();
      changes.dispose();
    },
  };
}

/** What stands above the rows while a journal cannot be read; an empty text takes the line away. */
function problemsText(problems: Board['problems']): string {
  return problems
    .map(({ file, reason }) =>
      reason === 'newerVersion'
        ? t(
            'A newer version of this extension wrote {0}. Its rotation is not shown; update the extension.',
            file,
          )
        : t('{0} cannot be read. Its rotation is not shown, and the file is left as it is.', file),
    )
    .join('\n');
}
