import { describeError } from '../errorText';
import type { RegionEntry } from '../inventory/entries';
import { regionName } from '../regionNames';
import type { Row } from '../row';
import type { RowContext } from './rowContext';

export function regionRow(region: RegionEntry, context: RowContext): Row {
  const { t } = context;
  const { accountId, regionId, status, aaps } = region;
  const label = regionName(regionId, t);
  const failed = status === 'failed';
  const count = aaps.length === 1 ? t('1 AAP') : t('{0} AAPs', aaps.length);
  return {
    id: `region/${accountId}/${regionId}`,
    label,
    description: [
      ...(label === regionId ? [] : [regionId]),
      ...(aaps.length > 0 || status === 'ready' ? [count] : []),
      ...(status === 'loading' ? [t('loading…')] : []),
      ...(failed ? [describeError(region.error, t).summary] : []),
    ].join(' · '),
    icon: status === 'loading' ? 'loading~spin' : failed ? 'error' : 'globe',
    ...(failed ? { color: 'clientKeys.failed' } : {}),
    tags: failed ? ['region', 'retry'] : ['region'],
    // The reason stands below it. VS Code leaves a row closed that began without children.
    expansion: failed || context.isSmall(accountId) ? 'expanded' : 'collapsed',
  };
}
