import { basename, isAbsolute, posix, relative, win32 } from 'node:path';
import { type ResolvedPath, readWrittenPath } from './resolvePath';

/**
 * The path setting that leads to a new file in the style of the old one: prefix, relative or absolute, `./` and kind of
 * slash stay. A path that does not resolve here (a server's, say) keeps its folder and gets the new file's name, to be
 * delivered there.
 * @param oldValue the setting as a program reads it
 * @param resolved where it leads now, if it does
 * @param newFile absolute path
 * @returns undefined where this style cannot express the new place, for example outside the class path
 */
export function newPathValue(
  oldValue: string,
  resolved: ResolvedPath | undefined,
  newFile: string,
): string | undefined {
  const { prefix, path, absolute } = readWrittenPath(oldValue);
  const backslashes = path.includes('\\') && !path.includes('/');
  if (resolved === undefined) {
    const flavour = backslashes ? win32 : posix;
    const name = basename(newFile);
    const folder = flavour.dirname(path);
    return prefix + (folder === '.' && !path.startsWith('.') ? name : joinKept(folder, name, backslashes));
  }
  if (absolute) return prefix + withSlashes(newFile, backslashes, path.includes('/'));
  const way = relative(resolved.base, newFile);
  // Another drive, or a way out of the class path, cannot be written relative to it.
  if (isAbsolute(way) || (isClassPath(prefix, resolved) && way.startsWith('..'))) return undefined;
  const written = withSlashes(way, backslashes, !backslashes);
  const dot = /^\.[\\/]/.exec(path)?.[0] ?? '';
  return prefix + (way.startsWith('..') ? '' : dot) + written;
}

function isClassPath(prefix: string, { base }: ResolvedPath): boolean {
  return prefix.startsWith('classpath') || /[\\/]src[\\/]main[\\/]resources$/.test(base);
}

function joinKept(folder: string, name: string, backslashes: boolean): string {
  const slash = backslashes ? '\\' : '/';
  return folder.endsWith(slash) ? folder + name : folder + slash + name;
}

/** The kind of slash stays; on POSIX a `\\` in the new place is a letter of a file name, not a separator. */
function withSlashes(path: string, backslashes: boolean, slashes: boolean): string {
  if (backslashes) return path.replaceAll('/', '\\');
  return slashes && process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
