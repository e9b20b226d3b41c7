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
}

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
  'approximate',
  'bucket',
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
  'evidence',
  'levelNote',
  'levelOk',
  'levelProblem',
  'moreCallers',
  'newKey',
  'newKeyFirst',
  'noCallers',
  'noCalls',
  'noEvidence',
  'notChecked',
  'notCurrent',
  'oldKey',
  'oldKeyLast',
  'range',
  'refresh',
  'state',
  'table',
  'time',
  'verdict',
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
  readonly callers: readonly AuditCallerRow[];
  readonly callersComplete: boolean;
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
  | { readonly type: 'deleteOldKey' };
