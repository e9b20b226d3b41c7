import type { AuditHistogram, AuditRange, AuditTarget } from '../../model/auditView';
import type { AuditEvidence } from '../../model/evidence';
import type { Verdict, VerdictOptions } from '../../model/verdict';
import type { AuditNames } from './auditDeps';

/** All that one audit view knows at a moment: what the texts are made from. */
export interface AuditReading {
  readonly target: AuditTarget;
  readonly names: AuditNames;
  readonly status: 'loading' | 'ready' | 'error';
  /** Fit to be shown. */
  readonly error?: string;
  /** The last reading that succeeded; stays while the next one runs. */
  readonly result?: { readonly verdict: Verdict; readonly evidence: AuditEvidence };
  readonly options: VerdictOptions;
  readonly range: AuditRange;
  readonly histogram: AuditHistogram;
  /** The service's present, ms UTC. */
  readonly now: number;
}
