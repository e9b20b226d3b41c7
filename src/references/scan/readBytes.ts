import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import type { SkippedFile } from '../../model/reference';

/** Files above this size are not read: no reference was ever seen in one, and parsing would take seconds. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** Opening a pipe must not wait for somebody who writes into it. Absent on Windows. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What file systems hand out at once: a read that ends exactly there may not have reached the end. */
const BLOCK = 4096;

/** One buffer for all files that a thread reads, one after the other. */
export interface Scratch {
  readonly bytes: Buffer;
  /** The same bytes, four at a time, by which the candidate filter looks at them. */
  readonly words: Int32Array;
}

export function createScratch(): Scratch {
  const memory = new ArrayBuffer(MAX_FILE_BYTES + BLOCK);
  return { bytes: Buffer.from(memory), words: new Int32Array(memory) };
}

/**
 * Reads a file that was seen to be a regular one, whatever it is by now, with as few calls of the system as possible.
 * @returns its length, or why not
 */
export function readInto(
  buffer: Buffer,
  path: string,
  limit = MAX_FILE_BYTES,
): number | Extract<SkippedFile['reason'], 'tooLarge' | 'unreadable'> {
  let handle: number | undefined;
  try {
    handle = openSync(path, OPEN_FLAGS);
    // One byte more than allowed tells that there is more.
    let length = readSync(handle, buffer, 0, limit + 1, null);
    for (let count = length; count > 0 && length % BLOCK === 0 && length <= limit; length += count)
      count = readSync(handle, buffer, length, limit + 1 - length, null);
    return length > limit ? 'tooLarge' : length;
  } catch {
    return 'unreadable';
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Reads a file whole. @throws the error of the file system, or `RangeError` above the size limit */
export function readWhole(path: string): Buffer {
  const status = statSync(path);
  if (!status.isFile()) throw new RangeError('The file cannot be read: it is no regular file.');
  const buffer = Buffer.allocUnsafe(Math.min(status.size, MAX_FILE_BYTES) + BLOCK);
  const length = readInto(buffer, path, Math.min(status.size, MAX_FILE_BYTES));
  if (typeof length === 'string') throw new RangeError(`The file cannot be read: ${length}.`);
  return buffer.subarray(0, length);
}
