import type { RolloutPlace } from '../../model/rollout';
import type { Rotation } from '../../model/rotation';
import { asText, markdownTable } from '../markdownText';
import type { Translate } from '../words';
import { openText, placeKindText, placeStateText } from './rolloutText';

/** The roll-out list as lines of Markdown without a heading: how many places are open, then each with what was said of it. */
export function rolloutMarkdown(places: readonly RolloutPlace[], t: Translate): readonly string[] {
  if (places.length === 0) return [t('No place is in the roll-out list.')];
  return [
    t('Places: {0}.', openText(places, t)),
    '',
    ...markdownTable(
      [t('State'), t('Place'), t('Kind'), t('Target environment'), t('Owner'), t('Note')],
      places.map(({ state, service, kind, environment, owner, note }) => [
        placeStateText(state, t),
        service,
        placeKindText(kind, t),
        environment ?? '–',
        owner ?? '–',
        note ?? '–',
      ]),
    ),
  ];
}

/** The list by itself, as a Markdown document. */
export function rolloutDocument(
  { aap, oldKey, newKey }: Rotation,
  places: readonly RolloutPlace[],
  t: Translate,
): string {
  const keys = newKey === undefined ? oldKey.id : `${oldKey.id} → ${newKey.id}`;
  const name = asText(`${aap.aapName} (${aap.regionId})`);
  return `${[`# ${t('Roll-out of {0}', name)}`, '', keys, '', ...rolloutMarkdown(places, t)].join('\n')}\n`;
}
