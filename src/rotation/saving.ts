import { readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { type CredentialContent, parseCredentialFile } from '../credential/credentialFile';
import {
  credentialFilesIn,
  settleNames,
  writeCredentialFile,
  writePasswordFile,
} from '../credential/credentialStore';
import type { Secret } from '../model/secret';
import { type Action, type Context, isResting, lastResortFolder, requireState, runStep } from './context';
import { isPatched, isRotationRecord, type JournalRecord } from './journalRecord';
import { RotationError } from './rotationError';
import { newKeyOf } from './settling';
import { checkFolder, finishCreation } from './starting';
import { findOnDisk, findPassword, readCopy } from './survivors';

/**
 * Moves a credential from where it went because the chosen folder failed, global storage or the secret store alone, to a
 * folder of the user, and proves it where the creation had stopped there. The other copies go only after both files are
 * durable and the journal names them.
 * @throws RotationError `wrongState` if it does not rest there or is in use by a patch already, those of `checkFolder`, and
 *   `proofFailed`
 */
export async function saveCredential(
  context: Context,
  record: JournalRecord,
  folder: string,
  allowUnignored: boolean,
  action: Action,
): Promise<JournalRecord> {
  requireState(record, 'creating', 'created', 'watching');
  const resting = await readResting(context, record);
  if (resting === undefined || isPatched(record))
    throw new RotationError('wrongState', { state: record.state });
  const newKey = newKeyOf(record);
  await checkFolder(folder, newKey.id, allowUnignored);
  const saved = await runStep(context, record.id, 'save', async () => {
    await writePasswordFile(folder, record.id, resting.password);
    await writeCredentialFile(folder, record.id, resting);
    const files = await settleNames(folder, record.id, newKey.id);
    const creation = { ...record.creation, folder, settled: true };
    const moved = await context.journal.update(record, { files, creation }, ['failure']);
    await removeLeftovers(context, record);
    return moved;
  });
  // A patch opens the pair again; of a creation this is the last look at it.
  return saved.proven && isRotationRecord(saved) ? saved : finishCreation(context, saved, action);
}

/** @throws RotationError `credentialNotSaved` as long as the credential rests in the storage of the extension */
export function requireSaved(context: Context, record: JournalRecord): void {
  if (isResting(context, record))
    throw new RotationError('credentialNotSaved', { keyId: newKeyOf(record).id });
}

/** The credential in global storage, or in the secret store if no disk had taken it. */
async function readResting(
  context: Context,
  record: JournalRecord,
): Promise<(CredentialContent & { readonly password: Secret }) | undefined> {
  const folder = lastResortFolder(context, record.id);
  const found = (await findOnDisk(context, record)).find(({ file }) => path.dirname(file) === folder);
  if (found === undefined) return record.state === 'creating' ? readCopy(context, record) : undefined;
  const password = await findPassword(context, record);
  if (password === undefined) throw new RotationError('passwordLost');
  return { ...parseCredentialFile(await readFile(found.file)), password };
}

/** What was written before the chosen folder failed, and the copy in global storage. The credential itself is safe by now. */
async function removeLeftovers(context: Context, record: JournalRecord): Promise<void> {
  try {
    await rm(lastResortFolder(context, record.id), { recursive: true, force: true });
    const { credentialFile, passwordFile } = credentialFilesIn(record.creation.folder, record.id);
    await rm(passwordFile, { force: true });
    await rm(credentialFile, { force: true });
  } catch {
    context.log(`${record.id}: an earlier copy of the credential could not be removed`);
  }
}
