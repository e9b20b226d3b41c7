import type { AapReach } from '../model/accessPointReach';
import type { Aap, AapRef, ClientKey } from '../model/clientKey';
import { listAaps } from './accessPoints';
import { listClientKeys, listRegionKeys } from './clientKeys';
import { createKmsApi, type KmsParts } from './kmsApi';
import type { Urgency } from './pace';
import { createReachReader } from './reach';
import { FIRST_REGION, listRegions } from './regions';

/** The reading calls that fill the tree. Every method throws `CloudError` alone. */
export interface KeyLists {
  listRegions(accountId: string, signal?: AbortSignal): Promise<readonly string[]>;
  listAaps(accountId: string, regionId: string, signal?: AbortSignal): Promise<readonly Aap[]>;
  listClientKeys(aap: AapRef, signal?: AbortSignal): Promise<readonly ClientKey[]>;
  /**
   * The client keys of all AAPs of a region by one call. Whether the service does that is not documented: an AAP that does
   * not occur in the answer must be read by itself.
   */
  listRegionKeys(accountId: string, regionId: string, signal?: AbortSignal): Promise<readonly ClientKey[]>;
  /** `logBought` is undefined where the service does not say, or does not tell this account. */
  readReach(aap: AapRef, signal?: AbortSignal): Promise<AapReach>;
}

/** @param urgency of all these calls */
export function createKeyLists(
  parts: KmsParts,
  urgency: Urgency,
  homeRegion: (accountId: string) => Promise<string | undefined>,
): KeyLists {
  const api = createKmsApi(parts, urgency);
  return {
    listRegions: async (accountId, signal) => {
      const regionId = (await homeRegion(accountId)) ?? FIRST_REGION;
      return await listRegions(api, { accountId, regionId }, signal);
    },
    listAaps: (accountId, regionId, signal) => listAaps(api, { accountId, regionId }, signal),
    listClientKeys: (aap, signal) => listClientKeys(api, aap, signal),
    listRegionKeys: (accountId, regionId, signal) => listRegionKeys(api, { accountId, regionId }, signal),
    readReach: createReachReader(api, parts.credentialsOf),
  };
}
