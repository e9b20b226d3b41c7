import { rm } from 'node:fs/promises';
import { credentialFilesIn } from '../credential/credentialStore';
import { generatePassword } from '../credential/passwordPolicy';
import { type ClientKey, MAX_KEYS_PER_AAP } from '../model/clientKey';
import type { CredentialFiles, RotationKey } from '../model/rotation';
import { type Action, type Context, isResting, lastResortFolder, requireState, runStep } from './context';
import { createOnce, savePassword, saveSomewhere, withAnswer } from './creation';
import { deleteOrphan } from './deletion';
import { isRotationRecord, type JournalRecord } from './journalRecord';
import { findKeyNow } from './keyPresence';
import { findOrphans } from './orphan';
import { RotationError } from './rotationError';
import { finishCreation } from './starting';
import { findOnDisk, findPassword, readCopy, restorePassword } from './survivors';
import { renewValidity } from './validity';

/**
 * Goes on with a creation from whatever the world looks like now: files on disk first, because they are there before the
 * journal says so, then the keys of the AAP. To be called under the lease.
 */
export async function resumeCreation(
  context: Context,
  record: JournalRecord,
  createAgain: boolean,
  action: Action,
): Promise<JournalRecord> {
  if (record.state === 'created' || record.state === 'watching') {
    const isDone = isRotationRecord(record) || isResting(context, record);
    return isDone ? record : finishCreation(context, record, action);
  }
  requireState(record, 'creating');
  action.onProgress({ step: 'checking' });
  const { keys, saved } = await runStep(context, record.id, 'save', async () => {
    const listed = await context.keys.listClientKeys(record.aap, action.signal);
    return findSaved(context, record, listed, action);
  });
  const answered =
    saved ??
    (await runStep(context, record.id, 'create', () =>
      createOnceMore(context, record, keys, createAgain, action),
    ));
  return finishCreation(context, answered, action);
}

/**
 * Looks for the new key and its credential, wherever it survived.
 * @returns the keys of the AAP, with those that the list lacks though they exist; `saved`: the record with its new key,
 *   undefined if no credential of an existing key survived
 */
async function findSaved(
  context: Context,
  record: JournalRecord,
  listed: readonly ClientKey[],
  { signal }: Action,
): Promise<{ readonly keys: readonly ClientKey[]; readonly saved: JournalRecord | undefined }> {
  const keys = new Map(listed.map((key) => [key.id, key]));
  const find = async (keyId: string) => {
    const key = await findKeyNow(context, record.aap, keyId, [...keys.values()], signal);
    if (key !== undefined) keys.set(keyId, key);
    return key;
  };
  if (record.newKey !== undefined) await find(record.newKey.id);
  for (const found of await findOnDisk(context, record)) {
    const key = await find(found.keyId);
    if (key !== undefined)
      return { keys: [...keys.values()], saved: await takeUp(context, record, key, found.files) };
  }
  const copy = await readCopy(context, record);
  const key = copy && (await find(copy.keyId));
  if (copy === undefined || key === undefined) return { keys: [...keys.values()], saved: undefined };
  const files = await saveSomewhere(context, record, copy, copy.password);
  if (typeof files === 'string') {
    await noteKey(context, record, key, record.files);
    throw new RotationError('credentialNotSaved', { keyId: key.id });
  }
  return { keys: [...keys.values()], saved: await takeUp(context, record, key, files) };
}

/** Goes on with the credential on disk. */
async function takeUp(
  context: Context,
  record: JournalRecord,
  key: ClientKey,
  files: CredentialFiles,
): Promise<JournalRecord> {
  await restorePassword(context, record, files);
  return noteKey(context, record, key, files);
}

async function noteKey(
  context: Context,
  record: JournalRecord,
  key: ClientKey,
  files: CredentialFiles,
): Promise<JournalRecord> {
  if (record.newKey?.id === key.id && sameFiles(record.files, files)) return record;
  const newKey: RotationKey = { id: key.id, notBefore: key.notBefore, notAfter: key.notAfter };
  return context.journal.update(record, {
    newKey,
    // The answer itself is gone; the present is later than it was, which is the safe side for waiting.
    createdAt: record.createdAt ?? context.keys.now(record.aap.accountId),
    files,
    creation: { ...record.creation, attempts: withAnswer(record, key.id) },
  });
}

async function createOnceMore(
  context: Context,
  record: JournalRecord,
  keys: readonly ClientKey[],
  createAgain: boolean,
  action: Action,
): Promise<JournalRecord> {
  const last = record.creation.attempts.at(-1);
  const certain = last?.outcome === 'prepared' || last?.outcome === 'refused';
  // Its credential was looked for and is nowhere: a key that an answer named is an orphan now.
  const { newKey: lost, ...givenUp } = record;
  const orphans = findOrphans(givenUp, keys);
  if (!createAgain && (!certain || orphans.length > 0))
    throw new RotationError('answerLost', { keyId: orphans[0]?.id ?? lost?.id });
  const kept = await findPassword(context, record);
  if (kept === undefined && !record.creation.generated) throw new RotationError('passwordLost');
  const password = kept ?? generatePassword();
  let current: JournalRecord = givenUp;
  for (const orphan of orphans) current = await deleteOrphan(context, current, orphan, action);
  const left = await context.keys.listClientKeys(record.aap, action.signal);
  if (left.length >= MAX_KEYS_PER_AAP) throw new RotationError('aapFull', { aap: record.aap.aapName });
  const dates = renewValidity(record.request, context.keys.now(record.aap.accountId));
  const asked = { ...dates, keysBefore: left.map((key) => key.id) };
  const attempts = [...current.creation.attempts, { ...asked, outcome: 'prepared' as const }];
  const files = credentialFilesIn(record.creation.folder, record.id);
  const prepared = await context.journal.update(
    current,
    { request: asked, files, creation: { ...current.creation, attempts, settled: false } },
    ['newKey', 'createdAt', 'failure'],
  );
  // What can be read there is of a key that the service has confirmed to be gone; it would stand in the way of the new one.
  await rm(files.credentialFile, { force: true });
  await rm(credentialFilesIn(lastResortFolder(context, record.id), record.id).credentialFile, {
    force: true,
  });
  // Nothing opens with a password that was lost; what is there of it may be cut by a crash.
  if (kept === undefined) await rm(files.passwordFile, { force: true });
  await savePassword(context, prepared, password, action);
  return createOnce(context, prepared, password, action);
}

function sameFiles(one: CredentialFiles, other: CredentialFiles): boolean {
  return one.credentialFile === other.credentialFile && one.passwordFile === other.passwordFile;
}
