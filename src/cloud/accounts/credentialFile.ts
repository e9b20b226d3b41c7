import { readFile, stat } from 'node:fs/promises';
import type { CloudError } from '../../model/cloudError';
import { createCloudError } from '../errors';

/** Real ones have some kilobytes, and are read for every call. */
const MAX_BYTES = 1024 * 1024;

/**
 * The text of a file of credentials, without BOM.
 * @returns undefined where there is no such file
 * @throws CloudError `badProfile` if there is something that cannot be read, or is no file, or far too long
 */
export async function readCredentialFile(file: string): Promise<string | undefined> {
  try {
    const found = await stat(file);
    // Reading a pipe would wait for somebody to write.
    if (!found.isFile()) throw badProfile(file, 'it is not a file');
    if (found.size > MAX_BYTES) throw badProfile(file, 'it is larger than 1 MB');
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw badProfile(file, `it cannot be read (${code})`);
  }
}

/** @param why what is wrong with the file, without any of its content */
export function badProfile(file: string, why: string): CloudError {
  return createCloudError({
    kind: 'badProfile',
    action: 'ReadProfiles',
    message: `The profile file ${file} cannot be used: ${why}.`,
  });
}

/** A mode or type to be shown: what is no word may be a secret that somebody put into the wrong place. */
export function shownMode(mode: string): string {
  return /^[A-Za-z_]{1,24}$/.test(mode) ? mode : 'unknown';
}
