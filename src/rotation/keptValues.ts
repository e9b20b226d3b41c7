import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { PatchPlan } from '../model/patch';
import type { ScanResult } from '../model/reference';
import { Secret } from '../model/secret';
import { type Context, nameOf, vaultPrefix } from './context';
import { isRotationRecord, type JournalEdit, type JournalRecord, type RotationRecord } from './journalRecord';

/**
 * Puts the old values into the secret store before anything is written. Values whose last copy the patch removes (a
 * password that stands in no file of its own, a credential file that gets new content) also go to a private file in global
 * storage, because a secret store may turn out not to persist.
 * @returns the record, which names those files
 */
export async function keepOldValues(
  context: Context,
  record: RotationRecord,
  plan: PatchPlan,
  edits: readonly JournalEdit[],
): Promise<RotationRecord> {
  const values = plan.files.flatMap((file) => file.edits).map(({ role, before }) => ({ role, before }));
  for (const [index, edit] of edits.entries()) {
    const value = values[index];
    if (value !== undefined) await context.vault.store(edit.undoKey, value.before);
  }
  const elsewhere = await textsOf(record.oldFiles, plan);
  const last = values.filter(
    ({ role, before }) =>
      role !== 'keyFile' &&
      role !== 'passwordFile' &&
      !elsewhere.some((text) => before.reveal().includes(text.reveal())),
  );
  if (last.length === 0) return record;
  const folder = path.join(context.folder, 'kept', record.id);
  const copies = last.map(({ before }) => ({ file: path.join(folder, randomUUID()), before }));
  const noted = await context.journal.update(record, {
    lastCopies: [...record.lastCopies, ...copies.map(({ file }) => file)],
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { file, before } of copies)
    await context.effects.create(file, new TextEncoder().encode(before.reveal()));
  return noted;
}

/** The old values that are still there, by `undoKey`. */
export async function readOldValues(
  context: Context,
  edits: readonly JournalEdit[],
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const { undoKey } of edits) {
    const value = await context.vault.read(undoKey);
    if (value !== undefined) values.set(undoKey, value.reveal());
  }
  return values;
}

/** Their edits are gone, so nobody asks for them any more. What the secret store keeps all the same goes with the rotation. */
export async function forgetOldValues(context: Context, edits: readonly JournalEdit[]): Promise<void> {
  try {
    for (const { undoKey } of edits) await context.vault.remove(undoKey);
  } catch (error) {
    context.log(`some kept values could not be removed yet (${nameOf(error)})`);
  }
}

/** Removes what the rotation kept for taking things back: values in the secret store and last copies in global storage. */
export async function forgetSecrets(context: Context, record: JournalRecord): Promise<void> {
  const attempt = async (remove: () => Promise<void>) => {
    try {
      await remove();
    } catch {
      context.log(`${record.id}: some kept values could not be removed`);
    }
  };
  // Each by itself, the plain text first: a secret store that fails must not make it stay.
  const copies = isRotationRecord(record) ? record.lastCopies : [];
  for (const file of copies) await attempt(() => rm(file, { force: true }));
  await attempt(async () => {
    for (const name of await context.vault.names(vaultPrefix(record.id))) await context.vault.remove(name);
  });
}

/** A new name in the secret store for one old value. */
export function newUndoKey(rotationId: string): string {
  return `${vaultPrefix(rotationId)}undo/${randomUUID()}`;
}

/** Files of the old credential that clients of the old key lead to and no client of another key, absolute paths. */
export function oldFilesIn(scan: ScanResult, oldKeyId: string): readonly string[] {
  const others = filesOfOtherKeys(scan, oldKeyId);
  return targetsIn(scan, (keyId) => keyId === oldKeyId).filter((file) => !others.has(file));
}

/** Files that clients of other keys lead to: a password file may be shared. */
export function filesOfOtherKeys(scan: ScanResult, oldKeyId: string): ReadonlySet<string> {
  return new Set(targetsIn(scan, (keyId) => keyId !== undefined && keyId !== oldKeyId));
}

function targetsIn(scan: ScanResult, isWanted: (keyId: string | undefined) => boolean): readonly string[] {
  return scan.groups
    .filter((group) => isWanted(group.keyId))
    .flatMap((group) => group.references)
    .filter(({ role }) => role === 'keyFile' || role === 'passwordFile')
    .flatMap(({ target }) => target ?? []);
}

/** What stands in files of the old credential that stay as they are. */
async function textsOf(files: readonly string[], plan: PatchPlan): Promise<readonly Secret[]> {
  const real = (file: string) => realpath(file).catch(() => file);
  const written = new Set(await Promise.all(plan.files.map(({ file }) => real(file))));
  const texts: Secret[] = [];
  for (const file of files) {
    if (written.has(await real(file))) continue;
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.trim() !== '') texts.push(new Secret(text.trim()));
  }
  return texts;
}
