import * as v from 'valibot';
import type { AccessKey } from './accessKey';
import { resolveEndpoint } from './endpoint';
import { parseAnswer, placed } from './errors';
import { foldError } from './foldError';
import type { KmsApi, KmsParts } from './kmsApi';
import { isJson } from './network/wire';
import type { Urgency } from './pace';

const ACTION = 'DescribeRegions';

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
  parts: KmsParts,
  api: KmsApi,
  target: { readonly accountId: string; readonly regionId: string },
  urgency: Urgency,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const key = await placed(target, parts.credentialsOf(target.accountId).getCredentials());
  if (key.securityToken !== undefined) {
    const { answer } = await api.call(target, { action: ACTION, answer: RegionList, signal });
    return answer.Regions.Region.map((region) => region.RegionId);
  }
  const turn = { account: target.accountId, lane: target.regionId, urgency };
  const work = parts.caller.run({ action: ACTION, ...turn, effect: false, signal }, () =>
    describe(parts, target, key, signal),
  );
  const answer = await placed(target, work);
  return answer.Regions.Region.map((region) => region.RegionId);
}

async function describe(
  parts: KmsParts,
  target: { readonly accountId: string; readonly regionId: string },
  key: AccessKey,
  signal: AbortSignal | undefined,
) {
  const endpoint = resolveEndpoint(parts.endpoint(), target.regionId, ACTION);
  const { describeRegionsBySdk } = await import('./regionsBySdk');
  return await parts.network.attempt({ action: ACTION, signal }, async (wire) => {
    try {
      const answer = await describeRegionsBySdk(key, endpoint, parts.userAgent, parts.timeouts.read);
      return parseAnswer(ACTION, RegionList, answer);
    } catch (error) {
      throw foldError(ACTION, error, {
        effect: false,
        temporary: false,
        secrets: [key.accessKeySecret],
        wire,
      });
    } finally {
      // That SDK gives no headers, and an error tells the time too.
      if (isJson(wire)) parts.clock.note(target.accountId, wire.headers);
    }
  });
}
