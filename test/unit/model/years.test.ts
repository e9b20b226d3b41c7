import assert from 'node:assert/strict';
import { addYears } from '../../../src/model/years';

describe('addYears', () => {
  it('counts by the calendar and never further than asked', () => {
    assert.equal(addYears(Date.UTC(2026, 10, 24, 12), 5), Date.UTC(2031, 10, 24, 12));
    assert.equal(addYears(Date.UTC(2024, 1, 29, 7), 1), Date.UTC(2025, 1, 28, 7));
    assert.equal(addYears(Date.UTC(2024, 1, 29, 7), 4), Date.UTC(2028, 1, 29, 7));
  });
});
