import { isOpen } from '../../model/rotation';
import { briefKeyId } from '../briefKeyId';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import type { CreationCard } from './board';
import { createRow, unsavedText } from './createRow';
import type { CreationNode } from './rotationNodes';
import type { RotationRowContext } from './stepLook';

/** The rows of a client key that replaces none. */
export function creationRowOf({ kind, card }: CreationNode, context: RotationRowContext): Row {
  return kind === 'creation' ? creationRow(card, context.t) : createRow(card, context);
}

function creationRow(card: CreationCard, t: Translate): Row {
  const { creation } = card;
  const { aap, newKey, failure } = creation;
  const label = printable(aap.aapName);
  const line = stateLine(card, t);
  const key = newKey ? t('new client key {0}', briefKeyId(newKey.id)) : t('new client key');
  const open = isOpen(creation);
  const busy = card.busy.size > 0;
  const failed = failure !== undefined && open && !busy;
  return {
    id: creation.id,
    label,
    // The state first: it has to be seen in a narrow side bar too.
    description: `${line} · ${key}`,
    tooltip: [
      t('Application access point {0}', label),
      t('Region {0}', aap.regionId),
      ...(newKey ? [t('New client key {0}', newKey.id)] : []),
      ...(newKey ? [creation.files.credentialFile, creation.files.passwordFile] : []),
      line,
    ].join('\n'),
    icon: busy ? 'loading~spin' : failed ? 'error' : open ? 'add' : 'pass',
    ...(failed ? { color: 'clientKeys.failed' } : {}),
    tags: ['creation', ...(open ? ['open', ...(busy ? [] : ['resumable'])] : ['closed'])],
    expansion: open ? 'expanded' : 'collapsed',
    spoken: `${label}, ${line}, ${key}`,
  };
}

/** One line that tells the state without opening anything. */
function stateLine({ creation, busy }: CreationCard, t: Translate): string {
  if (creation.state === 'finished') return t('done');
  if (creation.state === 'abandoned') return t('abandoned');
  if (busy.has('action')) return t('creating…');
  return creation.unsaved && creation.state === 'created'
    ? unsavedText(t)
    : t('creation stopped: resume or abandon');
}
