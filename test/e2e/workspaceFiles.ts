import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Bytes by the path relative to the folder, with `/`; git's own files included. */
export type FileContents = ReadonlyMap<string, Buffer>;

/** Reads every file below a folder. */
export async function readFiles(folder: string): Promise<FileContents> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const read = files.map(
    async (file) => [path.relative(folder, file).replaceAll('\\', '/'), await readFile(file)] as const,
  );
  return new Map(await Promise.all(read));
}

/** What became of the files, each list sorted. */
export function compareFiles(before: FileContents, after: FileContents) {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return {
    added: names.filter((name) => !before.has(name)),
    removed: names.filter((name) => !after.has(name)),
    changed: names.filter((name) => {
      const [one, other] = [before.get(name), after.get(name)];
      return one !== undefined && other !== undefined && !one.equals(other);
    }),
  };
}

/** Names with the digest of their bytes: comparable in an assertion without quoting a secret when it fails. */
export function digests(files: FileContents): Record<string, string> {
  return Object.fromEntries(
    [...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex').slice(0, 16)]),
  );
}
