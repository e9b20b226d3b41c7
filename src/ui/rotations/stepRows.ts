import { isOpen, type Rotation } from '../../model/rotation';
import { exactTime, relativeTime } from '../../model/timeText';
import type { VerdictOptions } from '../../model/verdict';
import { describeError } from '../errorText';
import { dateText } from '../expiryText';
import { folderName } from '../paths';
import type { Row } from '../row';
import { verdictHeadline, verdictSentences } from '../verdictText';
import { plainWords, printable, type Translate } from '../words';
import { type Card, type CardPart, tickedGroups } from './board';
import { failureText } from './failureText';
import { isResumable, type StepName } from './rotationNodes';

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

/** One of the four steps of a rotation: what was done, or what it waits for. */
export function stepRow(card: Card, step: StepName, context: RotationRowContext): Row {
  switch (step) {
    case 'create':
      return createRow(card, context);
    case 'references':
      return referencesRow(card, context);
    case 'verify':
      return verifyRow(card, context);
    case 'delete':
      return deleteRow(card, context);
  }
}

interface StepLook {
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

function stepOf(card: Card, look: StepLook): Row {
  return {
    id: `${card.rotation.id}/${look.name}`,
    label: look.label,
    description: look.description,
    tooltip: look.tooltip ?? `${look.label}\n${look.description}`,
    ...STEP_ICONS[look.state],
    tags: ['step', look.name, ...look.tags],
    spoken: `${look.label}, ${look.description}`,
    ...(look.expansion ? { expansion: look.expansion } : {}),
  };
}

function failedStep(
  card: Card,
  part: CardPart,
  look: Omit<StepLook, 'state' | 'description'>,
  t: Translate,
): Row {
  const { message, requestId } = describeError(card.errors.get(part), t);
  const tags = [...look.tags, 'retry', 'error', ...(requestId === undefined ? [] : ['requestId'])];
  return stepOf(card, { ...look, description: message, state: 'failed', tags });
}

function createRow(card: Card, context: RotationRowContext): Row {
  const { t, locale } = context;
  const { rotation } = card;
  const look = { name: 'create', label: t('1 Created') } as const;
  if (isResumable(rotation)) {
    const label = t('1 Create');
    if (card.busy.has('action'))
      return stepOf(card, { ...look, label, description: t('creating…'), state: 'busy', tags: [] });
    const { failure } = rotation;
    const stopped = failure ? t('stopped: {0}', failureText(failure, t)) : t('stopped on its way');
    const description = rotation.state === 'creating' ? stopped : unsavedText(t);
    const tooltip = [
      label,
      description,
      t('Resume goes on from here; nothing is created twice.'),
      ...(failure?.requestId === undefined ? [] : [t('Request id {0}', failure.requestId)]),
    ].join('\n');
    return stepOf(card, {
      ...look,
      label,
      description,
      state: 'failed',
      tags: ['resumable', 'error'],
      tooltip,
    });
  }
  const parts = [
    ...(rotation.createdAt === undefined
      ? []
      : [relativeTime(rotation.createdAt, context.now(rotation.aap.accountId), locale)]),
    rotation.proven ? t('file opens') : t('file not proven'),
    ...(rotation.newKey ? [t('valid until {0}', dateText(rotation.newKey.notAfter))] : []),
  ];
  const tooltip = [
    look.label,
    ...(rotation.createdAt === undefined ? [] : [t('Created {0}', exactTime(rotation.createdAt, locale))]),
    ...(rotation.newKey ? [t('Valid until {0}', exactTime(rotation.newKey.notAfter, locale))] : []),
    rotation.files.credentialFile,
  ].join('\n');
  return stepOf(card, { ...look, description: parts.join(' · '), state: 'done', tags: [], tooltip });
}

/** The chosen folder had failed: nothing can be patched before the credential is where applications may read it. */
export function unsavedText(t: Translate): string {
  return t('credential not saved yet: resume to choose a folder');
}

function referencesRow(card: Card, context: RotationRowContext): Row {
  const { t } = context;
  const { rotation, scans } = card;
  const edits = rotation.workspaces.reduce((sum, patch) => sum + patch.edits.length, 0);
  const canPatch =
    rotation.newKey !== undefined && (rotation.state === 'created' || rotation.state === 'watching');
  const ticked = (scans ?? []).reduce((sum, scan) => sum + tickedGroups(card, scan).length, 0);
  const tags = [
    ...(isOpen(rotation) ? ['scannable'] : []),
    ...(canPatch && ticked > 0 ? ['patchable'] : []),
    ...(edits > 0 && isOpen(rotation) ? ['undoable'] : []),
  ];
  const look = { name: 'references', label: t('2 References'), tags, expansion: 'expanded' } as const;
  if (card.busy.has('scan'))
    return stepOf(card, { ...look, description: t('looking for references…'), state: 'busy' });
  if (card.errors.has('scan')) return failedStep(card, 'scan', look, t);
  if (isOpen(rotation) && !context.trusted)
    return stepOf(card, {
      ...look,
      description: t('not looked for: this workspace is not trusted'),
      state: 'waiting',
    });
  if (isOpen(rotation) && !context.hasFolder)
    return stepOf(card, { ...look, description: t('no folder on disk is open'), state: 'waiting' });
  const description = scans ? scannedText(card, t) : journalText(card, t);
  const left = (scans ?? []).some((scan) => scan.old.groups.length > 0);
  const state = !isOpen(rotation) ? 'done' : scans === undefined ? 'waiting' : left ? 'active' : 'done';
  return stepOf(card, { ...look, description, state });
}

function scannedText(card: Card, t: Translate): string {
  const scans = card.scans ?? [];
  const patched = scans.reduce((sum, scan) => sum + scan.patched.length, 0);
  const left = scans.reduce((sum, scan) => sum + scan.old.groups.length, 0);
  const where = scans.map((scan) => folderName(scan.folder)).join(', ');
  if (patched + left === 0) return t('no references in {0}', where);
  return t('{0} of {1} patched in {2}', patched, patched + left, where);
}

function journalText(card: Card, t: Translate): string {
  const { workspaces } = card.rotation;
  if (workspaces.length === 0) return t('not looked for yet');
  return workspaces
    .map(({ folder, patchedGroups, leftGroups, manualSteps }) =>
      t(
        '{0} of {1} patched in {2}',
        patchedGroups,
        patchedGroups + leftGroups + manualSteps,
        folderName(folder),
      ),
    )
    .join(' · ');
}

function verifyRow(card: Card, context: RotationRowContext): Row {
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
  const description = [headline, ...sentences.slice(0, 2)].join(' · ');
  const tooltip = [
    headline,
    ...sentences,
    t('Read {0}', exactTime(reading.verdict.readAt, context.locale)),
  ].join('\n');
  const state = reading.verdict.kind === 'quiet' ? 'done' : 'active';
  return stepOf(card, { ...look, description, state, tooltip });
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

function deleteRow(card: Card, context: RotationRowContext): Row {
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
