import { setTimeout as sleep } from 'node:timers/promises';
import { Config } from '@alicloud/openapi-client';
import Sls, { GetHistogramsRequest, GetLogsV2Headers, GetLogsV2Request } from '@alicloud/sls20201230';
import { RuntimeOptions } from '@darabonba/typescript';
import * as v from 'valibot';
import type { AccountCredentials } from '../accessKey';
import type { Caller } from '../call';
import { resolveEndpoint } from '../endpoint';
import { cancelled, parseAnswer, placed } from '../errors';
import { foldError } from '../foldError';
import type { Network } from '../network/network';
import { Headers, Histogram, Index, type LogRow, Logs } from './logAnswers';
import type { LogPlace } from './logPlace';

/** Rows per call, the most that a search gives. */
export const MAX_LINES = 100;
/** How often an incomplete answer is asked for again. */
const REPEATS = 4;

/** A stretch of time in ms UTC, half-open. The log service knows whole seconds: the ends are widened to them. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Bucket extends Span {
  readonly count: number;
}

/** The audit log of one KMS instance. Every method throws `CloudError` alone. */
export interface AuditLog {
  /** Counts per bucket, `complete` if every bucket is. Buckets are the service's: equal width, few. */
  histogram(search: string, span: Span): Promise<{ buckets: readonly Bucket[]; complete: boolean }>;
  /** At most 100 rows from one end of the span. */
  rows(
    search: string,
    span: Span,
    options: { newestFirst: boolean; line: number; offset?: number },
  ): Promise<{ rows: readonly LogRow[]; complete: boolean }>;
  /** `accurate` unless the service read only part of what matched; `complete` unless it ran out of time. */
  sql(
    search: string,
    statement: string,
    span: Span,
  ): Promise<{ rows: readonly LogRow[]; accurate: boolean; complete: boolean }>;
  /** Fields in the index, with whether SQL may use them; `fullText` if words can be searched without naming a field. */
  index(): Promise<{ fields: ReadonlyMap<string, { analytics: boolean }>; fullText: boolean }>;
}

export interface LogParts {
  readonly caller: Caller;
  readonly network: Network;
  readonly userAgent: string;
  /** ms */
  readonly timeout: number;
  endpoint(): string;
  readonly credentials: AccountCredentials;
  readonly accountId: string;
  readonly place: LogPlace;
  /** How long to wait before an incomplete answer is asked for again, ms; doubled each time. */
  readonly repeatDelay: number;
  readonly signal?: AbortSignal | undefined;
  /** Gets the request id of every answer. */
  onAnswer(requestId: string): void;
}

/** The SDK's client and what every call needs beside its request. */
interface Attempt {
  readonly sls: Sls;
  readonly headers: Record<string, string>;
  readonly runtime: RuntimeOptions;
}

