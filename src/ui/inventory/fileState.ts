import { stat } from 'node:fs/promises';

/** Tells whether a file was changed. Another file under the same name is another state; a renamed one keeps its own. */
export async function fileState(file: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(file);
  return [ino, mtimeMs, size].join('/');
}
