import { env, Uri, window, workspace } from 'vscode';
import type { VerdictOptions } from '../../model/verdict';
import { COMMANDS } from '../commandIds';
import type { CommandHandler } from '../commands/registrar';
import { t } from '../localise';
import { askText } from '../rotate/stops';
import { printable } from '../words';
import type { Board, Card } from './board';
import { pickRotation } from './pickRotation';
import { createPlaceChanges, type PlaceChangeParts } from './placeChanges';
import { rolloutDocument } from './rolloutMarkdown';
import { placesOf } from './rolloutPlaces';
import { isRotationNode, type RotationNode } from './rotationNodes';

export interface RolloutParts extends Omit<PlaceChangeParts, 't' | 'askText'> {
  readonly board: Board;
  verdictOptions(): VerdictOptions;
  revealRollout(rotationId: string): Promise<void>;
}

type PlaceNode = Extract<RotationNode, { kind: 'place' }>;

/** What can be done with the roll-out list and its places. */
export function rolloutCommands(parts: RolloutParts) {
  const { board } = parts;
  const changes = createPlaceChanges({ ...parts, t, askText });

  async function remove({ card, place }: PlaceNode): Promise<void> {
    await changes.remove(card.rotation, place);
    await board.reload();
    const undo = t('Undo');
    const told = t('{0} was removed from the roll-out list.', printable(place.service));
    if ((await window.showInformationMessage(told, undo)) !== undo) return;
    await changes.setState(card.rotation, place, place.state);
    await board.reload();
  }

  async function listOf(target: unknown): Promise<{ card: Card; text: string } | undefined> {
    const card = await pickRotation(board, target);
    return (
      card && { card, text: rolloutDocument(card.rotation, placesOf(card, parts.verdictOptions(), t), t) }
    );
  }

  async function copy(target: unknown): Promise<void> {
    const list = await listOf(target);
    if (!list) return;
    await env.clipboard.writeText(list.text);
    void window.showInformationMessage(t('The roll-out list is in the clipboard, as Markdown.'));
  }

  async function save(target: unknown): Promise<void> {
    const list = await listOf(target);
    if (!list) return;
    const [folder] = workspace.workspaceFolders ?? [];
    const name = `rollout-${list.card.rotation.aap.aapName.replace(/[^\w.-]+/g, '-')}.md`;
    const uri = await window.showSaveDialog({
      filters: { Markdown: ['md'] },
      ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder.uri, name) }),
    });
    if (uri) await workspace.fs.writeFile(uri, Buffer.from(list.text));
  }

  /** Menus offer these on rows of places alone. */
  const onPlace =
    (act: (node: PlaceNode) => Promise<void>): CommandHandler =>
    async (target) => {
      if (!isRotationNode(target) || target.kind !== 'place') return;
      await act(target);
      await board.reload();
    };

  return {
    [COMMANDS.showRollout]: async (target) => {
      const card = await pickRotation(board, target);
      if (card) await parts.revealRollout(card.rotation.id);
    },
    [COMMANDS.addPlace]: async (target) => {
      const card = await pickRotation(board, target);
      if (!card) return;
      await changes.add(card.rotation);
      await board.reload();
    },
    [COMMANDS.markPlaceDone]: onPlace(({ card, place }) => changes.setState(card.rotation, place, 'done')),
    [COMMANDS.markPlaceNotNeeded]: onPlace(({ card, place }) =>
      changes.setState(card.rotation, place, 'notNeeded'),
    ),
    [COMMANDS.reopenPlace]: onPlace(({ card, place }) => changes.setState(card.rotation, place, 'open')),
    [COMMANDS.editPlace]: onPlace(({ card, place }) => changes.edit(card.rotation, place)),
    [COMMANDS.removePlace]: onPlace(remove),
    [COMMANDS.copyRollout]: copy,
    [COMMANDS.exportRollout]: save,
  } satisfies Partial<Record<string, CommandHandler>>;
}
