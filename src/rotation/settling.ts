import { readFile } from 'node:fs/promises';
import { settleNames } from '../credential/credentialStore';
import { samePublicKey } from '../credential/pkcs12';
import type { RotationKey } from '../model/rotation';
import { Secret } from '../model/secret';
import { type Action, type Context, credentialFolder, isResting } from './context';
import { credentialCopy } from './creation';
import { isRotationRecord, type JournalRecord } from './journalRecord';
import { forgetSecrets } from './keptValues';
import { RotationError } from './rotationError';

/** Gives both files the name of the new key. Can be repeated: what an earlier attempt renamed is found. */
export async function settle(context: Context, record: JournalRecord): Promise<JournalRecord> {
  if (record.creation.settled) return record;
  const newKey = newKeyOf(record);
  const files = await settleNames(credentialFolder(record), record.id, newKey.id);
  return context.journal.update(record, { files, creation: { ...record.creation, settled: true } });
}

/**
 * Proves that the files on disk are the new client key: the password file opens the credential file, the private key
 * belongs to the certificate, the certificate is the one the service has, and its dates are those of the answer.
 * @throws RotationError `proofFailed` with what did not hold; CloudError; the error of the background
 */
export async function prove(context: Context, record: JournalRecord, action: Action): Promise<JournalRecord> {
  action.onProgress({ step: 'proving' });
  const newKey = newKeyOf(record);
  const bytes = await readFile(record.files.credentialFile);
  const opened = await context.background.openCredential(bytes, await readPassword(record));
  const known = await context.keys.getClientKey(record.aap, newKey.id, action.signal);
  const fail = (what: string) => new RotationError('proofFailed', { what, keyId: newKey.id });
  if (opened.keyId !== newKey.id) throw fail('keyId');
  if (!opened.keyMatches) throw fail('privateKey');
  if (known.publicKeyPem === undefined || !samePublicKey(opened.certificatePem, known.publicKeyPem))
    throw fail('certificate');
  if (!sameSecond(opened.notBefore, newKey.notBefore) || !sameSecond(opened.notAfter, newKey.notAfter))
    throw fail('dates');
  if (!isRotationRecord(record) && !isResting(context, record)) {
    // A creation ends here. The files are all it needs, so nothing is kept beyond that, whatever stops the process now.
    await forgetSecrets(context, record);
    return context.journal.update(record, { proven: true, state: 'finished' }, ['failure']);
  }
  const proven = await context.journal.update(record, { proven: true, state: 'created' }, ['failure']);
  await context.vault.remove(credentialCopy(record.id));
  return proven;
}

/** The password as it stands on disk: what the applications will read. */
async function readPassword(record: JournalRecord): Promise<Secret> {
  return new Secret(await readFile(record.files.passwordFile, 'utf8'));
}

/** @throws RotationError `wrongState` before the creation */
export function newKeyOf(record: JournalRecord): RotationKey {
  if (record.newKey === undefined) throw new RotationError('wrongState', { state: record.state });
  return record.newKey;
}

function sameSecond(one: number, other: number): boolean {
  return Math.floor(one / 1000) === Math.floor(other / 1000);
}
