import type { PlaceKind, PlaceState, RolloutPlace } from '../../model/rollout';
import { openPlaces } from '../../model/rolloutOf';
import { printable, type Translate } from '../words';

/** How many places one sentence names. */
const MAX_NAMED = 5;

/** `2 of 5 open`. */
export function openText(places: readonly RolloutPlace[], t: Translate): string {
  if (places.length === 0) return t('no place listed yet');
  const open = openPlaces(places).length;
  return open === 0 ? t('none of {0} open', places.length) : t('{0} of {1} open', open, places.length);
}

export function placeStateText(state: PlaceState, t: Translate): string {
  switch (state) {
    case 'open':
      return t('open');
    case 'done':
      return t('done');
    case 'notNeeded':
      return t('not needed');
  }
}

export function placeKindText(kind: PlaceKind, t: Translate): string {
  switch (kind) {
    case 'workspace':
      return t('workspace that was patched');
    case 'manual':
      return t('manual step');
    case 'caller':
      return t('caller that nothing in this workspace explains');
    case 'own':
      return t('added by hand');
  }
}

/** The sentence that stands beside the deletion: which places are open; undefined if none is. */
export function openPlacesSentence(open: readonly RolloutPlace[], t: Translate): string | undefined {
  if (open.length === 0) return undefined;
  const named = open.slice(0, MAX_NAMED).map(({ service }) => printable(service, 80));
  const more = open.length - named.length;
  const list = [...named, ...(more > 0 ? [t('{0} more', more)] : [])].join(', ');
  return open.length === 1
    ? t('1 place of the roll-out list is open: {0}.', list)
    : t('{0} places of the roll-out list are open: {1}.', open.length, list);
}
