import type { Accounts } from './accounts';
import { judgeKey } from './gateway';
import type { LogRow } from './log/auditLog';
import { type Call, rowOfCall } from './log/callRow';
import type { World } from './world';

export const DAY_MS = 24 * 60 * 60_000;
/** No two calls of an application are further apart in what is filled in. */
const LONGEST_GAP_MS = 10 * 60_000;

/**
 * The rows that an application's calls leave between two moments: at least one in every 10 minutes, with the fields
 * of `like`, each with the status that the gateway would have given then.
 */
export function rowsOfCalls(world: World, like: Call, from: number, to: number): LogRow[] {
  const rows: LogRow[] = [];
  for (let at = from + step(); at < to; at += step()) {
    const call: Call = { ...like, at: Math.floor(at), durationMs: 1 + Math.random() * 3 };
    const { outcome, key } = judgeKey(world, call.keyId, call.instanceId, call.at);
    rows.push(rowOfCall(world, call, outcome, key));
  }
  return rows;
}

/** Between 7 and 10 minutes: real calls are not on the clock. */
function step(): number {
  return LONGEST_GAP_MS * (0.7 + 0.3 * Math.random());
}

/** Moves server time by a day and fills in the calls of that day of every application that has called so far. */
export function goToNextDay(accounts: Accounts): void {
  const { clock } = accounts[0];
  const from = clock.now();
  clock.move(DAY_MS);
  for (const { world, log, callers } of accounts) {
    for (const call of callers.values()) {
      const instance = world.instances.find((each) => each.id === call.instanceId);
      if (instance?.logging) log.append(rowsOfCalls(world, call, from, from + DAY_MS));
    }
  }
}
