import type { TextFile } from './textFile';
import { decodeTransparent } from './transparentText';

type WideEncoding = 'utf16le' | 'utf16be';

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16LE_BOM = Buffer.from([0xff, 0xfe]);
const UTF16BE_BOM = Buffer.from([0xfe, 0xff]);
/** As many bytes as VS Code looks at to see that a text without byte order mark is UTF-16. */
const WIDE_SEARCH = 512;

/**
 * Decodes by byte order mark, else as `files.encoding` says, else as UTF-8 (or UTF-16, which its zero bytes tell), else
 * byte by byte, so that a GBK source or a file with damaged bytes keeps every byte outside the edits.
 * @param encoding as in `files.encoding`
 */
export function decodeText(bytes: Uint8Array, encoding?: string): TextFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = wideEncodingOf(buffer, encoding);
  const isOther = encoding !== undefined && !/^utf-?(?:8|16)/.test(encoding);
  const candidates = [
    ...(wide === undefined ? [] : [utf16(buffer, wide)]),
    ...(isOther && !startsWith(buffer, UTF8_BOM) ? [] : [utf8(buffer)]),
  ];
  // What does not come back byte for byte is damaged in this encoding.
  const fitting = candidates.find((file) => file.encode(file.text)?.equals(buffer));
  return fitting ?? decodeTransparent(buffer, isOther ? encoding : undefined);
}

/** Whether a file is UTF-16, so that its text cannot be looked for as it stands. */
export function isWide(bytes: Buffer, encoding?: string): boolean {
  return wideEncodingOf(bytes, encoding) !== undefined;
}

function wideEncodingOf(bytes: Buffer, encoding: string | undefined): WideEncoding | undefined {
  if (startsWith(bytes, UTF16LE_BOM)) return 'utf16le';
  if (startsWith(bytes, UTF16BE_BOM)) return 'utf16be';
  if (encoding === 'utf16le' || encoding === 'utf16be') return encoding;
  if ((bytes[0] !== 0 && bytes[1] !== 0) || bytes.length % 2 !== 0) return undefined;
  const start = bytes.subarray(0, WIDE_SEARCH);
  const first = start.indexOf(0);
  if (first < 0) return undefined;
  // Text in which every second byte is zero, and no other.
  const isZero = (byte: number, at: number) => (byte === 0) === (at % 2 === first % 2);
  return start.every(isZero) ? (first % 2 === 1 ? 'utf16le' : 'utf16be') : undefined;
}

function utf8(buffer: Buffer): TextFile {
  const bom = startsWith(buffer, UTF8_BOM) ? UTF8_BOM : Buffer.alloc(0);
  return unicode('utf8', buffer.toString('utf8', bom.length), (text) =>
    Buffer.concat([bom, Buffer.from(text, 'utf8')]),
  );
}

function utf16(buffer: Buffer, encoding: WideEncoding): TextFile {
  const mark = encoding === 'utf16le' ? UTF16LE_BOM : UTF16BE_BOM;
  const bom = startsWith(buffer, mark) ? mark : Buffer.alloc(0);
  const even = buffer.subarray(bom.length, buffer.length - (buffer.length % 2));
  const swapped = (units: Buffer) => (encoding === 'utf16le' ? units : Buffer.from(units).swap16());
  return unicode(encoding, swapped(even).toString('utf16le'), (text) =>
    Buffer.concat([bom, swapped(Buffer.from(text, 'utf16le'))]),
  );
}

function unicode(
  encoding: TextFile['encoding'],
  text: string,
  encode: (text: string) => Buffer | undefined,
): TextFile {
  return { text, encoding, encode, decodeValue: (value) => value, encodeValue: (value) => value };
}

function startsWith(buffer: Buffer, prefix: Buffer): boolean {
  return buffer.length >= prefix.length && buffer.compare(prefix, 0, prefix.length, 0, prefix.length) === 0;
}
