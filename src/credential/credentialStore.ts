import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialFiles } from '../model/rotation';
import type { Secret } from '../model/secret';
import { type CredentialContent, formatCredentialFile } from './credentialFile';
import { createOrCompleteDurably, errnoOf, renameWithoutReplacing } from './durableFile';

type CredentialStoreErrorCode = 'notWritten' | 'notSettled' | 'nameTaken' | 'badName';

/** A credential file or password file that could not be put in place. The message names the file, never its content. */
class CredentialStoreError extends Error {
  override readonly name = 'CredentialStoreError';

  constructor(
    readonly code: CredentialStoreErrorCode,
    /** The file that is not there. */
    readonly file: string,
    /** The file system's code, such as `ENOSPC`. */
    readonly errno?: string,
  ) {
    super(`${code}: ${file}${errno === undefined ? '' : ` (${errno})`}`);
  }
}

/**
 * The two files of a client key in a folder, named as the console names them (docs/facts.md CRED-1).
 * @param stem the client key id, or the id of the rotation as long as there is no key: either way the names match the
 *   ignore rules of the folder
 * @throws CredentialStoreError `badName` for a stem that is no plain file name
 */
export function credentialFilesIn(folder: string, stem: string): CredentialFiles {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(stem)) throw new CredentialStoreError('badName', folder);
  return {
    credentialFile: join(folder, `clientKey_${stem}.json`),
    passwordFile: join(folder, `clientKey_${stem}_Password.txt`),
  };
}

/**
 * Writes the password without a line feed (docs/facts.md CRED-7), 0600, durably, and reads it back. Can be
 * repeated with the same password. The folder has to exist.
 * @param stem see `credentialFilesIn`
 * @returns the file
 * @throws CredentialStoreError `badName`, `nameTaken` or `notWritten`
 */
export async function writePasswordFile(folder: string, stem: string, password: Secret): Promise<string> {
  return writeSecretFile(credentialFilesIn(folder, stem).passwordFile, password);
}

/** Writes the credential file in the same way as `writePasswordFile`. */
export async function writeCredentialFile(
  folder: string,
  stem: string,
  content: CredentialContent,
): Promise<string> {
  return writeSecretFile(credentialFilesIn(folder, stem).credentialFile, formatCredentialFile(content));
}

/**
 * Gives both files the name of the client key. Can be repeated from whatever an earlier attempt left. After an error each
 * file is under the old or the new name: nothing is replaced and no content removed.
 * @param stem under which they were written
 * @returns the files under their final names
 * @throws CredentialStoreError `badName`, `nameTaken` (another file has a final name) or `notSettled`
 */
export async function settleNames(folder: string, stem: string, keyId: string): Promise<CredentialFiles> {
  const files = credentialFilesIn(folder, stem);
  const settled = credentialFilesIn(folder, keyId);
  for (const kind of ['passwordFile', 'credentialFile'] as const) {
    try {
      await removeEmptyClaim(files[kind], settled[kind]);
      await renameWithoutReplacing(files[kind], settled[kind]);
    } catch (error) {
      throw storeError(error, 'notSettled', settled[kind]);
    }
  }
  return settled;
}

/**
 * A crash on a file system without links leaves an empty file under the new name. The key id is new in the world, so it is
 * ours, and it holds nothing.
 */
async function removeEmptyClaim(from: string, to: string): Promise<void> {
  const [source, claim] = await Promise.all([from, to].map((file) => lstat(file).catch(() => undefined)));
  if (source !== undefined && claim?.isFile() && claim.size === 0) await rm(to);
}

async function writeSecretFile(file: string, secret: Secret): Promise<string> {
  const bytes = new TextEncoder().encode(secret.reveal());
  try {
    await createOrCompleteDurably(file, bytes);
    if (Buffer.from(bytes).equals(await readFile(file))) return file;
  } catch (error) {
    throw storeError(error, 'notWritten', file);
  }
  throw new CredentialStoreError('notWritten', file);
}

function storeError(error: unknown, code: 'notWritten' | 'notSettled', file: string): CredentialStoreError {
  const errno = errnoOf(error);
  return new CredentialStoreError(errno === 'EEXIST' ? 'nameTaken' : code, file, errno);
}
