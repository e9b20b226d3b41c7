import type { AapReach } from '../model/accessPointReach';
import type { AapRef } from '../model/clientKey';
import { isCloudError } from '../model/cloudError';
import type { AccountCredentials } from './accessKey';
import { describeAap, gather, instanceLog, instanceOfPolicy } from './accessPoints';
import { untilAborted } from './call';
import { placed } from './errors';
import type { KmsApi, Target } from './kmsApi';
import { createShortMemory } from './shortMemory';

/** AAPs of a region share policies and instances: whoever expands several of them asks for each once. */
const KEPT_MS = 60_000;

export type ReachReader = (aap: AapRef, signal?: AbortSignal) => Promise<AapReach>;

/**
 * Reads where an AAP leads: DescribeApplicationAccessPoint, DescribePolicy for each of its policies, GetKmsInstance for each of
 * their instances. What policies and instances say is kept for a minute. Throws CloudError; an account that may not see an
 * instance still learns its id.
 */
export function createReachReader(
  api: KmsApi,
  credentialsOf: (accountId: string) => AccountCredentials,
): ReachReader {
  const policies = createShortMemory<string | undefined>();
  const logs = createShortMemory<boolean | undefined>();
  return async (aap, signal) => {
    const { accountId, regionId } = aap;
    const target: Target = { accountId, regionId };
    const { arn, policies: names } = await describeAap(api, aap, signal);
    // A profile may be somebody else's by now, whose policies have the same names.
    const { accessKeyId } = await placed(target, credentialsOf(accountId).getCredentials());
    const place = `${accountId}/${accessKeyId}/${regionId}`;
    // Without the signal: others may be waiting for the same answer.
    const scopes = names.map((name) =>
      policies(`${place}/${name}`, KEPT_MS, () => instanceOfPolicy(api, target, name)),
    );
    const { instanceIds, sharedGateway } = gather(
      await untilAborted(Promise.all(scopes), 'DescribePolicy', signal),
    );
    const bought = instanceIds.map((id) => logs(`${place}/${id}`, KEPT_MS, () => logBought(api, target, id)));
    const instances = await untilAborted(Promise.all(bought), 'GetKmsInstance', signal);
    const uid = /^acs:kms:[^:]*:(\d+):/.exec(arn)?.[1];
    return {
      ...(arn && { arn }),
      ...(uid && { uid }),
      instances: instanceIds.map((id, index) => ({ id, logBought: instances[index] })),
      sharedGateway,
    };
  };
}

async function logBought(api: KmsApi, target: Target, instanceId: string): Promise<boolean | undefined> {
  try {
    return (await instanceLog(api, target, instanceId)).bought;
  } catch (error) {
    // An account that may read AAPs need not see instances, and a policy may outlive its instance.
    if (isCloudError(error) && (error.kind === 'noPermission' || error.kind === 'notFound')) return undefined;
    throw error;
  }
}
