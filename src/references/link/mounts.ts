import { type Stats, statSync } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { findClientKeyId } from '../../model/clientKey';
import type { FoundFile } from '../foundFile';
import type { Mount, ResolvedPath } from './resolvedPath';
import { nearness } from './settingsIndex';
import { countedFrom, foldersBetween, isInside, readWrittenPath } from './writtenPath';

/** All mounts whose source is here, or is named like a credential file. */
export function readMounts(files: readonly FoundFile[]): readonly Mount[] {
  return files.flatMap(({ file, folder, notation, mounts }) =>
    mounts.flatMap((mount): Mount[] => {
      const source = findSource(mount.source.value, file, folder);
      return source === undefined ? [] : [{ ...mount, file, folder, notation, ...source }];
    }),
  );
}

/**
 * The file of the workspace that stands at a path of a container. Every service has its own: what the file of the reader
 * says itself comes first, then what is nearest.
 * @returns undefined also where two mounts say different things
 */
export function findMounted(
  mounts: readonly Mount[],
  path: string,
  reader: string,
  folder: string,
): ResolvedPath | undefined {
  const found = mounts
    .filter((mount) => mount.folder === folder && mount.isMissing !== true)
    .flatMap((mount) => {
      const target = followMount(mount, posix.normalize(path));
      const near = mount.file === reader ? Number.POSITIVE_INFINITY : nearness(mount.file, reader);
      return target === undefined ? [] : [{ target, base: dirname(target), mount, near }];
    });
  const best = Math.max(...found.map(({ near }) => near));
  const [first, ...others] = found.filter(({ near }) => near === best);
  if (first === undefined || others.some(({ target }) => target !== first.target)) return undefined;
  const { near: _, ...resolved } = first;
  return resolved;
}

function followMount({ path: source, isFolder, target, workdir }: Mount, path: string): string | undefined {
  if (target?.value === undefined || target.value === '') return undefined;
  const written = countedFrom(workdir ?? '', target.value);
  const place = posix.normalize(written.replaceAll('\\', '/')).replace(/\/$/, '');
  if (!isFolder) {
    const names = [place, posix.join(place === '' ? '/' : place, basename(source))];
    return names.some((name) => isAt(path, name)) ? source : undefined;
  }
  // Where a relative target counts from (`WORKDIR`) is not known: only whole paths can be compared.
  if (!place.startsWith('/') && place !== '') return undefined;
  if (!path.startsWith(`${place}/`)) return undefined;
  const below = join(source, path.slice(place.length + 1));
  return statusOf(below)?.isFile() ? below : undefined;
}

/** Whether a path is this place; of a relative place all that is known is how paths to it end. */
function isAt(path: string, place: string): boolean {
  return path === place || (!place.startsWith('/') && path.endsWith(`/${place}`));
}

function findSource(
  value: string | undefined,
  file: string,
  folder: string,
): Pick<Mount, 'path' | 'isFolder' | 'base' | 'isMissing'> | undefined {
  if (value === undefined) return undefined;
  const { path, absolute } = readWrittenPath(value);
  if (absolute || path === '' || path.includes('\0')) return undefined;
  for (const base of foldersBetween(dirname(file), folder)) {
    const source = resolve(base, path.replaceAll('\\', '/'));
    const status = isInside(source, folder) ? statusOf(source) : undefined;
    if (status !== undefined) return { path: source, isFolder: status.isDirectory(), base };
  }
  if (findClientKeyId(basename(path)) === undefined) return undefined;
  const base = dirname(file);
  return { path: resolve(base, path.replaceAll('\\', '/')), isFolder: false, base, isMissing: true };
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
