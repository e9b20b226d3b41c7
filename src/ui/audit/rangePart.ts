import type { AuditHistogram, AuditRange } from '../../model/auditView';
import type { RangeUse } from '../../model/evidence';
import type { AuditSpan } from './auditDeps';
import type { AuditReading } from './auditReading';
import { RANGE_MS } from './auditStrings';
import { createLatest } from './latest';

export interface RangePartDeps {
  now(): number;
  read(span: AuditSpan, signal: AbortSignal): Promise<RangeUse>;
  errorText(error: unknown): string;
  show(): void;
}

/** The chart and what describes it. */
export interface RangePart {
  readonly histogram: AuditHistogram;
  readonly shares: AuditReading['shares'];
  /** Of the last reading, if it failed. */
  readonly failure: unknown;
  /** Reads the range up to the service's present; a reading under way is given up. Resolves with false if that happened to this one. */
  read(range: AuditRange): Promise<boolean>;
  /** Whether the present is so far from the end of the chart that it has to be read again. */
  isOff(): boolean;
  dispose(): void;
}

/** A chart that ends this far from the present is asked for again. */
const PRESENT_TOLERANCE_MS = 5 * 60 * 1000;

const NO_SHARES: AuditReading['shares'] = { shares: [], sharesQuality: 'exact' };

export function createRangePart(first: AuditRange, deps: RangePartDeps): RangePart {
  const latest = createLatest();
  let histogram = emptyHistogram(first);
  let shares = NO_SHARES;
  let failure: unknown;

  function emptyHistogram(range: AuditRange): AuditHistogram {
    const to = deps.now();
    return { status: 'loading', from: to - RANGE_MS[range], to, buckets: [], complete: true };
  }

  return {
    get histogram() {
      return histogram;
    },
    get shares() {
      return shares;
    },
    get failure() {
      return failure;
    },
    async read(range) {
      const signal = latest.begin();
      const empty = emptyHistogram(range);
      const { from, to } = empty;
      // Bars of another range would stand in the wrong place; those of the same range may stay until the new ones are there.
      const isSameRange = histogram.to - histogram.from === to - from;
      const { error: _, ...kept } = isSameRange ? histogram : empty;
      if (!isSameRange) shares = NO_SHARES;
      histogram = { ...kept, status: 'loading' };
      failure = undefined;
      deps.show();
      try {
        const use = await deps.read({ from, to }, signal);
        if (signal.aborted) return false;
        histogram = { status: 'ready', from, to, buckets: use.buckets, complete: use.bucketsComplete };
        shares = { shares: use.shares, sharesQuality: use.sharesQuality };
      } catch (error) {
        if (signal.aborted) return false;
        failure = error;
        histogram = { ...histogram, status: 'error', error: deps.errorText(error) };
      }
      deps.show();
      return true;
    },
    isOff: () => Math.abs(deps.now() - histogram.to) > PRESENT_TOLERANCE_MS,
    dispose: () => latest.end(),
  };
}
