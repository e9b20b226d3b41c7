import { callerMoves, classKey } from '../../model/callers';
import { explainCallers } from '../../model/explainCallers';
import type { ReferenceGroup } from '../../model/reference';
import type { RolloutPlace } from '../../model/rollout';
import { rolloutOf } from '../../model/rolloutOf';
import type { VerdictOptions } from '../../model/verdict';
import type { Translate } from '../words';
import type { Card, FolderScan } from './board';
import { referenceLabel } from './knownReferences';
import { manualStepText } from './manualStepText';

/**
 * The roll-out list of a rotation, as far as this window knows it: the callers are in it once the log was read and the
 * workspace was looked through, because before that nobody can say that nothing explains them.
 */
export function placesOf(card: Card, options: VerdictOptions, t: Translate): readonly RolloutPlace[] {
  return rolloutOf(card.rotation, {
    manualSteps: (card.scans ?? []).flatMap((scan) => manualStepsOf(scan, t)),
    unexplained: unexplainedOf(card, options),
  });
}

function unexplainedOf({ rotation, reading, references }: Card, options: VerdictOptions) {
  if (reading === undefined || references === undefined) return [];
  const moves = callerMoves(reading.evidence, { ...options, retired: rotation.retired });
  const explained = explainCallers(
    moves.map(({ caller }) => caller),
    references,
  );
  return moves.filter(({ caller }) => !explained.has(classKey(caller)));
}

/** A client that names the new key already is done; one with steps of its own is told by them. */
function manualStepsOf(scan: FolderScan, t: Translate): { id: string; label: string }[] {
  return scan.old.groups.flatMap((group) => {
    const where = referenceLabel(scan.folder, group);
    if (group.manualSteps.length > 0)
      return group.manualSteps.map((step) => ({
        id: `${group.id}/${step.kind}/${step.name}/${step.role}`,
        label: `${where}: ${manualStepText(step, t)}`,
      }));
    return isByHand(group) ? [{ id: group.id, label: where }] : [];
  });
}

/** What only stays, belongs to another key, or may be no client at all asks for nothing. */
function isByHand({ editable, confidence, references }: ReferenceGroup): boolean {
  if (editable || confidence === 'possible') return false;
  return !references.some(({ notEditable }) => notEditable === 'kept' || notEditable === 'otherKey');
}
