import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuditEvidence, CallerUse, InstanceEvidence } from '../../../src/model/evidence';
import type { Verdict, VerdictOptions } from '../../../src/model/verdict';
import { verdictOf } from '../../../src/model/verdictOf';
import { ago, caller, DAY, evidence, HOUR, MINUTE, NEW, NOW, OLD, use } from './evidenceFixture';

const RUNS = { seed: 20261124, numRuns: 1500 };

/** A time so long ago, with short and long times equally likely. */
const times = (from: number, to: number) =>
  fc
    .double({ min: Math.log(from), max: Math.log(to), noNaN: true })
    .map((exponent) => Math.round(ago(Math.exp(exponent))));

const gaps = fc.oneof(
  { weight: 3, arbitrary: fc.constant(10 * MINUTE) },
  fc.integer({ min: 0, max: 60 * DAY }),
);
const classes = fc.constantFrom(
  caller('order-svc'),
  caller('order-svc', '10.0.7.0/24'),
  caller('billing-job'),
  caller('month-end'),
);

/** One class with the old key, and usually with the new one afterwards. */
const callerUses: fc.Arbitrary<readonly CallerUse[]> = fc
  .record({ who: classes, last: times(HOUR, 100 * DAY), gap: gaps, moved: fc.integer({ min: 0, max: 4 }) })
  .map(({ who, last, gap, moved }) => {
    const old = use(who, OLD, last, { longestGapMs: gap });
    return moved === 0
      ? [old]
      : [old, use(who, NEW, (last * (4 - moved) + NOW * moved) / 4, { longestGapMs: gap })];
  });

const instances: fc.Arbitrary<InstanceEvidence> = fc
  .record({
    instanceId: fc.constantFrom('kst-1', 'kst-2'),
    begins: fc.oneof({ weight: 3, arbitrary: fc.constant(ago(180 * DAY)) }, times(DAY, 180 * DAY)),
    newestAny: times(MINUTE, 12 * HOUR),
    pause: fc.oneof(
      { weight: 2, arbitrary: fc.constant(20 * MINUTE) },
      fc.integer({ min: 0, max: 10 * DAY }),
    ),
    lists: fc.array(callerUses, { maxLength: 3 }),
    newKeyCalls: fc.integer({ min: 0, max: 3 }),
    complete: fc.integer({ min: 0, max: 9 }),
    callersComplete: fc.integer({ min: 0, max: 9 }),
    problem: fc.option(fc.constantFrom('notBought' as const, 'noPermission' as const, 'failed' as const), {
      freq: 12,
    }),
  })
  .map(({ instanceId, lists, pause, complete, callersComplete, problem, ...rest }) => {
    const callers = lists.flat();
    const oldLasts = callers.filter((one) => one.keyId === OLD).map((one) => one.last);
    return {
      ...rest,
      instanceId,
      project: `kms-log-${instanceId}`,
      logStore: 'kms_audit_log',
      longestPauseMs: pause,
      oldKeyCalls: oldLasts.length,
      ...(oldLasts.length === 0 ? {} : { oldKeyLast: Math.max(...oldLasts) }),
      complete: complete > 0,
      callers,
      callersComplete: callersComplete > 0,
      // The generator's null stands for "no problem", most of the time.
      ...(problem === null || complete > 1 ? {} : { problem }),
    };
  });

const readings: fc.Arbitrary<AuditEvidence> = fc
  .record({
    instances: fc.array(instances, { minLength: 1, maxLength: 2 }),
    sharedGateway: fc.integer({ min: 0, max: 9 }),
    created: times(HOUR, 400 * DAY),
  })
  .map(({ instances: list, sharedGateway, created }) =>
    evidence({
      instances: list,
      sharedGateway: sharedGateway === 0,
      oldKey: { id: OLD, createdAt: created, notAfter: NOW + 12 * DAY },
    }),
  );

const optionsArbitrary: fc.Arbitrary<VerdictOptions> = fc.record({
  quietPeriodMs: fc.constantFrom(0, HOUR, DAY, 7 * DAY),
  retired: fc.array(fc.record({ caller: classes, reason: fc.constantFrom('gone', ' ') }), { maxLength: 1 }),
});

