import type { Account } from '../../model/account';
import { aapKey, type ClientKey, MAX_KEYS_PER_AAP, shortKeyId } from '../../model/clientKey';
import { type Expiry, type ExpiryThresholds, expiryOf } from '../../model/expiry';
import { exactTime } from '../../model/timeText';
import { briefKeyId } from '../briefKeyId';
import { describeError } from '../errorText';
import { expiryBadge, expiryText, lifeText } from '../expiryText';
import { regionName } from '../regionNames';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import { accountText } from './accountText';
import type { AapEntry, Inventory, LoadStatus, RegionEntry } from './inventory';
import { allKeys } from './inventory';
import { keyIcon } from './keyIcon';
import type { KeyNode } from './keyNodes';
import { keyUri } from './keyUri';

/** What the rows of the *Client Keys* view are told by. */
export interface RowContext {
  readonly t: Translate;
  readonly locale: string;
  /** The service's present, ms UTC. */
  readonly now: number;
  readonly thresholds: ExpiryThresholds;
  readonly inventory: Pick<Inventory, 'regions' | 'status'>;
  /** Whether a rotation under way replaces this key or made it. */
  rotationPart(keyId: string): 'old' | 'new' | undefined;
}

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
    case 'error':
      return errorRow(`error/${node.id}`, node.error, context.t);
    case 'empty':
      return {
        id: 'empty',
        label: context.t('No application access point in any region.'),
        icon: 'info',
        tags: [],
      };
  }
}

function accountRow(account: Account, context: RowContext): Row {
  const { t, inventory } = context;
  const { name, source } = accountText(account, t);
  const keys = allKeys(inventory).map(({ key }) => expiryOf(key, context.now, context.thresholds));
  const critical = keys.filter(({ state }) => state === 'critical' || state === 'expired').length;
  const count = keys.length === 1 ? t('1 key') : t('{0} keys', keys.length);
  const counts = critical > 0 ? t('{0} critical · {1}', critical, count) : count;
  return {
    id: `account/${account.id}`,
    label: name,
    description: `${inventory.status === 'loading' ? t('loading…') : counts} · ${source}`,
    icon: 'account',
    tags: ['account'],
    expansion: 'expanded',
  };
}

function regionRow(region: RegionEntry, context: RowContext): Row {
  const { t } = context;
  const label = regionName(region.regionId, t);
  const count = region.aaps.length === 1 ? t('1 AAP') : t('{0} AAPs', region.aaps.length);
  const parts = [
    ...(label === region.regionId ? [] : [region.regionId]),
    ...(region.aaps.length > 0 ? [count] : []),
    ...loadingPart(region.status, t),
  ];
  const failed = region.status === 'failed';
  return {
    id: `region/${region.regionId}`,
    label,
    description: parts.join(' · '),
    icon: region.status === 'loading' ? 'loading~spin' : failed ? 'error' : 'globe',
    ...(failed ? { color: 'clientKeys.failed' } : {}),
    tags: failed ? ['region', 'retry'] : ['region'],
    // From the first: VS Code leaves a row closed that began without children.
    expansion: 'expanded',
  };
}

function loadingPart(status: LoadStatus, t: Translate): string[] {
  if (status === 'loading') return [t('loading…')];
  return status === 'failed' ? [t('could not be read')] : [];
}

function aapRow(entry: AapEntry, context: RowContext): Row {
  const { t } = context;
  const { aap, keys, status } = entry;
  const id = `aap/${aapKey(aap)}`;
  if (aap.authentication !== 'clientKey')
    return {
      id,
      label: printable(aap.aapName),
      description:
        aap.authenticationMethod === 'RAMRole'
          ? t('RAM role, no client keys')
          : t('{0}, no client keys', printable(aap.authenticationMethod)),
      icon: 'circle-slash',
      tags: ['aap'],
    };
  const used = t('{0} of {1} keys', keys.length, MAX_KEYS_PER_AAP);
  const full = keys.length >= MAX_KEYS_PER_AAP;
  const known =
    status === 'loading' && keys.length === 0 ? t('loading…') : full ? t('{0} · full', used) : used;
  const failed = status === 'failed';
  return {
    id,
    label: printable(aap.aapName),
    description: failed ? t('could not be read') : known,
    tooltip: [
      t('Application access point {0}', printable(aap.aapName)),
      t('Region {0}', aap.regionId),
      ...(full ? [t('No further client key can be created until one is deleted.')] : []),
    ].join('\n'),
    icon: 'server-process',
    ...(failed ? { color: 'clientKeys.failed' } : {}),
    tags: ['aap', ...(full ? ['full'] : []), ...(failed ? ['retry'] : [])],
    ...(keys.length > 0 || status !== 'ready' ? { expansion: 'expanded' as const } : {}),
  };
}

function clientKeyRow(key: ClientKey, context: RowContext): Row {
  const { t, locale, now } = context;
  const expiry = expiryOf(key, now, context.thresholds);
  const part = context.rotationPart(key.id);
  const ends = expiryText(key, expiry, now, locale, t);
  const parts = partText(part, t);
  const soon = expiry.state === 'expiring' || expiry.state === 'critical' || expiry.state === 'expired';
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
    tags: ['clientKey', ...(soon && part === undefined ? ['expiring'] : []), ...(part ? [part] : [])],
    spoken: spokenKey(key, [ends, ...parts].join(' · '), expiry, context),
    resource: keyUri(key.id),
  };
}

function partText(part: 'old' | 'new' | undefined, t: Translate): string[] {
  if (part === 'old') return [t('being replaced')];
  return part === 'new' ? [t('new')] : [];
}

function spokenKey(key: ClientKey, life: string, expiry: Expiry, context: RowContext): string {
  const { t } = context;
  const spoken = t('Client key {0}, {1}', shortKeyId(key.id), life);
  const badge = expiryBadge(expiry);
  return badge === undefined || badge === '!' ? spoken : t('{0}, {1} days left', spoken, expiry.daysLeft);
}

/** A node for what went wrong: the sentence says what to do; *Retry* stands beside it. */
function errorRow(id: string, error: unknown, t: Translate): Row {
  const { message, requestId, summary } = describeError(error, t);
  return {
    id,
    label: summary,
    description: message,
    tooltip: requestId === undefined ? message : `${message}\n${t('Request id {0}', requestId)}`,
    icon: 'error',
    color: 'clientKeys.failed',
    tags: ['error', 'retry', ...(requestId === undefined ? [] : ['requestId'])],
    spoken: `${summary}, ${message}`,
  };
}
