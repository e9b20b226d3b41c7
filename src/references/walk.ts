import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { SkippedFile } from '../model/reference';
import { globMatcher } from './glob';

/** Files above this size are not read: no reference was ever seen in one, and parsing would take seconds. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** What is neither source nor configuration of the application; build output is made from sources that are seen. */
const SKIPPED_FOLDERS = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'target',
  'build',
  'dist',
  'out',
  'vendor',
  '.gradle',
  '.venv',
  '__pycache__',
  '.vscode-test',
]);

/** A file on the way. `bytes` is a view of a buffer that the next file reuses: copy what has to stay. */
export interface WalkedFile {
  readonly path: string;
  /** The workspace folder that it was found in. */
  readonly folder: string;
  readonly bytes: Buffer | undefined;
  readonly skipped?: SkippedFile['reason'];
}

/** Whether a path below a folder leads through build output, dependencies or the like: never written into. */
export function isInSkippedFolder(relativePath: string): boolean {
  return relativePath
    .split(/[\\/]/)
    .slice(0, -1)
    .some((name) => SKIPPED_FOLDERS.has(name));
}

/**
 * Walks folders and reads every regular file that is not excluded, git-ignored ones included. Symbolic links are not
 * followed, so there is no loop and no way out of a folder. Order is by name.
 * @param exclude globs as in `search.exclude`, relative to each folder
 */
export function* walkFolders(folders: readonly string[], exclude: readonly string[]): Generator<WalkedFile> {
  const excluded = exclude.map(globMatcher);
  const seen = new Set<string>();
  const buffer = Buffer.allocUnsafe(MAX_FILE_BYTES + 1);
  for (const folder of folders) {
    const waiting = [''];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const below: string[] = [];
      for (const entry of listFolder(join(folder, at))) {
        const relative = at === '' ? entry.name : `${at}/${entry.name}`;
        if (excluded.some((matches) => matches(relative))) continue;
        if (entry.isDirectory()) {
          if (!SKIPPED_FOLDERS.has(entry.name)) below.push(relative);
          continue;
        }
        const path = join(folder, relative.split('/').join(sep));
        if (!entry.isFile() || seen.has(path)) continue;
        seen.add(path);
        yield { path, folder, ...readInto(buffer, path) };
      }
      waiting.push(...below.reverse());
    }
  }
}

/** Reads a file whole. @throws the error of the file system, or `RangeError` above the size limit */
export function readWhole(path: string): Buffer {
  const size = Math.min(statSync(path).size, MAX_FILE_BYTES);
  const { bytes, skipped } = readInto(Buffer.allocUnsafe(size + 1), path);
  if (bytes === undefined) throw new RangeError(`The file cannot be read: ${skipped}.`);
  return bytes;
}

function readInto(buffer: Buffer, path: string): Pick<WalkedFile, 'bytes' | 'skipped'> {
  let handle: number | undefined;
  try {
    handle = openSync(path, 'r');
    const status = fstatSync(handle);
    if (!status.isFile()) return { bytes: undefined, skipped: 'unreadable' };
    if (status.size > MAX_FILE_BYTES) return { bytes: undefined, skipped: 'tooLarge' };
    let length = 0;
    // One byte more than allowed: a file that grows meanwhile is noticed.
    for (let count = -1; count !== 0 && length < buffer.length; length += count)
      count = readSync(handle, buffer, length, buffer.length - length, null);
    return length > MAX_FILE_BYTES || length === buffer.length
      ? { bytes: undefined, skipped: 'tooLarge' }
      : { bytes: buffer.subarray(0, length) };
  } catch {
    return { bytes: undefined, skipped: 'unreadable' };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function listFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    // A folder that may not be read is as good as absent; its files are not ours to see.
    return [];
  }
}
