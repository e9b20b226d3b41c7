import assert from 'node:assert/strict';
import { timeMarks } from '../../../src/webview/audit/timeAxis';

const HOUR = 3_600_000;

describe('time axis', () => {
  for (const hours of [1, 24, 7 * 24, 30 * 24, 180 * 24]) {
    it(`has a few marks inside a range of ${hours} h, at round local times`, () => {
      const to = Date.UTC(2026, 10, 24, 10, 7, 3);
      const marks = timeMarks(to - hours * HOUR, to);
      assert.ok(marks.length >= 2 && marks.length <= 7, `${marks.length} marks`);
      for (const mark of marks) {
        assert.ok(mark >= to - hours * HOUR && mark < to);
        const local = new Date(mark);
        assert.equal(local.getSeconds() + (hours === 1 ? local.getMinutes() % 5 : local.getMinutes()), 0);
        if (hours > 48) assert.equal(local.getHours(), 0);
      }
    });
  }
});
