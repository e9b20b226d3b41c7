import type { AuditTarget } from '../../model/auditView';
import type { AapRef } from '../../model/clientKey';
import type { AuditEvidence, UseBucket } from '../../model/evidence';
import type { Verdict, VerdictOptions } from '../../model/verdict';

/** What an audit view is about, in names. */
export interface AuditNames {
  readonly oldKeyId: string;
  /** Absent for a key that is not being rotated. */
  readonly newKeyId?: string;
  readonly aap: AapRef;
  /** Fit to be shown, for example `China (Hangzhou)` or `cn-hangzhou`. */
  readonly regionName: string;
  /** Set once the old key has been deleted, ms UTC. */
  readonly deletedAt?: number;
}

/** What the audit view needs from the rest of the extension. */
export interface AuditDeps {
  /** Names of the target; rejects when a rotation is not known (any more). */
  names(target: AuditTarget): Promise<AuditNames>;
  /** Reads the logs now. Rejects with an error that `errorText` can word. */
  readVerdict(
    target: AuditTarget,
    signal: AbortSignal,
  ): Promise<{ readonly verdict: Verdict; readonly evidence: AuditEvidence }>;
  /** Calls of both keys in `from` ≤ t < `to` (ms UTC), at most 90 buckets. `complete` false: some may miss calls. */
  readBuckets(
    target: AuditTarget,
    from: number,
    to: number,
    signal: AbortSignal,
  ): Promise<{ readonly buckets: readonly UseBucket[]; readonly complete: boolean }>;
  /** The deletion with its own questions and its own fresh verdict; resolves when it is done or was given up. */
  deleteOldKey(target: AuditTarget): Promise<void>;
  /** The options that `readVerdict` judges by. */
  verdictOptions(target: AuditTarget): VerdictOptions;
  /** The service's present for the account of the target, ms UTC. */
  now(target: AuditTarget): number;
  /** One or two sentences for an error, fit to be shown: what happened, why, what to do next. */
  errorText(error: unknown): string;
}
