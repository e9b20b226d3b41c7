import * as v from 'valibot';
import type { Answer, Exchange } from '../exchange';
import type { Fault } from '../faults';
import { ServiceError } from '../serviceError';
import { verifySls } from '../signatures/sls';
import { isDenied, type Simulation } from '../simulation';
import type { KmsInstance } from '../world';
import { type LogQuery, type LogResult, parameterInvalid, runHistogram, runQuery } from './query';
import { getIndex, getLogStore, getProject, LOG_STORE, projectName } from './resources';

interface Operation {
  readonly action: string;
  readonly ramAction: string;
  readonly run: (ask: Ask) => Answer | Promise<Answer>;
  readonly logStore?: string;
}

export interface Ask {
  readonly simulation: Simulation;
  readonly exchange: Exchange;
  readonly instance: KmsInstance;
  readonly partial: boolean;
}

/** Project and log store of an instance: the product's names (docs/facts.md LOG-1), or those that a test has given them. */
function placeOf({ knobs }: Simulation, instanceId: string): { project: string; logStore: string } {
  return { project: `kms-log-${instanceId}`, logStore: LOG_STORE, ...knobs.logNames.get(instanceId) };
}

/** The name of the operation that a request addresses, or undefined if the path is none of the log service's. */
export function logOperation(exchange: Exchange): Operation | undefined {
  const { method, path, query } = exchange;
  if (path === '/' && method === 'GET')
    return { action: 'GetProject', ramAction: 'log:GetProject', run: getProject };
  const [, name, rest] = /^\/logstores\/([^/]+)(\/logs|\/index|)$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const logStore = decodeURIComponent(name);
  const read = 'log:GetLogStoreLogs';
  if (method === 'POST' && rest === '/logs')
    return { action: 'GetLogsV2', ramAction: read, run: getLogsV2, logStore };
  if (method !== 'GET') return undefined;
  if (rest === '/index' && query.type === 'histogram') {
    return { action: 'GetHistograms', ramAction: 'log:GetLogStoreHistogram', run: getHistograms, logStore };
  }
  if (rest === '/index') return { action: 'GetIndex', ramAction: 'log:GetIndex', run: getIndex, logStore };
  if (query.type === 'log') return { action: 'GetLogs', ramAction: read, run: getLogs, logStore };
  return { action: 'GetLogStore', ramAction: 'log:GetLogStore', run: getLogStore, logStore };
}

/** The region of the project's instance, as far as there is one. */
export function logRegion(simulation: Simulation, exchange: Exchange): string | undefined {
  return instanceOf(simulation, projectName(exchange))?.regionId;
}

function instanceOf(simulation: Simulation, project: string): KmsInstance | undefined {
  return simulation.world.instances.find((instance) => placeOf(simulation, instance.id).project === project);
}

export async function answerLog(
  simulation: Simulation,
  exchange: Exchange,
  operation: Operation,
  faults: readonly Fault[],
): Promise<Answer> {
  const headers = {
    'x-log-requestid': exchange.requestId,
    'x-log-time': String(Math.floor(simulation.clock.now() / 1000)),
  };
  try {
    verifySls(simulation, exchange);
    const project = projectName(exchange);
    const instance = instanceOf(simulation, project);
    if (instance !== undefined && isDenied(simulation, operation.ramAction, instance.regionId)) {
      throw unauthorized(simulation, operation, project);
    }
    if (!instance?.logging) {
      throw new ServiceError(404, 'ProjectNotExist', `The Project does not exist : ${project}`);
    }
    const { logStore } = placeOf(simulation, instance.id);
    if (operation.logStore !== undefined && operation.logStore !== logStore) {
      throw new ServiceError(404, 'LogStoreNotExist', `logstore ${operation.logStore} does not exist`);
    }
    const needsIndex = ['GetLogsV2', 'GetLogs', 'GetHistograms', 'GetIndex'].includes(operation.action);
    if (needsIndex && simulation.knobs.indexes.get(instance.id) === 'none') {
      throw new ServiceError(404, 'IndexConfigNotExist', 'logstore without index config');
    }
    const partial = faults.some((fault) => fault.kind === 'incomplete');
    const answer = await operation.run({ simulation, exchange, instance, partial });
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return {
      status: error.status,
      headers,
      json: { errorCode: error.code, errorMessage: error.message, ...error.extra },
    };
  }
}

