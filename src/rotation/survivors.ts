import { mkdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { type CredentialContent, parseCredentialFile } from '../credential/credentialFile';
import { credentialFilesIn, writePasswordFile } from '../credential/credentialStore';
import type { CredentialFiles } from '../model/rotation';
import { Secret } from '../model/secret';
import { type Context, lastResortFolder } from './context';
import { credentialCopy, passwordCopy } from './creation';
import type { JournalRecord } from './journalRecord';
import { RotationError } from './rotationError';

/** A credential on disk and the key it belongs to. */
export interface SavedCredential {
  readonly keyId: string;
  /** Where it was found. */
  readonly file: string;
  /** The files as this rotation names them. */
  readonly files: CredentialFiles;
}

/** Looks under the names that this rotation may have written, in the chosen folder and in global storage. */
export async function findOnDisk(
  context: Context,
  record: JournalRecord,
): Promise<readonly SavedCredential[]> {
  const current = path.dirname(record.files.credentialFile);
  const folders = new Set([current, record.creation.folder, lastResortFolder(context, record.id)]);
  const stems = [record.id, ...(record.newKey === undefined ? [] : [record.newKey.id])];
  const found: SavedCredential[] = [];
  for (const folder of folders)
    for (const stem of stems) {
      const files = credentialFilesIn(folder, stem);
      try {
        const { keyId } = parseCredentialFile(await readFile(files.credentialFile));
        // Both are settled later from the rotation's own names, wherever an earlier attempt stopped.
        found.push({
          keyId,
          file: files.credentialFile,
          files: credentialFilesIn(folder, record.creation.settled ? keyId : record.id),
        });
      } catch {
        // Not there, or cut by a crash before the answer was durable: then it never was the credential.
      }
    }
  return found;
}

/** The credential that no disk took, if the password to open it is there too. */
export async function readCopy(
  context: Context,
  record: JournalRecord,
): Promise<(CredentialContent & { readonly password: Secret }) | undefined> {
  const copy = await context.vault.read(credentialCopy(record.id));
  const password = await findPassword(context, record);
  if (copy === undefined || password === undefined) return undefined;
  try {
    return { ...parseCredentialFile(Buffer.from(copy.reveal())), password };
  } catch {
    return undefined;
  }
}

/** The password of this rotation; undefined if it was lost. */
export async function findPassword(context: Context, record: JournalRecord): Promise<Secret | undefined> {
  const copy = await context.vault.read(passwordCopy(record.id));
  if (copy !== undefined) return copy;
  // A file from before the call may have been cut by a crash.
  if (record.creation.attempts.every(({ outcome }) => outcome === 'prepared')) return undefined;
  for (const files of [record.files, credentialFilesIn(lastResortFolder(context, record.id), record.id)]) {
    try {
      const text = await readFile(files.passwordFile, 'utf8');
      if (text !== '') return new Secret(text);
    } catch {
      // The next place may have it.
    }
  }
  return undefined;
}

/**
 * The password file may be gone while the copy is there: then it is written again.
 * @throws RotationError `passwordLost` if it is nowhere
 */
export async function restorePassword(
  context: Context,
  record: JournalRecord,
  files: CredentialFiles,
): Promise<void> {
  if (!(await restorePasswordIfKept(context, record, files))) throw new RotationError('passwordLost');
}

/** As `restorePassword`; false if the password is nowhere. */
export async function restorePasswordIfKept(
  context: Context,
  record: JournalRecord,
  files: CredentialFiles,
): Promise<boolean> {
  const folder = path.dirname(files.passwordFile);
  const settled = record.newKey && credentialFilesIn(folder, record.newKey.id);
  for (const file of [files.passwordFile, settled?.passwordFile])
    if (file !== undefined && (await hasContent(file))) return true;
  const password = await findPassword(context, record);
  if (password === undefined) return false;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writePasswordFile(folder, record.id, password);
  return true;
}

/** Whether a file is there and not empty. */
export async function hasContent(file: string): Promise<boolean> {
  try {
    return (await readFile(file)).byteLength > 0;
  } catch {
    return false;
  }
}
