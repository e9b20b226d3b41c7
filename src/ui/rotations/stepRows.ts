import type { SkippedFile } from '../../model/reference';
import { isOpen } from '../../model/rotation';
import { folderName, pathIn } from '../paths';
import type { Row } from '../row';
import type { Translate } from '../words';
import { type Card, tickedGroups } from './board';
import { createRow } from './createRow';
import { rolloutRow } from './rolloutRows';
import type { StepName } from './rotationNodes';
import { failedStep, type RotationRowContext, stepOf } from './stepLook';
import { deleteRow, verifyRow } from './verdictRows';

/** Files that a tooltip names. */
const MAX_NAMED = 20;

/** One of the steps of a rotation: what was done, or what it waits for. */
export function stepRow(card: Card, step: StepName, context: RotationRowContext): Row {
  switch (step) {
    case 'create':
      return createRow(card, context);
    case 'references':
      return referencesRow(card, context);
    case 'rollout':
      return rolloutRow(card, context);
    case 'verify':
      return verifyRow(card, context);
    case 'delete':
      return deleteRow(card, context);
  }
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
  const skipped = (scans ?? []).flatMap((scan) =>
    scan.old.skipped.map(({ file, reason }) => `${pathIn(scan.folder, file)}: ${skippedText(reason, t)}`),
  );
  const text = scans ? scannedText(card, t) : journalText(card, t);
  const description = skipped.length === 0 ? text : `${text} · ${notLookedAt(skipped.length, t)}`;
  const tooltip = [look.label, description, ...skipped.slice(0, MAX_NAMED)].join('\n');
  const left = (scans ?? []).some((scan) => scan.old.groups.length > 0);
  const state = !isOpen(rotation) ? 'done' : scans === undefined ? 'waiting' : left ? 'active' : 'done';
  return stepOf(card, { ...look, description, state, tooltip });
}

export function notLookedAt(count: number, t: Translate): string {
  return count === 1 ? t('1 file not looked at') : t('{0} files not looked at', count);
}

export function skippedText(reason: SkippedFile['reason'], t: Translate): string {
  switch (reason) {
    case 'tooLarge':
      return t('too large');
    case 'unreadable':
      return t('cannot be read');
    case 'tooSlow':
      return t('takes too long to read');
    case 'damaged':
      return t('damaged');
    case 'binary':
      return t('not a text');
    case 'folderUnreadable':
      return t('folder cannot be read');
  }
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
