import type { Account } from '../model/account';
import type { Aap, AapRef, ClientKey } from '../model/clientKey';
import type { Secret } from '../model/secret';
import type { AccountCredentials } from './accessKey';
import * as accessPoints from './accessPoints';
import { createAccounts } from './accounts';
import { createCaller, DEFAULT_TIMEOUTS, type Timeouts } from './call';
import * as clientKeys from './clientKeys';
import type { EndpointTemplates } from './endpoint';
import { createKmsApi, type KmsParts } from './kmsApi';
import { FIRST_REGION, listRegions } from './regions';
import { createServiceClock } from './serviceClock';

export interface CloudOptions {
  /** Read for every call, so that a changed setting counts at once. */
  endpoints(): EndpointTemplates;
  readonly env: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  /** Appended to the SDK's own, for example `kms-client-keys/0.1.0`. */
  readonly userAgent: string;
  /** Whether the workspace is trusted. */
  isTrusted(): boolean;
  /** Lines for the debug log, without secrets. */
  onEvent?(line: string): void;
  readonly timeouts?: Partial<Timeouts>;
}

/**
 * Alibaba Cloud as the rest of the program sees it. Every method throws `CloudError` alone. Times in ms UTC.
 * It also is the `KeyService` of rotation/.
 */
export interface Cloud {
  /** Environment first, then the profiles in the order of their file. `badProfile` for a damaged file. */
  listAccounts(): Promise<readonly Account[]>;
  listRegions(accountId: string, signal?: AbortSignal): Promise<readonly string[]>;
  listAaps(accountId: string, regionId: string, signal?: AbortSignal): Promise<readonly Aap[]>;
  instancesOf(aap: AapRef, signal?: AbortSignal): Promise<{ instanceIds: string[]; sharedGateway: boolean }>;
  /** `bought` is undefined where the service does not say. */
  instanceLog(
    accountId: string,
    regionId: string,
    instanceId: string,
    signal?: AbortSignal,
  ): Promise<{ bought: boolean | undefined }>;
  listClientKeys(aap: AapRef, signal?: AbortSignal): Promise<readonly ClientKey[]>;
  getClientKey(aap: AapRef, keyId: string, signal?: AbortSignal): Promise<ClientKey>;
  createClientKey(
    aap: AapRef,
    request: { readonly password: Secret; readonly notBefore: number; readonly notAfter: number },
  ): Promise<{
    readonly id: string;
    readonly notBefore: number;
    readonly notAfter: number;
    readonly privateKeyData: Secret;
    readonly requestId: string;
    readonly answeredAt: number;
  }>;
  deleteClientKey(aap: AapRef, keyId: string): Promise<{ readonly requestId: string }>;
  /** The service's present, ms UTC; `undefined` before its first answer to this account. */
  toldTime(accountId: string): number | undefined;
  now(accountId: string): number;
  /** For the audit reader, which signs its own calls. */
  credentialsOf(accountId: string): AccountCredentials;
  /** Drops cached credential objects, after a failed sign-in or a changed profile file. */
  forget(accountId: string): void;
  /** The user agreed that this account's profile may run its program or rewrite its file (until the window is reloaded). */
  allowEffects(accountId: string): void;
}

export function createCloud(options: CloudOptions): Cloud {
  const accounts = createAccounts(options);
  const clock = createServiceClock();
  const parts: KmsParts = {
    caller: createCaller((line) => options.onEvent?.(line)),
    clock,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    userAgent: options.userAgent,
    endpoint: () => options.endpoints().kms,
    credentialsOf: accounts.credentialsOf,
  };
  const api = createKmsApi(parts);
  return {
    listAccounts: accounts.list,
    listRegions: async (accountId, signal) => {
      const regionId = (await accounts.homeRegion(accountId)) ?? FIRST_REGION;
      return await listRegions(parts, api, { accountId, regionId }, signal);
    },
    listAaps: (accountId, regionId, signal) => accessPoints.listAaps(api, { accountId, regionId }, signal),
    instancesOf: (aap, signal) => accessPoints.instancesOf(api, aap, signal),
    instanceLog: (accountId, regionId, instanceId, signal) =>
      accessPoints.instanceLog(api, { accountId, regionId }, instanceId, signal),
    listClientKeys: (aap, signal) => clientKeys.listClientKeys(api, aap, signal),
    getClientKey: (aap, keyId, signal) => clientKeys.getClientKey(api, aap, keyId, signal),
    createClientKey: (aap, request) => clientKeys.createClientKey(api, aap, request),
    deleteClientKey: (aap, keyId) => clientKeys.deleteClientKey(api, aap, keyId),
    toldTime: (accountId) => (clock.isSet(accountId) ? clock.now(accountId) : undefined),
    now: clock.now,
    credentialsOf: accounts.credentialsOf,
    forget: accounts.forget,
    allowEffects: accounts.allowEffects,
  };
}
