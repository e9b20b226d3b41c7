import { window } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import { isOpen } from '../../model/rotation';
import { t } from '../localise';
import type { Board, Card } from './board';
import { rotationIdOf } from './rotationNodes';

/** The rotation that a command is about: that of the node, the only open one, or the one picked. */
export async function pickRotation(
  board: Board,
  target: unknown,
  fits: (card: Card) => boolean = (card) => isOpen(card.rotation),
): Promise<Card | undefined> {
  const id = rotationIdOf(target);
  if (id !== undefined) {
    if (!board.card(id)) await board.reload();
    return board.card(id);
  }
  if (!board.loaded) await board.reload();
  const cards = board.cards.filter(fits);
  if (cards.length === 0) {
    void window.showInformationMessage(t('No rotation is at a point where this can be done.'));
    return undefined;
  }
  if (cards.length === 1) return cards[0];
  const picked = await window.showQuickPick(
    cards.map((card) => ({
      label: card.rotation.aap.aapName,
      description: shortKeyId(card.rotation.oldKey.id),
      card,
    })),
    { placeHolder: t('Which rotation?') },
  );
  return picked?.card;
}
