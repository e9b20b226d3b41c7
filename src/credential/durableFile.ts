import { chmod, type FileHandle, link, lstat, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Codes with which file systems and Windows refuse to sync a folder; the rename itself has happened all the same. */
const NO_FOLDER_SYNC = ['EINVAL', 'EPERM', 'EACCES', 'EISDIR', 'EBADF', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];
/** Codes of file systems without hard links, such as exFAT and some network drives. */
const NO_LINKS = ['EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];
/** What Windows answers while a virus scanner or an indexer holds the target of a rename open. */
const BUSY = ['EPERM', 'EACCES', 'EBUSY'];
const RENAME_WAITS_MS = [10, 30, 100, 300, 1000];

/** The `code` of a file system error, such as `ENOSPC`. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(errnoOf(error) ?? '');
}

/**
 * Creates a file that is the owner's alone (0600) and on disk when the promise resolves, its folder entry included. A file
 * that could not be written in full is removed.
 * @throws the file system's error; `EEXIST` whatever stands under that name
 */
export async function createDurably(file: string, bytes: Uint8Array): Promise<void> {
  await writeDurably(await open(file, 'wx', 0o600), file, bytes);
}

/**
 * As `createDurably`, but can be repeated: a file that holds these bytes, or only the beginning of them as a crash leaves
 * it, is completed and synced.
 * @throws the file system's error; `EEXIST` if there is anything else under that name
 */
export async function createOrCompleteDurably(file: string, bytes: Uint8Array): Promise<void> {
  let handle: FileHandle;
  let missing = bytes;
  try {
    handle = await open(file, 'wx', 0o600);
  } catch (error) {
    const found = isErrno(error, 'EEXIST') ? await lengthOfBeginning(file, bytes) : undefined;
    if (found === undefined) throw error;
    await chmod(file, 0o600);
    handle = await open(file, 'a');
    missing = bytes.subarray(found);
  }
  await writeDurably(handle, file, missing);
}

/**
 * Gives a file another name without ever replacing a file there: of two that try, one fails. Both names stand for the same
 * file for a moment, so a crash loses nothing, and the step can be repeated. Where there are no links, a crash may leave an
 * empty file under the new name.
 * @throws `EEXIST` if another file has the name, `ENOENT` if there is neither file
 */
export async function renameWithoutReplacing(from: string, to: string): Promise<void> {
  if (await isFile(from)) {
    await moveInto(from, to);
  } else if (!(await isFile(to))) {
    throw Object.assign(new Error(`There is no file ${from}.`), { code: 'ENOENT' });
  }
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
}

/** Renames over what is there, durably: a reader sees the old bytes or the new ones. Both names are in one file system. */
export async function renameReplacing(from: string, to: string): Promise<void> {
  await renameOver(from, to);
  await syncFolder(dirname(to));
}

/** Makes created, renamed and removed names of a folder durable where the platform can. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (!isErrno(error, ...NO_FOLDER_SYNC)) throw error;
  } finally {
    await handle?.close();
  }
}

async function writeDurably(handle: FileHandle, file: string, bytes: Uint8Array): Promise<void> {
  let written = bytes.byteLength === 0;
  try {
    await handle.writeFile(bytes);
    written = true;
    await handle.sync();
  } finally {
    await handle.close();
    // What was written but could not be synced stays: it may be the only copy.
    if (!written) await rm(file, { force: true });
  }
  await syncFolder(dirname(file));
}

async function moveInto(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isErrno(error, ...NO_LINKS)) return moveOverPlaceholder(from, to);
    // A repetition after the link was made finds the same file under both names.
    if (!isErrno(error, 'EEXIST') || !(await isSameFile(from, to))) throw error;
  }
  await unlink(from);
}

/** Without links: the name is claimed by an empty file, which the rename then replaces. */
async function moveOverPlaceholder(from: string, to: string): Promise<void> {
  await (await open(to, 'wx', 0o600)).close();
  await renameOver(from, to);
}

async function renameOver(from: string, to: string): Promise<void> {
  for (const wait of RENAME_WAITS_MS) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (process.platform !== 'win32' || !isErrno(error, ...BUSY)) throw error;
      await sleep(wait);
    }
  }
  await rename(from, to);
}

/** How many of these bytes a plain file (no link that somebody put there) begins with and consists of. */
async function lengthOfBeginning(file: string, bytes: Uint8Array): Promise<number | undefined> {
  if (!(await isFile(file))) return undefined;
  const found = await readFile(file);
  return found.equals(bytes.subarray(0, found.length)) ? found.length : undefined;
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(one, { bigint: true }), lstat(other, { bigint: true })]);
  return a.ino === b.ino && a.dev === b.dev;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
