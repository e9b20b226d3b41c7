import { shortKeyId } from '../../model/clientKey';
import { expiryOf } from '../../model/expiry';
import { exactTime } from '../../model/timeText';
import { briefKeyId } from '../briefKeyId';
import { COMMANDS } from '../commandIds';
import type { LocalKey } from '../expiry/localKeys';
import { expiryText, lifeText } from '../expiryText';
import { pathIn } from '../paths';
import type { Row } from '../row';
import { printable } from '../words';
import { keyCounts } from './keyCounts';
import { keyIcon } from './keyIcon';
import { keyUri } from './keyUri';
import type { RowContext } from './rowContext';

/** The client keys that only credential files of this workspace tell of. */
export function filesRow(keys: readonly LocalKey[], context: RowContext): Row {
  const { t, thresholds } = context;
  const now = context.localNow();
  const critical = keys.filter((key) =>
    ['critical', 'expired'].includes(expiryOf(key, now, thresholds).state),
  ).length;
  return {
    id: 'files',
    label: t('Credential files of this workspace'),
    description: keyCounts(keys.length, critical, t).join(' · '),
    tooltip: t('Client keys that none of the accounts above lists, known from their credential files.'),
    icon: 'files',
    tags: ['files'],
    expansion: 'expanded',
  };
}

export function fileKeyRow(key: LocalKey, context: RowContext): Row {
  const { t, locale, thresholds } = context;
  const now = context.localNow();
  const expiry = expiryOf(key, now, thresholds);
  const ends = expiryText(key, expiry, now, locale, t);
  const file = printable(pathIn(key.folder, key.file));
  return {
    id: `fileKey/${key.id}`,
    label: briefKeyId(key.id),
    description: `${lifeText(key, expiry, now, locale, t)} · ${file}`,
    tooltip: [
      t('Client key {0}', key.id),
      ends,
      printable(key.file, 300),
      t('Valid from {0}', exactTime(key.notBefore, locale)),
      t('Valid until {0}', exactTime(key.notAfter, locale)),
    ].join('\n'),
    ...keyIcon(expiry.state),
    tags: ['fileKey'],
    spoken: t('Client key {0}, {1}', shortKeyId(key.id), `${ends}, ${file}`),
    resource: keyUri(key.id),
    click: { command: COMMANDS.revealCredentialFile, title: t('Show Credential File in Explorer') },
  };
}