export function openAuditLog(parts: LogParts): AuditLog {
  const { place } = parts;
  const call = async <Schema extends v.GenericSchema>(
    action: string,
    schema: Schema,
    send: (attempt: Attempt) => Promise<{ body?: unknown; headers?: unknown }>,
  ): Promise<v.InferOutput<Schema>> => {
    const turn = { account: parts.accountId, lane: place.project, urgency: 'click' } as const;
    const work = parts.caller.run({ action, ...turn, effect: false, signal: parts.signal }, async () => {
      const key = await parts.credentials.getCredentials();
      const endpoint = resolveEndpoint(parts.endpoint(), place.regionId, action);
      const config = new Config({
        ...key,
        endpoint: endpoint.host,
        protocol: endpoint.protocol,
        regionId: place.regionId,
        userAgent: parts.userAgent,
      });
      const attempt = {
        sls: new Sls(config),
        // The project is part of the host name, which no loopback address can have.
        headers: endpoint.loopback ? { host: endpoint.host, 'x-log-project-name': place.project } : {},
        runtime: new RuntimeOptions({ readTimeout: parts.timeout, connectTimeout: parts.timeout }),
      };
      return await parts.network.attempt({ action, signal: parts.signal }, async (wire) => {
        let requestId: string | undefined;
        try {
          const answer = await send(attempt);
          requestId = v.parse(Headers, answer.headers)['x-log-requestid'];
          parts.onAnswer(requestId ?? '');
          return parseAnswer(action, schema, answer.body);
        } catch (error) {
          const folded = foldError(action, error, {
            effect: false,
            temporary: key.securityToken !== undefined,
            secrets: [key.accessKeySecret, key.securityToken ?? ''],
            wire,
          });
          // Of an answer that came and cannot be read.
          throw requestId ? Object.assign(folded, { requestId }) : folded;
        }
      });
    });
    return await placed({ accountId: parts.accountId, regionId: place.regionId }, work);
  };

  /** An incomplete answer is a successful one that says so: the same request brings more a moment later. */
  const untilComplete = async <Answer>(
    action: string,
    ask: () => Promise<Answer>,
    isComplete: (answer: Answer) => boolean,
  ): Promise<{ answer: Answer; complete: boolean }> => {
    for (let repeat = 0; ; repeat += 1) {
      const answer = await ask();
      const complete = isComplete(answer);
      if (complete || repeat === REPEATS) return { answer, complete };
      try {
        await sleep(parts.repeatDelay * 2 ** repeat, undefined, parts.signal && { signal: parts.signal });
      } catch {
        throw cancelled(action);
      }
    }
  };

  const query = (text: string, span: Span, more: { line?: number; offset?: number; reverse?: boolean }) =>
    untilComplete(
      'GetLogsV2',
      () =>
        call('GetLogsV2', Logs, ({ sls, headers, runtime }) =>
          sls.getLogsV2WithOptions(
            place.project,
            place.logStore,
            new GetLogsV2Request({ ...inSeconds(span), query: text, ...more }),
            new GetLogsV2Headers({ commonHeaders: headers }),
            runtime,
          ),
        ),
      (answer) => answer.meta.progress === 'Complete',
    );

  return {
    histogram: async (search, span) => {
      const { answer, complete } = await untilComplete(
        'GetHistograms',
        () =>
          call('GetHistograms', Histogram, ({ sls, headers, runtime }) =>
            sls.getHistogramsWithOptions(
              place.project,
              place.logStore,
              new GetHistogramsRequest({ ...inSeconds(span), query: search }),
              headers,
              runtime,
            ),
          ),
        // The service's answer of no bucket at all says nothing about the range.
        (buckets) => buckets.length > 0 && buckets.every((bucket) => bucket.progress === 'Complete'),
      );
      const buckets = answer.map(({ from, to, count }) => ({ from: from * 1000, to: to * 1000, count }));
      return { buckets: buckets.sort((a, b) => a.from - b.from), complete };
    },
    rows: async (search, span, { newestFirst, line, offset }) => {
      const { answer, complete } = await query(search, span, {
        line,
        offset: offset ?? 0,
        reverse: newestFirst,
      });
      return { rows: answer.data ?? [], complete };
    },
    sql: async (search, statement, span) => {
      const { answer, complete } = await query(`${search} | ${statement}`, span, {});
      return { rows: answer.data ?? [], accurate: answer.meta.isAccurate !== false, complete };
    },
    index: async () => {
      const { keys, line } = await call('GetIndex', Index, ({ sls, headers, runtime }) =>
        sls.getIndexWithOptions(place.project, place.logStore, headers, runtime),
      );
      const fields = Object.entries(keys ?? {}).map(
        ([name, field]) => [name, { analytics: field.doc_value === true }] as const,
      );
      return { fields: new Map(fields), fullText: Boolean(line) };
    },
  };
}

function inSeconds(span: Span): { from: number; to: number } {
  const from = Math.floor(span.from / 1000);
  return { from, to: Math.max(Math.ceil(span.to / 1000), from + 1) };
}
