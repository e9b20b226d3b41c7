import {
  commands,
  EventEmitter,
  type TreeDataProvider,
  TreeItemCheckboxState,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import type { VerdictOptions } from '../../model/verdict';
import { COMMANDS, VIEWS } from '../commandIds';
import { diskFolders } from '../folders';
import { createHandedOut } from '../handedOut';
import { t, textLocale } from '../localise';
import { treeItemOf } from '../rowItem';
import type { Board } from './board';
import type { placesOf } from './rolloutPlaces';
import { type BoardNode, boardChildren, boardParent, type PlacesOf, shownOf } from './rotationNodes';
import type { rotationRowOf } from './rotationRows';

export interface RotationsViewParts {
  readonly board: Board;
  now(accountId: string): number;
  verdictOptions(): VerdictOptions;
  /** The words of rows, and what is in a roll-out list; loaded when the first row is drawn. */
  words(): Promise<{ readonly rotationRowOf: typeof rotationRowOf; readonly placesOf: typeof placesOf }>;
}

export interface RotationsView {
  readonly view: TreeView<BoardNode>;
  redraw(): void;
  /** Shows the view with this rotation or creation in sight. */
  reveal(rotationId: string): Promise<void>;
  /** The same with its roll-out list. */
  revealRollout(rotationId: string): Promise<void>;
  dispose(): void;
}

const GATHER_MS = 50;

/** The *Rotations* view over the board. */
export function createRotationsView(parts: RotationsViewParts): RotationsView {
  const { board } = parts;
  const changes = new EventEmitter<BoardNode[] | undefined>();
  let timer: NodeJS.Timeout | undefined;
  /** Rows are read before their children are, so it is loaded by then. */
  let places: PlacesOf = () => [];
  const roots = () => boardChildren(undefined, board, places);
  const given = createHandedOut<BoardNode>(
    (node) => boardChildren(node, board, places),
    async () => {
      const { rotationRowOf, placesOf } = await parts.words();
      places = (card) => placesOf(card, parts.verdictOptions(), t);
      const context = {
        t,
        locale: textLocale(),
        now: (accountId: string) => parts.now(accountId),
        verdictOptions: parts.verdictOptions(),
        trusted: workspace.isTrusted,
        hasFolder: diskFolders().length > 0,
      };
      return (node) => rotationRowOf(node, context);
    },
  );
  const provider: TreeDataProvider<BoardNode> = {
    onDidChangeTreeData: changes.event,
    getChildren: async (node) => [...(await given.children(node))],
    getParent: boardParent,
    getTreeItem: async (node) => treeItemOf(await given.row(node), node),
  };
  const view = window.createTreeView(VIEWS.rotations, {
    treeDataProvider: provider,
    manageCheckboxStateManually: true,
  });
  const ticking = view.onDidChangeCheckboxState(({ items }) => {
    for (const [node, state] of items) {
      const checked = state === TreeItemCheckboxState.Checked;
      if (node.kind === 'group') board.tick(node.card.rotation.id, node.group.id, checked);
      if (node.kind === 'place') void markPlace(node, checked);
    }
  });

  async function markPlace(node: BoardNode, done: boolean): Promise<void> {
    await commands.executeCommand(done ? COMMANDS.markPlaceDone : COMMANDS.reopenPlace, node);
    // Where that failed, the box shows what was clicked and not what is.
    changes.fire([node]);
  }

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

  async function reveal(
    rotationId: string,
    choose: (root: BoardNode) => BoardNode | undefined,
  ): Promise<void> {
    // VS Code finds only what it has read, and waits for what it was told to read.
    await draw();
    const root = roots().find(({ card }) => shownOf(card).id === rotationId);
    const node = root && choose(root);
    if (node) await view.reveal(node, { select: true, focus: true, expand: true });
  }

  const listening = board.changed.on(redraw);
  return {
    view,
    redraw,
    reveal: (rotationId) => reveal(rotationId, (root) => root),
    revealRollout: (rotationId) =>
      reveal(rotationId, (root) =>
        boardChildren(root, board, places).find((node) => node.kind === 'step' && node.step === 'rollout'),
      ),
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
