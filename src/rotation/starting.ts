import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { credentialFilesIn } from '../credential/credentialStore';
import { gitState } from '../credential/gitState';
import { checkPassword, generatePassword } from '../credential/passwordPolicy';
import { aapKey, type ClientKey, MAX_KEYS_PER_AAP } from '../model/clientKey';
import { isOpen } from '../model/rotation';
import { type Action, type Context, requireCreation, requireRotation, runStep } from './context';
import { createOnce, savePassword } from './creation';
import {
  type CreationRecord,
  isRotationRecord,
  type JournalRecord,
  NEW_CREATION,
  NEW_ROTATION,
  type NewKeyRecord,
  type RotationRecord,
} from './journalRecord';
import { RotationError, throwIfCancelled } from './rotationError';
import type { CreationRequest, RotationRequest } from './rotations';
import { prove, settle } from './settling';
import { chooseValidity } from './validity';

/** Begins a rotation with the creation of the new key. To be called under the lease of the AAP. */
export async function startRotation(
  context: Context,
  request: RotationRequest,
  action: Action,
): Promise<RotationRecord> {
  const { id: oldKeyId, notBefore, notAfter, createdAt } = request.oldKey;
  const started = await start(context, request, action, {
    isInTheWay: (other) => isRotationRecord(other) && other.oldKey.id === oldKeyId,
    refusal: 'alreadyRotating',
    plan(common, keys) {
      if (!keys.some((key) => key.id === oldKeyId))
        throw new RotationError('oldKeyGone', { keyId: oldKeyId });
      const oldKey = { id: oldKeyId, notBefore, notAfter };
      return { ...common, ...NEW_ROTATION, oldKey, oldKeyCreatedAt: createdAt };
    },
  });
  return requireRotation(started);
}

/**
 * Creates a key beside the others of its AAP. One that has stopped on its way is to be ended first: it may have made a key.
 * To be called under the lease of the AAP.
 */
export async function startCreation(
  context: Context,
  request: CreationRequest,
  action: Action,
): Promise<CreationRecord> {
  const started = await start(context, request, action, {
    isInTheWay: (other) => !isRotationRecord(other) && aapKey(other.aap) === aapKey(request.aap),
    refusal: 'alreadyCreating',
    plan: (common) => ({ ...common, ...NEW_CREATION }),
  });
  return requireCreation(started);
}

/** What is special about a rotation or a creation. */
interface Kind {
  /** Whether an open one of this machine has to end first. */
  isInTheWay(other: JournalRecord): boolean;
  readonly refusal: 'alreadyRotating' | 'alreadyCreating';
  /** The record of what is about to be done. */
  plan(common: NewKeyRecord, keys: readonly ClientKey[]): JournalRecord;
}

/** What can be known before is checked before, then the journal, the password, the key, its files, the proof. */
async function start(
  context: Context,
  request: CreationRequest,
  action: Action,
  kind: Kind,
): Promise<JournalRecord> {
  action.onProgress({ step: 'checking' });
  const password = 'typed' in request.password ? request.password.typed : generatePassword();
  if (checkPassword(password).problems.length > 0)
    throw new RotationError('badRequest', { what: 'password' });
  const id = randomUUID();
  await checkFolder(request.folder, id, request.allowUnignored);
  await requireNoOther(context, kind, undefined);
  const keys = await context.keys.listClientKeys(request.aap, action.signal);
  const planned = kind.plan(planNewKey(context, request, id, keys), keys);
  if (keys.length >= MAX_KEYS_PER_AAP) throw new RotationError('aapFull', { aap: request.aap.aapName });
  throwIfCancelled(action.signal);
  const begun = await context.journal.begin(planned);
  try {
    // Once more with the own journal in place: of two windows without a lease, at least one sees the other.
    await requireNoOther(context, kind, id);
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

/** From a credential that is durable to one that is proven. A creation ends with that, unless its files are still to be saved. */
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

async function requireNoOther(context: Context, kind: Kind, ownId: string | undefined): Promise<void> {
  const { records } = await context.journal.readAll();
  const other = records.find((record) => record.id !== ownId && isOpen(record) && kind.isInTheWay(record));
  if (other !== undefined) throw new RotationError(kind.refusal, { id: other.id });
}

function planNewKey(
  context: Context,
  request: CreationRequest,
  id: string,
  keys: readonly ClientKey[],
): NewKeyRecord {
  const { accountId, regionId, aapName } = request.aap;
  const dates = chooseValidity(request.validity, context.keys.now(accountId));
  const asked = { ...dates, keysBefore: keys.map((key) => key.id) };
  const now = context.clock();
  return {
    id,
    revision: 1,
    stamp: randomUUID(),
    state: 'creating',
    aap: { accountId, regionId, aapName },
    files: credentialFilesIn(request.folder, id),
    request: asked,
    proven: false,
    startedAt: now,
    updatedAt: now,
    creation: {
      attempts: [{ ...asked, outcome: 'prepared' }],
      folder: request.folder,
      settled: false,
      generated: 'generate' in request.password,
      deletedOrphans: [],
    },
  };
}
