import assert from 'node:assert/strict';
import { DEFAULT_THRESHOLDS, expiryOf } from '../../../src/model/expiry';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);

function stateOf(left: number, thresholds = DEFAULT_THRESHOLDS) {
  return expiryOf({ notBefore: 0, notAfter: NOW + left * DAY }, NOW, thresholds).state;
}

describe('the state of a key', () => {
  it('is valid before 90 days, expiring from there, critical from 30 days, expired at its end', () => {
    const states = [90.01, 90, 30.01, 30, 7, 0.01, 0, -1].map((left) => stateOf(left));
    assert.deepEqual(states, [
      'valid',
      'expiring',
      'expiring',
      'critical',
      'critical',
      'critical',
      'expired',
      'expired',
    ]);
  });

  it('follows the thresholds of the settings, also where they stand in the wrong order', () => {
    const own = { expiringDays: 20, criticalDays: 5, finalDays: 1 };
    assert.deepEqual(
      [21, 20, 5].map((left) => stateOf(left, own)),
      ['valid', 'expiring', 'critical'],
    );
    const swapped = { expiringDays: 5, criticalDays: 20, finalDays: 1 };
    assert.deepEqual(
      [21, 20, 5].map((left) => stateOf(left, swapped)),
      ['valid', 'critical', 'critical'],
    );
  });

  it('is not yet valid before its beginning, whatever its end', () => {
    const { state } = expiryOf({ notBefore: NOW + 1, notAfter: NOW + DAY }, NOW);
    assert.equal(state, 'notYetValid');
  });
});
