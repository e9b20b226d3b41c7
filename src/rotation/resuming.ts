import { mkdir, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { parseCredentialFile } from '../credential/credentialFile';
import { credentialFilesIn, writePasswordFile } from '../credential/credentialStore';
import { generatePassword } from '../credential/passwordPolicy';
import { type ClientKey, MAX_KEYS_PER_AAP } from '../model/clientKey';
import type { CredentialFiles, RotationKey } from '../model/rotation';
import { Secret } from '../model/secret';
import { type Action, type Context, lastResortFolder, requireState, runStep } from './context';
import {
  createOnce,
  credentialCopy,
  passwordCopy,
  savePassword,
  saveSomewhere,
  withOutcome,
} from './creation';
import { deleteOrphan } from './deletion';
import type { JournalRecord } from './journalRecord';
import { findOrphans } from './orphan';
import { RotationError } from './rotationError';
import { finishCreation } from './starting';
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
  if (record.state === 'created' || record.state === 'watching') return record;
  requireState(record, 'creating');
  action.onProgress({ step: 'checking' });
  const answered = await runStep(context, record.id, 'create', async () => {
    const keys = await context.keys.listClientKeys(record.aap, action.signal);
    const saved = await findSaved(context, record, keys);
    return saved ?? createOnceMore(context, record, keys, createAgain, action);
  });
  return finishCreation(context, answered, action);
}

/** The record with its new key, if the credential survived somewhere; undefined if it did not. */
async function findSaved(
  context: Context,
  record: JournalRecord,
  keys: readonly ClientKey[],
): Promise<JournalRecord | undefined> {
  const found = (await findOnDisk(context, record)) ?? (await saveCopy(context, record));
  const key = keys.find((candidate) => candidate.id === found?.keyId);
  if (found === undefined || key === undefined) return undefined;
  const { files } = found;
  await restorePassword(context, record, files);
  if (record.newKey?.id === key.id && sameFiles(record.files, files)) return record;
  const newKey: RotationKey = { id: key.id, notBefore: key.notBefore, notAfter: key.notAfter };
  return context.journal.update(record, {
    newKey,
    // The answer itself is gone; the present is later than it was, which is the safe side for waiting.
    createdAt: record.createdAt ?? context.keys.now(record.aap.accountId),
    files,
    creation: { ...record.creation, attempts: withOutcome(record, 'answered') },
  });
}

interface SavedCredential {
  readonly keyId: string;
  readonly files: CredentialFiles;
}

/** Looks under the names that this rotation may have written, in the chosen folder and in global storage. */
async function findOnDisk(context: Context, record: JournalRecord): Promise<SavedCredential | undefined> {
  const current = path.dirname(record.files.credentialFile);
  const folders = new Set([current, record.creation.folder, lastResortFolder(context, record.id)]);
  const stems = [record.id, ...(record.newKey === undefined ? [] : [record.newKey.id])];
  for (const folder of folders)
    for (const stem of stems) {
      const files = credentialFilesIn(folder, stem);
      try {
        const { keyId } = parseCredentialFile(await readFile(files.credentialFile));
        // Both are settled later from the rotation's own names, wherever an earlier attempt stopped.
        return { keyId, files: credentialFilesIn(folder, record.creation.settled ? keyId : record.id) };
      } catch {
        // Not there, or cut by a crash before the answer was durable: then it never was the credential.
      }
    }
  return undefined;
}

/** The credential that no disk took: writes it now. */
async function saveCopy(context: Context, record: JournalRecord): Promise<SavedCredential | undefined> {
  const keyId = record.newKey?.id;
  const privateKeyData = await context.vault.read(credentialCopy(record.id));
  const password = await findPassword(context, record);
  if (keyId === undefined || privateKeyData === undefined || password === undefined) return undefined;
  const files = await saveSomewhere(context, record, { keyId, privateKeyData }, password);
  if (files === undefined) throw new RotationError('credentialNotSaved', { keyId });
  return { keyId, files };
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
  const orphans = findOrphans(record, keys);
  if (!createAgain && (!certain || orphans.length > 0))
    throw new RotationError('answerLost', { keyId: orphans[0]?.id ?? record.newKey?.id });
  const kept = await findPassword(context, record);
  if (kept === undefined && !record.creation.generated) throw new RotationError('passwordLost');
  const password = kept ?? generatePassword();
  let current = record;
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
  // Of a key that is no longer there, else it would have been found: it would stand in the way of the new one.
  await rm(files.credentialFile, { force: true });
  await rm(credentialFilesIn(lastResortFolder(context, record.id), record.id).credentialFile, {
    force: true,
  });
  // Nothing opens with a password that was lost; what is there of it may be cut by a crash.
  if (kept === undefined) await rm(files.passwordFile, { force: true });
  await savePassword(context, prepared, password, action);
  return createOnce(context, prepared, password, action);
}

async function findPassword(context: Context, record: JournalRecord): Promise<Secret | undefined> {
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

/** The password file may be gone while the copy is there. */
async function restorePassword(
  context: Context,
  record: JournalRecord,
  files: CredentialFiles,
): Promise<void> {
  const settled = record.newKey && credentialFilesIn(path.dirname(files.passwordFile), record.newKey.id);
  for (const file of [files.passwordFile, settled?.passwordFile]) {
    if (file !== undefined && (await exists(file))) return;
  }
  const password = await findPassword(context, record);
  if (password === undefined) throw new RotationError('passwordLost');
  await mkdir(path.dirname(files.passwordFile), { recursive: true, mode: 0o700 });
  await writePasswordFile(path.dirname(files.passwordFile), record.id, password);
}

async function exists(file: string): Promise<boolean> {
  try {
    return (await readFile(file)).byteLength > 0;
  } catch {
    return false;
  }
}

function sameFiles(one: CredentialFiles, other: CredentialFiles): boolean {
  return one.credentialFile === other.credentialFile && one.passwordFile === other.passwordFile;
}
