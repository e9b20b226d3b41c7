import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { isInside } from '../link/writtenPath';
import { globMatcher } from './glob';

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

/** Whether a path below a folder leads through build output, dependencies or the like: never written into. */
export function isInSkippedFolder(relativePath: string): boolean {
  return relativePath
    .split(/[\\/]/)
    .slice(0, -1)
    .some((name) => SKIPPED_FOLDERS.has(name));
}

/** What is directly in a folder, by name. Paths are relative to the workspace folder, with `/`. */
interface FolderContent {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Links to files inside the workspace folder, each with the path that it leads to, relative to the folder too. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
}

/** The rules by which one workspace folder is walked. */
export interface Walk {
  /** Absolute. */
  readonly folder: string;
  /** @returns undefined where the folder may not be read */
  list(at: string): FolderContent | undefined;
  absolute(at: string): string;
  /** Whether a path, or a folder on the way to it, is one that the walk does not see. */
  hides(path: string): boolean;
}

/**
 * @param exclude globs as in `search.exclude`, relative to the folder
 */
export function createWalk(folder: string, exclude: readonly string[]): Walk {
  const excluded = exclude.map(globMatcher);
  const isExcluded = (at: string) => excluded.some((matches) => matches(at));
  const start = folder.endsWith(sep) ? folder : folder + sep;
  const absolute = (at: string) =>
    at === '' ? folder : start + (sep === '/' ? at : at.replaceAll('/', sep));
  let real: string | undefined;

  /** Only files are followed: a link to a folder may lead in a circle. Devices and pipes would block whoever opens them. */
  function follow(path: string): FolderContent['links'] {
    try {
      real ??= realpathSync(folder);
      const target = realpathSync(absolute(path));
      const way = relative(real, target).replaceAll('\\', '/');
      if (!isInside(target, real) || isInSkippedFolder(way) || !statSync(target).isFile()) return [];
      return [{ path, target: way }];
    } catch {
      // It leads nowhere.
      return [];
    }
  }

  return {
    folder,
    absolute,
    hides: (path) =>
      isInSkippedFolder(path) ||
      path.split('/').some((_, index, names) => isExcluded(names.slice(0, index + 1).join('/'))),
    list(at) {
      const entries = readFolder(absolute(at));
      if (entries === undefined) return undefined;
      const files: string[] = [];
      const folders: string[] = [];
      const links: { path: string; target: string }[] = [];
      for (const entry of entries) {
        const path = at === '' ? entry.name : `${at}/${entry.name}`;
        if (excluded.length > 0 && isExcluded(path)) continue;
        if (entry.isFile()) files.push(path);
        else if (entry.isDirectory()) {
          if (!SKIPPED_FOLDERS.has(entry.name)) folders.push(path);
        } else if (entry.isSymbolicLink()) links.push(...follow(path));
      }
      return { files, folders, links };
    },
  };
}

function readFolder(path: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

/**
 * The workspace folders that have to be walked so that each file is seen once: without those that the walk of another
 * one reaches, by this or any other path.
 */
export function foldersToWalk(folders: readonly string[], exclude: readonly string[]): readonly string[] {
  const excluded = exclude.map(globMatcher);
  const reaches = (outer: string, inner: string) => {
    if (!isInside(inner, outer)) return false;
    const names = relative(outer, inner).split(sep);
    return names.every(
      (name, index) =>
        !SKIPPED_FOLDERS.has(name) &&
        !excluded.some((matches) => matches(names.slice(0, index + 1).join('/'))),
    );
  };
  const real = folders.map(realPath);
  return folders.filter((_, index) =>
    real.every((other, at) => {
      const own = real[index] ?? '';
      if (at === index) return true;
      return other === own ? at > index : !reaches(other, own);
    }),
  );
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Orders paths as a walk by name meets them: the files of a folder before what is in its sub-folders. */
export function compareWalkOrder(one: string, other: string): number {
  const [left, right] = [one.split(/[\\/]/), other.split(/[\\/]/)];
  for (let at = 0; ; at += 1) {
    const [a, b] = [left[at], right[at]];
    if (a === undefined || b === undefined) return left.length - right.length;
    const depth = Number(at < left.length - 1) - Number(at < right.length - 1);
    if (depth !== 0) return depth;
    if (a !== b) return a < b ? -1 : 1;
  }
}
