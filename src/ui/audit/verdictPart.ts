import type { AuditEvidence } from '../../model/evidence';
import type { VerdictOptions } from '../../model/verdict';
import { verdictOf } from '../../model/verdictOf';
import type { AuditReading } from './auditReading';
import { createLatest } from './latest';

export interface VerdictPartDeps {
  read(signal: AbortSignal, onFigures: (evidence: AuditEvidence) => void): Promise<AuditEvidence>;
  /** As they are now: what the user marks as retired counts at once, without another reading. */
  options(): VerdictOptions;
  errorText(error: unknown): string;
  show(): void;
}

/** The verdict and what it rests on. */
export interface VerdictPart {
  readonly status: AuditReading['status'];
  readonly error: string | undefined;
  readonly result: AuditReading['result'];
  /** Of the last reading, if it failed. */
  readonly failure: unknown;
  /** A reading under way is given up. */
  read(): Promise<void>;
  /** That a reading is about to begin. */
  announce(): void;
  dispose(): void;
}

export function createVerdictPart(deps: VerdictPartDeps): VerdictPart {
  const latest = createLatest();
  let status: AuditReading['status'] = 'loading';
  let failure: unknown;
  let error: string | undefined;
  let evidence: AuditEvidence | undefined;

  const judge = (given: AuditEvidence) => verdictOf(given, deps.options());

  /** Figures without callers say less than a whole reading, unless they say that the key is in use after all. */
  function takeFigures(figures: AuditEvidence): void {
    const wakesUp = () =>
      evidence !== undefined && judge(evidence).kind !== 'inUse' && judge(figures).kind === 'inUse';
    if (evidence !== undefined && !wakesUp()) return;
    evidence = figures;
    deps.show();
  }

  function announce(): void {
    latest.end();
    status = 'loading';
    failure = undefined;
    error = undefined;
    deps.show();
  }

  return {
    get status() {
      return status;
    },
    get error() {
      return error;
    },
    get failure() {
      return failure;
    },
    get result() {
      return evidence === undefined ? undefined : { evidence, verdict: judge(evidence) };
    },
    announce,
    async read() {
      announce();
      const signal = latest.begin();
      try {
        const whole = await deps.read(signal, (figures) => {
          if (!signal.aborted) takeFigures(figures);
        });
        if (signal.aborted) return;
        evidence = whole;
        status = 'ready';
      } catch (thrown) {
        if (signal.aborted) return;
        status = 'error';
        failure = thrown;
        error = deps.errorText(thrown);
      }
      deps.show();
    },
    dispose: () => latest.end(),
  };
}
