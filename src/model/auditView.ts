import type { AapRef } from './clientKey';

/** What the audit view shows and what host and webview say to each other. All texts come from the host, in its language. */

export type AuditRange = '1h' | '24h' | '7d' | '30d' | '180d';
export const AUDIT_RANGES: readonly AuditRange[] = ['1h', '24h', '7d', '30d', '180d'];

/** What one audit view is about: a rotation (old and new key), or a single key. */
export type AuditTarget =
  | { readonly kind: 'rotation'; readonly rotationId: string }
  | { readonly kind: 'key'; readonly aap: AapRef; readonly keyId: string };

/** A sentence with moments in it, ms UTC: the view shows them relative to now, and exactly on hover. */
export type AuditText = readonly (string | { readonly at: number })[];

export type AuditCallerState = 'oldKey' | 'silent' | 'probablyMoved' | 'moved' | 'retired' | 'newOnly';

export interface AuditCallerRow {
  /** Names the row in messages; only the host knows what it means. */
  readonly id: string;
  readonly state: AuditCallerState;
  readonly stateText: string;
  readonly userAgent: string;
  readonly api: string;
  readonly resource: string;
  readonly network: string;
  readonly addresses: readonly string[];
  /** ms UTC. */
  readonly oldLast?: number;
  readonly newFirst?: number;
  /** With the old key. */
  readonly oldCalls: number;
  /** With the other keys of the AAP. */
  readonly newCalls: number;
  /** How sure `state` is, where that is not plain: for example *seen from another network*. */
  readonly sureText?: string;
  /** The reference in this workspace that probably explains the caller; `label` is `file:line`, `how` says why it is believed. */
  readonly reference?: { readonly label: string; readonly how: string };
  /** Calls with the old key, and nothing in this workspace explains it: it is somebody else's service. */
  readonly unexplained: boolean;
  /** `mark`: may be marked as retired. `unmark`: the mark may be taken back; `reason` is the user's. */
  readonly retire?: 'mark' | 'unmark';
  readonly reason?: string;
}

/** Calls in the range by API, answer and gateway. */
export interface AuditShareRow {
  /** *Old key* or *New key*. */
  readonly key: string;
  readonly api: string;
  readonly status: string;
  readonly gateway: string;
  readonly calls: number;
  /** ms UTC. */
  readonly last: number;
}

/** One entry of the log. */
export interface AuditEntryRow {
  /** ms UTC. */
  readonly at: number;
  readonly key: string;
  readonly api: string;
  readonly resource: string;
  readonly status: string;
  /** Code and message, empty for a call that went well. */
  readonly error: string;
  readonly address: string;
  readonly userAgent: string;
  readonly gateway: string;
  readonly requestId: string;
}

/** The entries that were asked for so far. `closed`: not asked for yet. */
export interface AuditEntries {
  readonly status: 'closed' | 'loading' | 'ready' | 'error';
  readonly error?: string;
  readonly rows: readonly AuditEntryRow[];
  /** A further page can be asked for. */
  readonly more: boolean;
  readonly complete: boolean;
}

/** A view holds at most so many entries; beyond, the range is to be narrowed. */
export const MAX_ENTRIES = 1000;

export interface AuditEvidenceRow {
  readonly level: 'ok' | 'note' | 'problem';
  readonly text: AuditText;
}

export interface AuditBucket {
  /** ms UTC, half-open. */
  readonly from: number;
  readonly to: number;
  readonly oldKey: number;
  readonly newKey: number;
}

/** A view has at most this many bars; more buckets than that are merged before they are drawn. */
export const MAX_BARS = 90;

export interface AuditHistogram {
  readonly status: 'loading' | 'ready' | 'error';
  readonly error?: string;
  /** The stretch that `range` names, ms UTC; also where there are no buckets. */
  readonly from: number;
  readonly to: number;
  readonly buckets: readonly AuditBucket[];
  /** False: some buckets may miss calls; the view says *approximate*. */
  readonly complete: boolean;
}

