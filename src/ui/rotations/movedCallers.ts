import { callerMoves, migrationOf } from '../../model/callers';
import type { VerdictOptions } from '../../model/verdict';
import type { Card } from './board';

/** How many caller classes of the old key have been seen with the new one. */
export function movedCallers(
  { rotation, reading }: Pick<Card, 'rotation' | 'reading'>,
  options: VerdictOptions,
): { moved: number; all: number } {
  if (!reading) return { moved: 0, all: 0 };
  const moves = callerMoves(reading.evidence, { ...options, retired: rotation.retired });
  const { moved, total } = migrationOf(moves);
  return { moved, all: total };
}
