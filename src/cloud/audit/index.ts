import type { AapRef } from '../../model/clientKey';
import { isClientKeyId } from '../../model/clientKey';
import { type CloudError, isCloudError } from '../../model/cloudError';
import type { AuditEvidence, InstanceEvidence, LogProblem, UseBucket } from '../../model/evidence';
import { createCaller, DEFAULT_TIMEOUTS } from '../call';
import type { EndpointTemplates } from '../endpoint';
import { createCloudError } from '../errors';
import type { Cloud } from '../index';
import { createNetwork } from '../network/network';
import type { NetworkSettings } from '../network/proxy';
import { mergeBuckets } from './buckets';
import { type EvidenceRequest, type InstanceLog, NOTHING_READ, readInstance } from './evidence';
import { type AuditLog, LOG_STORE, openAuditLog } from './logClient';
import { readSearches } from './searches';

/** What the audit reader needs of the cloud. */
export type AuditCloud = Pick<Cloud, 'instancesOf' | 'instanceLog' | 'credentialsOf' | 'now'>;

export interface AuditOptions {
  readonly cloud: AuditCloud;
  endpoints(): EndpointTemplates;
  /** Read for every attempt. VS Code's own defaults if left out. */
  network?(): NetworkSettings;
  readonly userAgent: string;
  /** Lines for the debug log, without secrets. */
  onEvent?(line: string): void;
  /** How long to wait for an answer, ms. */
  readonly timeout?: number;
}

export interface AuditReader {
  /**
   * One reading of the logs of every instance behind the AAP. A log that cannot be read is a `problem` in the evidence.
   * @throws CloudError if the instances of the AAP cannot be found out, or `cancelled`
   */
  readEvidence(
    request: EvidenceRequest & {
      readonly oldKey: { readonly id: string; readonly createdAt: number; readonly notAfter: number };
    },
    signal?: AbortSignal,
  ): Promise<AuditEvidence>;
  /**
   * Calls of both keys over a range, in at most 90 buckets, all instances together.
   * @param request `from` and `to` in ms UTC
   * @returns `complete: false` if a log could not be read or said that it was not
   */
  readBuckets(
    request: {
      readonly aap: AapRef;
      readonly oldKeyId: string;
      readonly newKeyId?: string;
      readonly from: number;
      readonly to: number;
    },
    signal?: AbortSignal,
  ): Promise<{ buckets: UseBucket[]; complete: boolean }>;
}

