import { classKey } from './classKey';
import type { AuditEvidence, CallerClass, CallerUse } from './evidence';
import { type OldKeyClass, oldKeyClasses } from './oldKeyClasses';
import type { VerdictOptions } from './verdict';

export { classKey };

const HOUR_MS = 60 * 60 * 1000;
/** A class that was silent for so long is believed to be gone, unless its own rhythm is slower. */
export const LONG_SILENCE_MS = 35 * 24 * HOUR_MS;
/** The log was alive through a silence, or a quiet time, if it had no pause longer than this part of it. */
export const LONGEST_PAUSE_PART = 1 / 4;
/** A pause of the log that can hide a caller that is believed to be gone. */
export const LONG_PAUSE_MS = LONG_SILENCE_MS * LONGEST_PAUSE_PART;
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
  /** It was seen with another key since, but no such call got past its signature, so it has not moved. */
  readonly refused: boolean;
  /** Time without a call with the old key, up to the newest entry of the log. */
  readonly silentMs: number;
  /** How long it has to be silent by its own rhythm. */
  readonly neededMs: number;
  /** The user's reason for `retired`. */
  readonly reason?: string;
}

/** How many caller classes of the old key have been seen with another key since, of how many in all. */
export function migrationOf(moves: readonly CallerMove[]): {
  readonly moved: number;
  readonly total: number;
} {
  const moved = moves.filter(({ state }) => state === 'moved' || state === 'probablyMoved').length;
  return { moved, total: moves.length };
}

/** The quiet period of the options, at least one hour. ms. */
export function quietPeriodOf(options: VerdictOptions): number {
  return Math.max(HOUR_MS, options.quietPeriodMs);
}

/** What has become of each caller class of the old key, those that hold the verdict first. */
export function callerMoves(evidence: AuditEvidence, options: VerdictOptions): readonly CallerMove[] {
  const others = new Map<string, CallerUse[]>();
  for (const use of evidence.instances.flatMap((instance) => instance.callers)) {
    if (use.keyId === evidence.oldKey.id) continue;
    const name = nameAnywhere(use.caller);
    const known = others.get(name);
    if (known === undefined) others.set(name, [use]);
    else known.push(use);
  }
  const retired = new Map(
    options.retired.map(({ caller, reason }) => [classKey(caller), reason.trim()] as const),
  );
  return oldKeyClasses(evidence)
    .map((old) => {
      const same = others.get(nameAnywhere(old.caller)) ?? [];
      // A mark without a reason is no mark.
      const reason = retired.get(classKey(old.caller)) || undefined;
      return moveOf(old, same, reason, evidence.readAt, quietPeriodOf(options));
    })
    .sort((a, b) => Number(b.holds) - Number(a.holds) || b.oldLast - a.oldLast);
}

/** @param others uses of other keys by the same class on any network */
function moveOf(
  old: OldKeyClass,
  others: readonly CallerUse[],
  reason: string | undefined,
  readAt: number,
  period: number,
): CallerMove {
  const { caller, last, silentMs } = old;
  const since = others.filter((use) => use.last > last);
  const entered = since.filter(gotIn);
  const here = entered.filter((use) => use.caller.network === caller.network);
  const seen = here.length > 0 ? here : entered;
  const refused = seen.length === 0 && since.length > 0;
  const rhythmMs = old.longestGapMs * CADENCE_FACTOR;
  const base = { caller, oldCalls: old.calls, oldLast: last, silentMs, refused };
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
  const isGone =
    silentMs >= LONG_SILENCE_MS && silentMs > rhythmMs && old.blindMs <= silentMs * LONGEST_PAUSE_PART;
  return {
    ...base,
    state: readAt - last >= period ? 'silent' : 'oldKey',
    holds: !isGone,
    neededMs: Math.max(period, rhythmMs),
  };
}

/** A class by all but its network. */
function nameAnywhere(caller: CallerClass): string {
  return classKey({ ...caller, network: '' });
}

/** 401 is a signature that does not fit: the id of the new key beside the rest of the old one (docs/facts.md KMS-17). */
function gotIn({ statuses }: CallerUse): boolean {
  const answers = Object.keys(statuses);
  return answers.length === 0 || answers.some((status) => status !== '401');
}
