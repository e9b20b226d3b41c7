import { callerMoves, LONG_SILENCE_MS, quietPeriodOf } from './callers';
import type { AuditEvidence, InstanceEvidence, LogProblem } from './evidence';
import type { UnknownReason, VerdictOptions } from './verdict';

/** A pause may take this part of the quiet time, so that a night, a weekend or an outage is outgrown by waiting. */
const LONGEST_PAUSE_PART = 1 / 4;

/** Two queries may differ by this much about the time of one entry (docs/facts.md LOG-7). */
const TIME_EDGE_MS = 60_000;

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
  const byClass = callerMoves(evidence, options).map(
    ({ neededMs, oldLast }) => neededMs - ((since ?? oldLast) - oldLast),
  );
  return Math.max(quietPeriodOf(options), ...byClass);
}

/** Everything that stands between this evidence and the verdict *quiet*; empty for a key that is quiet. */
export function unknownReasons(evidence: AuditEvidence, options: VerdictOptions): readonly UnknownReason[] {
  const reasons: UnknownReason[] = [];
  if (evidence.sharedGateway) reasons.push({ code: 'sharedGateway' });
  else if (evidence.instances.length === 0) reasons.push({ code: 'noInstance' });
  for (const instance of evidence.instances) {
    const found = instanceReasons(instance, evidence, options);
    reasons.push(...found.map((reason) => ({ ...reason, instanceId: instance.instanceId })));
  }
  const holding = callerMoves(evidence, options).filter((move) => move.holds);
  if (holding.length > 0)
    reasons.push({ code: 'callersNotMoved', callers: holding.map((move) => move.caller) });
  return reasons;
}

function instanceReasons(
  instance: InstanceEvidence,
  evidence: AuditEvidence,
  options: VerdictOptions,
): readonly UnknownReason[] {
  if (instance.problem !== undefined) return [problemReason(instance.problem, instance.problemDetail)];
  const reasons: UnknownReason[] = [];
  const lastCall = lastCallOf(instance, evidence);
  // A count without a time contradicts itself: something is missing.
  const complete = instance.complete && (instance.oldKeyCalls === 0 || lastCall !== undefined);
  if (!complete) reasons.push({ code: 'incomplete' });
  if (!instance.callersComplete || !knowsCallers(instance, evidence)) reasons.push({ code: 'stillReading' });
  if (isChosen(instance) && instance.newKeyCalls === 0)
    reasons.push({ code: 'chosenLogUnproven', detail: `${instance.project}/${instance.logStore}` });
  if (complete) reasons.push(...timeReasons(instance, evidence, options));
  return reasons;
}

/** What the times of a completely read log say against *quiet*. */
function timeReasons(
  instance: InstanceEvidence,
  evidence: AuditEvidence,
  options: VerdictOptions,
): readonly UnknownReason[] {
  const time = quietTimeOf(instance, evidence);
  if (time === undefined || instance.begins === undefined) return [{ code: 'logEmpty' }];
  const reasons: UnknownReason[] = [];
  const { readAt, oldKey } = evidence;
  if (oldKey.createdAt < instance.begins && readAt - instance.begins < LONG_SILENCE_MS)
    reasons.push({ code: 'logTooYoung', at: instance.begins });
  const neededMs = neededQuietOf(instance, evidence, options);
  const longestPauseMs = time.quietMs * LONGEST_PAUSE_PART;
  const lastCall = lastCallOf(instance, evidence);
  // The comparisons are written so that a time that is no number never counts as quiet.
  if (!(readAt - time.newestAny <= longestPauseMs) && readAt - time.since >= neededMs)
    reasons.push({ code: 'nothingLogged', at: time.newestAny });
  else if (!(time.quietMs >= neededMs))
    reasons.push({
      code: 'notQuietLongEnough',
      durationMs: neededMs,
      ...(lastCall === undefined ? {} : { at: lastCall }),
    });
  else if (!(time.pauseMs <= longestPauseMs)) reasons.push({ code: 'logNotAlive', durationMs: time.pauseMs });
  return reasons;
}

/** Every entry of the old key has a caller: a class list that ends before the newest entry was read before it came. */
function knowsCallers(instance: InstanceEvidence, evidence: AuditEvidence): boolean {
  const { oldKeyLast } = instance;
  if (oldKeyLast === undefined) return true;
  return instance.callers.some(
    (use) => use.keyId === evidence.oldKey.id && use.last >= oldKeyLast - TIME_EDGE_MS,
  );
}

/** KMS gives project and log store fixed names (docs/facts.md LOG-1); any other log was chosen by hand. */
export function isChosen(instance: InstanceEvidence): boolean {
  return instance.project !== `kms-log-${instance.instanceId}` || instance.logStore !== 'kms_audit_log';
}

function problemReason(problem: LogProblem, detail: string | undefined): UnknownReason {
  const more = detail === undefined ? {} : { detail };
  switch (problem) {
    case 'notBought':
      return { code: 'logNotBought', ...more };
    case 'noPermission':
      return { code: 'noPermission', ...more };
    case 'projectMissing':
    case 'logStoreMissing':
    case 'indexMissing':
      return { code: 'logMissing', ...more };
    case 'failed':
      return { code: 'readFailed', ...more };
  }
}
