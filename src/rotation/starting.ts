import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { credentialFilesIn } from '../credential/credentialStore';
import { gitState } from '../credential/gitState';
import { checkPassword, generatePassword } from '../credential/passwordPolicy';
import { type ClientKey, MAX_KEYS_PER_AAP } from '../model/clientKey';
import { isOpen } from '../model/rotation';
import { type Action, type Context, runStep } from './context';
import { createOnce, savePassword } from './creation';
import { JOURNAL_FORMAT, type JournalRecord } from './journalRecord';
import { RotationError, throwIfCancelled } from './rotationError';
import type { RotationRequest } from './rotations';
import { prove, settle } from './settling';
import { chooseValidity } from './validity';

/**
 * Begins a rotation: what can be known before is checked before, then the journal, the password, the key, its files,
 * the proof. To be called under the lease of the AAP.
 */
export async function startRotation(
  context: Context,
  request: RotationRequest,
  action: Action,
): Promise<JournalRecord> {
  action.onProgress({ step: 'checking' });
  const password = 'typed' in request.password ? request.password.typed : generatePassword();
  if (checkPassword(password).problems.length > 0)
    throw new RotationError('badRequest', { what: 'password' });
  const id = randomUUID();
  await checkFolder(request.folder, id, request.allowUnignored);
  await requireNoOtherRotation(context, request, undefined);
  const keys = await context.keys.listClientKeys(request.aap, action.signal);
  requireFreeSlot(request, keys);
  throwIfCancelled(action.signal);
  const begun = await context.journal.begin(planRecord(context, request, id, keys));
  try {
    // Once more with the own journal in place: of two windows without a lease, at least one sees the other.
    await requireNoOtherRotation(context, request, id);
  } catch (error) {
    await context.journal.update(begun, { state: 'abandoned' });
    throw error;
  }
  const sent = await runStep(context, id, 'create', async () => {
    await savePassword(context, begun, password, action);
    return createOnce(context, begun, password, action);
  });
  return finishCreation(context, sent, action);
}

/** From a credential that is durable to one that is proven. */
export async function finishCreation(
  context: Context,
  record: JournalRecord,
  action: Action,
): Promise<JournalRecord> {
  const settled = await runStep(context, record.id, 'save', () => settle(context, record));
  return runStep(context, record.id, 'prove', () => prove(context, settled, action));
}

/**
 * Whether credential files may be written to a folder.
 * @throws RotationError `folderMissing`, `folderNotWritable` or `notIgnored`
 */
export async function checkFolder(folder: string, stem: string, allowUnignored: boolean): Promise<void> {
  if (!path.isAbsolute(folder)) throw new RotationError('badRequest', { what: 'folder' });
  try {
    if (!(await stat(folder)).isDirectory()) throw new RotationError('folderMissing', { folder });
  } catch {
    throw new RotationError('folderMissing', { folder });
  }
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new RotationError('folderNotWritable', { folder });
  }
  if (allowUnignored) return;
  const { credentialFile, passwordFile } = credentialFilesIn(folder, stem);
  const states = await Promise.all([gitState(credentialFile), gitState(passwordFile)]);
  if (!states.every((state) => state === 'ignored' || state === 'notInWorkTree'))
    throw new RotationError('notIgnored', { folder });
}

async function requireNoOtherRotation(
  context: Context,
  request: RotationRequest,
  ownId: string | undefined,
): Promise<void> {
  const { records } = await context.journal.readAll();
  const other = records.find(
    (record) => record.id !== ownId && isOpen(record) && record.oldKey.id === request.oldKey.id,
  );
  if (other !== undefined) throw new RotationError('alreadyRotating', { id: other.id });
}

function requireFreeSlot(request: RotationRequest, keys: readonly ClientKey[]): void {
  if (!keys.some((key) => key.id === request.oldKey.id))
    throw new RotationError('oldKeyGone', { keyId: request.oldKey.id });
  if (keys.length >= MAX_KEYS_PER_AAP) throw new RotationError('aapFull', { aap: request.aap.aapName });
}

function planRecord(
  context: Context,
  request: RotationRequest,
  id: string,
  keys: readonly ClientKey[],
): JournalRecord {
  const { accountId, regionId, aapName } = request.aap;
  const { oldKey } = request;
  const dates = chooseValidity(request.validity, context.keys.now(accountId));
  const asked = { ...dates, keysBefore: keys.map((key) => key.id) };
  const now = context.clock();
  return {
    format: JOURNAL_FORMAT,
    id,
    revision: 1,
    stamp: randomUUID(),
    state: 'creating',
    aap: { accountId, regionId, aapName },
    oldKey: { id: oldKey.id, notBefore: oldKey.notBefore, notAfter: oldKey.notAfter },
    files: credentialFilesIn(request.folder, id),
    request: asked,
    proven: false,
    workspaces: [],
    startedAt: now,
    updatedAt: now,
    oldKeyCreatedAt: oldKey.createdAt,
    creation: {
      attempts: [{ ...asked, outcome: 'prepared' }],
      folder: request.folder,
      settled: false,
      generated: 'generate' in request.password,
      deletedOrphans: [],
    },
    oldFiles: [],
    lastCopies: [],
  };
}
