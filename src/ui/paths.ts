import { basename, isAbsolute, relative } from 'node:path';

/** `file` relative to `folder` with `/`, or the whole path if it lies outside. */
export function pathIn(folder: string, file: string): string {
  const path = relative(folder, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path.replaceAll('\\', '/');
}

export function folderName(folder: string): string {
  return basename(folder) || folder;
}
