import { randomUUID } from 'node:crypto';
import { type Accounts, accountWithId } from './accounts';
import { createIdentity } from './certificate';
import type { Fault } from './faults';
import { createLogControl, instanceWithId, type LogControl } from './log/logControl';
import { goToNextDay, rowsOfCalls } from './nextDay';
import { writePkcs12 } from './pkcs12';
import type { CallCount, ExpiryCode, RecordedRequest, RegionList, Simulation } from './simulation';
import type { DownloadedCredential } from './world';
import { findKey } from './world';

/** A client key as tests see it; times in ms of server time. */
interface KeyInfo {
  readonly id: string;
  readonly aapName: string;
  readonly regionId: string;
  readonly createdAt: number;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly deletedAt?: number | undefined;
}

/** What a key gets that a test adds. Left out: created now, valid from its creation, a password of its own. */
interface NewKey {
  readonly notAfter: number;
  readonly notBefore?: number;
  readonly createdAt?: number;
  readonly password?: string;
}

/** Calls of one application that a test writes into the log. Times in ms of server time. */
interface NewCalls {
  readonly keyId: string;
  readonly instanceId: string;
  readonly from: number;
  readonly to: number;
  readonly userAgent: string;
  readonly apiName: string;
  readonly resourceId: string;
  readonly clientIp: string;
}

/**
 * How tests and the demo steer one account of a running simulator. In-process and over HTTP (`connectControl`) it is the same interface, hence
 * every method is asynchronous.
 */
export interface Control extends LogControl {
  /** Server time, ms. */
  now(): Promise<number>;
  /** Moves server time only, that of every account. */
  moveClock(ms: number): Promise<void>;
  /** Moves server time by 24 h and writes the applications' calls of that day into the logs of every account. */
  nextDay(): Promise<void>;
  injectFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Simple Log Service for KMS bought or not; off: `GetKmsInstance.Log` is 0 and the log project does not exist. */
  setLogging(instanceId: string, on: boolean): Promise<void>;
  /** For keys created from now on: unknown to the gateway for so long, ms of server time. */
  setGatewayDelay(ms: number): Promise<void>;
  /** KMS calls per second and region; 0 takes the limit away. */
  setQps(limit: number): Promise<void>;
  /** Every answer of the account comes so long after its request, ms. */
  setLatency(ms: number): Promise<void>;
  /** What ListClientKeys does without AapName. */
  setRegionList(kind: RegionList): Promise<void>;
  /** Refuses a RAM action such as `kms:DeleteClientKey` or `log:GetLogStoreLogs`, everywhere or in one region. */
  denyAction(action: string, denied: boolean, region?: string): Promise<void>;
  /** Ends a session token: from now on the service refuses it, with one of its two codes (the first when left out). */
  expireToken(accessKeyId: string, code?: ExpiryCode): Promise<void>;
  /** The requests of the account so far, oldest first, without anything secret. */
  requests(): Promise<RecordedRequest[]>;
  /** The keys, deleted ones included. */
  keys(aapName?: string): Promise<KeyInfo[]>;
  /** Calls at the gateway per client key, without those that `nextDay` filled in. */
  callCounts(): Promise<CallCount[]>;
  /** Adds a key as if somebody had created it elsewhere; the answer is what they downloaded. */
  addClientKey(aapName: string, key: NewKey): Promise<DownloadedCredential>;
  /** Deletes a key as if somebody had done it elsewhere. */
  removeClientKey(keyId: string): Promise<void>;
  /** Writes calls into the log, at least one per 10 minutes of the span. Returns their number. */
  addCalls(calls: NewCalls): Promise<number>;
  /** The application with this user agent does not call any more: `nextDay` leaves it out until it calls again. */
  forgetCaller(userAgent: string): Promise<void>;
}

/**
 * @param accountId the account that is steered; the first when left out
 * @throws Error if there is no such account
 */
export function createControl(accounts: Accounts, accountId?: string): Control {
  const simulation = accountWithId(accounts, accountId);
  const { world, clock, knobs } = simulation;
  const instance = (id: string) => instanceWithId(world, id);
  return {
    ...createLogControl(simulation),
    now: async () => clock.now(),
    moveClock: async (ms) => clock.move(ms),
    nextDay: async () => goToNextDay(accounts),
    injectFault: async (fault) => simulation.faults.add(fault),
    clearFaults: async () => simulation.faults.clear(),
    setLogging: async (instanceId, on) => {
      instance(instanceId).logging = on;
    },
    setGatewayDelay: async (ms) => {
      knobs.gatewayDelayMs = ms;
    },
    setQps: async (limit) => {
      knobs.kmsQps = limit > 0 ? limit : undefined;
    },
    setLatency: async (ms) => {
      knobs.latencyMs = ms;
    },
    setRegionList: async (kind) => {
      knobs.regionList = kind;
    },
    denyAction: async (action, denied, region) => {
      const name = region === undefined ? action : `${action}@${region}`;
      if (denied) knobs.denied.add(name);
      else knobs.denied.delete(name);
    },
    expireToken: async (accessKeyId, code = 'InvalidSecurityToken.Expired') => {
      if (
        !world.accessKeys.some(({ id, securityToken }) => id === accessKeyId && securityToken !== undefined)
      )
        throw new Error(`There is no session token of ${accessKeyId}.`);
      knobs.expiredTokens.set(accessKeyId, code);
    },
    requests: async () => [...simulation.requests],
    keys: async (aapName) =>
      world.keys
        .filter((key) => aapName === undefined || key.aapName === aapName)
        .map(({ certificatePem: _, knownToGatewayAt: __, ...key }) => key),
    callCounts: async () => [...simulation.counts.values()].map((count) => ({ ...count })),
    addClientKey: (aapName, key) => addKey(simulation, aapName, key),
    removeClientKey: async (keyId) => {
      const key = findKey(world, keyId);
      if (key === undefined) throw new Error(`There is no client key ${keyId}.`);
      key.deletedAt = clock.now();
    },
    addCalls: async ({ from, to, ...call }) => {
      const { regionId } = instance(call.instanceId);
      const rows = rowsOfCalls(world, { ...call, regionId, at: from, durationMs: 1 }, from, to);
      simulation.log.append(rows);
      return rows.length;
    },
    forgetCaller: async (userAgent) => {
      for (const [name, call] of simulation.callers) {
        if (call.userAgent === userAgent) simulation.callers.delete(name);
      }
    },
  };
}

async function addKey(simulation: Simulation, aapName: string, key: NewKey): Promise<DownloadedCredential> {
  const { world, clock } = simulation;
  const aap = world.accessPoints.find((each) => each.name === aapName);
  if (aap === undefined) throw new Error(`There is no AAP ${aapName}.`);
  const createdAt = key.createdAt ?? clock.now();
  const notBefore = key.notBefore ?? createdAt;
  const password = key.password ?? `Added-${randomUUID()}`;
  const identity = await createIdentity(aapName, notBefore, key.notAfter);
  const id = `KAAP.${randomUUID()}`;
  world.keys.push({
    id,
    aapName,
    regionId: aap.regionId,
    createdAt,
    notBefore,
    notAfter: key.notAfter,
    certificatePem: identity.certificatePem,
    knownToGatewayAt: createdAt,
  });
  return { keyId: id, privateKeyData: writePkcs12(identity, password), password };
}
