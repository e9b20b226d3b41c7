/** The text of a file and the way back to its bytes. Offsets in `text` count from behind the byte order mark. */
export interface TextFile {
  readonly text: string;
  /** `bytes`: each unit of the text is one byte of the file. */
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be' | 'bytes';
  /** @returns the whole file with other text, byte order mark included; undefined where the encoding lacks a character */
  encode(text: string): Buffer | undefined;
  /** Makes readable text of a value, or of any other piece of `text`. */
  decodeValue(value: string): string;
  /** Makes units of `text` of a new value, or undefined where the encoding of the file cannot hold it. */
  encodeValue(value: string): string | undefined;
}
