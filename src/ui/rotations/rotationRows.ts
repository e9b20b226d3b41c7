import { isOpen } from '../../model/rotation';
import { briefKeyId } from '../briefKeyId';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import { type Card, tickedGroups } from './board';
import { unsavedText } from './createRow';
import { creationRowOf } from './creationRows';
import { manualStepRow } from './manualStepText';
import { movedCallers } from './movedCallers';
import { groupRow, referenceRow } from './referenceRows';
import { placeRow } from './rolloutRows';
import { type BoardNode, isCreationNode, isResumable } from './rotationNodes';
import type { RotationRowContext } from './stepLook';
import { stepRow } from './stepRows';

export function rotationRowOf(node: BoardNode, context: RotationRowContext): Row {
  if (isCreationNode(node)) return creationRowOf(node, context);
  const { t } = context;
  switch (node.kind) {
    case 'rotation':
      return rotationRow(node.card, context);
    case 'step':
      return stepRow(node.card, node.step, context);
    case 'group':
      return groupRow(node.card, node.scan, node.group, node.patched, t);
    case 'reference':
      return referenceRow(node.card, node.scan, node.reference, t);
    case 'manualStep':
      return manualStepRow(node.card, node.group, node.step, t);
    case 'place':
      return placeRow(node.card, node.place, t);
    case 'oldFiles':
      return oldFilesRow(node.card, t);
  }
}

function rotationRow(card: Card, context: RotationRowContext): Row {
  const { rotation } = card;
  const { t } = context;
  const keys = `${briefKeyId(rotation.oldKey.id)} → ${rotation.newKey ? briefKeyId(rotation.newKey.id) : '…'}`;
  const label = printable(rotation.aap.aapName);
  const line = stateLine(card, context);
  // A refusal, such as of an abandonment, was told when it happened: the rotation itself is as well as before.
  const failed = rotation.failure !== undefined;
  return {
    id: rotation.id,
    label,
    // The state first: it has to be seen in a narrow side bar too.
    description: `${line} · ${keys}`,
    tooltip: [
      t('Application access point {0}', printable(rotation.aap.aapName)),
      t('Region {0}', rotation.aap.regionId),
      t('Old client key {0}', rotation.oldKey.id),
      ...(rotation.newKey ? [t('New client key {0}', rotation.newKey.id)] : []),
      line,
    ].join('\n'),
    icon: card.busy.size > 0 ? 'loading~spin' : failed ? 'error' : isOpen(rotation) ? 'sync' : 'pass',
    ...(failed ? { color: 'clientKeys.failed' } : {}),
    tags: [
      'rotation',
      isOpen(rotation) ? 'open' : 'closed',
      ...(isResumable(rotation) && !card.busy.has('action') ? ['resumable'] : []),
    ],
    expansion: 'expanded',
    spoken: `${label}, ${line}, ${keys}`,
  };
}

/** One line that tells the state without opening anything. */
function stateLine(card: Card, context: RotationRowContext): string {
  const { rotation } = card;
  const { t } = context;
  if (rotation.state !== 'creating' && isResumable(rotation)) return unsavedText(t);
  switch (rotation.state) {
    case 'creating':
      return card.busy.has('action') ? t('creating…') : t('creation stopped: resume or abandon');
    case 'created':
      return createdLine(card, t);
    case 'watching':
      return watchingLine(card, context);
    case 'deleting':
      return card.busy.has('action') ? t('deleting…') : t('deletion stopped: delete again');
    case 'deleted':
      return card.oldFiles.length > 0 ? t('done; old files remain') : t('done');
    case 'abandoned':
      return t('abandoned');
  }
}

function createdLine(card: Card, t: Translate): string {
  if (card.scans === undefined) return t('created; references not looked for yet');
  return toPatchLine(card, t) ?? t('no references to patch here');
}

/** What a patch would take; undefined if that is nothing. */
function toPatchLine(card: Card, t: Translate): string | undefined {
  const count = (card.scans ?? []).reduce((sum, scan) => sum + tickedGroups(card, scan).length, 0);
  if (count === 0) return undefined;
  return count === 1 ? t('1 group to patch') : t('{0} groups to patch', count);
}

function watchingLine(card: Card, context: RotationRowContext): string {
  const { t } = context;
  const { reading } = card;
  // Groups that were left, or whose patch was taken back: to be done before any waiting.
  const toPatch = toPatchLine(card, t);
  if (toPatch !== undefined) return toPatch;
  if (!reading) return t('waiting: audit log not read yet');
  if (reading.verdict.kind === 'quiet') return t('quiet: ready to delete');
  const waiting = reading.verdict.kind === 'inUse' ? t('waiting: in use') : t('waiting: cannot be told yet');
  const { moved, all } = movedCallers(card, context.verdictOptions);
  if (all === 0) return waiting;
  const migration = t('{0} of {1} callers moved', moved, all);
  return moved < all ? migration : `${migration}, ${waiting}`;
}

function oldFilesRow(card: Card, t: Translate): Row {
  return {
    id: `${card.rotation.id}/oldFiles`,
    label: t('Old credential files'),
    description:
      card.oldFiles.length === 1
        ? t('1 file can be removed')
        : t('{0} files can be removed', card.oldFiles.length),
    tooltip: card.oldFiles.join('\n'),
    icon: 'trash',
    tags: ['oldFiles'],
  };
}
