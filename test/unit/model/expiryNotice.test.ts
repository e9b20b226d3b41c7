import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_THRESHOLDS, type ExpiryThresholds } from '../../../src/model/expiry';
import { dueNotice, type NoticeRecord } from '../../../src/model/expiryNotice';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);

/** A key with so many days left. */
function key(left: number) {
  return { notBefore: NOW - 400 * DAY, notAfter: NOW + left * DAY };
}

describe('which threshold of a key is told', () => {
  const cases: [string, number, NoticeRecord, number | undefined][] = [
    ['none before the first threshold', 90.01, {}, undefined],
    ['the first one when it is reached', 90, {}, 90],
    ['the second one', 30, {}, 30],
    ['the last one', 7, {}, 7],
    ['only the nearest, when several were passed unseen', 3, {}, 7],
    ['that it has expired', 0, {}, 0],
    ['that it has expired, when it is still news', -6.9, {}, 0],
    ['nothing of a key that expired long ago', -7, {}, undefined],
    ['no threshold twice', 29, { toldDays: 30 }, undefined],
    ['no farther one after a nearer one', 60, { toldDays: 30 }, undefined],
    ['the next one after a farther one', 7, { toldDays: 30 }, 7],
    ['the end after the last threshold', -1, { toldDays: 7 }, 0],
    ['the end only once', -1, { toldDays: 0 }, undefined],
    [
      'nothing while it is snoozed, not even a nearer one',
      7,
      { toldDays: 30, snoozedUntil: NOW + 1 },
      undefined,
    ],
    ['the same one again after a snooze', 29, { toldDays: 30, snoozedUntil: NOW }, 30],
    ['nothing of a key that is silenced', 0, { silenced: true }, undefined],
  ];
  for (const [what, left, record, expected] of cases)
    it(what, () => assert.equal(dueNotice(key(left), NOW, DEFAULT_THRESHOLDS, record), expected));

  it('nothing of a key whose life has not begun', () => {
    assert.equal(
      dueNotice({ notBefore: NOW + 1, notAfter: NOW + 5 * DAY }, NOW, DEFAULT_THRESHOLDS),
      undefined,
    );
  });

  it('a threshold that the user has moved nearer', () => {
    const moved = { ...DEFAULT_THRESHOLDS, criticalDays: 20 };
    assert.equal(dueNotice(key(20), NOW, moved, { toldDays: 30 }), 20);
    const farther = { ...DEFAULT_THRESHOLDS, criticalDays: 40 };
    assert.equal(dueNotice(key(35), NOW, farther, { toldDays: 30 }), undefined);
  });

  it('once for each threshold over the life of a key, whatever their order and whenever somebody looks', () => {
    const days = fc.integer({ min: 1, max: 400 });
    const steps = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(days, days, days, steps, (one, other, third, looks) => {
        const thresholds: ExpiryThresholds = { expiringDays: one, criticalDays: other, finalDays: third };
        const { notBefore, notAfter } = key(450);
        let record: NoticeRecord = {};
        let now = NOW;
        const told: number[] = [];
        for (const step of looks) {
          now += step * DAY;
          const left = (notAfter - now) / DAY;
          const due = dueNotice({ notBefore, notAfter }, now, thresholds, record);
          const passed = [one, other, third, 0].filter((threshold) => left <= threshold);
          if (due !== undefined) {
            assert.equal(due, Math.min(...passed));
            told.push(due);
            record = { toldDays: due };
          } else if (passed.length > 0 && left > -7) assert.equal(told.at(-1), Math.min(...passed));
        }
        assert.deepEqual(
          told,
          [...new Set(told)].sort((a, b) => b - a),
        );
      }),
    );
  });
});
