import { request } from 'node:http';
import KmsClient from '@alicloud/kms20160120';
import OpenApiClient, * as OpenApi from '@alicloud/openapi-client';
import SlsClient, * as Sls from '@alicloud/sls20201230';
import { RuntimeOptions } from '@alicloud/tea-util';
import * as dara from '@darabonba/typescript';
import type { AccessKey, Simulator, World } from '../../simulator';

export const ACCESS_KEY: AccessKey = { id: 'LTAIUnitTest', secret: 'unit-test-secret' };
export const STS_KEY: AccessKey = {
  id: 'STS.UnitTest',
  secret: 'unit-sts-secret',
  securityToken: 'unit-token+/=',
};
export const INSTANCE = 'kst-unit1';
export const REGION = 'cn-hangzhou';
export const PASSWORD = 'Unit-Test-1~!@#$%^&*?_';

/** A small world without keys: it starts at once. */
export function smallWorld(): World {
  return {
    accountId: '1000000000000009',
    accessKeys: [ACCESS_KEY, STS_KEY],
    regions: [REGION, 'cn-shanghai'],
    instances: [
      { id: INSTANCE, regionId: REGION, logging: true },
      { id: 'kst-unit2', regionId: REGION, logging: false },
    ],
    policies: [
      { name: 'policy', regionId: REGION, instanceId: INSTANCE },
      { name: 'shared', regionId: REGION },
    ],
    accessPoints: [
      point('unit-aap', 'ClientKey', ['policy']),
      point('shared-aap', 'ClientKey', ['shared']),
      point('role-aap', 'RAMRole', ['policy']),
    ],
    keys: [],
    history: [],
    callers: [],
    downloads: new Map(),
  };
}

function point(name: string, authenticationMethod: 'ClientKey' | 'RAMRole', policies: string[]) {
  return { name, regionId: REGION, authenticationMethod, description: '', policies };
}

// A time-out is not what these tests are about, and key pairs take long on a busy machine.
const runtime = new RuntimeOptions({ readTimeout: 30_000, connectTimeout: 30_000 });

/** The bodies of the KMS answers, as far as tests read them; the SDK leaves them untyped. */
export interface KmsAnswer {
  readonly ClientKeyId: string;
  readonly AapName: string;
  readonly KeyAlgorithm: string;
  readonly KeyOrigin: string;
  readonly PrivateKeyData: string;
  readonly PublicKeyData: string;
  readonly NotBefore: string;
  readonly NotAfter: string;
  readonly ClientKeys: readonly { readonly ClientKeyId: string }[];
  readonly Regions: { readonly Region: readonly { readonly RegionId: string }[] };
  readonly ApplicationAccessPoints: { readonly ApplicationAccessPoint: readonly unknown[] };
  readonly TotalCount: number;
  readonly PageNumber: number;
  readonly PageSize: number;
  readonly Arn: string;
  readonly Policies: string;
  readonly KmsInstance: { readonly Log: number };
  readonly KmsInstances: { readonly KmsInstance: readonly unknown[] };
  readonly $headers: Readonly<Record<string, string>>;
}

interface Send {
  readonly method?: 'GET' | 'POST';
  readonly query?: Record<string, string>;
  readonly body?: Record<string, string>;
}

/** A KMS client of the real SDK (ACS3). Lists and gets go by GET, everything else by POST. */
export function kmsClient(at: Pick<Simulator, 'port'>, key: AccessKey = ACCESS_KEY, region = REGION) {
  const client = new OpenApiClient(
    new OpenApi.Config({
      accessKeyId: key.id,
      accessKeySecret: key.secret,
      ...(key.securityToken === undefined ? {} : { securityToken: key.securityToken, type: 'sts' }),
      endpoint: `127.0.0.1:${at.port}`,
      protocol: 'http',
    }),
  );
  return async (action: string, send: Send = {}): Promise<KmsAnswer> => {
    const params = new OpenApi.Params({
      action,
      version: '2016-01-20',
      protocol: 'HTTP',
      pathname: `/kms/${region}/`,
      method: send.method ?? (/^(ListClientKeys|GetClientKey)$/.test(action) ? 'GET' : 'POST'),
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    });
    const { query, body } = send;
    const answer = await client.callApi(
      params,
      new OpenApi.OpenApiRequest({ ...(query ? { query } : {}), ...(body ? { body } : {}) }),
      runtime,
    );
    return { ...answer.body, $headers: answer.headers };
  };
}

