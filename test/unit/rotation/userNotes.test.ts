import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CallerClass } from '../../../src/model/evidence';
import { type KeptPlace, MAX_PLACE_TEXT } from '../../../src/model/rollout';
import type { Rotation } from '../../../src/model/rotation';
import { isRotationError, type VerdictReading } from '../../../src/rotation/index';
import { parseJournal } from '../../../src/rotation/journalRecord';
import { type Bench, createBench, DAY, HOUR, instanceEvidence, OLD_ID, START } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

const BILLING: CallerClass = {
  userAgent: 'Python billing-job',
  api: 'GetSecretValue',
  resource: 'db',
  network: '10.0.3.0/24',
};
const PLACE: KeptPlace = {
  id: 'own:1',
  state: 'open',
  at: START,
  service: 'billing-job',
  environment: 'production',
  owner: 'team billing',
  note: 'deployed on Tuesdays',
};

describe('what the user says of a rotation', () => {
  let bench: Bench;
  let rotation: Rotation;
  beforeEach(async () => {
    bench = createBench();
    rotation = await bench.rotations().start(bench.request());
    bench.effects.length = 0;
  });
  afterEach(() => bench.dispose());

  const journalFolder = () => path.join(bench.storage, 'rotations');
  const journalFile = () => {
    const name = readdirSync(journalFolder()).find((each) => each.startsWith(rotation.id));
    return path.join(journalFolder(), name ?? '');
  };
  /** Its last call is three days old, as the rest of the log, and it was never seen with the new key. */
  const withBilling = () => {
    bench.audit.instances = (now) => {
      const quiet = instanceEvidence(now, 3 * DAY);
      const use = {
        caller: BILLING,
        keyId: OLD_ID,
        calls: 3,
        first: now - 9 * DAY,
        last: now - 4 * DAY,
        longestGapMs: HOUR,
        statuses: { '200': 3 },
        addresses: ['10.0.3.9'],
      };
      return [{ ...quiet, callers: [...quiet.callers, use] }];
    };
  };

  describe('callers marked as retired', () => {
    it('count as that in the verdict, and in the one that the deletion reads itself', async () => {
      withBilling();
      const rotations = bench.rotations();
      const before = await rotations.verdict(rotation.id);
      assert.equal(before.verdict.kind, 'unknown');
      await assert.rejects(rotations.deleteOldKey(rotation.id, { typedKeyId: OLD_ID }), hasCode('notQuiet'));
      const marked = await rotations.markRetired(rotation.id, BILLING, '  switched off in October ');
      assert.deepEqual(marked.retired, [
        { caller: BILLING, reason: 'switched off in October', at: bench.service.present },
      ]);
      assert.equal((await rotations.verdict(rotation.id)).verdict.kind, 'quiet');
      await rotations.unmarkRetired(rotation.id, BILLING);
      await assert.rejects(rotations.deleteOldKey(rotation.id, { typedKeyId: OLD_ID }), hasCode('notQuiet'));
      await rotations.markRetired(rotation.id, BILLING, 'switched off');
      const deleted = await rotations.deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
      assert.equal(deleted.state, 'deleted');
      assert.equal(deleted.retired[0]?.reason, 'switched off');
    });

    it('are marked once each, exactly as the log names them, and only with a reason', async () => {
      const rotations = bench.rotations();
      const long = { ...BILLING, userAgent: `\u202e<b>${'x'.repeat(10_000)}` };
      await rotations.markRetired(rotation.id, BILLING, 'first');
      await rotations.markRetired(rotation.id, long, 'hostile');
      const { retired } = await rotations.markRetired(rotation.id, BILLING, 'second');
      assert.deepEqual(
        retired.map(({ caller, reason }) => [caller, reason]),
        [
          [long, 'hostile'],
          [BILLING, 'second'],
        ],
      );
      await assert.rejects(rotations.markRetired(rotation.id, BILLING, ' \n '), hasCode('markWithoutReason'));
      const tooLong = 'r'.repeat(1001);
      await assert.rejects(rotations.markRetired(rotation.id, BILLING, tooLong), hasCode('markTooLong'));
      assert.deepEqual((await rotations.get(rotation.id)).retired, retired);
    });

    it('do not change a rotation that is over: they are part of its receipt', async () => {
      const rotations = bench.rotations();
      await rotations.markRetired(rotation.id, BILLING, 'gone');
      const { revision } = await rotations.deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
      await assert.rejects(rotations.markRetired(rotation.id, BILLING, 'late'), hasCode('wrongState'));
      await assert.rejects(rotations.unmarkRetired(rotation.id, BILLING), hasCode('wrongState'));
      await assert.rejects(rotations.keepPlace(rotation.id, PLACE), hasCode('wrongState'));
      await assert.rejects(rotations.removePlace(rotation.id, PLACE.id), hasCode('wrongState'));
      const after = await rotations.get(rotation.id);
      assert.deepEqual([after.revision, after.retired[0]?.reason], [revision, 'gone']);
    });
  });

  describe('places of the roll-out list', () => {
    it('are kept, changed in their place and removed; what changes nothing writes nothing', async () => {
      const rotations = bench.rotations();
      await rotations.keepPlace(rotation.id, PLACE);
      await rotations.keepPlace(rotation.id, { id: 'workspace:/w', state: 'done', at: START });
      const done = await rotations.keepPlace(rotation.id, { ...PLACE, state: 'done' });
      assert.deepEqual(done.places, [
        { ...PLACE, state: 'done' },
        { id: 'workspace:/w', state: 'done', at: START },
      ]);
      const removed = await rotations.removePlace(rotation.id, PLACE.id);
      assert.deepEqual(
        removed.places.map(({ id }) => id),
        ['workspace:/w'],
      );
      const again = await rotations.removePlace(rotation.id, PLACE.id);
      assert.equal(again.revision, removed.revision);
    });

    it('of two windows are all kept, or the later one is told that another window is at it', async () => {
      const windows = [bench.rotations(), bench.rotations()];
      const results = await Promise.allSettled(
        windows.map((rotations, index) => rotations.keepPlace(rotation.id, { ...PLACE, id: `own:${index}` })),
      );
      const kept = results.flatMap((result, index) =>
        result.status === 'fulfilled' ? [`own:${index}`] : [],
      );
      assert.ok(kept.length > 0);
      for (const result of results)
        if (result.status === 'rejected') assert.ok(hasCode('busy')(result.reason), String(result.reason));
      for (const rotations of windows)
        assert.deepEqual((await rotations.get(rotation.id)).places.map(({ id }) => id).sort(), kept);
      await windows[1]?.keepPlace(rotation.id, { ...PLACE, id: 'own:2' });
      await windows[0]?.keepPlace(rotation.id, { ...PLACE, id: 'own:3' });
      const { places } = await bench.rotations().get(rotation.id);
      assert.deepEqual(places.map(({ id }) => id).sort(), [...kept, 'own:2', 'own:3']);
    });

    it('too long a text or a list without end is refused, and the journal stays as it was', async () => {
      const rotations = bench.rotations();
      const note = 'n'.repeat(MAX_PLACE_TEXT + 1);
      await assert.rejects(rotations.keepPlace(rotation.id, { ...PLACE, note }), hasCode('journalRefused'));
      const before = readFileSync(journalFile(), 'utf8');
      const many = Array.from({ length: 500 }, (_, index) => ({ ...PLACE, id: `own:${index}` }));
      writeFileSync(journalFile(), JSON.stringify({ ...JSON.parse(before), places: many }));
      await assert.rejects(
        rotations.keepPlace(rotation.id, { ...PLACE, id: 'own:more' }),
        hasCode('journalRefused'),
      );
      assert.equal((await rotations.get(rotation.id)).places.length, 500);
    });
  });

  it('is empty in a journal from before, and a damaged note sets the journal aside as it is', async () => {
    const rotations = bench.rotations();
    const { retired, places, ...older } = JSON.parse(readFileSync(journalFile(), 'utf8'));
    assert.deepEqual([retired, places], [undefined, undefined]);
    const read = await rotations.get(rotation.id);
    assert.deepEqual([read.retired, read.places], [[], []]);
    for (const damaged of [
      { places: [{ ...PLACE, state: 'finished' }] },
      { places: [{ ...PLACE, service: 7 }] },
      { places: [{ state: 'open', at: START }] },
      { places: {} },
      { retired: [{ caller: BILLING, reason: '', at: START }] },
      { retired: [{ caller: { userAgent: 'x' }, reason: 'r', at: START }] },
      { retired: null },
    ])
      assert.equal(
        parseJournal(JSON.stringify({ ...older, ...damaged })),
        'damaged',
        JSON.stringify(damaged),
      );
    const bytes = JSON.stringify({ ...older, places: {} });
    writeFileSync(journalFile(), bytes);
    assert.deepEqual(await rotations.list(), []);
    assert.equal((await rotations.problems())[0]?.reason, 'damaged');
    await assert.rejects(rotations.keepPlace(rotation.id, PLACE), hasCode('journalDamaged'));
    assert.equal(readFileSync(journalFile(), 'utf8'), bytes);
  });

  it('a verdict is told first from the figures, by the same rules', async () => {
    bench.audit.instances = (now) => [instanceEvidence(now, HOUR)];
    const readEvidence = bench.audit.readEvidence;
    bench.audit.readEvidence = async (request, signal, onFigures) => {
      const evidence = await readEvidence(request, signal);
      const instances = evidence.instances.map((one) => ({ ...one, callers: [], callersComplete: false }));
      onFigures?.({ ...evidence, instances });
      return evidence;
    };
    const figures: VerdictReading[] = [];
    const reading = await bench.rotations().verdict(rotation.id, undefined, (each) => figures.push(each));
    assert.deepEqual(
      figures.map(({ verdict }) => verdict.kind),
      ['inUse'],
    );
    assert.deepEqual(figures[0]?.evidence.instances[0]?.callers, []);
    assert.equal(reading.verdict.kind, 'inUse');
  });

  it('the journal keeps of a deletion what a later receipt needs', async () => {
    const { deletion } = await bench.rotations().deleteOldKey(rotation.id, { typedKeyId: OLD_ID });
    const now = bench.service.present;
    assert.equal(deletion?.requestId, 'request-delete');
    assert.deepEqual(deletion?.evidence, {
      readAt: now,
      since: now - 3 * DAY,
      calls: 1000,
      lastCall: now - 3 * DAY,
      logs: ['kms-log-kst-hzz65f0000000000abcde/kms_audit_log'],
      requestIds: ['request-log'],
    });
  });

  it('a deletion whose answer was lost keeps the evidence of the call that was sent', async () => {
    const rotations = bench.rotations();
    bench.service.trouble.delete = 'lostBefore';
    const request = { typedKeyId: OLD_ID };
    await assert.rejects(rotations.deleteOldKey(rotation.id, request), hasCode('deletionUnanswered'));
    bench.service.keys.delete(OLD_ID);
    const { deletion } = await rotations.deleteOldKey(rotation.id, request);
    assert.equal(deletion?.verdict, 'quiet');
    assert.equal(deletion?.evidence?.calls, 1000);
  });
});