/** Texts that never change while the view is open. `{0}` and `{1}` are filled in by the view. */
export const AUDIT_STRING_KEYS = [
  'actions',
  'address',
  'answer',
  'api',
  'approximate',
  'breakdown',
  'breakdownApproximate',
  'breakdownSampled',
  'bucket',
  'callCount',
  'caller',
  'callers',
  'callersIncomplete',
  'calls',
  'checked',
  'checking',
  'chart',
  'chartHelp',
  'copied',
  'copyEvidence',
  'copyPolicy',
  'entries',
  'entriesIncomplete',
  'entriesLimit',
  'error',
  'evidence',
  'exportCsv',
  'exportJson',
  'gateway',
  'key',
  'lastCall',
  'levelNote',
  'levelOk',
  'levelProblem',
  'loading',
  'markRetired',
  'moreCallers',
  'moreEntries',
  'newKey',
  'newKeyFirst',
  'noCallers',
  'noCalls',
  'noEntries',
  'noEvidence',
  'noReference',
  'notChecked',
  'notCurrent',
  'oldKey',
  'oldKeyLast',
  'range',
  'refresh',
  'requestId',
  'resource',
  'retiredBecause',
  'rollout',
  'showEntries',
  'state',
  'table',
  'time',
  'unmarkRetired',
  'userAgent',
  'verdict',
  'where',
] as const;
export type AuditStrings = Readonly<Record<(typeof AUDIT_STRING_KEYS)[number], string>>;

export interface AuditViewState {
  /** Kept by the view over a reload of the window, so that the panel knows again what it is about. */
  readonly target: AuditTarget;
  /** BCP 47, for dates. */
  readonly locale: string;
  readonly strings: AuditStrings;
  /** The service's present when this state was made, ms UTC: times are told relative to it, not to the local clock. */
  readonly now: number;
  readonly status: 'loading' | 'ready' | 'error';
  readonly error?: string;
  readonly oldKeyId: string;
  readonly newKeyId?: string;
  readonly aapName: string;
  readonly regionName: string;
  readonly instances: readonly string[];
  /** When the log was last read, by the service's clock, ms UTC. */
  readonly checkedAt?: number;
  readonly verdict?: {
    readonly kind: 'inUse' | 'quiet' | 'unknown';
    readonly headline: AuditText;
    readonly sentences: readonly AuditText[];
  };
  readonly range: AuditRange;
  readonly rangeLabels: Readonly<Record<AuditRange, string>>;
  readonly histogram: AuditHistogram;
  /** Calls in the range; with the chart, which it describes. */
  readonly shares: {
    readonly quality: 'exact' | 'approximate' | 'sampled';
    readonly rows: readonly AuditShareRow[];
  };
  readonly callers: readonly AuditCallerRow[];
  readonly callersComplete: boolean;
  /** *3 of 5 callers moved.*; absent without a new key or without callers. */
  readonly migration?: string;
  readonly entries: AuditEntries;
  /** The list of places where the new key has to arrive, in one sentence; absent where the target is no rotation. */
  readonly rollout?: { readonly open: number; readonly text: string };
  /** A permission is missing: the policy that grants it can be copied. */
  readonly policyOffered: boolean;
  readonly evidence: readonly AuditEvidenceRow[];
  /** `reason`: why deletion is held back. */
  readonly deletion: { readonly offered: boolean; readonly label: string; readonly reason?: AuditText };
}

export type ToAuditView =
  | { readonly type: 'state'; readonly state: AuditViewState }
  | { readonly type: 'copied' };

export type FromAuditView =
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  | { readonly type: 'range'; readonly range: AuditRange }
  | { readonly type: 'copyEvidence' }
  | { readonly type: 'copyPolicy' }
  | { readonly type: 'export'; readonly format: 'csv' | 'json' }
  /** Asks for the first page of entries of the range, or for the next one. */
  | { readonly type: 'entries' }
  /** `caller` is the id of a row. */
  | { readonly type: 'markRetired' | 'unmarkRetired' | 'openReference'; readonly caller: string }
  /** Shows the roll-out list in the Rotations view. */
  | { readonly type: 'showRollout' }
  | { readonly type: 'deleteOldKey' };