const QueryBody = v.object({
  from: v.number(),
  to: v.number(),
  query: v.optional(v.string(), '*'),
  line: v.optional(v.number(), 100),
  offset: v.optional(v.number(), 0),
  reverse: v.optional(v.boolean(), false),
});

async function getLogsV2({ simulation, exchange, instance, partial }: Ask): Promise<Answer> {
  let body: unknown;
  try {
    body = JSON.parse(exchange.body.toString('utf8'));
  } catch {
    throw new ServiceError(400, 'PostBodyInvalid', 'The body is not valid JSON.');
  }
  const parsed = v.safeParse(QueryBody, body);
  if (!parsed.success) throw parameterInvalid('The body lacks a parameter or has one of a wrong type.');
  const result = await runQuery(simulation, instance.id, parsed.output, partial);
  const json = {
    meta: {
      progress: result.complete ? 'Complete' : 'Incomplete',
      isAccurate: result.isAccurate,
      hasSQL: result.hasSql,
      count: result.data.length,
      keys: result.keys,
      processedRows: result.processedRows,
      processedBytes: 0,
      elapsedMillisecond: 1,
      limited: result.hasSql ? '100' : String(parsed.output.line),
      mode: 0,
      aggQuery: result.sql,
      whereQuery: result.search,
    },
    data: result.data,
  };
  return { status: 200, json, compression: compressionOf(simulation, exchange) };
}

function compressionOf({ knobs }: Simulation, { headers }: Exchange): Answer['compression'] {
  if (knobs.compression !== 'asked') return knobs.compression === 'none' ? undefined : knobs.compression;
  return (['lz4', 'gzip'] as const).find((each) => headers['accept-encoding']?.includes(each));
}

async function getLogs({ simulation, exchange, instance, partial }: Ask): Promise<Answer> {
  const result = await runQuery(simulation, instance.id, queryOf(exchange), partial);
  return { status: 200, headers: resultHeaders(result), json: result.data };
}

function resultHeaders(result: LogResult): Record<string, string> {
  return {
    'x-log-progress': result.complete ? 'Complete' : 'Incomplete',
    'x-log-count': String(result.data.length),
    'x-log-processed-rows': String(result.processedRows),
    'x-log-has-sql': String(result.hasSql),
    'x-log-is-accurate': String(result.isAccurate),
    'x-log-elapsed-millisecond': '1',
  };
}

function getHistograms({ simulation, exchange, instance, partial }: Ask): Answer {
  const buckets = runHistogram(simulation, instance.id, queryOf(exchange), partial);
  return {
    status: 200,
    headers: {
      'x-log-progress': buckets.every((bucket) => bucket.progress === 'Complete') ? 'Complete' : 'Incomplete',
      'x-log-count': String(buckets.reduce((sum, bucket) => sum + bucket.count, 0)),
    },
    json: buckets,
  };
}

function queryOf({ query }: Exchange): LogQuery {
  return {
    from: Number(query.from ?? Number.NaN),
    to: Number(query.to ?? Number.NaN),
    query: query.query ?? '*',
    line: Number(query.line ?? 100),
    offset: Number(query.offset ?? 0),
    reverse: query.reverse === 'true',
  };
}

function unauthorized(simulation: Simulation, operation: Operation, project: string): ServiceError {
  const resource = operation.logStore === undefined ? project : `${project}/logstore/${operation.logStore}`;
  return new ServiceError(
    403,
    'Unauthorized',
    `denied by sts or ram, action: ${operation.ramAction}, resource: acs:log:*:${simulation.world.accountId}:project/${resource}`,
    {
      accessDeniedDetail: {
        AuthAction: operation.ramAction,
        AuthPrincipalType: 'SubUser',
        AuthPrincipalOwnerId: simulation.world.accountId,
        NoPermissionType: 'ImplicitDeny',
        PolicyType: 'AccountLevelIdentityBasedPolicy',
      },
    },
  );
}
