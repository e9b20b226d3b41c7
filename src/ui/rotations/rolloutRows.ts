import type { RolloutPlace } from '../../model/rollout';
import { openPlaces } from '../../model/rolloutOf';
import { isOpen } from '../../model/rotation';
import { folderName } from '../paths';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import type { Card } from './board';
import { placesOf } from './rolloutPlaces';
import { openText, placeKindText, placeStateText } from './rolloutText';
import { type RotationRowContext, stepOf } from './stepLook';

/** *Roll-out*, between the patch and the verdict: how many places the new key still has to arrive at. */
export function rolloutRow(card: Card, { t, verdictOptions }: RotationRowContext): Row {
  const places = placesOf(card, verdictOptions, t);
  const open = openPlaces(places);
  const description = openText(places, t);
  const label = t('Roll-out');
  return stepOf(card, {
    name: 'rollout',
    label,
    description,
    state: places.length === 0 ? 'waiting' : open.length > 0 ? 'active' : 'done',
    tags: isOpen(card.rotation) ? ['listable'] : [],
    tooltip: [label, description, ...open.map(({ service }) => printable(service))].join('\n'),
    ...(places.length > 0 ? { expansion: 'collapsed' } : {}),
  });
}

/** One place; its check box says whether the new key has arrived there. */
export function placeRow(card: Card, place: RolloutPlace, t: Translate): Row {
  const { kind, state, environment, owner, note } = place;
  const service = printable(place.service, 200);
  const said = placeStateText(state, t);
  const parts = [
    said,
    ...(environment === undefined ? [] : [printable(environment)]),
    ...(owner === undefined ? [] : [printable(owner)]),
  ];
  const lines = [
    service,
    placeKindText(kind, t),
    said,
    ...(environment === undefined ? [] : [t('Environment: {0}', printable(environment, 200))]),
    ...(owner === undefined ? [] : [t('Owner: {0}', printable(owner, 200))]),
    ...(note === undefined ? [] : [t('Note: {0}', printable(note, 200))]),
  ];
  const changeable = isOpen(card.rotation);
  const row = {
    id: `${card.rotation.id}/place/${place.id}`,
    label: kind === 'workspace' ? printable(folderName(place.service)) : service,
    description: parts.join(' · '),
    tooltip: lines.join('\n'),
    tags: [
      'place',
      ...(changeable ? [`place-${state}`, `place-${kind}`] : []),
      ...(kind === 'caller' ? ['audit'] : []),
    ],
    spoken: lines.join(', '),
  };
  if (changeable && state !== 'notNeeded') return { ...row, checked: state === 'done' };
  return { ...row, icon: ICONS[state] };
}

const ICONS = { open: 'circle-large-outline', done: 'pass', notNeeded: 'circle-slash' };
