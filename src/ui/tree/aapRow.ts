import { aapKey, MAX_KEYS_PER_AAP } from '../../model/clientKey';
import { describeError } from '../errorText';
import type { AapEntry } from '../inventory/entries';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import { briefInstanceId } from './reachRows';
import type { RowContext } from './rowContext';

export function aapRow(entry: AapEntry, context: RowContext): Row {
  const { t } = context;
  const { aap, keys, status } = entry;
  const name = printable(aap.aapName);
  const row = { id: `aap/${aapKey(aap)}`, label: name };
  const about = [t('Application access point {0}', name), t('Region {0}', aap.regionId)];
  if (aap.authentication !== 'clientKey')
    return {
      ...row,
      description:
        aap.authenticationMethod === 'RAMRole'
          ? t('RAM role, no client keys')
          : t('{0}, no client keys', printable(aap.authenticationMethod)),
      tooltip: about.join('\n'),
      icon: 'circle-slash',
      tags: ['aap', 'arn', 'console'],
    };
  const failed = status === 'failed';
  const full = keys.length >= MAX_KEYS_PER_AAP;
  return {
    ...row,
    description: [...reachParts(entry, t), ...keyParts(entry, t)].join(' · '),
    tooltip: [
      ...about,
      ...(entry.reach?.instances ?? []).map(({ id }) => t('KMS instance {0}', printable(id))),
      ...(entry.reach?.sharedGateway ? [t('Shared gateway: usage cannot be verified')] : []),
      ...(full ? [t('No further client key can be created until one is deleted.')] : []),
    ].join('\n'),
    icon: 'server-process',
    ...(failed ? { color: 'clientKeys.failed' } : {}),
    tags: ['aap', 'arn', 'console', full ? 'full' : 'creatable', ...(failed ? ['retry'] : [])],
    // Also without keys: below it stands where it leads, once that is read.
    expansion: failed || context.isSmall(aap.accountId) ? 'expanded' : 'collapsed',
  };
}

/** Where it leads, in a word or two. */
function reachParts({ reach }: AapEntry, t: Translate): string[] {
  if (!reach) return [];
  const [first, ...others] = reach.instances;
  const instances =
    first === undefined
      ? []
      : [others.length === 0 ? briefInstanceId(first.id) : t('{0} KMS instances', reach.instances.length)];
  return [...instances, ...(reach.sharedGateway ? [t('shared gateway')] : [])];
}

function keyParts({ keys, status, error, readAt }: AapEntry, t: Translate): string[] {
  if (status === 'failed')
    return [describeError(error, t).summary, ...(keys.length > 0 ? [usedText(keys.length, t)] : [])];
  if (keys.length === 0 && readAt === undefined) return status === 'loading' ? [t('loading…')] : [];
  return [usedText(keys.length, t), ...(keys.length >= MAX_KEYS_PER_AAP ? [t('full')] : [])];
}

function usedText(count: number, t: Translate): string {
  return t('{0} of {1} keys', count, MAX_KEYS_PER_AAP);
}
