/** What the audit view shows and what host and webview say to each other. All texts come from the host, in its language. */

export type AuditRange = '1h' | '24h' | '7d' | '30d' | '180d';
export const AUDIT_RANGES: readonly AuditRange[] = ['1h', '24h', '7d', '30d', '180d'];

export interface AuditCallerRow {
  readonly state: 'moved' | 'oldKey' | 'silent' | 'newOnly';
  readonly stateText: string;
  readonly userAgent: string;
  readonly api: string;
  readonly resource: string;
  readonly network: string;
  readonly addresses: readonly string[];
  /** ms UTC. */
  readonly oldLast?: number;
  readonly newFirst?: number;
  readonly calls: number;
}

export interface AuditEvidenceRow {
  readonly level: 'ok' | 'note' | 'problem';
  readonly text: string;
}

export interface AuditViewState {
  /** BCP 47, for dates. */
  readonly locale: string;
  readonly strings: Readonly<Record<string, string>>;
  readonly status: 'loading' | 'ready' | 'error';
  readonly error?: string;
  readonly oldKeyId: string;
  readonly newKeyId?: string;
  readonly aapName: string;
  readonly regionName: string;
  readonly instances: readonly string[];
  /** ms UTC. */
  readonly checkedAt?: number;
  readonly verdict?: {
    readonly kind: 'inUse' | 'quiet' | 'unknown';
    readonly headline: string;
    readonly sentences: readonly string[];
  };
  readonly range: AuditRange;
  readonly buckets: readonly {
    readonly from: number;
    readonly to: number;
    readonly oldKey: number;
    readonly newKey: number;
  }[];
  /** False: some buckets may miss calls; the view says *approximate*. */
  readonly bucketsComplete: boolean;
  readonly callers: readonly AuditCallerRow[];
  readonly evidence: readonly AuditEvidenceRow[];
  readonly deletion: { readonly offered: boolean; readonly label: string };
}

export type ToAuditView = { readonly type: 'state'; readonly state: AuditViewState };

export type FromAuditView =
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  | { readonly type: 'range'; readonly range: AuditRange }
  | { readonly type: 'copyEvidence' }
  | { readonly type: 'deleteOldKey' };
