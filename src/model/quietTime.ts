import { callerMoves, quietPeriodOf } from './callers';
import type { AuditEvidence, InstanceEvidence } from './evidence';
import type { VerdictOptions } from './verdict';

/** How long one instance was quiet, measured inside its log. Times in ms UTC, durations in ms. */
export interface QuietTime {
  /** Last entry of the old key; of a key never seen its creation or the log's beginning, the later one. */
  readonly since: number;
  /** Up to the newest entry of any key. */
  readonly quietMs: number;
  /** The longest stretch without an entry of any key, the one up to the present included. */
  readonly pauseMs: number;
  readonly newestAny: number;
}

/** The last entry of the old key by everything that the evidence says about it, ms UTC. */
export function lastCallOf(instance: InstanceEvidence, evidence: AuditEvidence): number | undefined {
  const times = instance.callers.filter((use) => use.keyId === evidence.oldKey.id).map((use) => use.last);
  if (instance.oldKeyLast !== undefined) times.push(instance.oldKeyLast);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Undefined for a log that holds nothing or cannot be read. */
export function quietTimeOf(instance: InstanceEvidence, evidence: AuditEvidence): QuietTime | undefined {
  const { begins, newestAny, longestPauseMs } = instance;
  if (instance.problem !== undefined || begins === undefined || newestAny === undefined) return undefined;
  const since = lastCallOf(instance, evidence) ?? Math.max(evidence.oldKey.createdAt, begins);
  const newest = Math.min(newestAny, evidence.readAt);
  return {
    since,
    quietMs: Math.max(0, newest - since),
    pauseMs: Math.max(longestPauseMs, evidence.readAt - newest),
    newestAny: newest,
  };
}

/**
 * How long an instance has to be quiet, counted from its last entry of the old key: the quiet period, or longer where a
 * caller class, counted from its own last call, is not yet silent for as long as its rhythm asks for.
 */
export function neededQuietOf(
  instance: InstanceEvidence,
  evidence: AuditEvidence,
  options: VerdictOptions,
): number {
  const since = quietTimeOf(instance, evidence)?.since;
  // A class that holds the verdict does so for a reason of its own, which no quiet time of the key ends.
  const byClass = callerMoves(evidence, options)
    .filter(({ holds }) => !holds)
    .map(({ neededMs, oldLast }) => neededMs - ((since ?? oldLast) - oldLast));
  return Math.max(quietPeriodOf(options), ...byClass);
}
