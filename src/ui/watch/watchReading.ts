import { callerMoves, migrationOf } from '../../model/callers';
import { lastCallOf } from '../../model/quietTime';
import type { UnknownReason, VerdictOptions } from '../../model/verdict';
import type { VerdictReading } from '../../rotation/rotations';
import type { WatchReading } from './watchRecord';

/** Doubts that the next reading may not have: the log has not answered in full. */
const PASSING: readonly UnknownReason['code'][] = ['stillReading', 'readFailed', 'incomplete'];

/**
 * What a reading means for the watch; undefined if it is not complete.
 * @param options what it was judged by
 */
export function watchReadingOf(
  { verdict, evidence }: VerdictReading,
  options: VerdictOptions,
): WatchReading | undefined {
  const { kind, readAt } = verdict;
  if (kind === 'unknown' && verdict.reasons.some(({ code }) => PASSING.includes(code))) return undefined;
  const calls = evidence.instances.flatMap((instance) => lastCallOf(instance, evidence) ?? []);
  return {
    readAt,
    kind,
    ...(kind === 'quiet' ? { since: verdict.since } : {}),
    ...(calls.length > 0 ? { lastCall: Math.max(...calls) } : {}),
    ...migrationOf(callerMoves(evidence, options)),
  };
}
