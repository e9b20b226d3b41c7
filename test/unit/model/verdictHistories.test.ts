import assert from 'node:assert/strict';
import fc from 'fast-check';
import { classKey } from '../../../src/model/callers';
import type { InstanceEvidence } from '../../../src/model/evidence';
import type { Verdict, VerdictOptions } from '../../../src/model/verdict';
import { verdictOf } from '../../../src/model/verdictOf';
import { DAY, HOUR, NOW, OLD } from './evidenceFixture';
import { classes, histories, options, statuses } from './histories';
import { type Entry, type History, readHistory } from './historyReader';

const RUNS = { seed: 20261124, numRuns: 10_000 };

const kindOf = (history: History, given: VerdictOptions) => verdictOf(readHistory(history), given).kind;

/** How often a property began and ended with which verdict: one that never sees *quiet* could not fail. */
function tally() {
  const counts = new Map<string, number>();
  return {
    count: (...kinds: readonly Verdict['kind'][]) => {
      const name = kinds.join(' > ');
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    assertAtLeast: (least: Readonly<Record<string, number>>) => {
      for (const [name, number] of Object.entries(least))
        assert.ok((counts.get(name) ?? 0) >= number, `${name}: ${JSON.stringify([...counts])}`);
    },
  };
}

const delivered = ({ entries, delayMs = 0 }: History): readonly Entry[] =>
  entries.filter(({ at }) => at > NOW - 180 * DAY && at + delayMs <= NOW);

/**
 * Whether the history has an entry of the old key within the quiet period, or within the rhythm of its class: one and a half
 * times its longest gap, of a class that moved at most 35 days. What the user marked as retired has no rhythm. Written
 * from the design alone, without the code that is tested.
 */
function isTooFresh(history: History, given: VerdictOptions): boolean {
  const entries = delivered(history);
  const old = entries.filter(({ keyId }) => keyId === OLD);
  const period = Math.max(HOUR, given.quietPeriodMs);
  if (old.some(({ at }) => NOW - at < period)) return true;
  const retired = given.retired
    .filter(({ reason }) => reason.trim() !== '')
    .map((one) => classKey(one.caller));
  return old.some(({ caller, instanceId }) => {
    if (retired.includes(classKey(caller))) return false;
    const ofClass = entries.filter((one) => isOfTheAap(one) && classKey(one.caller) === classKey(caller));
    const here = ofClass.filter((one) => one.instanceId === instanceId);
    const last = lastOfOldKey(here);
    const times = here.map(({ at }) => at).filter((at) => at <= last);
    times.sort((a, b) => a - b);
    const gap = Math.max(0, ...times.slice(1).map((at, index) => at - (times[index] ?? at)));
    const others = entries.filter(
      (one) =>
        one.keyId !== OLD &&
        one.caller.userAgent === caller.userAgent &&
        one.caller.api === caller.api &&
        one.caller.resource === caller.resource,
    );
    // A class on one network whose calls with the new key were all refused has not moved.
    const gotIn = (one: Entry) =>
      others.some((other) => other.status !== '401' && other.caller.network === one.caller.network);
    const moved = others.some((one) => one.at > lastOfOldKey(ofClass) && gotIn(one));
    return NOW - last < (moved ? Math.min(1.5 * gap, 35 * DAY) : 1.5 * gap);
  });
}

/** ms UTC; minus infinity of a key that was never seen. */
function lastOfOldKey(entries: readonly Entry[]): number {
  return Math.max(...entries.filter(({ keyId }) => keyId === OLD).map(({ at }) => at));
}

const isOfTheAap = ({ caller }: Entry) => caller.userAgent !== 'somebody';

describe('verdict, whatever happened', function () {
  this.timeout(120_000);

  it('is never quiet with an entry of the old key within the quiet period or the rhythm of its caller', () => {
    const seen = tally();
    let fresh = 0;
    fc.assert(
      fc.property(histories, options, (history, given) => {
        const kind = kindOf(history, given);
        seen.count(kind);
        if (!isTooFresh(history, given)) return;
        fresh += 1;
        assert.notEqual(kind, 'quiet');
      }),
      RUNS,
    );
    seen.assertAtLeast({ quiet: 1500, inUse: 1500, unknown: 1500 });
    assert.ok(fresh > 3000 && fresh < 9000, `${fresh}`);
  });

  it('is in use after one more entry of the old key within the quiet period, whatever its status', () => {
    const seen = tally();
    fc.assert(
      fc.property(
        histories,
        options,
        classes,
        statuses,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (history, given, caller, status, part) => {
          const delay = history.delayMs ?? 0;
          const last = lastOfOldKey(history.entries);
          const earliest = Math.max(last + 1, NOW - Math.max(HOUR, given.quietPeriodMs) + 1);
          const at = Math.ceil(earliest + (NOW - delay - earliest) * part);
          if (at > NOW - delay) return;
          const instanceId = history.instanceIds[0] ?? '';
          const added: Entry = { at, keyId: OLD, caller, status, instanceId };
          const more = { ...history, entries: [...history.entries, added] };
          const after = kindOf(more, given);
          seen.count(kindOf(history, given), after);
          assert.equal(after, 'inUse');
        },
      ),
      RUNS,
    );
    seen.assertAtLeast({ 'quiet > inUse': 1000, 'inUse > inUse': 1000, 'unknown > inUse': 1000 });
  });

  it('never becomes quiet by entries of other keys missing that are newer than its last one', () => {
    const seen = tally();
    fc.assert(
      fc.property(
        histories,
        options,
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        fc.constantFrom('some', 'newest', 'one'),
        fc.nat(),
        (history, given, pattern, which, where) => {
          const last = lastOfOldKey(delivered(history));
          if (last === Number.NEGATIVE_INFINITY) return;
          const newer = history.entries
            .filter(({ keyId, at }) => keyId !== OLD && at > last)
            .sort((a, b) => a.at - b.at);
          const gone = new Set(
            newer.filter((_, index) => {
              if (which === 'some') return pattern[index % pattern.length];
              if (which === 'newest') return index >= where % (newer.length + 1);
              return index === where % newer.length;
            }),
          );
          const less = { ...history, entries: history.entries.filter((entry) => !gone.has(entry)) };
          const [before, after] = [kindOf(history, given), kindOf(less, given)];
          seen.count(before, after);
          assert.ok(before === 'quiet' || after !== 'quiet', `${before} became ${after}`);
        },
      ),
      RUNS,
    );
    seen.assertAtLeast({ 'quiet > quiet': 300, 'quiet > unknown': 500, 'unknown > unknown': 1500 });
  });

  it('never becomes quiet by an answer being incomplete', () => {
    const seen = tally();
    const losses: readonly ((instance: InstanceEvidence) => InstanceEvidence)[] = [
      (instance) => ({ ...instance, complete: false }),
      (instance) => ({ ...instance, callersComplete: false }),
      (instance) => ({ ...instance, callersComplete: false, callersSampled: true }),
      (instance) => ({ ...instance, callersComplete: false, callers: instance.callers.slice(1) }),
      (instance) => ({ ...instance, callersComplete: false, callers: [] }),
      (instance) => ({ ...instance, complete: false, longestPauseMs: 0 }),
      (instance) => ({ ...instance, problem: 'failed' }),
    ];
    fc.assert(
      fc.property(histories, options, fc.constantFrom(...losses), fc.nat(), (history, given, lose, which) => {
        const chosen = history.instanceIds[which % history.instanceIds.length];
        const change = (instance: InstanceEvidence) =>
          instance.instanceId === chosen ? lose(instance) : instance;
        const [before, after] = [kindOf(history, given), kindOf({ ...history, change }, given)];
        seen.count(before, after);
        assert.notEqual(after, 'quiet');
      }),
      RUNS,
    );
    seen.assertAtLeast({ 'quiet > unknown': 1500, 'inUse > inUse': 1000, 'unknown > unknown': 1500 });
  });
});
