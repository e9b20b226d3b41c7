import type { SkippedFile } from '../../model/reference';
import { describeFile, type FoundFile } from '../foundFile';
import { GrammarMissing, type Notation, TooSlow } from '../notation';
import { credential, keyIdOfText } from '../notations/credential';
import { decodeText, isWide } from '../text/decodeText';
import type { ByteFilter } from './byteFilter';
import {
  isCandidateText,
  KEY_ID,
  MAX_CREDENTIAL_BYTES,
  mayBeCredentialFile,
  namesClient,
} from './candidates';
import { createScratch, readInto } from './readBytes';

/** Which file to look at, and what `files.encoding` says, by workspace folder. */
export interface InspectOrder {
  readonly file: string;
  readonly folder: string;
  readonly encodings?: Readonly<Record<string, string>>;
}

/** What came of a file: what it says, why it was not looked into, or that it may be asked again for settings. */
export type Look =
  | { readonly kind: 'found'; readonly file: FoundFile }
  | { readonly kind: 'skipped'; readonly file: SkippedFile }
  | { readonly kind: 'configuration' };

/** Looks into files, one after the other, with one buffer for all. */
export interface Looker {
  /** @returns undefined where nothing of interest is in the file, at once and without a promise: that is what most are */
  look(file: string, folder: string, notation: Notation | undefined): Promise<Look> | Look | undefined;
  /** Looks again into a file that may set something, if it is worth it. */
  lookAgain(file: string, folder: string, notation: Notation, isWorth: ByteFilter): Promise<Look> | undefined;
}

const NUL_SEARCH = 8192;
/** Most credential files are no longer than this. */
const HEAD_BYTES = 4095;
const WHITE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** @param encodings what `files.encoding` says, by workspace folder */
export function createLooker(encodings: Readonly<Record<string, string>>): Looker {
  const scratch = createScratch();

  async function parse(file: string, folder: string, notation: Notation, bytes: Buffer): Promise<Look> {
    try {
      const { text, decodeValue } = decodeText(bytes, encodings[folder]);
      const findings = await notation.find(text);
      return {
        kind: 'found',
        file: describeFile({ file, folder, notation: notation.name, text }, findings, decodeValue),
      };
    } catch (error) {
      if (error instanceof GrammarMissing) throw error;
      return skip(file, error instanceof TooSlow ? 'tooSlow' : 'damaged');
    }
  }

  /** A file of no notation is read on only if it begins as a credential file does. */
  function lookForCredential(file: string, folder: string): Promise<Look> | undefined {
    const start = readInto(scratch.bytes, file, HEAD_BYTES);
    if (start === 'unreadable' || !beginsAsJson(scratch.bytes)) return undefined;
    const length = start === 'tooLarge' ? readInto(scratch.bytes, file, MAX_CREDENTIAL_BYTES) : start;
    if (typeof length === 'string') return undefined;
    const bytes = scratch.bytes.subarray(0, length);
    return bytes.includes(KEY_ID) && isCredential(bytes) ? parse(file, folder, credential, bytes) : undefined;
  }

  function isBinary(length: number): boolean {
    return scratch.bytes.subarray(0, Math.min(length, NUL_SEARCH)).includes(0);
  }

  return {
    look(file, folder, notation) {
      if (notation === undefined) return lookForCredential(file, folder);
      const length = readInto(scratch.bytes, file);
      if (typeof length === 'string') return skip(file, length);
      const bytes = scratch.bytes.subarray(0, length);
      const hasKeyId = bytes.includes(KEY_ID);
      if (hasKeyId && isCredential(bytes)) return parse(file, folder, credential, bytes);
      if (isWide(bytes, encodings[folder])) {
        if (notation.always || isCandidateText(decodeText(bytes, encodings[folder]).text))
          return parse(file, folder, notation, bytes);
      } else if (notation.always || hasKeyId || namesClient(scratch, length, notation.configures === true))
        return isBinary(length) ? skip(file, 'binary') : parse(file, folder, notation, bytes);
      return notation.configures ? CONFIGURATION : undefined;
    },
    lookAgain(file, folder, notation, isWorth) {
      const length = readInto(scratch.bytes, file);
      if (typeof length === 'string') return undefined;
      const bytes = scratch.bytes.subarray(0, length);
      const isWorthIt = isWide(bytes, encodings[folder]) || (isWorth(scratch, length) && !isBinary(length));
      return isWorthIt ? parse(file, folder, notation, bytes) : undefined;
    },
  };
}

/** Whether the bytes begin with a brace, but for white space and a byte order mark. */
function beginsAsJson(bytes: Buffer): boolean {
  let at = bytes[0] === 0xef ? 3 : 0;
  while (at < HEAD_BYTES && WHITE.has(bytes[at] ?? 0)) at += 1;
  return bytes[at] === 0x7b;
}

/** @param bytes of a file in which a key id stands */
function isCredential(bytes: Buffer): boolean {
  return mayBeCredentialFile(bytes) && keyIdOfText(decodeText(bytes).text) !== undefined;
}

const CONFIGURATION: Look = { kind: 'configuration' };

function skip(file: string, reason: SkippedFile['reason']): Look {
  return { kind: 'skipped', file: { file, reason } };
}
