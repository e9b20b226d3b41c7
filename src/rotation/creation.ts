import { mkdir } from 'node:fs/promises';
import { type CredentialContent, formatCredentialFile } from '../credential/credentialFile';
import { credentialFilesIn, writeCredentialFile, writePasswordFile } from '../credential/credentialStore';
import { isCloudError } from '../model/cloudError';
import type { Secret } from '../model/secret';
import { type Action, type Context, credentialFolder, lastResortFolder, vaultPrefix } from './context';
import type { Attempt, JournalRecord } from './journalRecord';
import { findOrphans } from './orphan';
import type { CreatedClientKey } from './ports';
import { isRotationError, RotationError, throwIfCancelled } from './rotationError';

/** Copies in the secret store: second copies, never the only ones, unless every disk failed. */
export function passwordCopy(rotationId: string): string {
  return `${vaultPrefix(rotationId)}password`;
}
export function credentialCopy(rotationId: string): string {
  return `${vaultPrefix(rotationId)}credential`;
}

/** Makes the password durable, so that whatever the call returns can be opened. Can be repeated. */
export async function savePassword(
  context: Context,
  record: JournalRecord,
  password: Secret,
  { onProgress, signal }: Action,
): Promise<void> {
  onProgress({ step: 'savingPassword' });
  throwIfCancelled(signal);
  await context.vault.store(passwordCopy(record.id), password);
  await writePasswordFile(credentialFolder(record), record.id, password);
}

/**
 * Calls CreateClientKey, once. The journal says `sent` before, and the answer is in a durable file before the journal
 * says `answered`: between the two, the file itself tells.
 * @throws CloudError if the service refused: nothing was created
 * @throws RotationError `answerLost` if nobody knows, `credentialNotSaved` if no disk took the answer, `aapFull`
 */
export async function createOnce(
  context: Context,
  record: JournalRecord,
  password: Secret,
  { onProgress, signal }: Action,
): Promise<JournalRecord> {
  const { notBefore, notAfter } = record.request;
  onProgress({ step: 'creating' });
  throwIfCancelled(signal);
  const sent = await setOutcome(context, record, 'sent');
  let answer: CreatedClientKey;
  try {
    // From here on a cancelled signal is not looked at: the answer is the only copy of the key.
    answer = await context.keys.createClientKey(record.aap, { password, notBefore, notAfter });
  } catch (error) {
    if (isCloudError(error) && !error.effectUnknown) {
      await setOutcome(context, sent, 'refused');
      throw error.kind === 'limitExceeded'
        ? new RotationError('aapFull', { aap: record.aap.aapName })
        : error;
    }
    throw await lostAnswer(context, sent);
  }
  onProgress({ step: 'savingCredential' });
  return saveAnswer(context, sent, answer, password);
}

/** Looks at once whether the key is there, so that the error can name it. */
async function lostAnswer(context: Context, sent: JournalRecord): Promise<RotationError> {
  try {
    const [orphan] = findOrphans(sent, await context.keys.listClientKeys(sent.aap));
    return new RotationError('answerLost', { keyId: orphan?.id });
  } catch {
    return new RotationError('answerLost');
  }
}

/** From here on there is a key: no failure may be told as if nothing had been created. */
async function saveAnswer(
  context: Context,
  sent: JournalRecord,
  answer: CreatedClientKey,
  password: Secret,
): Promise<JournalRecord> {
  const content = { keyId: answer.id, privateKeyData: answer.privateKeyData };
  const saved = await saveSomewhere(context, sent, content, password);
  // The attempt stays `sent`: a key whose credential is nowhere is an orphan of ours.
  if (saved === 'nowhere') throw new RotationError('answerLost', { keyId: answer.id });
  const files = saved === 'vault' ? undefined : saved;
  const answered = {
    newKey: { id: answer.id, notBefore: answer.notBefore, notAfter: answer.notAfter },
    createdAt: answer.answeredAt,
    ...(files !== undefined && { files }),
    creation: {
      ...sent.creation,
      attempts: withAnswer(sent, answer.id),
      requestId: answer.requestId,
    },
  };
  try {
    const record = await context.journal.update(sent, answered);
    if (files !== undefined) return record;
  } catch (error) {
    if (isRotationError(error)) throw error;
    if (files !== undefined)
      throw new RotationError('notSettled', { file: files.credentialFile, keyId: answer.id });
  }
  throw new RotationError('credentialNotSaved', { keyId: answer.id });
}

/**
 * Writes the credential file beside the password file, or both into global storage if that folder fails now.
 * @returns the files; `vault` if no disk took them and the secret store alone was left; `nowhere` if that failed too
 */
export async function saveSomewhere(
  context: Context,
  record: JournalRecord,
  content: CredentialContent,
  password: Secret,
): Promise<JournalRecord['files'] | 'vault' | 'nowhere'> {
  try {
    await writeCredentialFile(credentialFolder(record), record.id, content);
    return record.files;
  } catch {
    context.log(`${record.id}: the chosen folder failed, the credential goes to global storage`);
  }
  const folder = lastResortFolder(context, record.id);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeCredentialFile(folder, record.id, content);
    await writePasswordFile(folder, record.id, password);
    return credentialFilesIn(folder, record.id);
  } catch {
    context.log(`${record.id}: global storage failed too, the credential goes to the secret store`);
  }
  try {
    // The whole file, so that it says whose it is even if the journal could not be written either.
    await context.vault.store(credentialCopy(record.id), formatCredentialFile(content));
    return 'vault';
  } catch {
    context.log(`${record.id}: the secret store failed too, the credential is lost`);
    return 'nowhere';
  }
}

function setOutcome(
  context: Context,
  record: JournalRecord,
  outcome: Attempt['outcome'],
): Promise<JournalRecord> {
  const attempts = withOutcome(record, outcome);
  return context.journal.update(record, { creation: { ...record.creation, attempts } });
}

/** The attempts with the outcome of the last one. */
function withOutcome(record: JournalRecord, outcome: Attempt['outcome']): Attempt[] {
  return withLast(record, { outcome });
}

/** The attempts with the key that the last one made. */
export function withAnswer(record: JournalRecord, keyId: string): Attempt[] {
  return withLast(record, { outcome: 'answered', keyId });
}

function withLast(record: JournalRecord, change: Partial<Attempt>): Attempt[] {
  const { attempts } = record.creation;
  return attempts.map((attempt, index) =>
    index === attempts.length - 1 ? { ...attempt, ...change } : attempt,
  );
}
