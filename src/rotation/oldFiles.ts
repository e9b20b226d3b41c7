import { readFile, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { readKeyId } from '../credential/credentialFile';
import { credentialFilesIn } from '../credential/credentialStore';
import type { Context } from './context';
import type { RotationRecord } from './journalRecord';
import { filesOfOtherKeys } from './keptValues';

/**
 * Files of the old credential that still exist, for the offer to remove them: credential files that hold the old key id, and
 * the password files that belonged to them. Never a file of the new credential, be it one that was old and got new content,
 * nor one that a scan of `scope` finds in a client of another key.
 */
export async function findOldFiles(
  context: Context,
  record: RotationRecord,
  scope?: { readonly folders: readonly string[]; readonly exclude: readonly string[] },
): Promise<readonly string[]> {
  const found = new Set<string>();
  const written = await writtenFiles(record);
  for (const file of withCompanions(record)) {
    if (written.has(await realPath(file))) continue;
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes === undefined) continue;
    // A password file says nothing of its key; it is here because a client of the old key named it.
    const keyId = readKeyId(bytes);
    if (keyId === undefined ? !isJson(bytes) : keyId === record.oldKey.id) found.add(file);
  }
  if (scope === undefined || found.size === 0) return [...found];
  const folders = [...new Set([...scope.folders, ...record.workspaces.map(({ folder }) => folder)])];
  const scan = await context.background.scan({ folders, exclude: scope.exclude, keyId: record.oldKey.id });
  const others = filesOfOtherKeys(scan, record.oldKey.id);
  return [...found].filter((file) => !others.has(file));
}

/** The files of the new credential, and all that the patch has written, in place of old content or beside it. */
async function writtenFiles({ files, workspaces }: RotationRecord): Promise<ReadonlySet<string>> {
  const patched = workspaces.flatMap(({ folder, edits, copies = [] }) =>
    [...edits, ...copies].map(({ file }) => path.join(folder, file)),
  );
  return new Set(await Promise.all([...Object.values(files), ...patched].map(realPath)));
}

function realPath(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

/** The files that clients named, and beside each credential file the password file that the console would put there. */
function withCompanions(record: RotationRecord): readonly string[] {
  const all: string[] = [];
  for (const file of record.oldFiles) {
    all.push(file);
    const named = credentialFilesIn(path.dirname(file), record.oldKey.id);
    if (file === named.credentialFile) all.push(named.passwordFile);
  }
  return all;
}

/** A JSON file without the members of a credential file is something else than a password. */
function isJson(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b;
}
