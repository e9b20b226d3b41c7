import { randomUUID } from 'node:crypto';
import { mkdir, rmdir } from 'node:fs/promises';
import * as path from 'node:path';
import { gitState } from '../credential/gitState';

/** A folder that holds one file on its way to its target. */
const FOLDER_PREFIX = '.kms-client-keys-';

/**
 * Where the new bytes of `target` are written before they are renamed over it: the same file system, and a name that the
 * ignore rule of the target covers, so that no commit of that moment can pick up a secret. A rule such as `.env` covers no
 * other name beside it, but does cover the same name one folder further down.
 */
export async function temporaryFor(target: string): Promise<string> {
  const folder = path.dirname(target);
  const mark = randomUUID().slice(0, 8);
  const beside = path.join(folder, `${path.basename(target)}.${mark}.tmp`);
  if ((await gitState(target)) !== 'ignored' || (await gitState(beside)) === 'ignored') return beside;
  return path.join(folder, `${FOLDER_PREFIX}${mark}`, path.basename(target));
}

/** Makes the folder of a temporary file, if it has one of its own. */
export async function openTemporary(temporary: string): Promise<void> {
  if (ownFolder(temporary)) await mkdir(path.dirname(temporary), { recursive: true, mode: 0o700 });
}

/** Removes that folder again; a folder that somebody put something into stays. */
export async function closeTemporary(temporary: string): Promise<void> {
  if (ownFolder(temporary)) await rmdir(path.dirname(temporary)).catch(() => undefined);
}

function ownFolder(temporary: string): boolean {
  return path.basename(path.dirname(temporary)).startsWith(FOLDER_PREFIX);
}
