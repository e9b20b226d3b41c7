import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { credentialFilesIn } from '../credential/credentialStore';
import { isErrno } from '../credential/durableFile';
import type { ClientKey } from '../model/clientKey';
import { isCloudError } from '../model/cloudError';
import { type Action, type Context, lastResortFolder, requireState } from './context';
import { deleteOrphan } from './deletion';
import { isPatched, isRotationRecord, type JournalRecord, toShown } from './journalRecord';
import { forgetSecrets } from './keptValues';
import { findKeyNow } from './keyPresence';
import { findOrphans } from './orphan';
import { isRotationError, RotationError } from './rotationError';
import type { AbandonResult } from './rotations';
import { findOnDisk, hasContent, readCopy, restorePasswordIfKept, type SavedCredential } from './survivors';

/**
 * Ends a rotation or a creation that is not going to be carried through, unless that would leave something behind unsaid. Files are removed
 * only where the service confirms that no key they could open exists.
 * @throws RotationError `undoFirst` while a workspace is patched, `wrongState`, `credentialNotSaved` while the secret store
 *   holds the only copy of a credential
 */
export async function abandon(
  context: Context,
  record: JournalRecord,
  action: Action,
): Promise<AbandonResult> {
  requireState(record, 'creating', 'created', 'watching');
  if (isPatched(record)) throw new RotationError('undoFirst');
  const keys = await context.keys.listClientKeys(record.aap, action.signal);
  const { current, left } = await deleteOrphans(context, record, findOrphans(record, keys), action);
  const onDisk = await findOnDisk(context, current);
  const copy = await readCopy(context, current);
  const isThere = async (keyId: string | undefined) =>
    keyId !== undefined && (await findKeyNow(context, current.aap, keyId, [], action.signal)) !== undefined;

  const saved: SavedCredential[] = [];
  for (const credential of onDisk) if (await isThere(credential.keyId)) saved.push(credential);
  const isSaved = saved.some(({ keyId }) => keyId === copy?.keyId);
  if (copy !== undefined && !isSaved && (await isThere(copy.keyId)))
    throw new RotationError('credentialNotSaved', { keyId: copy.keyId });
  for (const { files } of saved) await restorePasswordIfKept(context, current, files);

  const newKeys = new Set([...left, ...saved.map(({ keyId }) => keyId)]);
  if (current.newKey !== undefined && (await isThere(current.newKey.id))) newKeys.add(current.newKey.id);
  const abandoned = await context.journal.update(current, { state: 'abandoned' });
  // What is not saved opens nothing: there never was a key, or it is gone, or its credential was lost.
  const files = saved.length > 0 ? await filesOf(abandoned, saved) : await removeFiles(context, abandoned);
  await forgetSecrets(context, abandoned);
  const copies = await remainingCopies(abandoned);
  return {
    rotation: toShown(abandoned),
    remains: [
      ...[...newKeys].map((name) => ({ kind: 'newKey' as const, name })),
      ...[...files, ...copies].map((name) => ({ kind: 'file' as const, name })),
    ],
  };
}

/** Copies that an undo has left, because somebody uses or has changed them. */
async function remainingCopies(record: JournalRecord): Promise<readonly string[]> {
  const found: string[] = [];
  if (!isRotationRecord(record)) return found;
  const { workspaces } = record;
  for (const { folder, copies = [] } of workspaces)
    for (const { file } of copies) {
      const copy = path.join(folder, file);
      if (await hasContent(copy)) found.push(copy);
    }
  return found;
}

/** The files of the credentials that stay, as far as they exist. */
async function filesOf(record: JournalRecord, saved: readonly SavedCredential[]): Promise<readonly string[]> {
  const credentials = saved.map(({ file }) => file);
  const folders = credentials.map((file) => path.dirname(file));
  const passwords = [record.id, ...saved.map(({ keyId }) => keyId)].flatMap((stem) =>
    folders.map((folder) => credentialFilesIn(folder, stem).passwordFile),
  );
  const found: string[] = [];
  for (const file of new Set([...credentials, ...passwords])) if (await hasContent(file)) found.push(file);
  return found;
}

/** @returns what could not be removed */
async function removeFiles(context: Context, record: JournalRecord): Promise<readonly string[]> {
  const written = credentialFilesIn(record.creation.folder, record.id);
  const all = [
    ...Object.values(record.files),
    ...Object.values(written),
    lastResortFolder(context, record.id),
  ];
  const left: string[] = [];
  for (const name of new Set(all)) {
    try {
      await rm(name, { recursive: true, force: true });
    } catch (error) {
      if (!isErrno(error, 'ENOTDIR')) left.push(name);
    }
  }
  return left;
}

/** Deletes orphans of ours. One that has been used, or of which the log cannot tell or the account may not, is left. */
async function deleteOrphans(
  context: Context,
  record: JournalRecord,
  orphans: readonly ClientKey[],
  action: Action,
): Promise<{ readonly current: JournalRecord; readonly left: readonly string[] }> {
  let current = record;
  const left: string[] = [];
  for (const orphan of orphans) {
    try {
      current = await deleteOrphan(context, current, orphan, action);
    } catch (error) {
      if (!isHeldBack(error)) throw error;
      left.push(orphan.id);
      // The intent may have been noted.
      current = await context.journal.read(record.id);
    }
  }
  return { current, left };
}

function isHeldBack(error: unknown): boolean {
  if (isCloudError(error)) return error.kind === 'noPermission';
  return isRotationError(error) && (error.code === 'notQuiet' || error.code === 'orphanUsed');
}
