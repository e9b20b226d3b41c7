import { type Answer, type Exchange, parseForm } from '../exchange';
import type { Fault } from '../faults';
import { ServiceError } from '../serviceError';
import { verifyAcs3 } from '../signatures/acs3';
import { verifyRpc } from '../signatures/rpc';
import { isDenied, type Simulation } from '../simulation';
import { describeApplicationAccessPoint, describePolicy, listApplicationAccessPoints } from './accessPoints';
import type { KmsBody, KmsCall } from './call';
import { createClientKey, deleteClientKey, getClientKey, listClientKeys } from './clientKeys';
import { describeRegions, getKmsInstance, listKmsInstances } from './instances';

interface Action {
  readonly run: (call: KmsCall) => KmsBody | Promise<KmsBody>;
  /** Some operations exist for GET alone (docs/facts.md KMS-5). */
  readonly getOnly?: boolean;
}

const VERSION = '2016-01-20';

const ACTIONS: Readonly<Record<string, Action>> = {
  DescribeRegions: { run: describeRegions },
  ListApplicationAccessPoints: { run: listApplicationAccessPoints },
  DescribeApplicationAccessPoint: { run: describeApplicationAccessPoint },
  DescribePolicy: { run: describePolicy },
  ListClientKeys: { run: listClientKeys, getOnly: true },
  GetClientKey: { run: getClientKey, getOnly: true },
  CreateClientKey: { run: createClientKey },
  DeleteClientKey: { run: deleteClientKey },
  ListKmsInstances: { run: listKmsInstances },
  GetKmsInstance: { run: getKmsInstance },
};

/** The action a request asks for, whichever scheme it is signed with. */
export function kmsAction(exchange: Exchange): string {
  return exchange.headers['x-acs-action'] ?? exchange.query.Action ?? '';
}

/** The region in the path `/kms/<region>`, or in the host name `kms.<region>.…`; `undefined` for another address. */
export function kmsRegion({ path, headers }: Exchange): string | undefined {
  const named = path === '/' ? /^kms\.([a-z0-9-]+)\./.exec(headers.host ?? '') : undefined;
  return (named ?? /^\/kms\/([a-z0-9-]+)\/?$/.exec(path))?.[1];
}

/**
 * Answers a call of the KMS API.
 * @param region undefined at the address `/`, where only DescribeRegions is served
 */
export async function answerKms(
  simulation: Simulation,
  exchange: Exchange,
  region: string | undefined,
  faults: readonly Fault[],
): Promise<Answer> {
  try {
    const body = await runKms(simulation, exchange, region, faults);
    return { status: 200, json: { ...body, RequestId: exchange.requestId } };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const json = {
      HttpStatus: error.status,
      RequestId: exchange.requestId,
      HostId: exchange.headers.host ?? '',
      Code: error.code,
      Message: error.message,
      Recommend: `https://api.aliyun.com/troubleshoot?q=${error.code}&product=Kms`,
      ...error.extra,
    };
    return { status: error.status, json };
  }
}

async function runKms(
  simulation: Simulation,
  exchange: Exchange,
  region: string | undefined,
  faults: readonly Fault[],
): Promise<KmsBody> {
  const rpc = exchange.query.Signature !== undefined;
  const key = rpc ? verifyRpc(simulation, exchange) : verifyAcs3(simulation, exchange);
  const name = kmsAction(exchange);
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  const version = rpc ? exchange.query.Version : exchange.headers['x-acs-version'];
  if (action === undefined || version !== VERSION) {
    throw new ServiceError(
      404,
      'InvalidAction.NotFound',
      'Specified api is not found, please check your url and method.',
    );
  }
  if (exchange.method !== 'POST' && exchange.method !== 'GET') throw methodNotAllowed();
  if (action.getOnly && exchange.method !== 'GET') throw methodNotAllowed();
  if (region === undefined && name !== 'DescribeRegions') {
    throw new ServiceError(
      404,
      'InvalidRegionId.NotFound',
      'Only DescribeRegions is served without a region in the path.',
    );
  }
  if (region !== undefined && !simulation.world.regions.includes(region)) {
    throw new ServiceError(404, 'InvalidRegionId.NotFound', 'The specified region does not exist.');
  }
  throttle(simulation, region ?? '');
  // DescribeRegions needs no permission (docs/facts.md KMS-10).
  if (name !== 'DescribeRegions' && isDenied(simulation, `kms:${name}`, region ?? '')) {
    throw noPermission(simulation, `kms:${name}`, key.securityToken !== undefined);
  }
  return action.run({
    simulation,
    region: region ?? '',
    method: exchange.method,
    query: exchange.query,
    parameters: { ...exchange.query, ...formOf(exchange) },
    notBeforeShiftMs: faults.reduce(
      (sum, fault) => sum + (fault.kind === 'notBeforeShift' ? fault.ms : 0),
      0,
    ),
    refuseNotBefore: faults.some((fault) => fault.kind === 'notBeforeRefused'),
  });
}

function formOf(exchange: Exchange): Record<string, string> {
  const isForm = exchange.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return isForm ? parseForm(exchange.body.toString('utf8')) : {};
}

/** Per account and region, within the last second of the machine's clock. */
function throttle(simulation: Simulation, region: string): void {
  const limit = simulation.knobs.kmsQps;
  if (limit === undefined) return;
  const now = Date.now();
  const recent = (simulation.recentCalls.get(region) ?? []).filter((at) => now - at < 1000);
  simulation.recentCalls.set(region, recent);
  if (recent.length >= limit) throw throttled();
  recent.push(now);
}

function throttled(): ServiceError {
  return new ServiceError(429, 'Rejected.Throttling', 'QPS Limit Exceeded');
}

function methodNotAllowed(): ServiceError {
  return new ServiceError(405, 'UnsupportedHTTPMethod', 'This http method is not supported.');
}

function noPermission(simulation: Simulation, action: string, isRole: boolean): ServiceError {
  return new ServiceError(
    403,
    'Forbidden.NoPermission',
    'This operation is forbidden by permission system.',
    {
      AccessDeniedDetail: {
        AuthAction: action,
        AuthPrincipalType: isRole ? 'AssumedRoleUser' : 'SubUser',
        AuthPrincipalDisplayName: '200000000000000001',
        AuthPrincipalOwnerId: simulation.world.accountId,
        NoPermissionType: 'ImplicitDeny',
        PolicyType: 'AccountLevelIdentityBasedPolicy',
        EncodedDiagnosticMessage: 'AQEAAAAAZ0NhGDM4RTQ1',
      },
    },
  );
}
