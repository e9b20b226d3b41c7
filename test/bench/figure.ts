/** One measured figure. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  /** Entries of the log, where the same figure is measured for several sizes. */
  readonly volume?: number;
  readonly value: number;
  /** `KB` (1024 bytes), `ms`, or empty for a ratio or a count. */
  readonly unit: string;
  /** What it should be, `<= 60`; null where a figure only tells. */
  readonly target: string | null;
  /** Whether the value meets the target; true where there is none. */
  readonly holds: boolean;
}

/** A figure that should not be above a limit (null: no limit). */
export function atMost(
  bench: string,
  figure: string,
  value: number,
  unit: string,
  limit: number | null,
): Figure {
  const rounded = Math.round(value * 100) / 100;
  return {
    bench,
    figure,
    value: rounded,
    unit,
    target: limit === null ? null : `<= ${limit}`,
    holds: limit === null || rounded <= limit,
  };
}

/** A figure that should not be below a limit (null: no limit). */
export function atLeast(
  bench: string,
  figure: string,
  value: number,
  unit: string,
  limit: number | null,
): Figure {
  const rounded = Math.round(value * 1000) / 1000;
  return {
    bench,
    figure,
    value: rounded,
    unit,
    target: limit === null ? null : `>= ${limit}`,
    // Not the rounded value: almost all is not all.
    holds: limit === null || value >= limit,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
