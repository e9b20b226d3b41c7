import type { AapRef } from './clientKey';

/** A caller is a class, not an address: pods change theirs at every roll-out. */
export interface CallerClass {
  /** Without version numbers. */
  readonly userAgent: string;
  readonly api: string;
  readonly resource: string;
  /** IPv4 /24 or IPv6 /64 of the caller. */
  readonly network: string;
}

/** What one caller class did with one key, as far as the log tells. Times in ms UTC. */
export interface CallerUse {
  readonly caller: CallerClass;
  readonly keyId: string;
  readonly calls: number;
  readonly first: number;
  readonly last: number;
  /** Longest time between two neighbouring calls of the class with any key of the AAP. 0 with fewer than two calls. */
  readonly longestGapMs: number;
  /** Calls by HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly addresses: readonly string[];
}

/** Why the log of an instance cannot be read. */
export type LogProblem =
  | 'notBought'
  | 'noPermission'
  | 'projectMissing'
  | 'logStoreMissing'
  | 'indexMissing'
  | 'failed';

/** What the audit log of one KMS instance says about a key. Times in ms UTC of the service. */
export interface InstanceEvidence {
  readonly instanceId: string;
  readonly project: string;
  readonly logStore: string;
  /** Set if nothing could be read; then all that follows is empty. */
  readonly problem?: LogProblem;
  /** Message and request id behind `problem`, fit to be shown. */
  readonly problemDetail?: string;
  /** First entry of any key that the log holds. */
  readonly begins?: number;
  /** Newest entry of any key. */
  readonly newestAny?: number;
  readonly oldKeyCalls: number;
  readonly oldKeyLast?: number;
  readonly newKeyCalls: number;
  readonly newKeyFirst?: number;
  readonly newKeyLast?: number;
  /**
   * Upper bound of the longest stretch without an entry of any key, between the old key's last entry (of a key never seen:
   * its creation or the log's beginning, the later one) and the service's present.
   */
  readonly longestPauseMs: number;
  /** Every bucket and row that the figures above rest on was complete. */
  readonly complete: boolean;
  /** Caller classes of the old key and of the other keys of the AAP. */
  readonly callers: readonly CallerUse[];
  /** The class list was read completely and accurately. */
  readonly callersComplete: boolean;
}

/** One reading of the audit logs for one key: all that a verdict rests on. */
export interface AuditEvidence {
  readonly aap: AapRef;
  readonly oldKey: { readonly id: string; readonly createdAt: number; readonly notAfter: number };
  readonly newKeyId?: string;
  /** The service's present when the figures of the old key were asked for, which is done last, ms UTC. */
  readonly readAt: number;
  /** The AAP is also (or only) reached over the shared gateway, whose calls the log may not show (docs/facts.md LOG-5). */
  readonly sharedGateway: boolean;
  readonly instances: readonly InstanceEvidence[];
  readonly requestIds: readonly string[];
}

/** Calls of the old and the new key in one stretch of time, for the histogram. */
export interface UseBucket {
  /** ms UTC, half-open. */
  readonly from: number;
  readonly to: number;
  readonly oldKey: number;
  readonly newKey: number;
}
