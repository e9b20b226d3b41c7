import type { VerdictOptions } from '../../model/verdict';
import { errorTags } from '../errorActions';
import { describeError } from '../errorText';
import type { Row } from '../row';
import type { Translate } from '../words';
import type { Card, CardPart, CreationCard } from './board';
import { type StepName, shownOf } from './rotationNodes';

/** What the rows of the *Rotations* view are told by. */
export interface RotationRowContext {
  readonly t: Translate;
  readonly locale: string;
  /** The service's present for the account of a rotation, ms UTC. */
  now(accountId: string): number;
  readonly verdictOptions: VerdictOptions;
  readonly trusted: boolean;
  readonly hasFolder: boolean;
}

/** How one of the four steps looks. */
export interface StepLook {
  readonly name: StepName;
  readonly label: string;
  readonly description: string;
  readonly state: 'done' | 'active' | 'waiting' | 'busy' | 'failed';
  readonly tags: readonly string[];
  readonly tooltip?: string;
  readonly expansion?: 'collapsed' | 'expanded';
}

const STEP_ICONS = {
  done: { icon: 'pass', color: 'clientKeys.valid' },
  active: { icon: 'circle-large-outline', color: 'clientKeys.expiring' },
  waiting: { icon: 'circle-outline' },
  busy: { icon: 'loading~spin' },
  failed: { icon: 'error', color: 'clientKeys.failed' },
};

export function stepOf(card: Card | CreationCard, look: StepLook): Row {
  return {
    id: `${shownOf(card).id}/${look.name}`,
    label: look.label,
    description: look.description,
    tooltip: look.tooltip ?? `${look.label}\n${look.description}`,
    ...STEP_ICONS[look.state],
    tags: ['step', look.name, ...look.tags],
    spoken: `${look.label}, ${look.description}`,
    ...(look.expansion ? { expansion: look.expansion } : {}),
  };
}

/** A step whose last try failed: says why, and offers *Retry* and what else helps. */
export function failedStep(
  card: Card,
  part: CardPart,
  look: Omit<StepLook, 'state' | 'description'>,
  t: Translate,
): Row {
  const error = card.errors.get(part);
  const tags = [...look.tags, ...errorTags(error)];
  return stepOf(card, { ...look, description: describeError(error, t).message, state: 'failed', tags });
}
