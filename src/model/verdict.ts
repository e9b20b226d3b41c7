import type { CallerClass } from './evidence';

/** Why a verdict is *unknown*; each is one sentence in the view. `instanceId` where the reason belongs to one instance. */
export interface UnknownReason {
  readonly code:
    | 'stillReading'
    | 'callersSampled'
    | 'logNotBought'
    | 'noPermission'
    | 'projectMissing'
    | 'logStoreMissing'
    | 'indexMissing'
    | 'readFailed'
    | 'incomplete'
    | 'noInstance'
    | 'sharedGateway'
    | 'logEmpty'
    | 'logTooYoung'
    | 'logNotAlive'
    | 'nothingLogged'
    | 'chosenLogUnproven'
    | 'callersNotMoved'
    | 'notQuietLongEnough';
  readonly instanceId?: string;
  /** ms UTC: beginning of a log too young, newest entry of a log that stopped, last call of a key not quiet long enough. */
  readonly at?: number;
  /** ms: the pause of a log not alive, the quiet time that is needed. */
  readonly durationMs?: number;
  /** Of a key not quiet long enough: how long it has been quiet, ms, and when that is enough at the earliest, ms UTC. */
  readonly quietMs?: number;
  readonly until?: number;
  readonly callers?: readonly CallerClass[];
  /** What the service said, or the name of the log that was chosen. */
  readonly detail?: string;
}

/** May a key be deleted? Words first: *in use*, *quiet since*, *unknown because*. Times in ms UTC. */
export type Verdict =
  | {
      readonly kind: 'inUse';
      readonly readAt: number;
      readonly lastCall: number;
      /** Those that deletion would break: not moved, or retired and calling all the same. */
      readonly callers: readonly CallerClass[];
    }
  | {
      readonly kind: 'quiet';
      readonly readAt: number;
      readonly since: number;
      readonly quietMs: number;
      readonly neededMs: number;
      /** Logs that were chosen by hand and are believed, by name; empty where all are those that KMS makes. */
      readonly chosenLogs: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly readAt: number; readonly reasons: readonly UnknownReason[] };

export interface VerdictOptions {
  /** At least one hour; default 24 h. ms. */
  readonly quietPeriodMs: number;
  /** Caller classes that the user marked as retired, with the reason. */
  readonly retired: readonly { readonly caller: CallerClass; readonly reason: string }[];
}
