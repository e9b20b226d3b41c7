import type { Rotation } from '../../model/rotation';
import { exactTime } from '../../model/timeText';
import type { Verdict } from '../../model/verdict';
import type { VerdictReading } from '../../rotation/rotations';
import type { Row } from '../row';
import { verdictHeadline, verdictSentences } from '../verdictText';
import { plainWords, printable, type Translate } from '../words';
import type { Card } from './board';
import { movedCallers } from './movedCallers';
import { failedStep, type RotationRowContext, stepOf } from './stepLook';

/** *3 Verify*: what the audit log says of the old key. */
export function verifyRow(card: Card, context: RotationRowContext): Row {
  const { t } = context;
  const { rotation, reading } = card;
  const look = { name: 'verify', label: t('3 Verify'), tags: rotation.newKey ? ['audit'] : [] } as const;
  if (card.busy.has('verdict'))
    return stepOf(card, { ...look, description: t('reading the audit log…'), state: 'busy' });
  if (card.errors.has('verdict')) return failedStep(card, 'verdict', look, t);
  if (rotation.state === 'deleted')
    return stepOf(card, { ...look, ...deletionGround(rotation.deletion, t), state: 'done' });
  if (!reading) return stepOf(card, { ...look, description: t('audit log not read yet'), state: 'waiting' });
  const words = plainWords(t, context.locale, context.now(rotation.aap.accountId));
  const headline = verdictHeadline(reading.verdict, words);
  const sentences = verdictSentences(reading.verdict, words);
  const inRow = verdictSentences(withoutOnlyInstance(reading), words);
  const { moved, all } = movedCallers(card, context.verdictOptions);
  const migration = all === 0 ? [] : [t('{0} of {1} callers moved', moved, all)];
  const description = [headline, ...migration, ...inRow.slice(0, 2)].join(' · ');
  const tooltip = [
    headline,
    ...migration,
    ...sentences,
    t('Read {0}', exactTime(reading.verdict.readAt, context.locale)),
  ].join('\n');
  const state = reading.verdict.kind === 'quiet' ? 'done' : 'active';
  return stepOf(card, { ...look, description, state, tooltip });
}

/** Where there is one instance, its name would only push the reason out of a narrow row; the tooltip has it. */
function withoutOnlyInstance({ verdict, evidence }: VerdictReading): Verdict {
  if (verdict.kind !== 'unknown' || evidence.instances.length > 1) return verdict;
  return { ...verdict, reasons: verdict.reasons.map(({ instanceId: _, ...reason }) => reason) };
}

/** On what ground the old key went: the verdict as the journal has it, in words, and the reason of an override on hover. */
function deletionGround(
  deletion: Rotation['deletion'],
  t: Translate,
): { readonly description: string; readonly tooltip?: string } {
  const description = groundText(deletion?.verdict.split(':')[0], t);
  if (deletion?.reason === undefined) return { description };
  return { description, tooltip: `${description}\n${t('Reason: {0}', printable(deletion.reason, 300))}` };
}

function groundText(verdict: string | undefined, t: Translate): string {
  switch (verdict) {
    case 'quiet':
      return t('was quiet');
    case 'inUse':
      return t('was in use, deleted with a reason');
    case 'unknown':
      return t('could not be told, deleted with a reason');
    case 'expired':
      return t('had expired');
    case 'alreadyGone':
      return t('was gone already');
    default:
      return t('done');
  }
}

/** *4 Delete*: whether the old key may go, or how it went. */
export function deleteRow(card: Card, context: RotationRowContext): Row {
  const { t, locale } = context;
  const { rotation, reading } = card;
  const deletable =
    rotation.state === 'created' || rotation.state === 'watching' || rotation.state === 'deleting';
  const look = { name: 'delete', label: t('4 Delete'), tags: deletable ? ['deletable'] : [] } as const;
  if (rotation.state === 'deleted') {
    const at = rotation.deletion?.at;
    const description =
      at === undefined ? t('old client key deleted') : t('old client key deleted {0}', exactTime(at, locale));
    return stepOf(card, { ...look, label: t('4 Deleted'), description, state: 'done' });
  }
  if (card.errors.has('action') && rotation.failure?.step === 'delete')
    return failedStep(card, 'action', look, t);
  const ready = reading?.verdict.kind === 'quiet';
  const hours = Math.round(context.verdictOptions.quietPeriodMs / 3_600_000);
  if (!ready) {
    const tooltip = `${look.label}\n${t('held back until quiet for {0} h', hours)}`;
    return stepOf(card, {
      ...look,
      description: t('held back until {0} h quiet', hours),
      state: 'waiting',
      tooltip,
    });
  }
  return stepOf(card, { ...look, description: t('ready: nobody uses the old client key'), state: 'active' });
}
