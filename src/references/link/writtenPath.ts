import { dirname, isAbsolute, posix, relative, win32 } from 'node:path';

/** How a path is written: what stands before it, and which of the usual forms the rest has. */
export interface WrittenPath {
  /** `classpath:`, `file:`, `~/`, `${workspaceFolder}/` and the like, kept as it is. */
  readonly prefix: string;
  readonly path: string;
  readonly absolute: boolean;
}

const PREFIX =
  /^(?:classpath\*?:\/?|file:(?:\/\/(?=\/))?|~[\\/]|\$\{(?:workspaceFolder|workspaceRoot|PWD|HOME|user\.home)\}[\\/]|\$(?:PWD|HOME)\/)/;

/** Takes a path setting apart. */
export function readWrittenPath(value: string): WrittenPath {
  const trimmed = value.trim();
  const prefix = PREFIX.exec(trimmed)?.[0] ?? '';
  const path = trimmed.slice(prefix.length);
  return { prefix, path, absolute: isAbsolute(path) || posix.isAbsolute(path) || win32.isAbsolute(path) };
}

/** Whether what stands before a path is the home folder of whoever runs the program. */
export function isHome(prefix: string): boolean {
  return /^~|HOME|home/.test(prefix);
}

/** Whether a path is the folder itself or below it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way));
}

/** The folders from one folder up to the workspace folder, the nearest first. */
export function foldersBetween(from: string, folder: string): readonly string[] {
  const folders: string[] = [];
  for (let at = from; isInside(at, folder); at = dirname(at)) {
    folders.push(at);
    if (at === dirname(at)) break;
  }
  return folders;
}

/** A path of a container, counted from the folder that programs of it start in. */
export function countedFrom(workdir: string, path: string): string {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || workdir === '') return path;
  const rest = path.replace(/^(?:\.\/)+|^\.$/, '');
  return `${workdir.replace(/\/$/, '')}/${rest}`;
}
