import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uncompressSync } from '../../../../src/cloud/audit/lz4Block';
import { encodeLz4Block } from '../../../simulator/lz4';

function decoded(raw: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(raw.length);
  return uncompressSync(Buffer.concat([size, encodeLz4Block(raw)]));
}

describe('LZ4 of the simulator', () => {
  it('decodes to what was encoded, and is smaller where texts repeat', () => {
    const repeated = fc
      .tuple(
        fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(3), { maxLength: 200 }),
      )
      .map(([parts, order]) => Buffer.concat(order.map((i) => parts[i % parts.length] ?? Buffer.alloc(0))));
    const any = fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(repeated, any), (raw) => {
        assert.ok(decoded(raw).equals(raw));
      }),
      { numRuns: 1000 },
    );
    const long = Buffer.from('{"useragent":"AlibabaCloud (linux; amd64) Java/17"},'.repeat(5000));
    assert.ok(encodeLz4Block(long).length < long.length / 50);
    assert.ok(decoded(long).equals(long));
  });

  it('ends with literals, as the format demands', () => {
    // A match may not reach into the last five bytes, nor begin in the last twelve.
    for (let length = 1; length < 64; length += 1) {
      const block = encodeLz4Block(Buffer.alloc(length, 97));
      const tail = block.subarray(-Math.min(5, length));
      assert.ok(
        [...tail].every((byte) => byte === 97),
        `${length}`,
      );
      if (length < 13) assert.equal(block.length, length + 1, `${length}`);
    }
  });
});
