import { callerMoves } from '../../model/callers';
import type { VerdictOptions } from '../../model/verdict';
import type { Card } from './board';

/** How many caller classes of the old key have been seen with the new one. */
export function movedCallers(card: Card, options: VerdictOptions): { moved: number; all: number } {
  if (!card.reading) return { moved: 0, all: 0 };
  const moves = callerMoves(card.reading.evidence, options);
  const moved = moves.filter(({ state }) => state === 'moved' || state === 'probablyMoved').length;
  return { moved, all: moves.length };
}