export function createAuditReader(options: AuditOptions): AuditReader {
  const { cloud } = options;
  const network = createNetwork(options);
  // The log service has limits of its own, per project and for what runs at the same time.
  const caller = createCaller({
    requestsPerSecond: () => Number.POSITIVE_INFINITY,
    onEvent: (line) => options.onEvent?.(line),
  });

  const open = (
    aap: AapRef,
    instanceId: string,
    signal: AbortSignal | undefined,
    onAnswer: (requestId: string) => void = () => {},
  ): AuditLog =>
    openAuditLog({
      caller,
      network,
      userAgent: options.userAgent,
      timeout: options.timeout ?? DEFAULT_TIMEOUTS.log,
      endpoint: () => options.endpoints().log,
      credentials: cloud.credentialsOf(aap.accountId),
      accountId: aap.accountId,
      regionId: aap.regionId,
      project: projectOf(instanceId),
      signal,
      onAnswer,
    });

  /** Whether the log was bought, as far as this account may know. */
  const isBought = async (aap: AapRef, instanceId: string, signal: AbortSignal | undefined) => {
    try {
      return (await cloud.instanceLog(aap.accountId, aap.regionId, instanceId, signal)).bought;
    } catch (error) {
      if (isCloudError(error) && error.kind !== 'cancelled') return undefined;
      throw error;
    }
  };

  /** A log that cannot be read is a problem in the evidence. */
  const orProblem = async (read: () => Promise<InstanceLog>): Promise<InstanceLog> => {
    try {
      return await read();
    } catch (error) {
      if (!isCloudError(error) || error.kind === 'cancelled') throw error;
      return { reading: { ...NOTHING_READ, problem: problemOf(error), problemDetail: detailOf(error) } };
    }
  };

  const read = async (
    request: EvidenceRequest,
    instanceId: string,
    signal: AbortSignal | undefined,
    onAnswer: (requestId: string) => void,
  ): Promise<InstanceLog> => {
    const bought = await isBought(request.aap, instanceId, signal);
    if (bought === false) return { reading: { ...NOTHING_READ, problem: 'notBought' } };
    return orProblem(() => {
      // Here, because the answer just above has brought the service's time.
      const present = cloud.now(request.aap.accountId);
      return readInstance(open(request.aap, instanceId, signal, onAnswer), request, present);
    });
  };

  return {
    readEvidence: async (request, signal) => {
      const { aap, oldKey, newKeyId } = request;
      refuseOtherIds(oldKey.id, newKeyId);
      const { instanceIds, sharedGateway } = await cloud.instancesOf(aap, signal);
      const requestIds: string[] = [];
      const onAnswer = (id: string) => id && requestIds.push(id);
      const logs = await Promise.all(
        instanceIds.map(async (instanceId) => ({
          instanceId,
          ...(await read(request, instanceId, signal, onAnswer)),
        })),
      );
      // The class lists may have taken long: what counts most is read last, of all instances, and dated before it is asked for.
      const readAt = cloud.now(aap.accountId);
      const instances = await Promise.all(
        logs.map(async ({ instanceId, reading, again }): Promise<InstanceEvidence> => {
          const last = again ? await orProblem(async () => ({ reading: await again(readAt) })) : { reading };
          return { instanceId, project: projectOf(instanceId), logStore: LOG_STORE, ...last.reading };
        }),
      );
      return {
        aap,
        oldKey,
        ...(newKeyId !== undefined && { newKeyId }),
        readAt,
        sharedGateway,
        instances,
        requestIds,
      };
    },
    readBuckets: async ({ aap, oldKeyId, newKeyId, from, to }, signal) => {
      refuseOtherIds(oldKeyId, newKeyId);
      const { instanceIds } = await cloud.instancesOf(aap, signal);
      const readings = await Promise.all(
        instanceIds.map(async (instanceId) => {
          try {
            const log = open(aap, instanceId, signal);
            const searches = await readSearches(log);
            if (!searches) return undefined;
            const [old, fresh] = await Promise.all(
              [oldKeyId, newKeyId].map((id) => id && log.histogram(searches.ofKey(id), { from, to })),
            );
            return { old, fresh };
          } catch (error) {
            if (!isCloudError(error) || error.kind === 'cancelled') throw error;
            return undefined;
          }
        }),
      );
      const histograms = readings.flatMap((reading) => [
        ...(reading?.old ? [{ key: 'oldKey' as const, ...reading.old }] : []),
        ...(reading?.fresh ? [{ key: 'newKey' as const, ...reading.fresh }] : []),
      ]);
      return {
        buckets: mergeBuckets(histograms, { from, to }),
        complete: readings.every(Boolean) && histograms.every((histogram) => histogram.complete),
      };
    },
  };
}

/** The log project of an instance; the name is the product's. */
export function projectOf(instanceId: string): string {
  return `kms-log-${instanceId}`;
}

function refuseOtherIds(...ids: readonly (string | undefined)[]): void {
  if (ids.every((id) => id === undefined || isClientKeyId(id))) return;
  throw createCloudError({
    kind: 'invalidRequest',
    action: 'ReadAuditLog',
    message: 'ReadAuditLog: only the id of a client key can be searched for.',
  });
}

function problemOf(error: CloudError): LogProblem {
  const byCode: Readonly<Record<string, LogProblem>> = {
    ProjectNotExist: 'projectMissing',
    LogStoreNotExist: 'logStoreMissing',
    IndexConfigNotExist: 'indexMissing',
  };
  return byCode[error.code ?? ''] ?? (error.kind === 'noPermission' ? 'noPermission' : 'failed');
}

function detailOf(error: CloudError): string {
  return [error.message, error.deniedAction, error.requestId].filter(Boolean).join(' · ');
}
