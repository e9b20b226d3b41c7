import { classKey } from './classKey';
import type { AuditEvidence, CallerClass, CallerUse, InstanceEvidence } from './evidence';

/** What one caller class did with the old key, all instances together. Times in ms UTC, durations in ms. */
export interface OldKeyClass {
  readonly caller: CallerClass;
  readonly calls: number;
  readonly last: number;
  readonly longestGapMs: number;
  /** From its last call up to the newest entry of the log; the shortest of all instances. */
  readonly silentMs: number;
  /** The longest stretch of that silence in which the log had no entry of anybody, as far as it is a long one. */
  readonly blindMs: number;
}

/** The caller classes of the old key, in the order in which the logs name them. */
export function oldKeyClasses(evidence: AuditEvidence): readonly OldKeyClass[] {
  const classes = new Map<string, OldKeyClass>();
  for (const instance of evidence.instances) {
    for (const use of instance.callers.filter((caller) => caller.keyId === evidence.oldKey.id)) {
      const key = classKey(use.caller);
      const known = classes.get(key);
      const added = classOn(instance, use, evidence.readAt);
      classes.set(key, known === undefined ? added : together(known, added));
    }
  }
  return [...classes.values()];
}

function classOn(instance: InstanceEvidence, use: CallerUse, readAt: number): OldKeyClass {
  const { caller, calls, last, longestGapMs } = use;
  // Silence is what the log shows, not what lies between its newest entry and the present.
  const newest = Math.min(instance.newestAny ?? last, readAt);
  const pauses = (instance.longPauses ?? []).map(
    ({ from, to }) => Math.min(to, newest) - Math.max(from, last),
  );
  return {
    caller,
    calls,
    last,
    longestGapMs,
    silentMs: Math.max(0, newest - last),
    blindMs: Math.max(0, ...pauses),
  };
}

function together(one: OldKeyClass, other: OldKeyClass): OldKeyClass {
  return {
    caller: one.caller,
    calls: one.calls + other.calls,
    last: Math.max(one.last, other.last),
    longestGapMs: Math.max(one.longestGapMs, other.longestGapMs),
    silentMs: Math.min(one.silentMs, other.silentMs),
    blindMs: Math.max(one.blindMs, other.blindMs),
  };
}
