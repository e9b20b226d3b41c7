import { TextDecoder } from 'node:util';

/**
 * Charsets of files that are no Unicode, by what they do with bytes. VS Code's names of `files.encoding` and the names of
 * `TextDecoder` differ in hyphens and underscores alone, but for a few.
 */
export interface Charset {
  /**
   * How many bytes the character at a place takes that is not ASCII, or 1. A second byte may be one of ASCII: in GBK
   * a backslash, a brace or a bar.
   */
  width(bytes: Uint8Array, at: number): number;
  decode(bytes: Uint8Array): string;
  /** @returns undefined where the charset lacks a character */
  encode(text: string): Buffer | undefined;
}

const ALIASES: Readonly<Record<string, string>> = {
  gb2312: 'gbk',
  cp950: 'big5',
  big5hkscs: 'big5',
  shiftjis: 'shift_jis',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  macroman: 'macintosh',
  cp866: 'ibm866',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
};

/** The charset of a value of `files.encoding`; undefined for Unicode and for what cannot be decoded here. */
export function charsetOf(name: string): Charset | undefined {
  const label = (ALIASES[name] ?? name)
    .replace(/^iso8859(\d+)$/, 'iso-8859-$1')
    .replace(/^windows(\d+)$/, 'windows-$1');
  if (/^utf-?(?:8|16)/.test(label)) return undefined;
  try {
    return makeCharset(new TextDecoder(label));
  } catch {
    return undefined;
  }
}

/** What a file of two-byte characters is taken for as long as nobody says what it is. */
export const gbk = makeCharset(new TextDecoder('gbk'));

function makeCharset(decoder: TextDecoder): Charset {
  const width = widthsOf(decoder.encoding);
  let reverse: ReadonlyMap<string, Buffer> | undefined;
  return {
    width,
    decode: (bytes) => decoder.decode(bytes),
    encode(text) {
      reverse ??= reverseOf(decoder, width);
      const parts: Buffer[] = [];
      for (const character of text) {
        const part = (character.codePointAt(0) ?? 0) < 0x80 ? Buffer.from(character) : reverse.get(character);
        if (part === undefined) return undefined;
        parts.push(part);
      }
      return Buffer.concat(parts);
    },
  };
}

function widthsOf(encoding: string): Charset['width'] {
  const second = (bytes: Uint8Array, at: number) => bytes[at + 1] ?? 0;
  const isTrail = (byte: number) => byte >= 0x40 && byte !== 0x7f && byte !== 0xff;
  switch (encoding) {
    case 'gbk':
    case 'gb18030':
      return (bytes, at) => {
        const lead = bytes[at] ?? 0;
        if (lead < 0x81 || lead > 0xfe) return 1;
        const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
        if (isDigit(bytes[at + 1]) && (bytes[at + 2] ?? 0) >= 0x81 && isDigit(bytes[at + 3])) return 4;
        return isTrail(second(bytes, at)) ? 2 : 1;
      };
    case 'big5':
    case 'euc-kr':
      return (bytes, at) => ((bytes[at] ?? 0) >= 0x81 && isTrail(second(bytes, at)) ? 2 : 1);
    case 'shift_jis':
      return (bytes, at) => {
        const lead = bytes[at] ?? 0;
        const isLead = (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc);
        return isLead && isTrail(second(bytes, at)) ? 2 : 1;
      };
    default:
      // Of all others no byte below 0x80 is a part of anything but itself.
      return () => 1;
  }
}

/** All characters of one and two bytes with their bytes. Where two byte sequences mean the same, the first counts. */
function reverseOf(decoder: TextDecoder, width: Charset['width']): ReadonlyMap<string, Buffer> {
  const reverse = new Map<string, Buffer>();
  const add = (bytes: Buffer) => {
    const character = decoder.decode(bytes);
    if ([...character].length === 1 && character !== '\ufffd' && !reverse.has(character))
      reverse.set(character, bytes);
  };
  for (let first = 0x80; first < 0x100; first += 1) {
    add(Buffer.from([first]));
    for (let second = 0x40; second < 0xff; second += 1) {
      const bytes = Buffer.from([first, second]);
      if (width(bytes, 0) === 2 || second >= 0x80) add(bytes);
    }
  }
  return reverse;
}
