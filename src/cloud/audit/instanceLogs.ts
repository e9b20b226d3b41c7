import type { AapRef } from '../../model/clientKey';
import { type CloudError, isCloudError } from '../../model/cloudError';
import type { LogProblem } from '../../model/evidence';
import { ramActionOf } from '../../model/ramPolicy';
import { type Caller, untilAborted } from '../call';
import type { EndpointTemplates } from '../endpoint';
import { createCloudError, placed } from '../errors';
import type { Cloud } from '../index';
import type { Network } from '../network/network';
import { createShortMemory } from '../shortMemory';
import { type AuditLog, openAuditLog } from './logClient';
import { type ChosenLog, checkPlace, type LogPlace, placeOf } from './logPlace';
import { readSearches, type Searches } from './searches';

/** How old what is known of the way may be, ms: to show something some minutes, to judge only what was asked just now. */
export const WAY_KEPT_MS = { show: 3 * 60_000, judge: 0 };

/** What the audit reader needs of the cloud. */
export type AuditCloud = Pick<Cloud, 'instancesOf' | 'instanceLog' | 'credentialsOf' | 'now'>;

interface InstanceLogsParts {
  readonly cloud: AuditCloud;
  readonly caller: Caller;
  readonly network: Network;
  readonly userAgent: string;
  readonly timeout: number;
  readonly repeatDelay: number;
  endpoints(): EndpointTemplates;
  logOf?(instanceId: string): ChosenLog | undefined;
}

/** A log that can be searched. */
export interface SearchableLog {
  readonly log: AuditLog;
  readonly searches: Searches;
  /** Names the log, whoever reads it. */
  readonly name: string;
}

/** One reading's way to the logs: the same AAP, the same signal. */
export interface InstanceLogs {
  /** The instances that the AAP reaches. @throws CloudError */
  instances(): Promise<{ readonly instanceIds: readonly string[]; readonly sharedGateway: boolean }>;
  place(instanceId: string): LogPlace;
  /** False for a log that was not bought, undefined where this account may not know. @throws CloudError `cancelled` */
  isBought(instanceId: string): Promise<boolean | undefined>;
  /** @throws CloudError; `IndexConfigNotExist` for a log that cannot be searched */
  open(place: LogPlace): Promise<SearchableLog>;
}

/** What leads to the logs, remembered for a while so that a view opens with few requests. */
export function createInstanceLogs(
  parts: InstanceLogsParts,
): (
  aap: AapRef,
  keptMs: number,
  signal: AbortSignal | undefined,
  onAnswer?: (requestId: string) => void,
) => InstanceLogs {
  const { cloud } = parts;
  const ways = createShortMemory<Awaited<ReturnType<AuditCloud['instancesOf']>>>();
  const bought = createShortMemory<boolean | undefined>();
  const indexes = createShortMemory<Searches | undefined>();

  return (aap, keptMs, signal, onAnswer = () => {}) => {
    const target = { accountId: aap.accountId, regionId: aap.regionId };
    /** A profile may be somebody else's by now, and the endpoint another one. */
    const identity = async () => {
      const { accessKeyId } = await placed(target, cloud.credentialsOf(aap.accountId).getCredentials());
      const { kms, log } = parts.endpoints();
      return [aap.accountId, accessKeyId, kms, log];
    };
    const open = (place: LogPlace, own: AbortSignal | undefined): AuditLog =>
      openAuditLog({
        ...parts,
        endpoint: () => parts.endpoints().log,
        credentials: cloud.credentialsOf(aap.accountId),
        accountId: aap.accountId,
        place,
        signal: own,
        onAnswer,
      });
    return {
      instances: async () => {
        const name = JSON.stringify([...(await identity()), aap.regionId, aap.aapName]);
        return await untilAborted(
          ways(name, keptMs, () => cloud.instancesOf(aap)),
          'DescribeApplicationAccessPoint',
          signal,
        );
      },
      place: (instanceId) => placeOf(aap, instanceId, parts.logOf?.(instanceId)),
      isBought: async (instanceId) => {
        try {
          const name = JSON.stringify([...(await identity()), aap.regionId, instanceId]);
          const ask = async () => (await cloud.instanceLog(aap.accountId, aap.regionId, instanceId)).bought;
          return await untilAborted(bought(name, keptMs, ask), 'GetKmsInstance', signal);
        } catch (error) {
          if (isCloudError(error) && error.kind !== 'cancelled') return undefined;
          throw error;
        }
      },
      open: async (place) => {
        checkPlace(place);
        const name = JSON.stringify([...(await identity()), place]);
        const ask = () => readSearches(open(place, undefined), place);
        const searches = await untilAborted(indexes(name, keptMs, ask), 'GetIndex', signal);
        if (!searches) throw notSearchable(place);
        return { log: open(place, signal), searches, name: JSON.stringify([parts.endpoints().log, place]) };
      },
    };
  };
}

function notSearchable({ logStore }: LogPlace): CloudError {
  return createCloudError({
    kind: 'notFound',
    action: 'GetIndex',
    code: 'IndexConfigNotExist',
    message: `${logStore}: access_key_id`,
  });
}

/** Why a log could not be read. */
export function problemOf(error: CloudError): { problem: LogProblem; problemDetail: string } {
  const byCode: Readonly<Record<string, LogProblem>> = {
    ProjectNotExist: 'projectMissing',
    LogStoreNotExist: 'logStoreMissing',
    IndexConfigNotExist: 'indexMissing',
  };
  const denied = error.kind === 'noPermission';
  const problem = byCode[error.code ?? ''] ?? (denied ? 'noPermission' : 'failed');
  const action = error.deniedAction ?? (denied ? ramActionOf(error.action) : undefined);
  // The service's own text may name the action already.
  const named = action && !error.message.includes(action) ? action : undefined;
  return { problem, problemDetail: [error.message, named, error.requestId].filter(Boolean).join(' · ') };
}
