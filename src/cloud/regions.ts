import * as v from 'valibot';
import type { KmsApi, Target } from './kmsApi';

/** Any region answers for all of them. */
export const FIRST_REGION = 'cn-hangzhou';

const RegionList = v.object({ Regions: v.object({ Region: v.array(v.object({ RegionId: v.string() })) }) });

/**
 * The regions of KMS, in the service's order. It needs no permission, so it also tests an account.
 * With a long-lived AccessKey the call goes through the KMS SDK 1.2.0; with a session token through the generic client,
 * because that SDK would put the token into the URL (docs/facts.md SDK-1).
 * @throws CloudError
 */
export async function listRegions(
  api: KmsApi,
  target: Target,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { answer } = await api.call(target, {
    action: 'DescribeRegions',
    answer: RegionList,
    signal,
    sendWithoutToken: async (key, endpoint, userAgent, wait) => {
      const { describeRegionsBySdk } = await import('./regionsBySdk');
      return await describeRegionsBySdk(key, endpoint, userAgent, wait);
    },
  });
  return answer.Regions.Region.map((region) => region.RegionId);
}
