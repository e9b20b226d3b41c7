import type { AuditTarget } from '../../model/auditView';
import type { AapRef } from '../../model/clientKey';
import type { AuditEvidence, CallerClass, EntryCursor, EntryPage, RangeUse } from '../../model/evidence';
import type { KnownReference } from '../../model/explainCallers';
import type { RolloutPlace } from '../../model/rollout';
import type { Rotation } from '../../model/rotation';
import type { VerdictOptions } from '../../model/verdict';

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
  /** What the journal says; absent where the target is no rotation. */
  readonly rotation?: Rotation;
}

/** What this window has in memory of the target; nothing is read for it. */
export interface AuditKnown {
  /** The clients of the open workspace; absent while nothing was scanned. */
  readonly references?: readonly KnownReference[];
  /** The roll-out list, as the Rotations view shows it. */
  readonly places?: readonly RolloutPlace[];
}

/** A stretch of time that is looked at, ms UTC, half-open. */
export interface AuditSpan {
  readonly from: number;
  readonly to: number;
}

/** What the audit view needs from the rest of the extension. Reading rejects with an error that `errorText` can word. */
export interface AuditDeps {
  /** Names of the target; rejects when a rotation is not known (any more). */
  names(target: AuditTarget): Promise<AuditNames>;
  /** The same from memory, where a rotation may have gone on since; undefined where nothing is in memory. */
  namesNow(target: AuditTarget): AuditNames | undefined;
  known(target: AuditTarget): AuditKnown;
  /** Begins what `known` needs and was not done yet in this window; its end is told as a change. */
  look(target: AuditTarget): void;
  /**
   * Reads the logs now, over the whole range that they can hold.
   * @param onFigures called with what is known before the callers are read
   */
  readEvidence(
    target: AuditTarget,
    signal: AbortSignal,
    onFigures: (evidence: AuditEvidence) => void,
  ): Promise<AuditEvidence>;
  /** Calls of both keys in the span, at most 90 buckets. */
  readRange(target: AuditTarget, span: AuditSpan, signal: AbortSignal): Promise<RangeUse>;
  /** A page of entries of both keys, newest first. */
  readEntries(
    target: AuditTarget,
    span: AuditSpan,
    cursor: EntryCursor | undefined,
    signal: AbortSignal,
  ): Promise<EntryPage>;
  /** Shows the file of a reference of `known`. */
  openReference(target: AuditTarget, groupId: string): Promise<void>;
  /** Only for rotations. Resolves with the names as they are then. */
  markRetired(target: AuditTarget, caller: CallerClass, reason: string): Promise<AuditNames>;
  unmarkRetired(target: AuditTarget, caller: CallerClass): Promise<AuditNames>;
  /** Shows the roll-out list in the Rotations view. */
  showRollout(target: AuditTarget): Promise<void>;
  /** The deletion with its own questions and its own fresh verdict; resolves when it is done or was given up. */
  deleteOldKey(target: AuditTarget): Promise<void>;
  /** @param error of a refused call, where there is one */
  copyPolicy(error: unknown): Promise<void>;
  /** The options that a verdict is judged by; callers marked as retired are with the rotation. */
  verdictOptions(): Omit<VerdictOptions, 'retired'>;
  /** The service's present for the account of the target, ms UTC. */
  now(target: AuditTarget): number;
  /** One or two sentences for an error, fit to be shown: what happened, why, what to do next. */
  errorText(error: unknown): string;
  /** Whether the account may not do what was tried. */
  lacksPermission(error: unknown): boolean;
}
