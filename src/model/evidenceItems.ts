import { type CallerMove, callerMoves, migrationOf, quietPeriodOf } from './callers';
import type { AuditEvidence, CallerClass, InstanceEvidence } from './evidence';
import { lastCallOf, quietTimeOf } from './quietTime';
import { chosenLog, unknownReasons } from './unknownReasons';
import type { UnknownReason, Verdict, VerdictOptions } from './verdict';

/** One line of evidence behind a verdict; the words are made where it is shown. Times in ms UTC, durations in ms. */
export type EvidenceItem =
  /** A doubt: what stands between this evidence and *quiet*. */
  | {
      readonly level: 'problem';
      readonly code: 'reason';
      readonly params: { readonly reason: UnknownReason };
    }
  /** The log was alive through the quiet time. */
  | {
      readonly level: 'ok';
      readonly code: 'logAlive';
      readonly params: { readonly instanceId: string; readonly pauseMs: number; readonly quietMs: number };
    }
  /** The log reaches back far enough. */
  | {
      readonly level: 'ok';
      readonly code: 'logReaches';
      readonly params: {
        readonly instanceId: string;
        readonly begins: number;
        readonly keyCreatedAt: number;
      };
    }
  | {
      readonly level: 'ok';
      readonly code: 'resultComplete';
      readonly params: { readonly instanceId: string };
    }
  /** Log project or log store is not the one that KMS makes. */
  | {
      readonly level: 'note';
      readonly code: 'chosenLog';
      readonly params: { readonly instanceId: string; readonly log: string };
    }
  /** `last` is missing for a key that the log never saw. */
  | {
      readonly level: 'note';
      readonly code: 'oldKeyCalls';
      readonly params: { readonly instanceId: string; readonly calls: number; readonly last?: number };
    }
  | {
      readonly level: 'ok' | 'note';
      readonly code: 'newKeyCalls';
      readonly params: { readonly calls: number; readonly first?: number; readonly last?: number };
    }
  | {
      readonly level: 'ok' | 'note';
      readonly code: 'callersMoved';
      readonly params: { readonly moved: number; readonly total: number };
    }
  | {
      readonly level: 'note';
      readonly code: 'probablyMoved' | 'silentCallers' | 'refusedCallers';
      readonly params: { readonly callers: readonly CallerClass[] };
    }
  | {
      readonly level: 'note';
      readonly code: 'retiredCaller';
      readonly params: { readonly caller: CallerClass; readonly reason: string };
    }
  /** The rhythm of the callers asks for more than the quiet period. */
  | {
      readonly level: 'note';
      readonly code: 'quietPeriodGrown';
      readonly params: { readonly neededMs: number; readonly periodMs: number };
    };

/** All that a verdict rests on, line by line: first what speaks against it, then the logs, then the callers. */
export function evidenceItems(
  evidence: AuditEvidence,
  verdict: Verdict,
  options: VerdictOptions,
): readonly EvidenceItem[] {
  const reasons = unknownReasons(evidence, options);
  const problems = reasons.map(
    (reason) => ({ level: 'problem', code: 'reason', params: { reason } }) as const,
  );
  const moves = callerMoves(evidence, options);
  return [
    // Of a key in use it is no news that it has not been quiet.
    ...problems.filter(
      ({ params }) => verdict.kind !== 'inUse' || params.reason.code !== 'notQuietLongEnough',
    ),
    ...evidence.instances
      .filter((instance) => instance.problem === undefined)
      .flatMap((instance) => instanceItems(instance, evidence, verdict, reasons)),
    ...newKeyItems(evidence),
    ...callerItems(moves),
    ...periodItems(moves, options),
  ];
}

function instanceItems(
  instance: InstanceEvidence,
  evidence: AuditEvidence,
  verdict: Verdict,
  reasons: readonly UnknownReason[],
): readonly EvidenceItem[] {
  const { instanceId, oldKeyCalls } = instance;
  const doubted = (...codes: readonly UnknownReason['code'][]) =>
    reasons.some((reason) => reason.instanceId === instanceId && codes.includes(reason.code));
  const items: EvidenceItem[] = [];
  const time = quietTimeOf(instance, evidence);
  if (time !== undefined && instance.begins !== undefined && !doubted('incomplete')) {
    const { pauseMs, quietMs } = time;
    if (verdict.kind !== 'inUse' && !doubted('logNotAlive', 'nothingLogged', 'notQuietLongEnough'))
      items.push({ level: 'ok', code: 'logAlive', params: { instanceId, pauseMs, quietMs } });
    if (!doubted('logTooYoung')) {
      const params = { instanceId, begins: instance.begins, keyCreatedAt: evidence.oldKey.createdAt };
      items.push({ level: 'ok', code: 'logReaches', params });
    }
  }
  if (!doubted('incomplete', 'stillReading', 'callersSampled'))
    items.push({ level: 'ok', code: 'resultComplete', params: { instanceId } });
  const log = chosenLog(instance);
  if (log !== undefined) items.push({ level: 'note', code: 'chosenLog', params: { instanceId, log } });
  const last = lastCallOf(instance, evidence);
  const params = { instanceId, calls: oldKeyCalls, ...(last === undefined ? {} : { last }) };
  items.push({ level: 'note', code: 'oldKeyCalls', params });
  return items;
}

function newKeyItems(evidence: AuditEvidence): readonly EvidenceItem[] {
  if (evidence.newKeyId === undefined) return [];
  const calls = evidence.instances.reduce((sum, instance) => sum + instance.newKeyCalls, 0);
  const firsts = evidence.instances.flatMap((instance) => instance.newKeyFirst ?? []);
  const lasts = evidence.instances.flatMap((instance) => instance.newKeyLast ?? []);
  const params = {
    calls,
    ...(firsts.length === 0 ? {} : { first: Math.min(...firsts) }),
    ...(lasts.length === 0 ? {} : { last: Math.max(...lasts) }),
  };
  return [{ level: calls > 0 ? 'ok' : 'note', code: 'newKeyCalls', params }];
}

function callerItems(moves: readonly CallerMove[]): readonly EvidenceItem[] {
  if (moves.length === 0) return [];
  const callersOf = (matches: (move: CallerMove) => boolean) =>
    moves.filter(matches).map((move) => move.caller);
  const probably = callersOf((move) => move.state === 'probablyMoved');
  const refused = callersOf((move) => move.refused);
  const silent = callersOf((move) => move.state === 'silent' && !move.holds);
  const { moved, total } = migrationOf(moves);
  const items: EvidenceItem[] = [
    { level: moved === total ? 'ok' : 'note', code: 'callersMoved', params: { moved, total } },
  ];
  if (probably.length > 0)
    items.push({ level: 'note', code: 'probablyMoved', params: { callers: probably } });
  if (refused.length > 0) items.push({ level: 'note', code: 'refusedCallers', params: { callers: refused } });
  if (silent.length > 0) items.push({ level: 'note', code: 'silentCallers', params: { callers: silent } });
  for (const { caller, state, reason } of moves)
    if (state === 'retired' && reason !== undefined)
      items.push({ level: 'note', code: 'retiredCaller', params: { caller, reason } });
  return items;
}

function periodItems(moves: readonly CallerMove[], options: VerdictOptions): readonly EvidenceItem[] {
  const periodMs = quietPeriodOf(options);
  const waiting = moves
    .filter((move) => !move.holds && move.silentMs < move.neededMs)
    .map((move) => move.neededMs);
  const neededMs = Math.max(periodMs, ...waiting);
  return neededMs > periodMs
    ? [{ level: 'note', code: 'quietPeriodGrown', params: { neededMs, periodMs } }]
    : [];
}
