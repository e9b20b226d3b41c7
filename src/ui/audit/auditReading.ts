import type { AuditEntries, AuditHistogram, AuditRange, AuditTarget } from '../../model/auditView';
import type { AuditEvidence, LogEntry, RangeUse } from '../../model/evidence';
import type { Verdict, VerdictOptions } from '../../model/verdict';
import type { AuditKnown, AuditNames } from './auditDeps';

/** The entries asked for so far. */
export type EntriesReading = Omit<AuditEntries, 'rows'> & { readonly list: readonly LogEntry[] };

/** All that one audit view knows at a moment: what the texts are made from. */
export interface AuditReading {
  readonly target: AuditTarget;
  readonly names: AuditNames;
  /** Of the verdict. */
  readonly status: 'loading' | 'ready' | 'error';
  /** Fit to be shown. */
  readonly error?: string;
  /** The last reading that succeeded, or the figures of the first one; stays while the next one runs. */
  readonly result?: { readonly verdict: Verdict; readonly evidence: AuditEvidence };
  readonly options: VerdictOptions;
  readonly range: AuditRange;
  readonly histogram: AuditHistogram;
  readonly shares: Pick<RangeUse, 'shares' | 'sharesQuality'>;
  readonly entries: EntriesReading;
  /** Absent while nothing was scanned. */
  readonly references?: AuditKnown['references'];
  /** The roll-out list; absent where the target is no rotation. */
  readonly places?: AuditKnown['places'];
  /** A permission is missing. */
  readonly policyOffered: boolean;
  /** The service's present, ms UTC. */
  readonly now: number;
}
