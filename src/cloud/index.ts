import type { AapRef, ClientKey } from '../model/clientKey';
import { isCloudError } from '../model/cloudError';
import type { Secret } from '../model/secret';
import type { AccountCredentials } from './accessKey';
import * as accessPoints from './accessPoints';
import {
  type AccountFile,
  type AccountList,
  type Accounts,
  createAccounts,
  type TypedKeys,
} from './accounts';
import {
  type Caller,
  createCaller,
  DEFAULT_REQUESTS_PER_SECOND,
  DEFAULT_TIMEOUTS,
  type Timeouts,
} from './call';
import * as clientKeys from './clientKeys';
import type { EndpointTemplates } from './endpoint';
import { createKeyLists, type KeyLists } from './keyLists';
import { createKmsApi, type KmsParts } from './kmsApi';
import { createNetwork } from './network/network';
import type { NetworkSettings } from './network/proxy';
import { createServiceClock } from './serviceClock';

export interface CloudOptions {
  /** Read for every call, so that a changed setting counts at once. */
  endpoints(): EndpointTemplates;
  /** Read for every attempt. VS Code's own defaults if left out. */
  network?(): NetworkSettings;
  readonly env: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  /** Where AccessKeys that were typed in are kept; none if left out. */
  readonly typedKeys?: TypedKeys;
  /** Appended to the SDK's own, for example `kms-client-keys/0.1.0`. */
  readonly userAgent: string;
  /** Whether the workspace is trusted. */
  isTrusted(): boolean;
  /** Lines for the debug log, without secrets. */
  onEvent?(line: string): void;
  readonly timeouts?: Partial<Timeouts>;
  /** KMS calls begun per second, account and region, at most; read for every call. 10 if left out. */
  requestsPerSecond?(): number;
}

/**
 * Alibaba Cloud as the rest of the program sees it. Every method throws `CloudError` alone. Times in ms UTC.
 * It also is the `KeyService` of rotation/.
 */
export interface Cloud extends KeyLists {
  /**
   * Environment first, then the CLI's profiles and the sections of the ini file in the order of their files, then typed
   * AccessKeys. Never rejects: what cannot be read is among the problems and hides nothing else.
   */
  listAccounts(): Promise<AccountList>;
  /** The files that accounts are read from, whether they exist or not. */
  accountFiles(): readonly AccountFile[];
  /**
   * Tries an account with DescribeRegions, which needs no permission.
   * @returns the number of regions, and how far the service's clock is ahead of this machine's, ms
   */
  testAccount(accountId: string, signal?: AbortSignal): Promise<{ regions: number; clockOffset: number }>;
  /** The same lists for readings that nobody waits for: their calls go after all others. */
  readonly background: KeyLists;
  instancesOf(aap: AapRef, signal?: AbortSignal): Promise<{ instanceIds: string[]; sharedGateway: boolean }>;
  /** `bought` is undefined where the service does not say. */
  instanceLog(
    accountId: string,
    regionId: string,
    instanceId: string,
    signal?: AbortSignal,
  ): Promise<{ bought: boolean | undefined }>;
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
  /** Drops the sessions that were opened for an account, or for all: after a failed sign-in, or when it is signed out. */
  forget(accountId?: string): void;
  /** The user agreed that this account's profile may run its program or rewrite its file (until the window is reloaded). */
  allowEffects(accountId: string): void;
}

export function createCloud(options: CloudOptions): Cloud {
  const network = createNetwork(options);
  const accounts = createAccounts({ ...options, network });
  const clock = createServiceClock();
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  /** Who an account stands for, as far as its source says: two of the same share one budget at the service. */
  const owners = new Map<string, string>();
  const parts: KmsParts = {
    caller: renewing(
      accounts,
      createCaller({
        requestsPerSecond: () => options.requestsPerSecond?.() ?? DEFAULT_REQUESTS_PER_SECOND,
        onEvent: (line) => options.onEvent?.(line),
        backoff: timeouts.backoff,
        ownerOf: (accountId) => owners.get(accountId) ?? accountId,
      }),
    ),
    network,
    clock,
    timeouts,
    userAgent: options.userAgent,
    endpoint: () => options.endpoints().kms,
    credentialsOf: accounts.credentialsOf,
  };
  const api = createKmsApi(parts, 'click');
  const lists = createKeyLists(parts, 'click', accounts.homeRegion);
  return {
    ...lists,
    background: createKeyLists(parts, 'sweep', accounts.homeRegion),
    listAccounts: async () => {
      const found = await accounts.list();
      for (const { id, uid, identity } of found.accounts) owners.set(id, uid ?? identity ?? id);
      return found;
    },
    accountFiles: accounts.files,
    testAccount: async (accountId, signal) => {
      const regions = await lists.listRegions(accountId, signal);
      return { regions: regions.length, clockOffset: clock.now(accountId) - Date.now() };
    },
    instancesOf: (aap, signal) => accessPoints.instancesOf(api, aap, signal),
    instanceLog: (accountId, regionId, instanceId, signal) =>
      accessPoints.instanceLog(api, { accountId, regionId }, instanceId, signal),
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

/** A session whose token the service refuses is dropped, so that the next call opens another. */
function renewing(accounts: Accounts, caller: Caller): Caller {
  return {
    run: async (call, attempt) => {
      try {
        return await caller.run(call, attempt);
      } catch (error) {
        if (isCloudError(error) && error.kind === 'expiredToken') accounts.forget(call.account);
        throw error;
      }
    },
  };
}
