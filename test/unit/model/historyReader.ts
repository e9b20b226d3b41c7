import { LONG_PAUSE_MS } from '../../../src/model/callers';
import type { AuditEvidence, CallerClass, CallerUse, InstanceEvidence } from '../../../src/model/evidence';
import { DAY, evidence, NEW, NOW, OLD } from './evidenceFixture';

/** One entry of a log. `at` in ms UTC. */
export interface Entry {
  readonly at: number;
  readonly keyId: string;
  readonly caller: CallerClass;
  readonly status: string;
  readonly instanceId: string;
}

/** Everything that happened, and how it is read. */
export interface History {
  readonly entries: readonly Entry[];
  readonly instanceIds: readonly string[];
  readonly createdAt: number;
  /** The service's present, ms UTC; `NOW` unless said otherwise. */
  readonly readAt?: number;
  /** An entry can be read only so long after it happened, ms. */
  readonly delayMs?: number;
  readonly sharedGateway?: boolean;
  readonly change?: (instance: InstanceEvidence) => InstanceEvidence;
}

/** Keys of the AAP; anybody else's only show that the log is alive. */
const OF_THE_AAP: readonly string[] = [OLD, NEW];
const RETENTION = 180 * DAY;

/** What a reader says that tells the truth and knows every entry: the plainest one that there can be. */
export function readHistory(history: History): AuditEvidence {
  const { readAt = NOW, delayMs = 0, createdAt } = history;
  const readable = history.entries
    .filter(({ at }) => at > readAt - RETENTION && at + delayMs <= readAt)
    .sort((a, b) => a.at - b.at);
  const unchanged = (instance: InstanceEvidence) => instance;
  return evidence({
    readAt,
    oldKey: { id: OLD, createdAt, notAfter: readAt + 12 * DAY },
    sharedGateway: history.sharedGateway ?? false,
    instances: history.instanceIds
      .map((instanceId) =>
        readInstance(
          instanceId,
          readable.filter((entry) => entry.instanceId === instanceId),
          createdAt,
          readAt,
        ),
      )
      .map(history.change ?? unchanged),
  });
}

function readInstance(
  instanceId: string,
  entries: readonly Entry[],
  createdAt: number,
  readAt: number,
): InstanceEvidence {
  const begins = entries[0]?.at;
  const old = entries.filter(({ keyId }) => keyId === OLD);
  const fresh = entries.filter(({ keyId }) => keyId === NEW);
  const oldKeyLast = old.at(-1)?.at;
  const since = oldKeyLast ?? Math.max(createdAt, begins ?? 0);
  const times = entries.map(({ at }) => at);
  const pauses = pausesOf([...times, readAt]);
  return {
    instanceId,
    project: `kms-log-${instanceId}`,
    logStore: 'kms_audit_log',
    ...(begins === undefined ? {} : { begins, newestAny: entries.at(-1)?.at ?? begins }),
    oldKeyCalls: old.length,
    ...(oldKeyLast === undefined ? {} : { oldKeyLast }),
    newKeyCalls: fresh.length,
    longestPauseMs: longest(pausesOf([since, ...times.filter((at) => at > since), readAt])),
    longPauses: pauses.filter(({ from, to }) => to - from > LONG_PAUSE_MS),
    complete: true,
    callers: callersOf(entries.filter(({ keyId }) => OF_THE_AAP.includes(keyId))),
    callersComplete: true,
  };
}

function callersOf(entries: readonly Entry[]): readonly CallerUse[] {
  const uses = new Map<string, { use: CallerUse; class: string }>();
  const calls = new Map<string, number[]>();
  for (const { at, keyId, caller, status } of entries) {
    const name = Object.values(caller).join(' ');
    const times = calls.get(name);
    if (times === undefined) calls.set(name, [at]);
    else times.push(at);
    const before = uses.get(`${keyId} ${name}`)?.use;
    uses.set(`${keyId} ${name}`, {
      class: name,
      use: {
        caller,
        keyId,
        calls: (before?.calls ?? 0) + 1,
        first: before?.first ?? at,
        last: at,
        longestGapMs: 0,
        statuses: { ...before?.statuses, [status]: (before?.statuses[status] ?? 0) + 1 },
        addresses: [],
      },
    });
  }
  return [...uses.values()].map(({ use, class: name }) => ({
    ...use,
    longestGapMs: longest(pausesOf((calls.get(name) ?? []).filter((at) => at <= use.last))),
  }));
}

function pausesOf(times: readonly number[]): readonly { from: number; to: number }[] {
  return times.slice(1).map((to, index) => ({ from: times[index] ?? to, to }));
}

function longest(pauses: readonly { from: number; to: number }[]): number {
  return pauses.reduce((most, { from, to }) => Math.max(most, to - from), 0);
}
