import type { AapRef } from '../../model/clientKey';
import { isClientKeyId } from '../../model/clientKey';
import { isCloudError } from '../../model/cloudError';
import type { AuditEvidence, EntryCursor, EntryPage, RangeUse } from '../../model/evidence';
import { createCaller, DEFAULT_TIMEOUTS } from '../call';
import type { EndpointTemplates } from '../endpoint';
import { createCloudError } from '../errors';
import { createNetwork } from '../network/network';
import type { NetworkSettings } from '../network/proxy';
import { joinEntries, readInstanceEntries } from './entries';
import { readEvidenceOf } from './evidence';
import { type AuditCloud, createInstanceLogs, type InstanceLogs, WAY_KEPT_MS } from './instanceLogs';
import { createPartMemory } from './keptParts';
import type { ChosenLog } from './logPlace';
import { joinRanges, type RangeKeys, readInstanceRange } from './range';
import { createTurns } from './turns';

/** Before an incomplete answer is asked for again, ms. */
const REPEAT_DELAY_MS = 200;

export interface AuditOptions {
  readonly cloud: AuditCloud;
  endpoints(): EndpointTemplates;
  /** Read for every attempt. VS Code's own defaults if left out. */
  network?(): NetworkSettings;
  /** What the user says about the log of an instance; read for every reading. As KMS makes it if left out. */
  logOf?(instanceId: string): ChosenLog | undefined;
  readonly userAgent: string;
  /** Lines for the debug log, without secrets. */
  onEvent?(line: string): void;
  /** How long to wait for an answer, ms. */
  readonly timeout?: number;
  /** Before what failed or was incomplete is asked for again, ms, at least; doubled for each further time. */
  readonly backoff?: number;
}

export interface AuditReader {
  /**
   * One reading of the logs of every instance behind the AAP. A log that cannot be read is a `problem` in the evidence. Of the
   * class lists, what was read is kept for the next reading.
   * @param onFigures gets the evidence as soon as all but the class lists is there: its `callersComplete` are false
   * @throws CloudError if the instances of the AAP cannot be found out, or `cancelled`
   */
  readEvidence(
    request: {
      readonly aap: AapRef;
      readonly oldKey: AuditEvidence['oldKey'];
      readonly newKeyId?: string;
    },
    signal?: AbortSignal,
    onFigures?: (evidence: AuditEvidence) => void,
  ): Promise<AuditEvidence>;
  /**
   * What a view shows of a range: calls of both keys in at most 90 buckets, and by API, answer and gateway.
   * @param request `from` and `to` in ms UTC
   * @throws CloudError if the instances of the AAP cannot be found out, or `cancelled`; a log that cannot be read makes it incomplete
   */
  readRange(
    request: RangeKeys & { readonly aap: AapRef; readonly from: number; readonly to: number },
    signal?: AbortSignal,
  ): Promise<RangeUse>;
  /**
   * A page of entries of these keys in a range.
   * @param request `from` and `to` in ms UTC; `cursor` is the last page's `next`
   * @throws CloudError if the instances of the AAP cannot be found out, none of their logs can be read, or `cancelled`
   */
  readEntries(
    request: {
      readonly aap: AapRef;
      readonly keyIds: readonly string[];
      readonly from: number;
      readonly to: number;
      readonly cursor?: EntryCursor;
    },
    signal?: AbortSignal,
  ): Promise<EntryPage>;
}

export function createAuditReader(options: AuditOptions): AuditReader {
  const { cloud } = options;
  const logsOf = createInstanceLogs({
    ...options,
    network: createNetwork(options),
    // The log service has limits of its own, per project and for what runs at the same time.
    caller: createCaller({
      requestsPerSecond: () => Number.POSITIVE_INFINITY,
      onEvent: (line) => options.onEvent?.(line),
      ...(options.backoff !== undefined && { backoff: options.backoff }),
    }),
    timeout: options.timeout ?? DEFAULT_TIMEOUTS.log,
    repeatDelay: options.backoff ?? REPEAT_DELAY_MS,
  });
  const memory = createPartMemory();
  const turns = createTurns('ReadAuditLog');

  return {
    readEvidence: async (request, signal, onFigures) => {
      refuseOtherIds([request.oldKey.id, ...(request.newKeyId === undefined ? [] : [request.newKeyId])]);
      const requestIds: string[] = [];
      const { aap } = request;
      const logs = logsOf(aap, WAY_KEPT_MS.judge, signal, (id) => id && requestIds.push(id));
      const now = () => cloud.now(aap.accountId);
      return await readEvidenceOf({ logs, memory, turns, now, signal }, request, requestIds, onFigures);
    },
    readRange: async ({ aap, from, to, ...keys }, signal) => {
      refuseOtherIds([keys.oldKeyId, ...(keys.newKeyId === undefined ? [] : [keys.newKeyId])]);
      const span = { from, to };
      const readings = await readEach(logsOf(aap, WAY_KEPT_MS.show, signal), async (logs, instanceId) => {
        const { log, searches } = await logs.open(logs.place(instanceId));
        return await readInstanceRange(log, searches, keys, span);
      });
      return joinRanges(
        readings.map(({ result }) => result),
        span,
      );
    },
    readEntries: async ({ aap, keyIds, from, to, cursor = {} }, signal) => {
      refuseOtherIds(keyIds);
      const readings = await readEach(logsOf(aap, WAY_KEPT_MS.show, signal), async (logs, instanceId) => {
        const { log, searches } = await logs.open(logs.place(instanceId));
        const request = { instanceId, keyIds, span: { from, to } };
        return await readInstanceEntries(log, searches.ofKeys(keyIds), request, cursor[instanceId] ?? 0);
      });
      const [first] = readings;
      if (first?.error && readings.every(({ error }) => error)) throw first.error;
      return joinEntries(
        readings.map(({ instanceId, result }) => ({ instanceId, entries: result })),
        cursor,
      );
    },
  };
}

/** Reads the log of each instance side by side. */
async function readEach<Result>(
  logs: InstanceLogs,
  read: (logs: InstanceLogs, instanceId: string) => Promise<Result>,
): Promise<{ instanceId: string; result?: Result; error?: Error }[]> {
  const { instanceIds } = await logs.instances();
  return await Promise.all(
    instanceIds.map(async (instanceId) => {
      try {
        return { instanceId, result: await read(logs, instanceId) };
      } catch (error) {
        if (!isCloudError(error) || error.kind === 'cancelled') throw error;
        return { instanceId, error };
      }
    }),
  );
}

function refuseOtherIds(ids: readonly string[]): void {
  if (ids.length > 0 && ids.every(isClientKeyId)) return;
  throw createCloudError({
    kind: 'invalidRequest',
    action: 'ReadAuditLog',
    message: 'ReadAuditLog: only the id of a client key can be searched for.',
  });
}
