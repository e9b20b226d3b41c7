import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isErrno } from './durableFile';

/**
 * The folder that holds `.git`, looked for upwards. Git itself is not asked, so that the answer does not depend on git
 * being installed or trusting the owner of the folder.
 */
export async function workTreeRoot(folder: string): Promise<string | undefined> {
  for (let here = resolve(folder); ; here = dirname(here)) {
    if (await exists(join(here, '.git'))) return here;
    if (dirname(here) === here) return undefined;
  }
}

/**
 * The part of a path that exists, symbolic links resolved, and the rest of it: git refuses paths that lead through a
 * symbolic link, and runs in folders that exist alone.
 */
export async function nearestRealFolder(
  folder: string,
): Promise<{ readonly real: string; readonly rest: string }> {
  let rest = '';
  for (let here = resolve(folder); ; here = dirname(here)) {
    try {
      return { real: await realpath(here), rest };
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR') || dirname(here) === here) throw error;
      rest = join(basename(here), rest);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return (await kindOf(path)) !== 'missing';
}

export async function isFolder(path: string): Promise<boolean> {
  return (await kindOf(await realpath(path).catch(() => path))) === 'folder';
}

async function kindOf(path: string): Promise<'missing' | 'folder' | 'other'> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return 'missing';
    throw error;
  }
}