/** Changes one instance of a reading. */
function change(
  reading: AuditEvidence,
  which: number,
  edit: (instance: InstanceEvidence) => InstanceEvidence,
): AuditEvidence {
  const index = which % reading.instances.length;
  return {
    ...reading,
    instances: reading.instances.map((instance, at) => (at === index ? edit(instance) : instance)),
  };
}

describe('verdict, whatever the evidence', function () {
  this.timeout(60_000);

  it('is tried on readings of every kind', () => {
    const kinds: Record<Verdict['kind'], number> = { inUse: 0, quiet: 0, unknown: 0 };
    fc.assert(
      fc.property(readings, optionsArbitrary, (reading, options) => {
        kinds[verdictOf(reading, options).kind]++;
      }),
      RUNS,
    );
    for (const [kind, count] of Object.entries(kinds))
      assert.ok(count >= RUNS.numRuns / 20, `${kind}: ${count} of ${RUNS.numRuns}`);
  });

  it('is in use with an entry of the old key within the quiet period, however it is told', () => {
    fc.assert(
      fc.property(
        readings,
        optionsArbitrary,
        fc.nat(),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.boolean(),
        classes,
        (reading, options, which, part, asCaller, who) => {
          const at = NOW - part * Math.max(HOUR, options.quietPeriodMs);
          const used = change(reading, which, (instance) =>
            asCaller
              ? { ...instance, callers: [...instance.callers, use(who, OLD, at)] }
              : { ...instance, oldKeyLast: at },
          );
          assert.equal(verdictOf(used, options).kind, 'inUse');
        },
      ),
      RUNS,
    );
  });

  it('never becomes quiet, nor less in use, by something being incomplete', () => {
    fc.assert(
      fc.property(readings, optionsArbitrary, fc.nat(), fc.boolean(), (reading, options, which, rows) => {
        const less = change(reading, which, (instance) =>
          rows ? { ...instance, complete: false } : { ...instance, callersComplete: false },
        );
        const before = verdictOf(reading, options).kind;
        assert.equal(verdictOf(less, options).kind, before === 'inUse' ? 'inUse' : 'unknown');
      }),
      RUNS,
    );
  });

  it('never becomes quiet by entries of other keys missing', () => {
    fc.assert(
      fc.property(
        readings,
        optionsArbitrary,
        fc.nat(),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (reading, options, which, kept, part) => {
          // Without them callers have not moved, the log ends earlier, begins later and has longer pauses.
          const less = change(reading, which, (instance) => {
            const { oldKeyLast, newestAny = NOW, begins = NOW } = instance;
            const newest = Math.max(oldKeyLast ?? begins, newestAny - part * 5 * DAY);
            return {
              ...instance,
              callers: instance.callers.filter((one, at) => one.keyId === OLD || kept[at] === true),
              newKeyCalls: 0,
              newestAny: newest,
              begins: oldKeyLast === undefined ? Math.min(newest, begins + part * DAY) : begins,
              longestPauseMs: instance.longestPauseMs + part * DAY,
            };
          });
          const before = verdictOf(reading, options).kind;
          const after = verdictOf(less, options).kind;
          assert.ok(before === 'quiet' || after !== 'quiet', `${before} became ${after}`);
          assert.equal(after === 'inUse', before === 'inUse');
        },
      ),
      RUNS,
    );
  });

  it('never becomes quiet by a longer quiet period, or by a mark that is taken back', () => {
    fc.assert(
      fc.property(
        readings,
        optionsArbitrary,
        fc.integer({ min: 0, max: 30 * DAY }),
        (reading, options, more) => {
          const stricter = { quietPeriodMs: options.quietPeriodMs + more, retired: [] };
          if (verdictOf(reading, options).kind !== 'quiet')
            assert.notEqual(verdictOf(reading, stricter).kind, 'quiet');
        },
      ),
      RUNS,
    );
  });

  it('says why whenever it is unknown, and how quiet whenever it is quiet', () => {
    fc.assert(
      fc.property(readings, optionsArbitrary, (reading, options) => {
        const verdict = verdictOf(reading, options);
        if (verdict.kind === 'unknown') assert.ok(verdict.reasons.length > 0);
        if (verdict.kind === 'quiet') {
          assert.ok(verdict.quietMs >= verdict.neededMs);
          assert.ok(verdict.neededMs >= Math.max(HOUR, options.quietPeriodMs));
          assert.ok(verdict.since < NOW);
        }
      }),
      RUNS,
    );
  });
});
