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
  /** Longest time between two neighbouring calls of the class with any key of the AAP, up to `last`. 0 with fewer than two. */
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
  /** Where the log is, if a setting says that it is in another region than the instance. */
  readonly logRegionId?: string;
  /** What the log was asked, as the log service takes it; absent where it could not be asked. */
  readonly queries?: readonly string[];
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
  /**
   * Stretches of more than `LONG_PAUSE_MS` without an entry of any key, anywhere in the log, each an upper bound: what a
   * caller did in them cannot be known. Those since the old key's last entry are in `longestPauseMs` too.
   */
  readonly longPauses?: readonly { readonly from: number; readonly to: number }[];
  /** Every bucket and row that the figures above rest on was complete. */
  readonly complete: boolean;
  /** Caller classes of the old key and of the other keys of the AAP. */
  readonly callers: readonly CallerUse[];
  /** The class list was read completely and accurately. */
  readonly callersComplete: boolean;
  /** The index has no analytics: the class list is that of the newest entries, and will never be complete. */
  readonly callersSampled?: true;
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

/** Calls of one key with one API, answer and gateway in the range of the view. Describes, and never judges. */
export interface UseShare {
  readonly keyId: string;
  readonly api: string;
  /** HTTP status, as text. */
  readonly status: string;
  /** `dedicated`, `shared`, or what else the log says. */
  readonly gateway: string;
  readonly calls: number;
  /** ms UTC. */
  readonly last: number;
}

/** What the logs say of a range that the user chose. */
export interface RangeUse {
  readonly buckets: readonly UseBucket[];
  /** False: some buckets may miss calls, or a log could not be read. */
  readonly bucketsComplete: boolean;
  /** The most frequent first, at most 50 for each instance before they are put together. */
  readonly shares: readonly UseShare[];
  /** `approximate`: the service read only a part of what matched. `sampled`: no analytics on the index, so the newest rows alone. */
  readonly sharesQuality: 'exact' | 'approximate' | 'sampled';
}

/** One entry of a log, with the fields that people ask for. Empty text where the log has none. */
export interface LogEntry {
  /** ms UTC, whole seconds. */
  readonly at: number;
  readonly instanceId: string;
  readonly keyId: string;
  readonly api: string;
  readonly resource: string;
  readonly status: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly clientIp: string;
  readonly userAgent: string;
  readonly gateway: string;
  readonly requestId: string;
}

/** How many entries of each instance have been shown: where the next page begins. */
export type EntryCursor = Readonly<Record<string, number>>;

/** At most 100 entries, newest first over all instances. */
export interface EntryPage {
  readonly entries: readonly LogEntry[];
  /** Absent at the end. */
  readonly next?: EntryCursor;
  /** False: the service ran out of time, or a log could not be read. */
  readonly complete: boolean;
}
