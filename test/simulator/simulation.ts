import type { Clock } from './clock';
import { createFaultBook, type FaultBook } from './faults';
import { type AuditLog, createAuditLog } from './log/auditLog';
import type { Call } from './log/callRow';
import type { NonceBook } from './signatures/accessKeys';
import type { World } from './world';

/** A request that arrived, without anything secret. */
export interface RecordedRequest {
  readonly at: number;
  readonly service: 'kms' | 'log' | 'gateway';
  readonly method: string;
  readonly action: string;
  readonly region?: string;
  /** 0 when the connection was reset instead of an answer. */
  readonly status: number;
  readonly code?: string;
  readonly requestId: string;
  readonly userAgent: string;
  /** From the request's last byte to the answer's first one, ms of this machine's clock. */
  readonly ms: number;
  /** What went back over the wire, headers included. */
  readonly bytes: number;
}

/** Calls of one client key that reached the gateway for real (those filled in by `nextDay` are not counted). */
export interface CallCount {
  readonly keyId: string;
  accepted: number;
  refused: number;
}

/** How far the index of a log store reaches. */
export type IndexKind = 'full' | 'noAnalytics' | 'none';

/** How KMS says that a session token has ended: it knows both (docs/facts.md KMS-13). */
export const EXPIRY_CODES = ['InvalidSecurityToken.Expired', 'InvalidAccessKeyId.NotFound'] as const;
export type ExpiryCode = (typeof EXPIRY_CODES)[number];

/**
 * What ListClientKeys does without AapName, which nobody outside the service knows: keys of all AAPs, none, a refusal, keys of
 * half of the AAPs, or keys without their AapName.
 */
export const REGION_LISTS = ['all', 'empty', 'refused', 'partial', 'noNames'] as const;
export type RegionList = (typeof REGION_LISTS)[number];

/** How the log service compresses results: as the SDK asks for, or in one way whatever it asks for. */
export const COMPRESSIONS = ['asked', 'lz4', 'gzip', 'none'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** Names of a log that are not the product's. */
export interface LogNames {
  readonly project?: string;
  readonly logStore?: string;
}

/** What tests can turn. */
interface Knobs {
  /** A new key is unknown to the gateway for so long after its creation, ms of server time. */
  gatewayDelayMs: number;
  /** KMS calls per second and region before 429; undefined: no limit. */
  kmsQps: number | undefined;
  /** Every answer comes this long after its request, ms of this machine's clock. */
  latencyMs: number;
  regionList: RegionList;
  /** A row can be found this long after the call, ms of server time. */
  logDelayMs: number;
  /** What every row is accounted for against the 400 MB that one query may read; undefined: its own size. */
  bytesPerRow: number | undefined;
  compression: Compression;
  /** By KMS instance. */
  readonly logNames: Map<string, LogNames>;
  /** RAM actions that are refused, as `action` or `action@region`. */
  readonly denied: Set<string>;
  /** Session tokens that have ended: the id of their AccessKey, and the code that the service uses to say so. */
  readonly expiredTokens: Map<string, ExpiryCode>;
  /** By KMS instance; `full` where nothing is set. */
  readonly indexes: Map<string, IndexKind>;
}

/** Everything that lives in one Alibaba Cloud account of a running simulator. Accounts share the clock and nothing else. */
export interface Simulation {
  readonly world: World;
  readonly clock: Clock;
  readonly faults: FaultBook;
  readonly log: AuditLog;
  readonly nonces: NonceBook;
  readonly knobs: Knobs;
  readonly requests: RecordedRequest[];
  readonly counts: Map<string, CallCount>;
  /** The latest call of each application, told apart by user agent, API and resource. */
  readonly callers: Map<string, Call>;
  /** Times of the KMS calls of the running second, by region. */
  readonly recentCalls: Map<string, number[]>;
}

const DEFAULT_GATEWAY_DELAY_MS = 3000;

export function createSimulation(world: World, clock: Clock): Simulation {
  const log = createAuditLog();
  log.append(world.history);
  return {
    world,
    clock,
    faults: createFaultBook(),
    log,
    nonces: new Map(),
    knobs: {
      gatewayDelayMs: DEFAULT_GATEWAY_DELAY_MS,
      kmsQps: undefined,
      latencyMs: 0,
      regionList: 'all',
      logDelayMs: 0,
      bytesPerRow: undefined,
      compression: 'asked',
      logNames: new Map(),
      denied: new Set(),
      expiredTokens: new Map(),
      indexes: new Map(),
    },
    requests: [],
    counts: new Map(),
    callers: new Map(world.callers.map((call) => [callerName(call), call])),
    recentCalls: new Map(),
  };
}

/** What tells one application from another in the log, whichever key it uses. */
export function callerName(call: Call): string {
  return `${call.userAgent}\n${call.apiName}\n${call.resourceId}`;
}

/** Whether the account is refused this RAM action, everywhere or in this region. */
export function isDenied(simulation: Simulation, action: string, region: string): boolean {
  return simulation.knobs.denied.has(action) || simulation.knobs.denied.has(`${action}@${region}`);
}
