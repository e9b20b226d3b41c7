/**
 * Encodes one LZ4 block, greedily: what the log service sends when it is asked for `lz4`.
 * The format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
const MIN_MATCH = 4;
const MAX_DISTANCE = 65_535;
/** The last match begins at least so many bytes before the end, and the last bytes are literals. */
const LAST_MATCH_BEFORE_END = 12;
const LAST_LITERALS = 5;
const HASH_BITS = 14;

export function encodeLz4Block(raw: Buffer): Buffer {
  // Never more than the literals alone need.
  const out = Buffer.allocUnsafe(raw.length + Math.ceil(raw.length / 255) + 16);
  let size = 0;
  /** What a length of 15 or more still needs, in further bytes. */
  const putMore = (length: number) => {
    let rest = length - 15;
    for (; rest >= 255; rest -= 255) out[size++] = 255;
    if (rest >= 0) out[size++] = rest;
  };
  const putLiterals = (from: number, to: number, matched: number) => {
    out[size++] = (Math.min(to - from, 15) << 4) | Math.min(matched, 15);
    putMore(to - from);
    size += raw.copy(out, size, from, to);
  };

  /** Where four bytes with this hash were seen last, plus 1. */
  const seen = new Int32Array(1 << HASH_BITS);
  let written = 0;
  for (let at = 0; at <= raw.length - LAST_MATCH_BEFORE_END; ) {
    const four = raw.readUInt32LE(at);
    const slot = Math.imul(four, 2_654_435_761) >>> (32 - HASH_BITS);
    const earlier = (seen[slot] ?? 0) - 1;
    seen[slot] = at + 1;
    if (earlier < 0 || at - earlier > MAX_DISTANCE || raw.readUInt32LE(earlier) !== four) {
      at += 1;
      continue;
    }
    let length = MIN_MATCH;
    while (at + length < raw.length - LAST_LITERALS && raw[earlier + length] === raw[at + length])
      length += 1;
    putLiterals(written, at, length - MIN_MATCH);
    size = out.writeUInt16LE(at - earlier, size);
    putMore(length - MIN_MATCH);
    at += length;
    written = at;
  }
  putLiterals(written, raw.length, 0);
  return out.subarray(0, size);
}
