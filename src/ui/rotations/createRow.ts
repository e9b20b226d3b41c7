import { exactTime, relativeTime } from '../../model/timeText';
import { dateText } from '../expiryText';
import type { Row } from '../row';
import type { Translate } from '../words';
import type { Card, CreationCard } from './board';
import { failureText } from './failureText';
import { isResumable, shownOf } from './rotationNodes';
import { type RotationRowContext, stepOf } from './stepLook';

/** The first step: of a rotation, and all there is of a creation. */
export function createRow(card: Card | CreationCard, context: RotationRowContext): Row {
  const { t, locale } = context;
  const of = shownOf(card);
  const look = { name: 'create', label: t('1 Created') } as const;
  if (isResumable(of)) {
    const label = t('1 Create');
    if (card.busy.has('action'))
      return stepOf(card, { ...look, label, description: t('creating…'), state: 'busy', tags: [] });
    const { failure } = of;
    const stopped = failure ? t('stopped: {0}', failureText(failure, t)) : t('stopped on its way');
    const description = of.unsaved && of.state !== 'creating' ? unsavedText(t) : stopped;
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
    ...(of.createdAt === undefined
      ? []
      : [relativeTime(of.createdAt, context.now(of.aap.accountId), locale)]),
    of.proven ? t('file opens') : t('file not proven'),
    ...(of.newKey ? [t('valid until {0}', dateText(of.newKey.notAfter))] : []),
  ];
  const tooltip = [
    look.label,
    ...(of.createdAt === undefined ? [] : [t('Created {0}', exactTime(of.createdAt, locale))]),
    ...(of.newKey ? [t('Valid until {0}', exactTime(of.newKey.notAfter, locale))] : []),
    of.files.credentialFile,
  ].join('\n');
  return stepOf(card, { ...look, description: parts.join(' · '), state: 'done', tags: [], tooltip });
}

/** The chosen folder had failed: nothing can be patched before the credential is where applications may read it. */
export function unsavedText(t: Translate): string {
  return t('credential not saved yet: resume to choose a folder');
}
