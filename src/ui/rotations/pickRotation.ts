import { window } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import { type Creation, isOpen, isRotation, type Rotation } from '../../model/rotation';
import { t } from '../localise';
import type { Board, Card, CreationCard } from './board';
import { shownIdOf, shownOf } from './rotationNodes';

/** The rotation that a command is about: that of the node, the only open one, or the one picked. */
export function pickRotation(
  board: Board,
  target: unknown,
  fits: (card: Card) => boolean = (card) => isOpen(card.rotation),
): Promise<Card | undefined> {
  return pick(board, target, () => board.cards, fits, {
    none: t('No rotation is at a point where this can be done.'),
    question: t('Which rotation?'),
  });
}

/** The same for what can be done with a rotation and with the creation of a key that replaces none. */
export async function pickNewKey(
  board: Board,
  target: unknown,
  fits: (of: Rotation | Creation) => boolean,
): Promise<Rotation | Creation | undefined> {
  const card = await pick<Card | CreationCard>(
    board,
    target,
    () => [...board.cards, ...board.creations],
    (one) => fits(shownOf(one)),
    {
      none: t('No rotation or creation is at a point where this can be done.'),
      question: t('Which rotation or creation?'),
    },
  );
  return card && shownOf(card);
}

async function pick<C extends Card | CreationCard>(
  board: Board,
  target: unknown,
  all: () => readonly C[],
  fits: (card: C) => boolean,
  { none, question }: { readonly none: string; readonly question: string },
): Promise<C | undefined> {
  const id = shownIdOf(target);
  if (id !== undefined) {
    const find = () => all().find((card) => shownOf(card).id === id);
    if (!find()) await board.reload();
    return find();
  }
  if (!board.loaded) await board.reload();
  const cards = all().filter(fits);
  if (cards.length === 0) {
    void window.showInformationMessage(none);
    return undefined;
  }
  if (cards.length === 1) return cards[0];
  const picked = await window.showQuickPick(
    cards.map((card) => {
      const shown = shownOf(card);
      const description = isRotation(shown) ? shortKeyId(shown.oldKey.id) : t('new client key');
      return { label: shown.aap.aapName, description, card };
    }),
    { placeHolder: question },
  );
  return picked?.card;
}
