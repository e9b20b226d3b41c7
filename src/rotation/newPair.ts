import { readFile } from 'node:fs/promises';
import { isCredentialError } from '../credential/credentialError';
import { errnoOf } from '../credential/durableFile';
import { Secret } from '../model/secret';
import type { Context } from './context';
import type { JournalRecord } from './journalRecord';
import { RotationError } from './rotationError';
import { newKeyOf } from './settling';

/**
 * Opens the new credential file with the new password file as they stand on disk now: the files may have changed or gone
 * since they were proven, and applications are about to be pointed at them.
 * @returns the password that opens it
 * @throws RotationError `pairBroken` with the file that is in the way; the error of the background
 */
export async function openNewPair(context: Context, record: JournalRecord): Promise<Secret> {
  const { credentialFile, passwordFile } = record.files;
  const broken = (file: string, what: string) => new RotationError('pairBroken', { file, what });
  const read = (file: string) =>
    readFile(file).catch((error: unknown) => {
      throw broken(file, errnoOf(error) ?? 'unreadable');
    });
  const bytes = await read(credentialFile);
  const password = new Secret((await read(passwordFile)).toString('utf8'));
  const opened = await context.background.openCredential(bytes, password).catch((error: unknown) => {
    if (!isCredentialError(error)) throw error;
    throw broken(error.code === 'wrongPassword' ? passwordFile : credentialFile, error.code);
  });
  if (opened.keyId !== newKeyOf(record).id) throw broken(credentialFile, 'keyId');
  if (!opened.keyMatches) throw broken(credentialFile, 'privateKey');
  return password;
}
