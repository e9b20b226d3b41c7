import assert from 'node:assert/strict';
import fc from 'fast-check';
import { barHeight, countAxis, toBars } from '../../../src/webview/audit/bars';

const bucket = fc.record({ oldKey: fc.nat(1000), newKey: fc.nat(1000) });

describe('bars of the histogram', () => {
  it('are at most 90, keep order and edges, and lose no call', () => {
    fc.assert(
      fc.property(fc.array(bucket, { maxLength: 1000 }), (counts) => {
        const buckets = counts.map((count, index) => ({ ...count, from: index * 10, to: index * 10 + 10 }));
        const bars = toBars(buckets);
        assert.ok(bars.length <= 90);
        const sum = (all: readonly { oldKey: number; newKey: number }[]) =>
          all.map((one) => one.oldKey * 1e6 + one.newKey).reduce((a, b) => a + b, 0);
        assert.equal(sum(bars), sum(buckets));
        assert.deepEqual([bars[0]?.from, bars.at(-1)?.to], [buckets[0]?.from, buckets.at(-1)?.to]);
        for (const [index, bar] of bars.entries())
          assert.equal(bar.from, index === 0 ? bar.from : bars[index - 1]?.to);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('show a single call beside a million', () => {
    assert.equal(barHeight(0, 1e6, 64), 0);
    assert.equal(barHeight(1, 1e6, 64), 3);
    assert.equal(barHeight(1e6, 1e6, 64), 64);
  });

  it('have whole numbers on the axis of counts', () => {
    const bars = (count: number) => [{ from: 0, to: 1, oldKey: count, newKey: 0 }];
    assert.deepEqual(countAxis([]), { top: 1, marks: [1] });
    assert.deepEqual(countAxis(bars(1)), { top: 1, marks: [1] });
    assert.deepEqual(countAxis(bars(29)), { top: 29, marks: [10, 20] });
  });
});
