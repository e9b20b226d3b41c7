import { type KeptPlace, MAX_PLACE_TEXT, type RolloutPlace } from '../../model/rollout';
import { printable } from '../words';

/**
 * What the journal keeps of a place. A patched folder and a caller are named by their id; the name of a manual step is kept,
 * because in another window nothing else tells it.
 */
export function keptOf({ id, kind, state, ...texts }: RolloutPlace): Omit<KeptPlace, 'at'> {
  const isNamed = kind === 'own' || kind === 'manual';
  const fields = { ...texts, service: isNamed ? texts.service : undefined };
  const given = Object.entries(fields).flatMap(([field, text]) => {
    const kept = printable(text ?? '', MAX_PLACE_TEXT);
    return kept === '' ? [] : [[field, kept] as const];
  });
  return { id, state, ...Object.fromEntries(given) };
}
