import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rewrite } from '../../../src/references/rewrite';
import { decodeText } from '../../../src/references/textFile';

describe('the text of a file', () => {
  const cases: readonly [string, Buffer, string, string][] = [
    ['UTF-8', Buffer.from('ä密钥😀'), 'utf8', 'ä密钥😀'],
    ['UTF-8 with byte order mark', Buffer.from('\ufeffä'), 'utf8', 'ä'],
    ['UTF-16LE', Buffer.from('\ufeffä', 'utf16le'), 'utf16le', 'ä'],
    ['UTF-16BE', Buffer.from('\ufeffä', 'utf16le').swap16(), 'utf16be', 'ä'],
    ['GBK', Buffer.from([0xc3, 0xdc]), 'latin1', 'ÃÜ'],
    ['UTF-16 cut in the middle', Buffer.from([0xff, 0xfe, 0x41]), 'latin1', 'ÿþA'],
  ];
  for (const [name, bytes, encoding, text] of cases)
    it(`is read from ${name}`, () => {
      const file = decodeText(bytes);
      assert.deepEqual([file.encoding, file.text], [encoding, text]);
    });

  it('comes back byte for byte, whatever the bytes', () => {
    const start = fc.constantFrom([], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]);
    fc.assert(
      fc.property(start, fc.uint8Array(), (mark, rest) => {
        const bytes = Buffer.concat([Buffer.from(mark), rest]);
        const file = decodeText(bytes);
        assert.deepEqual(file.encode(file.text), bytes);
      }),
      { seed: 20, numRuns: 1000 },
    );
  });

  it('refuses a character that its encoding lacks, and edits that overlap', () => {
    const bytes = Buffer.from([0x61, 0xff]);
    const file = decodeText(bytes);
    assert.equal(rewrite(bytes, file, [{ start: 0, end: 1, raw: '密' }]), undefined);
    assert.deepEqual(
      rewrite(bytes, file, [{ start: 0, end: 1, raw: 'é' }])?.bytes,
      Buffer.from([0xe9, 0xff]),
    );
    const overlapping = [
      { start: 0, end: 2, raw: 'x' },
      { start: 1, end: 2, raw: 'y' },
    ];
    assert.equal(rewrite(bytes, file, overlapping), undefined);
  });
});
