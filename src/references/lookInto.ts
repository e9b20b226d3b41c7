import type { SkippedFile } from '../model/reference';
import type { ByteFilter } from './byteFilter';
import {
  isCandidateText,
  KEY_ID,
  MAX_CREDENTIAL_BYTES,
  mayBeCredentialFile,
  namesClient,
} from './candidates';
import { describeFile, type FoundFile } from './foundFile';
import { GrammarMissing, type Notation, TooSlow } from './notation';
import { credential, keyIdOfText } from './notations/credential';
import { createScratch, MAX_FILE_BYTES, readInto } from './readBytes';
import { decodeText, isWide } from './textFile';

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

  function isBinary(length: number): boolean {
    return scratch.bytes.subarray(0, Math.min(length, NUL_SEARCH)).includes(0);
  }

  return {
    look(file, folder, notation) {
      const length = readInto(
        scratch.bytes,
        file,
        notation === undefined ? MAX_CREDENTIAL_BYTES : MAX_FILE_BYTES,
      );
      if (typeof length === 'string') return notation === undefined ? undefined : skip(file, length);
      const bytes = scratch.bytes.subarray(0, length);
      const hasKeyId = bytes.includes(KEY_ID);
      if (hasKeyId && mayBeCredentialFile(bytes) && keyIdOfText(decodeText(bytes).text) !== undefined)
        return parse(file, folder, credential, bytes);
      if (notation === undefined) return undefined;
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

const CONFIGURATION: Look = { kind: 'configuration' };

function skip(file: string, reason: SkippedFile['reason']): Look {
  return { kind: 'skipped', file: { file, reason } };
}
