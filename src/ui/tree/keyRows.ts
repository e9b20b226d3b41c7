import { aapKey, type ClientKey, shortKeyId } from '../../model/clientKey';
import { expiryOf, isSoon } from '../../model/expiry';
import { exactTime } from '../../model/timeText';
import { briefKeyId } from '../briefKeyId';
import { expiryText, lifeText } from '../expiryText';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import { aapRow } from './aapRow';
import { accountRow, emptyRow, signInRow } from './accountRow';
import { errorRow } from './errorRow';
import { fileKeyRow, filesRow } from './fileRows';
import { keyIcon } from './keyIcon';
import type { KeyNode } from './keyNodes';
import { keyUri } from './keyUri';
import { gatewayRow, instanceRow } from './reachRows';
import { regionRow } from './regionRow';
import type { RowContext } from './rowContext';

export function keyRowOf(node: KeyNode, context: RowContext): Row {
  switch (node.kind) {
    case 'account':
      return accountRow(node.account, context);
    case 'region':
      return regionRow(node.region, context);
    case 'aap':
      return aapRow(node.entry, context);
    case 'key':
      return clientKeyRow(node.key, context);
    case 'instance':
      return instanceRow(node, context.t);
    case 'gateway':
      return gatewayRow(node.aap, context.t);
    case 'error':
      return errorRow(node, context.t);
    case 'empty':
      return emptyRow(node, context.t);
    case 'signIn':
      return signInRow(context.t);
    case 'files':
      return filesRow(node.keys, context);
    case 'fileKey':
      return fileKeyRow(node.key, context);
  }
}

function clientKeyRow(key: ClientKey, context: RowContext): Row {
  const { t, locale } = context;
  const now = context.now(key.accountId);
  const expiry = expiryOf(key, now, context.thresholds);
  const part = context.rotationPart(key.id);
  const ends = expiryText(key, expiry, now, locale, t);
  const parts = partText(part, t);
  return {
    id: `key/${aapKey(key)}/${key.id}`,
    label: briefKeyId(key.id),
    description: [lifeText(key, expiry, now, locale, t), ...parts].join(' · '),
    tooltip: [
      t('Client key {0}', key.id),
      ends,
      t('Application access point {0}', printable(key.aapName)),
      t('Valid from {0}', exactTime(key.notBefore, locale)),
      t('Valid until {0}', exactTime(key.notAfter, locale)),
      t('Created {0}', exactTime(key.createdAt, locale)),
    ].join('\n'),
    ...keyIcon(expiry.state),
    tags: [
      'clientKey',
      'arn',
      'console',
      ...(isSoon(expiry.state) && part === undefined ? ['expiring'] : []),
      ...(part ? [part] : []),
    ],
    spoken: t('Client key {0}, {1}', shortKeyId(key.id), [ends, ...parts].join(', ')),
    resource: keyUri(key.id),
  };
}

function partText(part: 'old' | 'new' | undefined, t: Translate): string[] {
  if (part === 'old') return [t('being replaced')];
  return part === 'new' ? [t('new')] : [];
}
