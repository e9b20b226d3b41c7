import { callerMoves, LONG_SILENCE_MS, LONGEST_PAUSE_PART } from './callers';
import type { AuditEvidence, InstanceEvidence, LogProblem } from './evidence';
import { lastCallOf, neededQuietOf, quietTimeOf } from './quietTime';
import type { UnknownReason, VerdictOptions } from './verdict';

/** Two queries may differ by this much about the time of one entry (docs/facts.md LOG-7). */
const TIME_EDGE_MS = 60_000;

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
  if (instance.callersSampled) reasons.push({ code: 'callersSampled' });
  else if (!instance.callersComplete || !knowsCallers(instance, evidence))
    reasons.push({ code: 'stillReading' });
  const chosen = chosenLog(instance);
  if (chosen !== undefined && !(instance.newKeyCalls > 0))
    reasons.push({ code: 'chosenLogUnproven', detail: chosen });
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
  // All comparisons are written so that a time that is no number never counts as quiet.
  if (!(oldKey.createdAt >= instance.begins) && !(readAt - instance.begins >= LONG_SILENCE_MS))
    reasons.push({ code: 'logTooYoung', at: instance.begins });
  const neededMs = neededQuietOf(instance, evidence, options);
  const longestPauseMs = time.quietMs * LONGEST_PAUSE_PART;
  const lastCall = lastCallOf(instance, evidence);
  if (!(readAt - time.newestAny <= longestPauseMs) && readAt - time.since >= neededMs)
    reasons.push({ code: 'nothingLogged', at: time.newestAny });
  else if (!(time.quietMs >= neededMs))
    reasons.push({
      code: 'notQuietLongEnough',
      durationMs: neededMs,
      quietMs: time.quietMs,
      ...(time.since + neededMs > readAt ? { until: time.since + neededMs } : {}),
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
      return { code: problem, ...more };
    case 'failed':
      return { code: 'readFailed', ...more };
  }
}

/**
 * Name of a log that was chosen by hand; undefined for the one that KMS makes, whose names are fixed (docs/facts.md LOG-1).
 */
export function chosenLog(instance: InstanceEvidence): string | undefined {
  const { instanceId, project, logStore, logRegionId } = instance;
  if (project === `kms-log-${instanceId}` && logStore === 'kms_audit_log' && logRegionId === undefined)
    return undefined;
  const name = `${project} / ${logStore}`;
  return logRegionId === undefined ? name : `${name}, ${logRegionId}`;
}
