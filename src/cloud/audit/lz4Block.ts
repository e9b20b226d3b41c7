/**
 * Stands in for the native module `lz4-napi`, with its function names, so that one package serves every platform. The
 * log SDK loads it at start and needs `uncompress` alone: an LZ4 block with its raw size (4 bytes, little endian) before it.
 * The format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */

/** No answer of the log service is larger; a damaged size must not reserve memory. */
const MAX_RAW_BYTES = 256 * 1024 * 1024;

/** @throws Error for a block that is cut, damaged, or of another size than it says */
export function uncompressSync(data: Uint8Array): Buffer {
  if (data.length < 4) throw damaged();
  const size = Buffer.from(data.buffer, data.byteOffset, 4).readUInt32LE(0);
  if (size > MAX_RAW_BYTES) throw damaged();
  return decodeBlock(data.subarray(4), size);
}

export async function uncompress(data: Uint8Array): Promise<Buffer> {
  return uncompressSync(data);
}

/** The extension writes no logs; the SDK asks for a compressor only there. */
export async function compress(): Promise<Buffer> {
  throw new Error('Writing LZ4 is not supported.');
}

function decodeBlock(block: Uint8Array, size: number): Buffer {
  const raw = Buffer.allocUnsafe(size);
  let from = 0;
  let to = 0;
  const next = () => {
    const byte = block[from];
    if (byte === undefined) throw damaged();
    from += 1;
    return byte;
  };
  /** A length of 15 goes on in further bytes, until one is not 255. */
  const lengthOf = (start: number) => {
    let length = start;
    if (start !== 15) return length;
    for (let more = 255; more === 255; length += more) more = next();
    return length;
  };

  while (from < block.length) {
    const token = next();
    const literals = lengthOf(token >> 4);
    if (from + literals > block.length || to + literals > size) throw damaged();
    raw.set(block.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last sequence has literals alone.
    if (from === block.length) break;
    const offset = next() | (next() << 8);
    const matched = lengthOf(token & 15) + 4;
    if (offset === 0 || offset > to || to + matched > size) throw damaged();
    // Byte by byte: a match may run into what it is writing.
    for (let i = 0; i < matched; i += 1, to += 1) raw[to] = raw[to - offset] ?? 0;
  }
  if (to !== size) throw damaged();
  return raw;
}

function damaged(): Error {
  return new Error('The LZ4 block is damaged.');
}
