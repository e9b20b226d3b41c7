/** The text of a file and the way back to its bytes. Offsets in `text` count from behind the byte order mark. */
export interface TextFile {
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be' | 'latin1';
  /** @returns the whole file with other text, byte order mark included; undefined where the encoding lacks a character */
  encode(text: string): Buffer | undefined;
}

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16LE_BOM = Buffer.from([0xff, 0xfe]);
const UTF16BE_BOM = Buffer.from([0xfe, 0xff]);

/**
 * Decodes by byte order mark, else as UTF-8, else byte by byte (latin1), so that a GBK source or a file with damaged bytes
 * keeps every byte outside the edits.
 */
export function decodeText(bytes: Uint8Array): TextFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const candidate of [utf8, utf16le, utf16be]) {
    const file = candidate(buffer);
    // What does not come back byte for byte is damaged in this encoding.
    if (file?.encode(file.text)?.equals(buffer)) return file;
  }
  return {
    text: buffer.toString('latin1'),
    encoding: 'latin1',
    encode: (text) => (/[^\0-\xff]/.test(text) ? undefined : Buffer.from(text, 'latin1')),
  };
}

function utf8(buffer: Buffer): TextFile | undefined {
  if (startsWith(buffer, UTF16LE_BOM) || startsWith(buffer, UTF16BE_BOM)) return undefined;
  const bom = startsWith(buffer, UTF8_BOM) ? UTF8_BOM : Buffer.alloc(0);
  return {
    text: buffer.toString('utf8', bom.length),
    encoding: 'utf8',
    encode: (text) => Buffer.concat([bom, Buffer.from(text, 'utf8')]),
  };
}

function utf16le(buffer: Buffer): TextFile | undefined {
  if (!startsWith(buffer, UTF16LE_BOM)) return undefined;
  return {
    text: buffer.toString('utf16le', 2),
    encoding: 'utf16le',
    encode: (text) => Buffer.concat([UTF16LE_BOM, Buffer.from(text, 'utf16le')]),
  };
}

function utf16be(buffer: Buffer): TextFile | undefined {
  if (!startsWith(buffer, UTF16BE_BOM) || buffer.length % 2 !== 0) return undefined;
  return {
    text: Buffer.from(buffer.subarray(2)).swap16().toString('utf16le'),
    encoding: 'utf16be',
    encode: (text) => Buffer.concat([UTF16BE_BOM, Buffer.from(text, 'utf16le').swap16()]),
  };
}

function startsWith(buffer: Buffer, prefix: Buffer): boolean {
  return buffer.length >= prefix.length && buffer.compare(prefix, 0, prefix.length, 0, prefix.length) === 0;
}
