import { callerMoves, quietPeriodOf } from './callers';
import type { AuditEvidence } from './evidence';
import { lastCallOf, neededQuietOf, quietTimeOf } from './quietTime';
import { chosenLog, unknownReasons } from './unknownReasons';
import type { Verdict, VerdictOptions } from './verdict';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * May this key be deleted, as far as the audit logs tell?
 *
 * *In use*: any instance has an entry of the key, whatever its status, within the quiet period of the options, counted back
 * from the service's present. This goes before every doubt about the logs. *Quiet*: no instance gives a reason to doubt,
 * and every one was quiet for as long as needed. The quiet time that is needed can be longer than the period of the
 * options, because it follows the rhythm of the callers; until then, and for every doubt, the verdict is *unknown*.
 */
export function verdictOf(evidence: AuditEvidence, options: VerdictOptions): Verdict {
  const { readAt, instances } = evidence;
  const period = quietPeriodOf(options);
  const calls = instances.map((instance) => lastCallOf(instance, evidence)).filter((at) => at !== undefined);
  const lastCall = Math.max(...calls);
  if (calls.length > 0 && !(readAt - lastCall >= period)) {
    const callers = callerMoves(evidence, options)
      .filter((move) => move.holds || (move.state === 'retired' && readAt - move.oldLast < period))
      .map((move) => move.caller);
    return { kind: 'inUse', readAt, lastCall, callers };
  }
  const reasons = unknownReasons(evidence, options);
  const times = instances.flatMap((instance) => {
    const time = quietTimeOf(instance, evidence);
    return time === undefined ? [] : [{ ...time, neededMs: neededQuietOf(instance, evidence, options) }];
  });
  // Every instance is quiet; the one that has been so for the shortest time speaks for all.
  const [latest] = times.sort((a, b) => b.since - a.since);
  // Without a reason there is a time of every instance; this stands guard over the deletion of a key all the same.
  if (reasons.length > 0 || latest === undefined) return { kind: 'unknown', readAt, reasons };
  const { since, quietMs, neededMs } = latest;
  const chosenLogs = instances.flatMap((instance) => chosenLog(instance) ?? []);
  return { kind: 'quiet', readAt, since, quietMs, neededMs, chosenLogs };
}

/**
 * Whether deletion needs a verdict: a key that expired more than 24 h ago is refused by the service already.
 * @param now the service's present, ms UTC
 */
export function needsVerdict(key: { readonly notAfter: number }, now: number): boolean {
  return !(now - key.notAfter > DAY_MS);
}
