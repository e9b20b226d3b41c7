import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, resolve, win32 } from 'node:path';
import { readKeyId } from '../credential/credentialFile';
import { readWhole } from './walk';

/** How a path is written: what stands before it, and which of the usual forms the rest has. */
export interface WrittenPath {
  /** `classpath:`, `file:` and the like, kept as it is. */
  readonly prefix: string;
  readonly path: string;
  readonly absolute: boolean;
}

/** Where a written path leads. */
export interface ResolvedPath {
  /** The absolute path of the existing file. */
  readonly target: string;
  /** The folder that a relative path counts from. */
  readonly base: string;
}

/** Takes a path setting apart. */
export function readWrittenPath(value: string): WrittenPath {
  const trimmed = value.trim();
  const prefix = /^(?:classpath\*?:\/?|file:(?:\/\/(?=\/))?)/.exec(trimmed)?.[0] ?? '';
  const path = trimmed.slice(prefix.length);
  return { prefix, path, absolute: isAbsolute(path) || posix.isAbsolute(path) || win32.isAbsolute(path) };
}

/**
 * Finds the file that a path setting means: relative to the file it stands in, to the folders above it up to the workspace
 * folder (programs start there), and to their `src/main/resources`, as the SDK for Java looks (docs/facts.md NAME-7). A
 * relative path never leads out of the workspace folder; an absolute one may.
 */
export function resolvePath(value: string, file: string, folder: string): ResolvedPath | undefined {
  const { prefix, path, absolute } = readWrittenPath(value);
  if (path === '' || path.includes('\0')) return undefined;
  if (absolute) {
    // A network share would be asked for by merely looking.
    if (/^[\\/]{2}/.test(path) || !isFile(path)) return undefined;
    return { target: resolve(path), base: dirname(resolve(path)) };
  }
  const local = path.replaceAll('\\', '/');
  const folders = foldersBetween(dirname(file), folder);
  const resources = folders.map((above) => join(above, 'src', 'main', 'resources'));
  for (const base of prefix.startsWith('classpath')
    ? [...resources, ...folders]
    : [...folders, ...resources]) {
    const target = resolve(base, local);
    if (isInside(target, folder) && isFile(target) && isInside(realpathSync(target), realpathSync(folder)))
      return { target, base };
  }
  return undefined;
}

/** The client key of a credential file, or undefined if there is no such file or it is none. */
export function keyIdOfFile(path: string): string | undefined {
  try {
    return readKeyId(readWhole(path));
  } catch {
    return undefined;
  }
}

/** Whether a path is the folder itself or below it. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function foldersBetween(from: string, folder: string): readonly string[] {
  const folders: string[] = [];
  for (let at = from; isInside(at, folder); at = dirname(at)) {
    folders.push(at);
    if (at === dirname(at)) break;
  }
  return folders;
}
