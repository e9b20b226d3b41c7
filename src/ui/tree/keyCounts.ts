import type { Translate } from '../words';

/** `1 critical`, `14 keys`: the parts of a description. */
export function keyCounts(keys: number, critical: number, t: Translate): string[] {
  const all = keys === 1 ? t('1 key') : t('{0} keys', keys);
  return critical > 0 ? [t('{0} critical', critical), all] : [all];
}