/** The client of 2020, which signs with RPC v1. */
export function rpcClient(at: Pick<Simulator, 'port'>, key: AccessKey = ACCESS_KEY): KmsClient {
  return new KmsClient({
    accessKeyId: key.id,
    accessKeySecret: key.secret,
    ...(key.securityToken === undefined ? {} : { securityToken: key.securityToken, type: 'sts' }),
    endpoint: `127.0.0.1:${at.port}`,
    protocol: 'http',
    regionId: REGION,
  } as ConstructorParameters<typeof KmsClient>[0]);
}

/** Calls of the real log client, for one instance. */
export function logClient(
  at: Pick<Simulator, 'port'>,
  instanceId = INSTANCE,
  key: AccessKey = ACCESS_KEY,
  project = `kms-log-${instanceId}`,
) {
  const host = `127.0.0.1:${at.port}`;
  const client = new SlsClient({
    accessKeyId: key.id,
    accessKeySecret: key.secret,
    ...(key.securityToken === undefined ? {} : { securityToken: key.securityToken, type: 'sts' }),
    endpoint: host,
    protocol: 'http',
    regionId: REGION,
  } as ConstructorParameters<typeof SlsClient>[0]);
  const headers = { host, 'x-log-project-name': project };
  const run = new dara.RuntimeOptions({ readTimeout: 5000, connectTimeout: 5000 });
  const withHeaders = (acceptEncoding?: string) =>
    new Sls.GetLogsV2Headers({ commonHeaders: headers, ...(acceptEncoding ? { acceptEncoding } : {}) });
  return {
    logs: async (ask: Record<string, unknown>, logStore = 'kms_audit_log', acceptEncoding?: string) =>
      (
        await client.getLogsV2WithOptions(
          project,
          logStore,
          new Sls.GetLogsV2Request(ask),
          withHeaders(acceptEncoding),
          run,
        )
      ).body,
    logsV1: (ask: Record<string, unknown>) =>
      client.getLogsWithOptions(project, 'kms_audit_log', new Sls.GetLogsRequest(ask), headers, run),
    histogram: (ask: Record<string, unknown>) =>
      client.getHistogramsWithOptions(
        project,
        'kms_audit_log',
        new Sls.GetHistogramsRequest(ask),
        headers,
        run,
      ),
    index: async () => (await client.getIndexWithOptions(project, 'kms_audit_log', headers, run)).body,
    project: async () => (await client.getProjectWithOptions(project, headers, run)).body,
    logStore: async (name = 'kms_audit_log') =>
      (await client.getLogStoreWithOptions(project, name, headers, run)).body,
  };
}

/** What an SDK threw, reduced to what tests compare. */
export async function failure(
  run: Promise<unknown>,
): Promise<{ code?: string; statusCode?: number; message: string }> {
  try {
    await run;
  } catch (error) {
    const { code, statusCode, message } = error as { code?: string; statusCode?: number; message: string };
    return {
      ...(code === undefined ? {} : { code }),
      ...(statusCode === undefined ? {} : { statusCode }),
      message,
    };
  }
  throw new Error('The call was expected to fail.');
}

/** A request as it was sent, to be sent again. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Sends a request exactly as given, `host` header included. */
export function sendRaw(
  port: number,
  raw: RawRequest,
): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method: raw.method, path: raw.url, headers: raw.headers, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject).end(raw.body);
  });
}
