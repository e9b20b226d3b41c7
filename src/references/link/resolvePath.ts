import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { keyIdOfText } from '../notations/credential';
import { readWhole } from '../scan/readBytes';
import { decodeText } from '../text/decodeText';
import { findMounted } from './mounts';
import type { Mount, ResolvedPath } from './resolvedPath';
import { foldersBetween, isHome, isInside, readWrittenPath } from './writtenPath';

/** What else is known of a path than its text. */
export interface PathContext {
  /** What the code says that the path counts from (`FoundMember.base`). */
  readonly base?: string | undefined;
  readonly mounts?: readonly Mount[];
}

/** A folder that a build fills from resources, and what follows. */
const BUILT =
  /^(.*?)(?:target\/(test-)?classes|build\/resources\/(?:main|(test))|out\/production\/(?:[^/]+\/)?resources|bin\/main)\/(.+)$/;

/**
 * Finds the file that a path setting means: relative to the file it stands in, to the folders above it up to the workspace
 * folder (programs start there), and to their `src/main/resources`, as the SDK for Java looks (docs/facts.md NAME-7). A
 * build output leads to its source, the path of a container to what is mounted there. A relative path never leads out of
 * the workspace folder; an absolute one may.
 */
export function resolvePath(
  value: string,
  file: string,
  folder: string,
  { base, mounts = [] }: PathContext = {},
): ResolvedPath | undefined {
  const { prefix, path, absolute } = readWrittenPath(value);
  if (path === '' || path.includes('\0')) return undefined;
  const local = path.replaceAll('\\', '/');
  if (base !== undefined && !/^\.\.?(?:\/|$)/.test(base)) {
    // Parts of one path, of which the last is the value: it counts from the folder that the others make.
    const way = base === '' ? local.replace(/^\/+/, '') : `${base}/${local}`;
    const found = resolvePath(way, file, folder, { mounts });
    return found && { ...found, base: resolve(readWrittenPath(base).absolute ? '/' : found.base, base) };
  }
  const from = base === undefined ? rootOf(prefix, folder) : resolve(dirname(file), base);
  if (from !== undefined) {
    const way = local.replace(/^\/+/, '');
    return findBuilt(way, from, folder) ?? findFile(way, from, isHome(prefix) ? undefined : folder);
  }
  if (absolute) {
    // A network share would be asked for by merely looking.
    if (/^[\\/]{2}/.test(path)) return undefined;
    if (isInside(resolve(path), folder)) {
      const built = findBuilt(relative(folder, resolve(path)).replaceAll('\\', '/'), folder, folder);
      if (built !== undefined) return { ...built, base: dirname(resolve(path)) };
    }
    if (isFile(path)) return { target: resolve(path), base: dirname(resolve(path)) };
    return findMounted(mounts, local, file, folder);
  }
  const folders = foldersBetween(dirname(file), folder);
  const resources = folders.map((above) => join(above, 'src', 'main', 'resources'));
  for (const above of prefix.startsWith('classpath')
    ? [...resources, ...folders]
    : [...folders, ...resources]) {
    const found = findBuilt(local, above, folder) ?? findFile(local, above, folder);
    if (found !== undefined) return found;
  }
  return findMounted(mounts, local, file, folder);
}

/** The client key of a credential file, or undefined if there is no such file or it is none. */
export function keyIdOfFile(path: string): string | undefined {
  try {
    return keyIdOfText(decodeText(readWhole(path)).text);
  } catch {
    return undefined;
  }
}

/** What the variable at the start of a path stands for. */
function rootOf(prefix: string, folder: string): string | undefined {
  if (isHome(prefix)) return homedir();
  return /workspace|PWD/.test(prefix) ? folder : undefined;
}

/** A file below `base`; inside `folder`, symbolic links resolved, unless it may lie anywhere. */
function findFile(local: string, base: string, folder: string | undefined): ResolvedPath | undefined {
  const target = resolve(base, local);
  if (folder !== undefined && !isInside(target, folder)) return undefined;
  if (!isFile(target)) return undefined;
  if (folder !== undefined && !isInside(realpathSync(target), realpathSync(folder))) return undefined;
  return { target, base };
}

function findBuilt(local: string, base: string, folder: string): ResolvedPath | undefined {
  const [, module, mavenTest, gradleTest, rest] = BUILT.exec(posix.normalize(local)) ?? [];
  if (module === undefined || rest === undefined) return undefined;
  const kind = mavenTest === undefined && gradleTest === undefined ? 'main' : 'test';
  const source = findFile(`${module}src/${kind}/resources/${rest}`, base, folder);
  return source === undefined ? undefined : { ...source, isBuilt: true };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
