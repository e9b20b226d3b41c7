import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestOf, pausesBetween } from '../../../../src/cloud/audit/pauses';

/** Buckets of one width over [0, end), with the counts of these moments. */
function bucketsOf(moments: readonly number[], width: number, end: number) {
  return Array.from({ length: Math.ceil(end / width) }, (_, i) => ({
    from: i * width,
    to: Math.min((i + 1) * width, end),
    count: moments.filter((at) => Math.floor(at / width) === i).length,
  }));
}

describe('pauses of a log', () => {
  it('is the whole time where nothing was logged', () => {
    assert.equal(longestOf(pausesBetween(bucketsOf([], 10, 100), 20, undefined, 100)).upper, 80);
  });

  it('counts the time up to the present', () => {
    assert.equal(longestOf(pausesBetween(bucketsOf([1, 12], 10, 100), 0, 12, 95)).upper, 83);
  });

  it('is never less than the real pause, and more by two buckets at most', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 599 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 0, max: 200 }),
        (unsorted, width, later) => {
          const moments = [...unsorted].sort((a, b) => a - b);
          const newest = moments.at(-1) ?? 0;
          const present = newest + later;
          const points = [0, ...moments, present];
          const real = Math.max(...points.slice(1).map((at, i) => at - (points[i] ?? 0)));
          const pause = longestOf(pausesBetween(bucketsOf(moments, width, newest + 1), 0, newest, present));
          assert.ok(pause.upper >= real, `${pause.upper} < ${real}`);
          assert.ok(pause.lower <= real, `${pause.lower} > ${real}`);
          assert.ok(pause.upper <= real + 2 * width, `${pause.upper} > ${real} + 2 * ${width}`);
        },
      ),
    );
  });
});
