import { type Charset, charsetOf, gbk } from './charset';
import type { TextFile } from './textFile';

/**
 * Where a byte of ASCII is the second half of a character, it stands in the text as a unit of the private use area, so
 * that no notation takes it for a backslash or a brace.
 */
const HALF = 0xf700;

/**
 * Text in which every unit is one byte: whatever stands in the file comes back as it was, be it valid in its charset or
 * not. Values are made of such units too, and `decodeValue` makes readable text of them.
 * @param encoding as in `files.encoding`; undefined where nothing is known
 */
export function decodeTransparent(bytes: Buffer, encoding: string | undefined): TextFile {
  const charset = encoding === undefined ? undefined : charsetOf(encoding);
  const pairs = charset ?? (looksLikePairs(bytes) ? gbk : undefined);
  const unitsOf = (raw: Buffer) => (pairs === undefined ? raw.toString('latin1') : toUnits(raw, pairs));
  return {
    text: unitsOf(bytes),
    encoding: 'bytes',
    encode: toBytes,
    decodeValue: (value) => {
      const raw = charset === undefined ? undefined : toBytes(value);
      return charset === undefined || raw === undefined ? value : charset.decode(raw);
    },
    encodeValue: (value) => {
      // What is not known to be of a charset can only be written in ASCII.
      const raw = /^[\0-\x7f]*$/.test(value) ? Buffer.from(value) : charset?.encode(value);
      return raw === undefined ? undefined : unitsOf(raw);
    },
  };
}

function toUnits(bytes: Buffer, charset: Charset): string {
  const units = new Uint16Array(bytes);
  for (let at = 0; at < bytes.length; ) {
    const width = (bytes[at] ?? 0) < 0x80 ? 1 : charset.width(bytes, at);
    for (let next = at + 1; next < at + width; next += 1) {
      const byte = bytes[next] ?? 0;
      if (byte < 0x80) units[next] = HALF + byte;
    }
    at += width;
  }
  return Buffer.from(units.buffer).toString('utf16le');
}

function toBytes(text: string): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const byte = unit >= HALF + 0x30 && unit < HALF + 0x80 ? unit - HALF : unit;
    if (byte > 0xff) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

/**
 * Whether bytes above ASCII come in pairs for the most part, as in GBK, where both halves are mostly above ASCII, and not
 * one by one among ASCII letters, as in Western texts.
 */
function looksLikePairs(bytes: Buffer): boolean {
  let pairs = 0;
  let single = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if (gbk.width(bytes, at) === 2 && (bytes[at + 1] ?? 0) >= 0x80) pairs += 1;
    else single += 1;
    at += gbk.width(bytes, at) - 1;
  }
  return pairs > single;
}
