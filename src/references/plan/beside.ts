import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import type { ResolvedMember } from '../link/grouping';
import { readWhole } from '../scan/readBytes';
import { isInSkippedFolder } from '../scan/walk';
import { isPasswordJson, passwordLike } from './credentialText';
import type { IntendedCopy, NewPair } from './intent';
import { nameOfPath, newFileName, newPathValue } from './newPath';

/** A path for the new key. */
export interface Beside {
  readonly value: string;
  /** The file that has to be put there first. */
  readonly copy?: Omit<IntendedCopy, 'groupIds'>;
  /** The file of this machine that it leads to; without one it has to be delivered where the program runs. */
  readonly leadsTo?: string;
}

/**
 * What a path of a client becomes when its new files are put beside the old ones: in the folder where the old file lies, so
 * that whatever brings that folder to the program brings the new files too. Nothing is put outside the workspace folder or
 * into build output.
 * @returns in words why there can be no file
 */
export function besideOf(
  { found, resolved }: ResolvedMember,
  folder: string,
  pair: NewPair,
): Beside | string {
  const value = found.value ?? '';
  const role = found.role === 'passwordFile' ? 'passwordFile' : 'keyFile';
  const target = resolved?.target;
  const old = target === undefined ? undefined : readOrNothing(target);
  const text = role === 'passwordFile' ? old?.toString('utf8') : undefined;
  const isJson = text === undefined ? /^password_.*\.json$/i.test(nameOfPath(value)) : isPasswordJson(text);
  const newName = newFileName(role, pair.keyId, role === 'passwordFile' && isJson);
  const newValue = newPathValue(value, target === undefined ? undefined : basename(target), newName);
  if (target === undefined) return { value: newValue };
  const file = join(dirname(target), newName);
  if (isSamePlace(file, role === 'keyFile' ? pair.credentialFile : pair.passwordFile))
    return { value: newValue, leadsTo: file };
  const content =
    role === 'keyFile' ? pair.credential?.bytes : newPasswordFile(isJson ? text : undefined, pair);
  if (content === undefined) return 'The file of the new credential cannot be read.';
  const there = existsSync(file) ? readOrNothing(file) : undefined;
  // Outside of the workspace folder the user brings the file there.
  if (!isOurs(file, folder))
    return { value: newValue, ...(there?.equals(content) === true && { leadsTo: file }) };
  if (there?.equals(content) === true) return { value: newValue, leadsTo: file, copy: { file, content } };
  if (existsSync(file)) return `${file} is there already, with another content.`;
  return { value: newValue, leadsTo: file, copy: { file, content } };
}

/** JSON keeps its form. A line feed at the end of the old one is not needed by whoever strips it, and harms the others. */
function newPasswordFile(json: string | undefined, { password }: NewPair): Buffer {
  return Buffer.from(json === undefined ? password.reveal() : passwordLike(json, password.reveal()));
}

/** Whether a new file may be put there: in the workspace folder, also behind links, and not where a build writes. */
function isOurs(file: string, folder: string): boolean {
  try {
    const way = relative(realpathSync(folder), join(realpathSync(dirname(file)), basename(file)));
    return (
      way !== '' && way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way) && !isInSkippedFolder(way)
    );
  } catch {
    return false;
  }
}

/** Whether two paths mean one place; the file need not be there. */
function isSamePlace(one: string, other: string): boolean {
  const real = (file: string) => {
    try {
      return join(realpathSync(dirname(file)), basename(file));
    } catch {
      return file;
    }
  };
  return one === other || real(one) === real(other);
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readWhole(file);
  } catch {
    return undefined;
  }
}
