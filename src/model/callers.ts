import type { AuditEvidence, CallerClass, CallerUse, InstanceEvidence } from './evidence';
import type { VerdictOptions } from './verdict';

const HOUR_MS = 60 * 60 * 1000;
/** A class that was silent for so long is believed to be gone, unless its own rhythm is slower. */
export const LONG_SILENCE_MS = 35 * 24 * HOUR_MS;
/** A caller that pauses for this many times its longest gap has left its rhythm. */
const CADENCE_FACTOR = 1.5;

/**
 * What has become of a caller class of the old key.
 * `moved`: seen with another key since its last call with this one. `probablyMoved`: seen so from another network.
 * `retired`: the user says it is gone. `oldKey`: called within the quiet period. `silent`: not moved, not heard of since.
 */
type CallerState = 'oldKey' | 'silent' | 'probablyMoved' | 'moved' | 'retired';

/** One caller class of the old key, over all instances. Times in ms UTC, durations in ms. */
export interface CallerMove {
  readonly caller: CallerClass;
  readonly state: CallerState;
  /** It keeps the verdict from *quiet*, whatever the rest of the evidence says. */
  readonly holds: boolean;
  readonly oldCalls: number;
  readonly oldLast: number;
  /** Its newest call with another key, if that came after `oldLast`; of a neighbour network where `probablyMoved`. */
  readonly otherKeyLast?: number;
  /** Time without a call with the old key, up to the newest entry of the log. */
  readonly silentMs: number;
  /** How long it has to be silent by its own rhythm. */
  readonly neededMs: number;
  /** The user's reason for `retired`. */
  readonly reason?: string;
}

/** The quiet period of the options, at least one hour. ms. */
export function quietPeriodOf(options: VerdictOptions): number {
  return Math.max(HOUR_MS, options.quietPeriodMs);
}

/** What has become of each caller class of the old key, those that hold the verdict first. */
export function callerMoves(evidence: AuditEvidence, options: VerdictOptions): readonly CallerMove[] {
  const uses = evidence.instances.flatMap((instance) => instance.callers);
  const others = uses.filter((use) => use.keyId !== evidence.oldKey.id);
  return oldKeyClasses(evidence)
    .map((summary) => moveOf(summary, others, evidence.readAt, options))
    .sort((a, b) => Number(b.holds) - Number(a.holds) || b.oldLast - a.oldLast);
}

function sameClass(one: CallerClass, other: CallerClass): boolean {
  return one.network === other.network && sameButNetwork(one, other);
}

/** A class with the old key, all instances together. */
interface OldKeyClass {
  readonly caller: CallerClass;
  readonly calls: number;
  readonly last: number;
  readonly longestGapMs: number;
  readonly silentMs: number;
}

function oldKeyClasses(evidence: AuditEvidence): readonly OldKeyClass[] {
  const classes: OldKeyClass[] = [];
  for (const instance of evidence.instances) {
    for (const use of instance.callers.filter((caller) => caller.keyId === evidence.oldKey.id)) {
      const known = classes.findIndex((one) => sameClass(one.caller, use.caller));
      const added = summaryOf(use, instance, evidence.readAt);
      const before = classes[known];
      if (before === undefined) classes.push(added);
      else classes[known] = together(before, added);
    }
  }
  return classes;
}

function summaryOf(use: CallerUse, instance: InstanceEvidence, readAt: number): OldKeyClass {
  const { caller, calls, last, longestGapMs } = use;
  // Silence is what the log shows, not what lies between its newest entry and the present.
  const newest = Math.min(instance.newestAny ?? last, readAt);
  return { caller, calls, last, longestGapMs, silentMs: Math.max(0, newest - last) };
}

function together(one: OldKeyClass, other: OldKeyClass): OldKeyClass {
  return {
    caller: one.caller,
    calls: one.calls + other.calls,
    last: Math.max(one.last, other.last),
    longestGapMs: Math.max(one.longestGapMs, other.longestGapMs),
    silentMs: Math.min(one.silentMs, other.silentMs),
  };
}

function moveOf(
  summary: OldKeyClass,
  others: readonly CallerUse[],
  readAt: number,
  options: VerdictOptions,
): CallerMove {
  const { caller, last, silentMs } = summary;
  const since = others.filter((use) => use.last > last && sameButNetwork(use.caller, caller));
  const here = since.filter((use) => sameClass(use.caller, caller));
  const seen = here.length > 0 ? here : since;
  const reason = retiredReason(caller, options);
  const period = quietPeriodOf(options);
  const rhythmMs = summary.longestGapMs * CADENCE_FACTOR;
  const silentForLong = silentMs >= LONG_SILENCE_MS && silentMs > rhythmMs;
  const base = { caller, oldCalls: summary.calls, oldLast: last, silentMs };
  if (seen.length > 0) {
    return {
      ...base,
      state: here.length > 0 ? 'moved' : 'probablyMoved',
      holds: false,
      otherKeyLast: Math.max(...seen.map((use) => use.last)),
      // One old pause of a class that has moved must not hold the key for months; the word of the user ends it at once.
      neededMs: Math.max(period, reason === undefined ? Math.min(rhythmMs, LONG_SILENCE_MS) : 0),
    };
  }
  if (reason !== undefined) return { ...base, state: 'retired', holds: false, neededMs: period, reason };
  return {
    ...base,
    state: readAt - last >= period ? 'silent' : 'oldKey',
    holds: !silentForLong,
    neededMs: Math.max(period, rhythmMs),
  };
}

function sameButNetwork(one: CallerClass, other: CallerClass): boolean {
  return one.userAgent === other.userAgent && one.api === other.api && one.resource === other.resource;
}

/** A mark without a reason is no mark. */
function retiredReason(caller: CallerClass, options: VerdictOptions): string | undefined {
  const mark = options.retired.find((retired) => sameClass(retired.caller, caller));
  return mark?.reason.trim() || undefined;
}
