import type { AapEntry, KnownAccount, RegionEntry } from '../../src/ui/inventory/entries';

export const TREE_ACCOUNT = 'environment';
const DAY = 86_400_000;

/** What is known of an account with so many regions, AAPs in each and keys of each. */
export function makeEstate(regions: number, aaps: number, keys: number): KnownAccount {
  // The service has whole seconds.
  const now = Math.floor(Date.now() / 1000) * 1000;
  const accountId = TREE_ACCOUNT;
  let made = 0;
  const list = Array.from({ length: regions }, (_, region): RegionEntry => {
    const regionId = `cn-region-${region}`;
    const entries = Array.from({ length: aaps }, (__, aap): AapEntry => {
      const aapName = `application-${String(aap).padStart(4, '0')}`;
      return {
        aap: { accountId, regionId, aapName, authentication: 'clientKey', authenticationMethod: 'ClientKey' },
        status: 'stale',
        readAt: now,
        keys: Array.from({ length: keys }, () => {
          made += 1;
          const id = `KAAP.${made.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
          const notAfter = now + ((made * 37) % 1800) * DAY;
          return {
            accountId,
            regionId,
            aapName,
            id,
            createdAt: now - DAY,
            notBefore: now - DAY,
            notAfter,
          };
        }),
      };
    });
    return { accountId, regionId, status: 'stale', readAt: now, aaps: entries };
  });
  return { accountId, clockOffset: 0, regions: list };
}
