import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compress, uncompress, uncompressSync } from '../../../../src/cloud/audit/lz4Block';

/** A block with its raw size before it, as the log SDK hands it over. */
function block(size: number, ...bytes: number[]): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(size);
  return Buffer.concat([head, Buffer.from(bytes)]);
}

const text = (value: string) => [...Buffer.from(value)];

describe('LZ4 block', () => {
  it('reads literals alone', () => {
    assert.equal(uncompressSync(block(5, 0x50, ...text('hello'))).toString(), 'hello');
    assert.equal(uncompressSync(block(0, 0)).length, 0);
  });

  it('reads a match that runs into what it writes', () => {
    // One literal, a match of 4 + 15 + 3 bytes at distance 1, five literals.
    const bytes = block(28, 0x1f, ...text('a'), 1, 0, 3, 0x50, ...text('bcdef'));
    assert.equal(uncompressSync(bytes).toString(), `${'a'.repeat(23)}bcdef`);
  });

  it('reads lengths of several bytes', () => {
    const literals = 'x'.repeat(15 + 255 + 7);
    assert.equal(
      uncompressSync(block(literals.length, 0xf0, 255, 7, ...text(literals))).toString(),
      literals,
    );
  });

  it('reads what the reference implementation writes', async () => {
    const written =
      'aQMAAPAQdGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIB8AkWxhenkgZG9nOw4ADy0A/9kfeAEA/xnwEnsiYSI6WzEsMiwzXSwiYiI6IktBQVAuNjZhYmYyMzcifQ==';
    const expected = `${'the quick brown fox jumps over the lazy dog; '.repeat(12)}${'x'.repeat(300)}{"a":[1,2,3],"b":"KAAP.66abf237"}`;
    assert.equal((await uncompress(Buffer.from(written, 'base64'))).toString(), expected);
  });

  for (const [name, bytes] of [
    ['a cut size', Buffer.from([1, 0])],
    ['cut literals', block(5, 0x50, ...text('hel'))],
    ['a cut length', block(300, 0xf0, 255)],
    ['a missing distance', block(30, 0x1f, ...text('a'), 1)],
    ['a distance of nothing', block(28, 0x1f, ...text('a'), 0, 0, 3, 0x50, ...text('bcdef'))],
    ['a distance before the begin', block(28, 0x1f, ...text('a'), 2, 0, 3, 0x50, ...text('bcdef'))],
    ['more than it says', block(4, 0x50, ...text('hello'))],
    ['less than it says', block(6, 0x50, ...text('hello'))],
    ['an impossible size', block(0xffffffff, 0x50, ...text('hello'))],
  ] as const)
    it(`refuses ${name}`, () => assert.throws(() => uncompressSync(bytes), /damaged/));

  it('ends on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 300 }), (bytes, size) => {
        try {
          assert.equal(uncompressSync(block(size, ...bytes)).length, size);
        } catch (error) {
          assert.match(String(error), /damaged/);
        }
      }),
    );
  });

  it('does not write', () => assert.rejects(compress(), /not supported/));
});
