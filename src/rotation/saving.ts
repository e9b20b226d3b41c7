import { readFile, rm } from 'node:fs/promises';
import { parseCredentialFile } from '../credential/credentialFile';
import { settleNames, writeCredentialFile, writePasswordFile } from '../credential/credentialStore';
import { type Context, credentialFolder, lastResortFolder, requireState, runStep } from './context';
import type { JournalRecord } from './journalRecord';
import { RotationError } from './rotationError';
import { newKeyOf, readPassword } from './settling';
import { checkFolder } from './starting';

/**
 * Moves a credential from global storage, where it went because the chosen folder failed, to a folder of the user. The copy
 * in global storage goes only after both files are durable and the journal names them.
 * @throws RotationError `wrongState` if it does not rest there or is in use by a patch already, and those of `checkFolder`
 */
export async function saveCredential(
  context: Context,
  record: JournalRecord,
  folder: string,
  allowUnignored: boolean,
): Promise<JournalRecord> {
  requireState(record, 'created', 'watching');
  const resting = lastResortFolder(context, record.id);
  if (credentialFolder(record) !== resting || record.workspaces.some(({ edits }) => edits.length > 0))
    throw new RotationError('wrongState', { state: record.state });
  const newKey = newKeyOf(record);
  await checkFolder(folder, newKey.id, allowUnignored);
  return runStep(context, record.id, 'save', async () => {
    await writePasswordFile(folder, record.id, await readPassword(record));
    await writeCredentialFile(
      folder,
      record.id,
      parseCredentialFile(await readFile(record.files.credentialFile)),
    );
    const files = await settleNames(folder, record.id, newKey.id);
    const saved = await context.journal.update(record, { files }, ['failure']);
    await rm(resting, { recursive: true, force: true });
    return saved;
  });
}
